//! Every code of the table has a folder here with the smallest site that provokes it, and the text a
//! user then sees, in English and in Chinese.
//!
//! `<code>/`, or `<code>--<variant>/`, holds the files of a site, which is copied elsewhere and built;
//! `site.toml` may be left out. What takes more than a folder of files to provoke is a scene
//! ([`scenes`]), and its folder holds only what is drawn. `drawn.txt` is what is expected. After a change
//! that is meant, run the tests once with `BLESS=1` and read the difference before committing it.

mod desk;
mod scenes;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use desk::Desk;
use tongwen::diagnostic::render::{Style, draw_all};
use tongwen::diagnostic::{Code, Diagnostic, Language};

const FIXTURES: &str = "tests/diagnostics";

/// Codes that nothing provokes yet, and one that takes a system short of watches (tests/watch.rs). The
/// list may only shrink.
const WITHOUT: &[Code] = &[Code::WatchFallsBack];

/// Codes that only `check` speaks of.
const CHECKED: &[&str] = &[
    "bare-ambiguous",
    "bare-image",
    "broken-address",
    "glossary-conflict",
    "house-style",
    "no-return",
    "one-sided-alternate",
    "orphan-asset",
    "script-leak",
    "stale",
    "two-valued-phrase",
    "unknown-name",
    "unused-decision",
    "unused-glossary",
];

#[test]
fn fixtures_are_drawn_as_recorded() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = String::new();
    for folder in folders() {
        let name = file_name(&folder);
        let code = code_of(&name);
        let desk = Desk::new();
        let found = match scenes::of(code) {
            Some(scene) => scene(&desk),
            None => {
                desk.lay(&folder);
                if CHECKED.contains(&code) {
                    desk.check()
                } else {
                    desk.build()
                }
            }
        };
        let provoked: BTreeSet<&str> = found.iter().map(|note| note.code.name()).collect();
        if provoked != BTreeSet::from([code]) {
            wrong.push_str(&format!("{name}: provokes {provoked:?}\n"));
        }
        let drawn = desk.without_paths(&draw(&found));
        let recorded = folder.join("drawn.txt");
        if bless {
            fs::write(&recorded, &drawn).expect("the fixture's folder can be written");
        } else if fs::read_to_string(&recorded).unwrap_or_default() != drawn {
            wrong.push_str(&format!("{name}: is now drawn as\n{drawn}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_code_has_a_fixture() {
    let names: Vec<String> = folders().iter().map(|folder| file_name(folder)).collect();
    let covered: BTreeSet<&str> = names.iter().map(|name| code_of(name)).collect();
    let known: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    let without: BTreeSet<&str> = WITHOUT.iter().map(|code| code.name()).collect();
    let missing: Vec<_> = known.difference(&covered).collect();
    let excused: Vec<_> = without.iter().collect();
    assert_eq!(
        missing, excused,
        "codes without a fixture, and those that may be"
    );
    let stray: Vec<_> = covered.difference(&known).collect();
    assert!(stray.is_empty(), "folders of no code: {stray:?}");
}

fn draw(notes: &[Diagnostic]) -> String {
    let chinese = Style {
        language: Language::Traditional,
        ..Style::PLAIN
    };
    let english = draw_all(notes, Style::PLAIN);
    format!("{english}\n{}", draw_all(notes, chinese))
}

fn folders() -> Vec<PathBuf> {
    let entries = fs::read_dir(FIXTURES).expect("the fixtures lie beside this file");
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the fixtures can be listed").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn file_name(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The code that a folder is named after.
fn code_of(name: &str) -> &str {
    name.split("--").next().unwrap_or(name)
}
