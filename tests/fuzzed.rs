//! A short round of fuzzing, and all that long ones have found: the targets of `tests/fuzz/` over texts of
//! this repository, changed at random, and over the inputs that once failed.
//!
//! Long rounds are led by what code they reach, and take `tests/fuzz/run.sh TARGET SECONDS`. What fails there
//! goes into `tests/fuzz/found/TARGET/` and is tried here ever after.

#[allow(dead_code, reason = "the golden tests use the rest")]
mod case;
#[path = "fuzz/src/conversion.rs"]
mod conversion;
#[path = "fuzz/src/front_matter.rs"]
mod front_matter;
#[path = "fuzz/src/glossary.rs"]
mod glossary;
#[path = "fuzz/src/markdown.rs"]
mod markdown;
#[path = "fuzz/src/mutation.rs"]
mod mutation;
#[path = "fuzz/src/notes.rs"]
mod notes;
#[path = "fuzz/src/pieces.rs"]
mod pieces;
#[path = "fuzz/src/site.rs"]
mod site;
#[path = "case/site.rs"]
#[allow(dead_code, reason = "the golden tests use the rest")]
mod small;
#[path = "outputs/xml.rs"]
#[allow(dead_code, reason = "the tests of outputs use the rest")]
mod xml;

use std::fs;
use std::path::Path;

use proptest::test_runner::{Config, TestRunner};

/// The most bytes of a seed that are changed.
const LONG: usize = 2000;

#[test]
fn front_matter() {
    round(
        "front_matter",
        &["content", "tests/diagnostics"],
        600,
        front_matter::try_out,
    );
}

#[test]
fn markdown() {
    round(
        "markdown",
        &["content", "tests/golden"],
        600,
        markdown::try_out,
    );
}

#[test]
fn conversion() {
    round("conversion", &["content"], 200, conversion::try_out);
}

#[test]
fn glossaries() {
    round(
        "glossary",
        &["tests/diagnostics", "tests/golden"],
        400,
        glossary::try_out,
    );
}

#[test]
fn sites() {
    round("site", &["tests/golden"], 120, site::try_out);
}

/// Tries everything found, then `times` seeds from below the folders, each with some pieces put in and some
/// bytes taken out.
fn round(target: &str, folders: &[&str], times: u32, try_out: fn(&str)) {
    for found in texts(&Path::new("tests/fuzz/found").join(target)) {
        try_out(&String::from_utf8_lossy(&found));
    }
    let seeds: Vec<Vec<u8>> = folders
        .iter()
        .flat_map(|folder| texts(Path::new(folder)))
        .collect();
    assert!(seeds.len() > 10, "there are seeds");
    let config = Config {
        cases: times,
        failure_persistence: None,
        ..Config::default()
    };
    let changes = proptest::collection::vec(proptest::prelude::any::<(u32, u8)>(), 1..8);
    let seed = 0..seeds.len();
    let done = TestRunner::new(config).run(&(seed, changes), |(seed, changes)| {
        let mut text = seeds[seed].clone();
        text.truncate(LONG);
        for (place, what) in changes {
            change(&mut text, place, what);
        }
        try_out(&String::from_utf8_lossy(&text));
        Ok(())
    });
    if let Err(failure) = done {
        panic!("{failure}");
    }
}

fn change(text: &mut Vec<u8>, place: u32, what: u8) {
    let len = text.len();
    if what < 64 && len > 0 {
        let from = place as usize % len;
        let to = (from + 1 + usize::from(what)).min(len);
        text.drain(from..to);
        return;
    }
    text.resize(len + 80, 0);
    let end = mutation::put_in(text, len, place).unwrap_or(len);
    text.truncate(end);
}

/// The texts of a folder and those below it, in the order of their paths.
fn texts(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let kind = path.extension().and_then(|ending| ending.to_str());
        match kind {
            _ if path.is_symlink() => {}
            _ if path.is_dir() => found.extend(texts(&path)),
            Some("md" | "toml" | "txt") => found.extend(fs::read(&path)),
            _ => {}
        }
    }
    found
}
