//! A page's body in two scripts.

use std::sync::LazyLock;

use tongwen::config::{self, Config, LanguageIndex};
use tongwen::pipeline::document::Document;
use tongwen::pipeline::document::body::{Body, LinkTarget, OpKind};
use tongwen::pipeline::document::markdown::Rules;
use tongwen::pipeline::edition::body::{Surroundings, play};
use tongwen::pipeline::edition::engine::Engines;
use tongwen::pipeline::edition::{Conversions, Piece};
use tongwen::source::{SitePath, Source};

use crate::notes;

/// Any text becomes two editions, with and without raw HTML; without it, elements close in order.
pub fn try_out(text: &str) {
    make(text, true);
    let made = make(text, false);
    // What is said to be wrong is not published.
    if !made.faulty {
        for html in [&made.written, &made.derived] {
            assert_eq!(balanced(html), Ok(()), "{html}");
        }
        if !made.varies {
            assert_eq!(markup(&made.written), markup(&made.derived));
        }
    }
}

/// A text in two scripts.
#[derive(Debug, PartialEq)]
pub struct Made {
    /// As it was written.
    pub written: String,
    /// As it was converted.
    pub derived: String,
    /// Whether something was said to be wrong.
    pub faulty: bool,
    /// Whether the author gave the editions different texts.
    pub varies: bool,
}

/// The site that the texts stand on.
pub static CONFIG: LazyLock<(Config, Conversions)> = LazyLock::new(|| {
    let text = r#"base_url = "https://example.org"
title = "同文"

[languages.zh-Hant-HK]
label = "繁體"

[languages.zh-Hans-CN]
label = "简体"
path = "hans"
derive = { from = "zh-Hant-HK", using = "hk2s" }
"#;
    let source = Source::new(SitePath::new("site.toml"), text.to_string());
    let config = config::parse(&source).value.expect("the site is sound");
    let (conversions, _) = Conversions::new(&config, &[], Engines::BUILT_IN);
    (config, conversions)
});

/// A page with this body, read and played in both languages.
pub fn make(body: &str, html: bool) -> Made {
    made_with(&CONFIG.1, body, html)
}

/// The same, converted so.
pub fn made_with(conversions: &Conversions, body: &str, html: bool) -> Made {
    let config = &CONFIG.0;
    let text = format!("---\ntitle: 甲\n---\n{body}");
    let source = Source::new(SitePath::new("content/p.md"), text);
    let rules = Rules {
        languages: &config.languages,
        html,
    };
    let read = tongwen::pipeline::document::parse(&source, rules);
    notes::sound(&read.notes);
    let document: Document = read.value.expect("the head is sound");
    for (at, op) in document.markdown.body.ops.iter().enumerate() {
        if let OpKind::Variant | OpKind::Open = op.kind() {
            assert!(
                (at + 1..=document.markdown.body.ops.len()).contains(&op.until()),
                "step {at} of {body:?} ends at {}",
                op.until()
            );
        }
    }
    let from = LanguageIndex::DEFAULT;
    let edition = |to: LanguageIndex| {
        let conversion = conversions.of_page(&document, from, to);
        let body = &document.markdown.body;
        let mut html = String::new();
        write(
            &play(&document, to, &conversion, &Around { body }),
            &mut html,
        );
        html
    };
    Made {
        written: edition(from),
        derived: edition(LanguageIndex::new(1)),
        faulty: !read.notes.is_empty(),
        varies: !document.markdown.body.variants.is_empty(),
    }
}

fn write(pieces: &[Piece], html: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Html(part) => html.push_str(part),
            Piece::Component(drawn) => write(&drawn.body, html),
        }
    }
}

/// Links lead where they are written to lead.
struct Around<'b> {
    body: &'b Body,
}

impl Surroundings for Around<'_> {
    fn href(&self, number: usize) -> &str {
        match &self.body.links[number].target {
            LinkTarget::Address(text) | LinkTarget::Anchor(text) => text,
            LinkTarget::File { path, .. } => path,
        }
    }

    fn citation(&self, index: usize) -> usize {
        index + 1
    }

    fn label<'k>(&'k self, key: &'k str) -> &'k str {
        key
    }
}

/// All that conversion leaves alone: tags without the words in their attributes, and code. Texts and values
/// are escaped, so that every `<` begins a tag and the first `>` ends it.
pub fn markup(html: &str) -> Vec<String> {
    const WORDED: &[&str] = &[" alt=", " title=", " aria-label="];
    let mut found = Vec::new();
    let mut code = 0usize;
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.split(' ').next().unwrap_or(tag);
        match name {
            "code" => code += 1,
            "/code" => code = code.saturating_sub(1),
            _ => {}
        }
        let mut values = tag.split('"');
        while let Some(before) = values.next() {
            found.push(before.to_string());
            let value = values.next().unwrap_or_default();
            if !WORDED.iter().any(|worded| before.ends_with(worded)) {
                found.push(value.to_string());
            }
        }
        if code > 0 {
            found.push(text.to_string());
        }
    }
    found
}

/// Whether every element that is opened is closed, in order.
pub fn balanced(html: &str) -> Result<(), String> {
    const VOID: &[&str] = &["br", "hr", "img", "input"];
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            rest = rest.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let mut quoted = false;
        let end = rest
            .find(|ch| {
                quoted ^= ch == '"';
                ch == '>' && !quoted
            })
            .ok_or("a tag does not end")?;
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        if tag.contains('<') {
            return Err(format!("<{tag}> holds another tag"));
        }
        let name = tag.trim_start_matches('/');
        let name = name.split([' ', '\n']).next().unwrap_or(name);
        if !tag.starts_with('/') {
            if !VOID.contains(&name) {
                open.push(name);
            }
        } else if open.pop() != Some(name) {
            return Err(format!("</{name}> closes what is not open"));
        }
    }
    match open.pop() {
        Some(name) => Err(format!("<{name}> is not closed")),
        None => Ok(()),
    }
}
