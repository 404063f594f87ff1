//! `docs/threat-model.md`: every claim names the test that holds it, and that test is there.

use std::fs;
use std::path::Path;

use super::Document;

#[test]
fn every_defence_names_a_test_that_exists() {
    let page = Document::read("threat-model.md");
    let mut wrong = Vec::new();
    let mut named = 0;
    for line in page.text.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
        let [what, _, held_by] = cells[..] else {
            wrong.push(format!("not three columns: {line}"));
            continue;
        };
        if held_by.trim() == "held by" {
            continue;
        }
        let names: Vec<&str> = held_by.split('`').skip(1).step_by(2).collect();
        if names.is_empty() {
            wrong.push(format!("{what}: nothing holds it"));
        }
        named += names.len();
        wrong.extend(
            names
                .iter()
                .filter(|name| !is_there(name))
                .map(|name| format!("{what}: {name}")),
        );
    }
    assert!(named > 25, "only {named} tests are named");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `tests/file.rs`, `tests/folder/`, or `tests/file.rs::test`.
fn is_there(name: &str) -> bool {
    let (path, test) = name.split_once("::").unwrap_or((name, ""));
    let text = fs::read_to_string(path).unwrap_or_default();
    path.starts_with("tests/")
        && Path::new(path).exists()
        && (test.is_empty() || text.contains(&format!("fn {test}(")))
}
