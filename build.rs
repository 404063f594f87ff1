//! Packs OpenCC's text dictionaries into the tables `src/hanzi` embeds, and lists the built-in theme.
//!
//! The dictionaries are not in this repository. They come from the package `opencc-sys`, which Cargo.toml locks without ever
//! compiling it, or from the folder named by `TONGWEN_OPENCC_DATA`. This file only drives the three steps (find, load, pack);
//! it runs unoptimised in development builds, so the steps keep to sorted vectors and plain arrays.

#[path = "src/hanzi/packing/chain.rs"]
mod chain;
#[path = "src/hanzi/packing/dictionaries.rs"]
mod dictionaries;
#[path = "src/hanzi/packing/locate.rs"]
mod locate;
#[path = "src/hanzi/packing/pack.rs"]
mod pack;
#[path = "src/hanzi/packed.rs"]
mod packed;
#[path = "src/theme/listing.rs"]
mod theme;

use std::path::PathBuf;

fn main() {
    for path in [
        "build.rs",
        "src/hanzi/packing",
        "src/hanzi/packed.rs",
        "Cargo.lock",
        "src/theme",
    ] {
        println!("cargo::rerun-if-changed={path}");
    }
    println!("cargo::rerun-if-env-changed={}", locate::VARIABLE);
    if let Err(message) = run() {
        for line in message.lines() {
            println!("cargo::error={line}");
        }
        std::process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let data = locate::dictionary_folder()?;
    if std::env::var_os(locate::VARIABLE).is_some() {
        println!("cargo::rerun-if-changed={}", data.display());
    }
    println!("cargo::rustc-env=TONGWEN_DICTIONARIES={}", data.display());
    let dictionaries = dictionaries::Dictionaries::load(&data)?;
    let out = std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR for build scripts")?;
    for (name, bytes) in pack::tables(&dictionaries)? {
        let path = PathBuf::from(&out).join(name);
        std::fs::write(&path, bytes)
            .map_err(|e| format!("cannot write {}: {e}", path.display()))?;
    }
    let root = std::env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo sets CARGO_MANIFEST_DIR")?;
    let theme = theme::listing(&PathBuf::from(root).join("src/theme"))?;
    let path = PathBuf::from(&out).join("theme.rs");
    std::fs::write(&path, theme).map_err(|e| format!("cannot write {}: {e}", path.display()))
}
