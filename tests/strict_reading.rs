//! Whatever the bytes of a configuration, a glossary or a page's head: no panic, no endless work, no
//! place outside the file, and every fault can be drawn in both languages.

use proptest::prelude::*;
use tongwen::config::{self, Language, glossary};
use tongwen::diagnostic::render::{Style, draw_all};
use tongwen::diagnostic::{self, Diagnostic, Noted, Place, any_error};
use tongwen::pipeline::document::front_matter;
use tongwen::source::{SitePath, Source};

const SITE: &str = r#"
base_url = "https://example.org"
title = "…"
[languages.zh-Hant-HK]
label = "繁體"
[languages.zh-Hans-CN]
label = "简体"
derive = { from = "zh-Hant-HK", using = "hk2s" }
"#;

fn languages() -> Vec<Language> {
    let source = Source::new(SitePath::new("site.toml"), SITE.to_string());
    let config = config::parse(&source).value;
    config.expect("the site above is sound").languages
}

/// Reads `text` as everything it could be.
fn read_all(text: &str) {
    let languages = languages();
    let source = |path: &str, text: &str| Source::new(SitePath::new(path), text.to_string());
    let site = config::parse(&source("site.toml", text));
    check(&site.notes);
    assert_eq!(site.value.is_none(), any_error(&site.notes), "{text:?}");
    check(&glossary::parse(&source("glossary.toml", text), &languages).notes);
    for text in [format!("---\n{text}\n---\n"), text.to_string()] {
        let page = source("content/a.md", &text);
        let read = match front_matter::split(&page) {
            Ok((head, body)) => {
                assert!(head.end <= body.start && body.end == text.len());
                front_matter::parse(&page, head, &languages)
            }
            Err(fault) => Noted {
                value: None,
                notes: vec![*fault],
            },
        };
        check(&read.notes);
        assert_eq!(read.value.is_none(), any_error(&read.notes), "{text:?}");
    }
}

fn check(notes: &[Diagnostic]) {
    for note in notes {
        let Place::Span(span) = &note.place else {
            panic!("{:?} points at nothing", note.code);
        };
        assert_eq!(span.range, span.clamped(), "{:?}", note.code);
    }
    let chinese = Style {
        language: diagnostic::Language::Traditional,
        ..Style::PLAIN
    };
    // Drawing costs the length of the file for each fault, so of thousands a few stand for all.
    let few = &notes[..notes.len().min(20)];
    draw_all(few, Style::PLAIN);
    draw_all(few, chinese);
}

/// Pieces of YAML and TOML, so that what is put together gets past the first character.
fn piece() -> impl Strategy<Value = String> {
    let keys = "title|date|start|end|status|kind|convert|extra|outcomes|base_url|languages|tags";
    prop_oneof![
        4 => "(\n|  |\t|\r\n| |: |- |, |\\[|\\]|\\{|\\}|\"|'|#|---\n|\\.\\.\\.|\\||>|&a|\\*a|!!str|\\? |= |\\[\\[|\\]\\]|\\.)",
        3 => keys.prop_map(|key| format!("{key}: ")),
        2 => keys.prop_map(|key| format!("{key} = ")),
        2 => "(event|sources|held|announced|false|2026-02-10|1989|1\\.5|zh-Hant-HK|甲|「乙」|😀|\u{feff}|\u{0}|\u{85}|\u{2028})",
        1 => "\\PC{0,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in any::<String>()) {
        read_all(&text);
    }

    #[test]
    fn any_pieces(pieces in prop::collection::vec(piece(), 0..40)) {
        read_all(&pieces.concat());
    }

    #[test]
    fn a_sound_head_with_one_change(at in 0usize..400, cut in 0usize..12, put in piece()) {
        let sound = "title: 甲\nkind: event\nstart: 2001-10-21\nend: 2001-10-22\nstatus: held\ntheme: {text: 乙, en: B}\n\
            outcomes:\n  - {title: 《丙》, type: annex}\nclaims:\n  - speaker: 丁\n    date: 2001\nconvert:\n  keep: [戊]\n  terms: {己: {zh-Hans-CN: 己}}\nextra:\n  庚: |\n    辛\n    壬\n  癸: [1, 2.5, ~, true]\n";
        let start = sound.floor_char_boundary(at);
        let end = sound.floor_char_boundary((start + cut).min(sound.len()));
        read_all(&format!("{}{put}{}", &sound[..start], &sound[end.max(start)..]));
    }
}

/// What is made to cost: each is read on a thread with the stack that workers have.
#[test]
fn costly_texts() {
    let mut texts = vec![
        "[".repeat(200_000),
        "{".repeat(200_000),
        "- ".repeat(100_000),
        "? ".repeat(100_000),
        "a: ".repeat(80_000),
        "a: {".repeat(60_000),
        "- - - - \n".repeat(25_000),
        "\"".repeat(200_000),
        "#".repeat(250_000),
        " ".repeat(250_000),
        "\n".repeat(250_000),
        "甲".repeat(80_000),
        "!".repeat(200_000),
        "&a ".repeat(80_000),
        "title: &a [*a, *a]\n".repeat(10_000),
        "|\n ".repeat(80_000),
        "a.".repeat(200_000) + " = 1",
        format!("a = {}", "[".repeat(200_000)),
        format!("a = {}", "{b=".repeat(80_000)),
        format!("[{}]", vec!["a"; 79].join(".")),
        "[a]\n".repeat(60_000),
        "[[a]]\n".repeat(40_000),
        "\"\"\"".repeat(80_000),
        "x".repeat(2_000_000),
    ];
    // The deepest that the limits on brackets and on dotted keys allow together.
    let dotted = vec!["k"; 70].join(".");
    let deep = format!("{{ {dotted} = ").repeat(70);
    texts.push(format!("a = {deep} 1 {}", "}".repeat(70)));
    // Ten levels of aliases, each naming the one before ten times.
    let mut bomb = "a0: &a0 [1]\n".to_string();
    for level in 1..10 {
        let names = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{names}]\n"));
    }
    texts.push(bomb);
    let keys: Vec<String> = (0..20_000).map(|number| format!("k{number}: 1")).collect();
    texts.push(keys.join("\n"));
    texts.push(keys.join("\n").replace(": ", " = "));
    for text in texts {
        let start: String = text.chars().take(20).collect();
        let reader = std::thread::Builder::new()
            .stack_size(2 << 20)
            .spawn(move || read_all(&text));
        let read = reader.expect("a thread can be started").join();
        assert!(read.is_ok(), "{start}…");
    }
}
