//! The documents, held to the program: what they list is what there is, and their examples work.
//!
//! A document is read as its reader sees it: headings, the rows of its tables, its fenced examples. A
//! fence names the file its example belongs in (`toml glossary.toml`), and so says how it is tried.

mod commands;
mod conversion;
mod examples;
mod expressions;
mod keys;
mod links;
mod sample;
mod site;
mod templates;
mod threats;
mod tutorial;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A document of `docs/`.
struct Document {
    /// Its file, below `docs/`.
    name: String,
    text: String,
}

/// A fenced example.
struct Example<'d> {
    /// The language, and the file where one is named: `toml`, `site.toml`.
    fence: (&'d str, &'d str),
    text: String,
    /// The line its fence is on, from 1.
    line: usize,
}

impl Document {
    fn read(name: &str) -> Document {
        let path = folder().join(name);
        let text = fs::read_to_string(&path);
        let text = text.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Document {
            name: name.to_string(),
            text,
        }
    }

    /// Every document there is, in order.
    fn all() -> Vec<Document> {
        let mut names: Vec<String> = Vec::new();
        for below in ["", "site/content/"] {
            let entries = fs::read_dir(folder().join(below)).expect("the documents can be listed");
            let found = entries.map(|entry| entry.expect("an entry can be read").file_name());
            let found = found.filter_map(|name| name.into_string().ok());
            names.extend(
                found
                    .filter(|name| name.ends_with(".md"))
                    .map(|name| format!("{below}{name}")),
            );
        }
        names.sort();
        names.iter().map(|name| Document::read(name)).collect()
    }

    /// The headings, without their marks, each with its line from 1.
    fn headings(&self) -> Vec<(usize, &str)> {
        self.prose()
            .filter(|(_, line)| line.starts_with('#'))
            .map(|(number, line)| (number, line.trim_start_matches('#').trim()))
            .collect()
    }

    /// The rows of the tables under each heading, as cells; those whose first cell is code.
    fn rows(&self) -> BTreeMap<&str, Vec<Vec<&str>>> {
        let mut rows: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
        let mut heading = "";
        for (_, line) in self.prose() {
            if line.starts_with('#') {
                heading = line.trim_start_matches('#').trim();
            } else if let Some(row) = line.strip_prefix("| `") {
                let row = row.trim_end().trim_end_matches('|');
                let mut cells: Vec<&str> = row.split(" | ").map(str::trim).collect();
                cells[0] = cells[0].trim_end_matches('`');
                rows.entry(heading).or_default().push(cells);
            }
        }
        rows
    }

    /// The rows under `heading`.
    fn rows_under(&self, heading: &str) -> Vec<Vec<&str>> {
        let mut rows = self.rows();
        let found = rows.remove(heading);
        found.unwrap_or_else(|| panic!("{} has no table under `{heading}`", self.name))
    }

    /// The lines outside examples.
    fn prose(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut inside = false;
        self.text.lines().enumerate().filter_map(move |(at, line)| {
            let is_fence = line.trim_start().starts_with("```");
            inside ^= is_fence;
            (!inside && !is_fence).then_some((at + 1, line))
        })
    }

    /// The examples, in order.
    fn examples(&self) -> Vec<Example<'_>> {
        let mut examples: Vec<Example<'_>> = Vec::new();
        let mut inside = false;
        for (at, line) in self.text.lines().enumerate() {
            if let Some(info) = line.trim_start().strip_prefix("```") {
                inside = !inside;
                if inside {
                    let (language, file) = info.split_once(' ').unwrap_or((info, ""));
                    examples.push(Example {
                        fence: (language, file.trim()),
                        text: String::new(),
                        line: at + 1,
                    });
                }
            } else if inside && let Some(example) = examples.last_mut() {
                example.text.push_str(line);
                example.text.push('\n');
            }
        }
        examples
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn folder() -> PathBuf {
    root().join("docs")
}
