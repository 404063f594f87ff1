//! The examples of the documents work: configuration, glossaries and pages are read without a note,
//! templates are drawn, and what is typed can be typed.

use clap::{CommandFactory, Parser};
use tongwen::cli::Cli;
use tongwen::config::{self, glossary};
use tongwen::diagnostic::Diagnostic;
use tongwen::diagnostic::render::{Style, draw_all};
use tongwen::source::{SitePath, Source};

use crate::{Document, Example, sample};

const LANGUAGES: &str = r#"
[languages.zh-Hant-HK]
label = "繁體"
[languages.zh-Hans-CN]
label = "简体"
path = "hans"
derive = { from = "zh-Hant-HK", using = "hk2s" }
[languages.en]
label = "English"
"#;

#[test]
fn examples_work() {
    let mut wrong = String::new();
    let mut tried = 0;
    for document in Document::all() {
        for example in document.examples() {
            let Some(fault) = fault(&example) else {
                continue;
            };
            tried += 1;
            if !fault.is_empty() {
                let name = &document.name;
                wrong.push_str(&format!("docs/{name}:{}: {fault}\n", example.line));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(tried > 30, "only {tried} examples were tried");
}

/// What is wrong with an example, empty when nothing is; none for one that cannot be tried.
fn fault(example: &Example<'_>) -> Option<String> {
    match example.fence {
        ("toml", file) if file.ends_with("glossary.toml") => Some(glossary_fault(&example.text)),
        ("toml", "site.toml") => Some(site_fault(&example.text)),
        ("yaml", "front matter") => Some(page_fault(&format!("---\n{}---\n", example.text))),
        ("markdown", file) if file.starts_with("content/") => Some(page_fault(&example.text)),
        ("html", file) if file.starts_with("templates/") => {
            Some(template_fault(file, &example.text))
        }
        ("sh", "") => Some(command_fault(&example.text)),
        _ => None,
    }
}

/// The example with what it leaves out, so that a part of a file can be an example.
fn site_fault(text: &str) -> String {
    // A key of a table is none of the top.
    let top = text.find("\n[").map_or(text, |at| &text[..at]);
    let top = if text.starts_with('[') { "" } else { top };
    let has = |key: &str| top.lines().any(|line| line.starts_with(key));
    let mut whole = String::new();
    for (key, line) in [
        ("base_url", "base_url = \"https://example.org\"\n"),
        ("title", "title = \"同文\"\n"),
    ] {
        if !has(key) {
            whole.push_str(line);
        }
    }
    whole.push_str(text);
    if !text.contains("[languages.") {
        whole.push_str(LANGUAGES);
    }
    let source = Source::new(SitePath::new("site.toml"), whole);
    said(&config::parse(&source).notes)
}

fn glossary_fault(text: &str) -> String {
    let head = "base_url = \"https://example.org\"\ntitle = \"同文\"\n";
    let site = Source::new(SitePath::new("site.toml"), format!("{head}{LANGUAGES}"));
    let config = config::parse(&site).value.expect("it has no error");
    let source = Source::new(SitePath::new("glossary.toml"), text.to_string());
    said(&glossary::parse(&source, &config.languages).notes)
}

/// A page of its own in the sample, which has the sources and pages that it may name.
fn page_fault(text: &str) -> String {
    let mut text = text.to_string();
    if !text.contains("\ntitle:") {
        text = text.replacen("---\n", "---\ntitle: 題目\n", 1);
    }
    let mut files = sample::files();
    if text.contains("kind: sources") {
        let others = [
            "content/sources.md",
            "content/about.md",
            "content/timeline/2001.md",
            "content/timeline/2014.md",
        ];
        files.retain(|(path, _)| !others.contains(path));
        let site = files.iter_mut().find(|(path, _)| *path == "site.toml");
        if let Some((_, site)) = site {
            *site = site.replace("children = [{ page = \"about.md\" }]", "");
        }
    }
    files.push(("content/try.md", text));
    site_of(files)
}

fn template_fault(file: &str, text: &str) -> String {
    let mut files: Vec<(String, String)> = sample::files()
        .into_iter()
        .map(|(path, text)| (path.to_string(), text))
        .collect();
    files.push((file.to_string(), text.to_string()));
    let name = file.trim_start_matches("templates/");
    let page = match name
        .strip_prefix("components/")
        .and_then(|name| name.strip_suffix(".html"))
    {
        Some(name) => format!("---\ntitle: 題目\n---\n::: {name} title=\"甲\"\n\n文。\n\n:::\n"),
        None if name.contains('/') => "---\ntitle: 題目\n---\n".to_string(),
        None => format!("---\ntitle: 題目\ndate: 2026-01-01\ntemplate: {name}\n---\n"),
    };
    files.push(("content/try.md".to_string(), page));
    site_of(files)
}

fn site_of(files: Vec<(impl AsRef<str>, String)>) -> String {
    match sample::publication(&files) {
        Ok(publication) => said(&sample::make_all(&publication, |_, _| ())),
        Err(notes) => said(&notes),
    }
}

/// Every line that begins with `tongwen` can be typed.
fn command_fault(text: &str) -> String {
    Cli::command().debug_assert();
    let lines = text.lines().filter(|line| line.starts_with("tongwen "));
    let faults = lines.filter_map(|line| {
        let line = line.split(" #").next().unwrap_or(line);
        let words = line.split_whitespace().map(|word| word.trim_matches('"'));
        let error = Cli::try_parse_from(words).err()?;
        error.use_stderr().then(|| error.to_string())
    });
    faults.collect()
}

fn said(notes: &[Diagnostic]) -> String {
    draw_all(notes, Style::PLAIN)
}
