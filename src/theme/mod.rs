//! The built-in theme: what any site needs to look good, embedded in the program.
//!
//! `build.rs` lists the files of `src/theme/templates` and `src/theme/static`, so that adding one is
//! enough. A site lays its own `templates/` and `static/` over them, file by file.

include!(concat!(env!("OUT_DIR"), "/theme.rs"));

/// Interface strings, by language tag and key.
pub const STRINGS: &str = include_str!("strings.toml");

/// The script of the page that leads into a site whose languages all have folders.
pub const ENTRY_SCRIPT: &str = include_str!("entry.js");
