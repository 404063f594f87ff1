//! What holds for every text, tried on texts nobody would write: pieces of Markdown, HTML and conversion
//! markup in any order, over any characters.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use proptest::prelude::*;
use tongwen::config::{self, Config, LanguageIndex};
use tongwen::hanzi::Converter;
use tongwen::pipeline::document::Document;
use tongwen::pipeline::document::body::{Body, LinkTarget, OpKind};
use tongwen::pipeline::document::markdown::Rules;
use tongwen::pipeline::edition::body::{Surroundings, play};
use tongwen::pipeline::edition::engine::Engines;
use tongwen::pipeline::edition::{Conversions, Piece};
use tongwen::source::{SitePath, Source};

/// Pieces that mean something beside each other, some only in bad company.
const PIECES: &[&str] = &[
    "後",
    "乾",
    "隆",
    "發",
    "的士",
    "「",
    "」",
    "『",
    "』",
    "，",
    "。",
    "：",
    " ",
    "\n",
    "\n\n",
    "\\\n",
    "  \n",
    "*",
    "**",
    "***",
    "_",
    "~~",
    "`",
    "``",
    "```\n",
    "# ",
    "## ",
    "{#後}",
    "- ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
    "- [ ] ",
    "[",
    "](",
    ")",
    "](a.md)",
    "](a.md \"題\")",
    "![",
    "](x.png)",
    "[@A]",
    "[@A; @B]",
    "[^a]",
    "[^a]: ",
    "<https://e.org/後>",
    "-{",
    "}-",
    "; zh-Hans: ",
    "; zh-Hans-CN: ",
    "\\-{",
    "::: details summary=\"後\"\n\n",
    ":::\n\n",
    "::: ",
    "| 後 | 發 |\n|---|---|\n| 1 | 2 |\n",
    "|",
    "---\n",
    "<b>",
    "</b>",
    "<span lang=\"ja\" title=\"後\">",
    "</span>",
    "<pre>",
    "</pre>",
    "<!--",
    "-->",
    "<",
    ">",
    "&amp;",
    "&",
    "\"",
    "'",
    "a",
    "B",
    "1",
    "    ",
    "\t",
    "\u{F500}",
    "\u{20000}",
    "\u{200B}",
    "é",
    "🙂",
];

fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        9 => prop::sample::select(PIECES).prop_map(str::to_string),
        1 => any::<char>().prop_map(|ch| ch.to_string()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_text_becomes_two_editions(text in markdown(), html in any::<bool>()) {
        let made = make(&text, html);
        prop_assert_eq!(&made, &make(&text, html), "and the same each time");
    }

    #[test]
    fn without_raw_html_elements_close_in_order(text in markdown()) {
        let made = make(&text, false);
        // What is said to be wrong is not published.
        if !made.faulty {
            for html in [&made.written, &made.derived] {
                if let Err(why) = balanced(html) {
                    prop_assert!(false, "{why}\n{html}");
                }
            }
        }
    }

    #[test]
    fn ascii_is_the_same_in_every_edition(text in "[ -~\n]{0,200}") {
        let made = make(&text, true);
        prop_assert!(made.faulty || made.written == made.derived, "{made:?}");
    }

    #[test]
    fn code_is_the_same_in_every_edition(code in "[後裏臺發着著乾隆「」a-z*~<&-]{1,30}") {
        let made = make(&format!("後`` {code} ``發\n\n```\n{code}\n```\n\n後"), false);
        let codes = |html: &str| -> Vec<String> {
            let parts = html.split("<code>").skip(1);
            parts.map(|part| part.split("</code>").next().unwrap_or("").to_string()).collect()
        };
        prop_assert_eq!(codes(&made.written).len(), 2);
        prop_assert_eq!(codes(&made.written), codes(&made.derived));
    }
}

#[test]
fn converting_the_sites_own_text_twice_changes_nothing() {
    let converter = Converter::new("hk2s".parse().expect("hk2s is a scheme"));
    let convert = |text: &str| {
        let mut out = String::new();
        converter.convert_into(text, &mut out);
        out
    };
    let files = texts("content");
    assert!(files.len() > 20, "the site has pages");
    for path in files {
        let text = fs::read_to_string(&path).expect("a page can be read");
        let once = convert(&text);
        assert!(
            convert(&once) == once,
            "{} changes when converted again",
            path.display()
        );
        let by_line: Vec<String> = text.lines().map(convert).collect();
        let whole: Vec<&str> = once.lines().collect();
        assert!(by_line == whole, "{} differs line by line", path.display());
    }
}

#[test]
fn the_checker_of_tags_finds_what_is_not_closed() {
    for good in [
        "",
        "a<b>c</b>",
        "<p>x<br>\n<img src=\"a>b\"></p>",
        "<!-- <b> -->",
    ] {
        assert_eq!(balanced(good), Ok(()), "{good}");
    }
    for bad in ["<b>", "</b>", "<b><i></b></i>", "<p><em></p>"] {
        assert!(balanced(bad).is_err(), "{bad}");
    }
}

/// A text in two scripts.
#[derive(Debug, PartialEq)]
struct Made {
    written: String,
    derived: String,
    /// Whether something was said to be wrong.
    faulty: bool,
}

/// The site that the texts stand on.
static CONFIG: LazyLock<(Config, Conversions)> = LazyLock::new(|| {
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
fn make(body: &str, html: bool) -> Made {
    let (config, conversions) = &*CONFIG;
    let text = format!("---\ntitle: 甲\n---\n{body}");
    let source = Source::new(SitePath::new("content/p.md"), text);
    let rules = Rules {
        languages: &config.languages,
        html,
    };
    let read = tongwen::pipeline::document::parse(&source, rules);
    let document: Document = read.value.expect("the head is sound");
    for (at, op) in document.markdown.body.ops.iter().enumerate() {
        if let OpKind::Variant | OpKind::Open = op.kind {
            assert!(
                (at + 1..=document.markdown.body.ops.len()).contains(&(op.end as usize)),
                "step {at} of {body:?} ends at {}",
                op.end
            );
        }
    }
    let from = LanguageIndex::DEFAULT;
    let edition = |to: LanguageIndex| {
        let conversion = conversions.of_page(&document, from, to);
        let body = &document.markdown.body;
        let mut html = String::new();
        write(&play(body, to, &conversion, &Around { body }), &mut html);
        html
    };
    Made {
        written: edition(from),
        derived: edition(LanguageIndex::new(1)),
        faulty: !read.notes.is_empty(),
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

/// Whether every element that is opened is closed, in order.
fn balanced(html: &str) -> Result<(), String> {
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

/// The Markdown files below a folder.
fn texts(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the content can be listed") {
            let path = entry.expect("the content can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "md") {
                found.push(path);
            }
        }
    }
    found
}
