//! A site of a case, made in memory: inputs, publication, plan, and every file of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::{Offset, TimeZone};
use tongwen::config::BaseUrl;
use tongwen::diagnostic::Diagnostic;
use tongwen::diagnostic::render::{Style, draw_all};
use tongwen::digest::Digest;
use tongwen::pipeline::inputs::{FileInput, Inputs, Options};
use tongwen::pipeline::memo::Memo;
use tongwen::pipeline::output::Body;
use tongwen::pipeline::plan::{self, Plan, Work};
use tongwen::pipeline::publication::{publish, sorted};
use tongwen::pipeline::special::Special;
use tongwen::source::{SitePath, Source};

use crate::case::Case;

/// The site of a case that brings none.
pub const SITE: &str = r#"base_url = "https://example.org"
title = "同文"

[languages.zh-Hant-HK]
label = "繁體"

[languages.zh-Hans-CN]
label = "简体"
path = "hans"
derive = { from = "zh-Hant-HK", using = "hk2s" }
"#;

/// The templates of a case without the flag `theme`: the body alone.
const PLAIN: [&str; 6] = [
    "404.html",
    "event.html",
    "index.html",
    "page.html",
    "section.html",
    "timeline.html",
];

/// What became of a site.
pub struct Made {
    /// Outputs by path, a copied file as a word about it; without the theme's files.
    pub files: BTreeMap<String, String>,
    /// Those that come from a file or a line of the site's own.
    pub own: Vec<String>,
    pub notes: Vec<Diagnostic>,
}

pub fn make(case: &Case) -> Made {
    let inputs = Arc::new(inputs(case));
    let published = publish(inputs, &mut Memo::default());
    let mut notes = published.notes;
    let mut files = BTreeMap::new();
    let mut own = Vec::new();
    if let Some(publication) = published.value {
        let plan = Plan::of(&publication);
        notes.extend(plan.notes);
        for (path, work) in plan.value.works() {
            let made = plan::make(&publication, path, work);
            notes.extend(made.notes);
            let Some(output) = made.value else { continue };
            let text = match &output.body {
                _ if matches!(work, Work::Theme(_)) => continue,
                Body::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                Body::Copy { from, .. } => format!("(a copy of {from})\n"),
            };
            if matches!(
                work,
                Work::Page { .. } | Work::Copy(_) | Work::Special(Special::Redirect { .. })
            ) {
                own.push(path.as_str().to_string());
            }
            files.insert(path.as_str().to_string(), text);
        }
    }
    Made {
        files,
        own,
        notes: sorted(notes),
    }
}

/// What the flag `name` of a case says.
fn flag<'c>(case: &'c Case, name: &str) -> Option<&'c str> {
    let options = case.parts.iter().find(|part| part.name == "options")?;
    options
        .text
        .lines()
        .find_map(|line| Some(line.strip_prefix(name)?.trim()))
}

/// What the case gives.
pub fn inputs(case: &Case) -> Inputs {
    let mut inputs = Inputs {
        config: Source::new(SitePath::new("site.toml"), SITE.to_string()),
        pages: Vec::new(),
        glossaries: Vec::new(),
        templates: Vec::new(),
        assets: Vec::new(),
        static_files: Vec::new(),
        review: None,
        opencc: None,
        zone: TimeZone::fixed(Offset::constant(8)),
        options: Options {
            drafts: flag(case, "drafts").is_some(),
            future: flag(case, "future").is_some(),
            now: flag(case, "clock")
                .unwrap_or("2026-11-22T00:00:00Z")
                .parse()
                .expect("the case's clock is a moment"),
            base_url: flag(case, "base-url")
                .map(|url| BaseUrl::parse(url).expect("it is an address")),
            relative_links: flag(case, "relative-links").is_some(),
            minify: flag(case, "minify").is_some(),
        },
    };
    if flag(case, "theme").is_none() {
        for name in PLAIN {
            let path = SitePath::new(format!("templates/{name}"));
            let text = "{{ page.content | safe }}".to_string();
            inputs.templates.push(Source::new(path, text));
        }
    }
    let written = case.parts.iter().filter(|part| !part.expected);
    for part in written.filter(|part| part.name != "options") {
        let path = SitePath::new(part.name.as_str());
        let source = Source::new(path.clone(), part.text.clone());
        let file = FileInput {
            path: path.clone(),
            digest: Digest::of(part.text.as_bytes()),
        };
        match (
            path.as_str().split('/').next().unwrap_or_default(),
            path.extension(),
        ) {
            ("site.toml", _) => inputs.config = source,
            (_, _) if path.file_name() == "glossary.toml" => inputs.glossaries.push(source),
            ("content", Some("md")) => inputs.pages.push(source),
            ("templates", _) => {
                inputs.templates.retain(|known| known.path() != &path);
                inputs.templates.push(source);
            }
            ("content", _) => inputs.assets.push(file),
            ("static", _) => inputs.static_files.push(file),
            _ => panic!("{path} belongs to no folder of a site"),
        }
    }
    inputs.pages.sort_by(|a, b| a.path().cmp(b.path()));
    inputs.templates.sort_by(|a, b| a.path().cmp(b.path()));
    inputs
}

impl Made {
    /// What is to be seen under an expecting header.
    pub fn shown(&self, name: &str) -> String {
        if name == "diagnostics" {
            return draw_all(&self.notes, Style::PLAIN);
        }
        if name == "files" {
            return self.own.join("\n");
        }
        let (path, words) = match name.split_once(" | lines ") {
            Some((path, words)) => (path, Some(words)),
            None => (name, None),
        };
        let Some(text) = self.files.get(path) else {
            return "(there is no such file)\n".to_string();
        };
        let Some(words) = words else {
            return text.clone();
        };
        let words: Vec<&str> = words.split(' ').collect();
        let lines = text
            .lines()
            .filter(|line| words.iter().any(|word| line.contains(word)));
        lines.map(|line| format!("{}\n", line.trim())).collect()
    }
}
