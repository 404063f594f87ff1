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
