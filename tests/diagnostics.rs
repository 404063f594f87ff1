//! Every code of the table has a folder here with the smallest site that provokes it, and the text a
//! user then sees, in English and in Chinese.
//!
//! `tests/diagnostics/<code>/`, or `<code>--<variant>/`, holds the files of a site; `site.toml` may be
//! left out. `drawn.txt` is what is expected. After a change that is meant, run the tests once with
//! `BLESS=1` and read the difference before committing it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tongwen::config::{self, glossary};
use tongwen::diagnostic::render::{Style, draw_all};
use tongwen::diagnostic::{Code, Diagnostic, Language};
use tongwen::pipeline::document::front_matter;
use tongwen::source::{SitePath, Source};

const FIXTURES: &str = "tests/diagnostics";

/// The site of a fixture that brings none.
const SITE: &str = r#"base_url = "https://example.org"
title = "同文"

[languages.zh-Hant-HK]
label = "繁體"

[languages.zh-Hans-CN]
label = "简体"
path = "hans"
derive = { from = "zh-Hant-HK", using = "hk2s" }
"#;

/// Codes whose stage cannot be run from here yet. The list may only shrink.
const WITHOUT: &[Code] = &[
    Code::NotUtf8,
    Code::NulCharacter,
    Code::Unreadable,
    Code::LeavesSite,
    Code::MissingConfig,
    Code::UnknownFact,
    Code::DeadLink,
    Code::DeadAnchor,
    Code::RawHtml,
    Code::DuplicateId,
    Code::UnknownComponent,
    Code::BadComponent,
    Code::UnclosedComponent,
    Code::InlineVariant,
    Code::TooDeep,
    Code::UnusedGlossary,
    Code::AddressTaken,
    Code::NumbersDiffer,
    Code::TemplateSyntax,
    Code::TemplateRender,
    Code::TemplateMissing,
    Code::OutputNotOurs,
    Code::OutputInSite,
];

#[test]
fn fixtures_are_drawn_as_recorded() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = String::new();
    for folder in folders() {
        let name = file_name(&folder);
        let found = run(&folder);
        let provoked: BTreeSet<&str> = found.iter().map(|note| note.code.name()).collect();
        if provoked != BTreeSet::from([code_of(&name)]) {
            wrong.push_str(&format!("{name}: provokes {provoked:?}\n"));
        }
        let drawn = draw(&found);
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
#[ignore = "other stages' codes are still being added; run with --ignored to see what is missing"]
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

/// What is said of the site in `folder`.
fn run(folder: &Path) -> Vec<Diagnostic> {
    let text = |path: &str| fs::read_to_string(folder.join(path)).ok();
    let source = |path: &str, text: String| Source::new(SitePath::new(path), text);
    let site = source("site.toml", text("site.toml").unwrap_or(SITE.to_string()));
    let config = config::parse(&site);
    let mut notes = config.notes;
    let Some(config) = config.value else {
        return notes;
    };
    if let Some(text) = text("glossary.toml") {
        let read = glossary::parse(&source("glossary.toml", text), &config.languages);
        notes.extend(read.notes);
    }
    for name in ["a.md", "b.md"] {
        let path = format!("content/{name}");
        let Some(text) = text(&path) else { continue };
        let page = source(&path, text);
        match front_matter::split(&page) {
            Ok((head, _)) => {
                notes.extend(front_matter::parse(&page, head, &config.languages).notes)
            }
            Err(note) => notes.push(*note),
        }
    }
    notes
}

fn draw(notes: &[Diagnostic]) -> String {
    let chinese = Style {
        language: Language::Chinese,
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
