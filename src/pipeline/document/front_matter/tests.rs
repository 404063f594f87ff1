//! Front matter row by row: what is read, what is said of what cannot be.

use super::*;
use crate::config::{self, Language};
use crate::diagnostic::{Noted, brief};
use crate::source::SitePath;

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

fn read(yaml: &str) -> Noted<Option<FrontMatter>> {
    let text = format!("---\n{yaml}\n---\n");
    let source = Source::new(SitePath::new("content/a.md"), text);
    match split(&source) {
        Ok((head, _)) => parse(&source, head, &languages()),
        Err(fault) => Noted {
            value: None,
            notes: vec![*fault],
        },
    }
}

/// What is said of `yaml`, which begins on the file's second line.
fn faults(yaml: &str) -> Vec<String> {
    read(yaml).notes.iter().map(brief).collect()
}

#[test]
fn faults_at_their_places() {
    let mut wrong = String::new();
    for (yaml, expected) in [
        ("title: 甲", &[][..]),
        ("", &["missing-key 1:1 \"---\""]),
        ("title:", &["missing-key 1:1 \"---\""]),
        ("title: ''", &["empty-value 2:8 \"''\""]),
        ("title: 2026", &["wrong-type 2:8 \"2026\""]),
        ("title: [甲]", &["wrong-type 2:8 \"[甲]\""]),
        (
            "titel: 甲",
            &["missing-key 1:1 \"---\"", "unknown-key 2:1 \"titel\""],
        ),
        ("title: 甲\ntitle: 乙", &["duplicate-key 3:1 \"title\""]),
        (
            "title: {zh-Hant-HK: 甲, en: A}",
            &["unknown-language 2:24 \"en\""],
        ),
        ("title: 甲\ndraft: yes", &["wrong-type 3:8 \"yes\""]),
        ("title: 甲\nweight: 1.5", &["wrong-type 3:9 \"1.5\""]),
        (
            "title: 甲\ndate: 2026-02-30",
            &["bad-value 3:7 \"2026-02-30\""],
        ),
        ("title: 甲\ndate: 2026", &["bad-value 3:7 \"2026\""]),
        ("title: 甲\nslug: a/b", &["bad-address 3:7 \"a/b\""]),
        ("title: 甲\npath: ../b", &["bad-address 3:7 \"../b\""]),
        (
            "title: 甲\naliases: [/, a b]",
            &["bad-address 3:11 \"/\"", "bad-address 3:14 \"a b\""],
        ),
        ("title: 甲\nkind: A B", &["bad-value 3:7 \"A B\""]),
        (
            "title: 甲\ntemplate: ../x.html",
            &["bad-value 3:11 \"../x.html\""],
        ),
        ("title: 甲\ntags: 乙", &["wrong-type 3:7 \"乙\""]),
        ("title: 甲\ntags:\n  - 乙\n  - 3", &["wrong-type 5:5 \"3\""]),
        ("title: 甲\nextra: 1", &["wrong-type 3:8 \"1\""]),
        ("title: 甲\nconvert: no", &["wrong-type 3:10 \"no\""]),
        (
            "title: 甲\nconvert: {using: hk2t2, keep: [乙, 乙]}",
            &["bad-value 3:18 \"hk2t2\"", "glossary-duplicate 3:35 \"乙\""],
        ),
        (
            "title: 甲\nconvert:\n  terms: {軟件: {zh-Hans: 软件}, '': x}",
            &[
                "unknown-language 4:16 \"zh-Hans\"",
                "empty-value 4:30 \"''\"",
            ],
        ),
        (
            "title: &a 甲\nsummary: *a",
            &["yaml-anchor 2:8 \"&a\"", "yaml-anchor 3:10 \"*a\""],
        ),
        ("title: *a", &["yaml-anchor 2:8 \"*a\""]),
        ("title: !!str 3", &["yaml-tag 2:8 \"!!str\""]),
        ("title: 甲\nextra:\n\ta: 1", &["yaml-tab 4:1 \"\\t\""]),
        ("title: \"甲", &["yaml-syntax 2:8 \"\""]),
        ("title: [甲", &["yaml-syntax 3:1 \"\""]),
        ("title: 甲: 乙", &["yaml-syntax 2:9 \"\""]),
        ("- 甲", &["yaml-syntax 2:1 \"- 甲\""]),
        ("甲", &["yaml-syntax 2:1 \"甲\""]),
        ("title: 甲\n? [a]\n: b", &["yaml-syntax 3:3 \"[a]\""]),
        ("title: 甲\n...\ntitle: 乙", &["yaml-syntax 4:1 \"\""]),
        ("title: 甲\r\ndraft: 1\r", &["wrong-type 3:8 \"1\""]),
        (
            "title: 😀\nsummary: {😀: 1}",
            &["unknown-language 3:11 \"😀\"", "wrong-type 3:14 \"1\""],
        ),
        ("title: |\n  甲\ndraft: 0", &["wrong-type 4:8 \"0\""]),
        // An event.
        (
            "title: 甲\nkind: event",
            &["missing-key 1:1 \"---\"", "missing-key 1:1 \"---\""],
        ),
        (
            "title: 甲\nstart: 2001\nstatus: held",
            &["key-of-kind 3:1 \"start\"", "key-of-kind 4:1 \"status\""],
        ),
        (
            "title: 甲\nkind: event\nstart: 2001-13\nstatus: hold",
            &["bad-date 4:8 \"2001-13\"", "bad-value 5:9 \"hold\""],
        ),
        (
            "title: 甲\nkind: event\nstart: 2001-10-21\nend: 2001-09\nstatus: held",
            &["end-before-start 5:6 \"2001-09\""],
        ),
        (
            "title: 甲\nkind: event\nstart: 2001-10-21\nend: 2001\nstatus: held",
            &[],
        ),
        (
            "title: 甲\nkind: event\nstart: 2001\nprecision: day\nstatus: held",
            &["bad-value 5:12 \"day\""],
        ),
        (
            "title: 甲\nkind: event\nstart: 2026-11\nstatus: announced\noutcomes:\n  - {title: 乙}",
            &["announced-outcome 6:1 \"outcomes\""],
        ),
        (
            "title: 甲\nkind: event\nstart: 2026-11\nstatus: announced\noutcomes: []",
            &[],
        ),
        (
            "title: 甲\nkind: event\nstart: 2001\nstatus: held\noutcomes: [{titel: 乙, type: law}]",
            &[
                "missing-key 6:12 \"{titel: 乙, type: law}\"",
                "unknown-key 6:13 \"titel\"",
                "bad-value 6:29 \"law\"",
            ],
        ),
        (
            "title: 甲\nkind: event\nstart: 2001\nstatus: held\ntheme: {text: 乙, english: B}",
            &["unknown-key 6:18 \"english\""],
        ),
        // A registry.
        (
            "title: 甲\nkind: sources\nentries: [{id: A, title: 乙, url: ftp://x}, {id: A, title: 丙}]",
            &["bad-value 4:34 \"ftp://x\"", "duplicate-key 4:49 \"A\""],
        ),
        (
            "title: 甲\nkind: sources\nfact_index: {A1: {sources: [X]}}",
            &["unknown-source 4:29 \"X\""],
        ),
    ] {
        let found = faults(yaml);
        if found != expected {
            wrong.push_str(&format!("{yaml}\n  said {found:?}\n  not  {expected:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_published_schema_has_these_keys() {
    let path = include_str!("../../../../docs/schema/front-matter.schema.json");
    let schema = config::schema::Schema::new(path);
    let page: Vec<&str> = read::KEYS.to_vec();
    schema.has_keys("/$defs/page", &page);
    schema.has_keys("/$defs/event", &[&page, event::KEYS].concat());
    schema.has_keys("/$defs/sources", &[&page, registry::KEYS].concat());
    schema.has_keys("/$defs/rules", read::CONVERT_KEYS);
    let schemes = Scheme::ALL.map(|scheme| (scheme.as_str(), scheme));
    schema.has_words("/$defs/rules/properties/using", &schemes);
    schema.has_words("/$defs/rules/properties/quotes", &config::QUOTES);
    schema.has_words("/$defs/event/properties/precision", &event::PRECISIONS);
    schema.has_words("/$defs/event/properties/status", &event::STATUSES);
    schema.has_words("/$defs/event/properties/role", &event::ROLES);
    schema.has_keys("/$defs/theme", event::THEME_KEYS);
    schema.has_keys("/$defs/outcome", event::OUTCOME_KEYS);
    schema.has_words("/$defs/outcome/properties/type", &event::OUTCOME_TYPES);
    schema.has_keys("/$defs/aim", event::AIM_KEYS);
    schema.has_keys("/$defs/claim", event::CLAIM_KEYS);
    schema.has_keys("/$defs/entry", registry::ENTRY_KEYS);
    schema.has_keys("/$defs/fact", registry::FACT_KEYS);
    schema.has_keys("/$defs/conflict", registry::CONFLICT_KEYS);
    schema.has_keys("/$defs/correction", registry::CORRECTION_KEYS);
}

#[test]
fn heads_and_bodies() {
    for (text, parts) in [
        ("---\na: 1\n---\n文", Some(("a: 1\n", "文"))),
        ("\u{feff}---\na: 1\n---\n文", Some(("a: 1\n", "文"))),
        ("---\r\na: 1\r\n---\r\n文", Some(("a: 1\r\n", "文"))),
        ("---  \na: 1\n--- \n", Some(("a: 1\n", ""))),
        ("---\n---", Some(("", ""))),
        (
            "---\na: |\n  ---\n---\n---\n",
            Some(("a: |\n  ---\n", "---\n")),
        ),
        ("---\na: 1\n----\n", None),
        ("---a: 1\n---\n", None),
        ("\n---\na: 1\n---\n", None),
        ("--- # 前\na: 1\n---\n", None),
        ("---", None),
        ("", None),
    ] {
        let source = Source::new(SitePath::new("content/a.md"), text.to_string());
        let found = split(&source).ok();
        let found = found.map(|(head, body)| (&text[head], &text[body]));
        assert_eq!(found, parts, "{text:?}");
    }
}

#[test]
fn values() {
    let yaml = "title: \"上海\\u2001\"\nmenu_title: {zh-Hant-HK: 上海, zh-Hans-CN: 上海站}\ndate: 2026-11-22\n\
        weight: -3\npath: /上海/2001/\nkind: event\nstart: 2001\nend: 2001-10-21\nstatus: held\nmeeting_no: 9\n\
        theme: {text: 新世紀、新挑戰, en: Meeting New Challenges}\n\
        convert:\n  using: t2s\n  quotes: keep\n  keep: [上海共識]\n  terms:\n    軟件: {zh-Hans-CN: 软件}\n    資訊: 信息\n\
        extra:\n  figures: {b: 007, a: [1, -2, 2.5, ~, true, yes, 0x1f]}\n  label: {zh-Hant-HK: 港, zh-Hans-CN: 陆}\n  \
        note: >\n    一行\n    又一行\n";
    let read = read(yaml);
    assert_eq!(read.notes.iter().map(brief).collect::<Vec<_>>(), [""; 0]);
    let page = read.value.expect("nothing was noted");
    let hans = config::LanguageIndex::new(1);
    assert_eq!(page.title.first(), "上海\u{2001}");
    let menu_title = page.menu_title.as_ref().and_then(|title| title.get(hans));
    assert_eq!(menu_title.map(Written::as_str), Some("上海站"));
    assert_eq!(page.path.as_ref().map(Written::as_str), Some("上海/2001"));
    assert_eq!(
        (page.weight, page.search, page.draft),
        (Some(-3), true, false)
    );
    let Kind::Event(event) = &page.kind else {
        panic!("an event, not {:?}", page.kind);
    };
    assert_eq!(event.start.to_iso(), "2001");
    assert_eq!(event.precision.as_str(), "year");
    let Conversion::On(rules) = &page.conversion else {
        panic!("converted");
    };
    assert_eq!(
        (rules.using, rules.quotes),
        (Some(Scheme::T2s), Some(Quotes::Keep))
    );
    let becomes: Vec<_> = rules
        .rules
        .iter()
        .map(|rule| rule.in_language(hans))
        .collect();
    assert_eq!(becomes, [Some("上海共識"), Some("软件"), Some("信息")]);
    let shown = format!("{:?}", shape(&page.extra));
    assert_eq!(
        shown,
        "\"{figures:{b:'007',a:[1,-2,2.5,null,true,'yes',31,],},label:<港|陆>,note:'一行 又一行\\n',}\""
    );
}

/// A value of the author's own, without its places.
fn shape(value: &Value) -> String {
    match value {
        Value::Null => "null".to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Text(Text::Same(written)) => format!("'{}'", written.text),
        Value::Text(Text::ByLanguage(texts)) => {
            let texts: Vec<&str> = texts.iter().map(|(_, written)| written.as_str()).collect();
            format!("<{}>", texts.join("|"))
        }
        Value::List(items) => {
            let items: String = items.iter().map(|item| shape(item) + ",").collect();
            format!("[{items}]")
        }
        Value::Map(entries) => {
            let entry = |(key, value): &(String, Value)| format!("{key}:{},", shape(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<String>())
        }
    }
}

#[test]
fn a_finding_inside_a_text_has_its_place() {
    for (yaml, word, expected) in [
        ("title: 上海共識", "共識", "共識"),
        ("title: '上海共識'", "共識", "共識"),
        (
            "title: \"上海\\u5171\\u8b58\"",
            "共識",
            "\"上海\\u5171\\u8b58\"",
        ),
        ("title: >-\n  上海\n  共識", "海 共", "海\n  共"),
        ("title: |\n  上海\n  共識", "識", "識"),
        ("title: 上海\n  共識", "海", "海"),
        ("title: '上''海共識'", "共識", "'上''海共識'"),
    ] {
        let text = format!("---\n{yaml}\n---\n");
        let source = Source::new(SitePath::new("content/a.md"), text);
        let (head, _) = split(&source).expect("the head is closed");
        let page = parse(&source, head, &languages()).value;
        let title = page.expect("the head is sound").title;
        let written = title
            .get(config::LanguageIndex::DEFAULT)
            .cloned()
            .unwrap_or_default();
        let at = written.text.find(word).expect("the word is in the title");
        let place = written.range_of(&source, at..at + word.len());
        assert_eq!(&source.text()[place], expected, "{yaml}");
    }
}
