//! What a glossary comes to, and what is said of a bad one.

use super::*;
use crate::config;
use crate::diagnostic::brief;
use crate::source::SitePath;

const SITE: &str = r#"
base_url = "https://example.org"
title = "…"
[languages.zh-Hant-HK]
label = "繁"
[languages.zh-Hans-CN]
label = "简"
derive = { from = "zh-Hant-HK", using = "hk2s" }
[languages.zh-Hant-TW]
label = "台"
derive = { from = "zh-Hant-HK", using = "t2tw" }
"#;

fn read(text: &str) -> Noted<Glossary> {
    let source = |path, text: &str| Source::new(SitePath::new(path), text.to_string());
    let site = config::parse(&source("site.toml", SITE)).value;
    let languages = site.expect("the site above is sound").languages;
    parse(&source("glossary.toml", text), &languages)
}

#[test]
fn the_published_schema_has_these_keys() {
    let text = include_str!("../../../docs/schema/glossary.schema.json");
    let schema = config::schema::Schema::new(text);
    schema.has_keys("", KEYS);
    schema.has_keys("/$defs/row", ROW_KEYS);
    schema.has_keys("/$defs/style", STYLE_KEYS);
}

#[test]
fn rules_by_language() {
    let read = read(
        r#"
[[term]]
is = "人工智能"
zh-Hant-TW = "人工智慧"
note = "…"
[[keep]]
is = "余承東"
zh-Hans-CN = "余承东"
[style.zh-Hant-HK]
avoid = { "瞭解" = "了解" }
[one-way]
"发布" = { zh-Hant-HK = "發布" }
"数码" = "數碼"
"#,
    );
    assert_eq!(read.notes.iter().map(brief).collect::<Vec<_>>(), [""; 0]);
    let glossary = read.value;
    let [hans, tw] = [1, 2].map(LanguageIndex::new);
    let become_ = |rule: &Rule, language| rule.in_language(language).map(str::to_string);
    let [term, name] = glossary.rules.as_slice() else {
        panic!("two rules, not {:?}", glossary.rules);
    };
    assert_eq!(become_(term, hans), None);
    assert_eq!(become_(term, tw).as_deref(), Some("人工智慧"));
    assert_eq!(become_(name, hans).as_deref(), Some("余承东"));
    assert_eq!(become_(name, tw).as_deref(), Some("余承東"));
    assert_eq!(become_(&glossary.one_way[0], tw), None);
    assert_eq!(become_(&glossary.one_way[1], tw).as_deref(), Some("數碼"));
    assert_eq!(glossary.avoid[0].form.as_str(), "瞭解");
    assert_eq!(glossary.avoid[0].language, LanguageIndex::DEFAULT);
}

#[test]
fn faults_at_their_places() {
    let mut wrong = String::new();
    for (text, expected) in [
        ("", &[][..]),
        ("[[term]]\nis = \"甲\"", &["missing-key 1:1 \"[[term]]\""]),
        ("[[keep]]\nis = \"甲\"", &[]),
        (
            "[[term]]\nzh-Hans-CN = \"甲\"",
            &["missing-key 1:1 \"[[term]]\""],
        ),
        (
            "[[term]]\nis = \"\"\nzh-Hans-CN = \"甲\"",
            &["empty-value 2:6 \"\\\"\\\"\""],
        ),
        (
            "[[term]]\nis = \"甲\"\nzh-Hans = \"乙\"",
            &["unknown-language 3:1 \"zh-Hans\""],
        ),
        (
            "[[term]]\nis = \"甲\"\nzh-Hans-CN = 3",
            &["wrong-type 3:14 \"3\""],
        ),
        (
            "[[term]]\nis = \"甲\"\nnotes = \"乙\"\nzh-Hans-CN = \"乙\"",
            &["unknown-key 3:1 \"notes\""],
        ),
        (
            "[[term]]\nis = \"甲\"\nzh-Hans-CN = \"乙\"\n[[keep]]\nis = \"甲\"",
            &["glossary-duplicate 5:6 \"\\\"甲\\\"\""],
        ),
        ("[term]\nis = \"甲\"", &["wrong-type 1:1 \"[term]\""]),
        ("[[terms]]\nis = \"甲\"", &["unknown-key 1:3 \"terms\""]),
        ("[style.en]\navoid = {}", &["unknown-language 1:8 \"en\""]),
        (
            "[style.zh-Hant-HK]\navoids = {}",
            &["unknown-key 2:1 \"avoids\""],
        ),
        (
            "[one-way]\n\"\" = \"甲\"\n\"乙\" = 3",
            &["empty-value 2:1 \"\\\"\\\"\"", "wrong-type 3:7 \"3\""],
        ),
        (
            "[[term]\nis",
            &["toml-syntax 1:8 \"\"", "toml-syntax 2:3 \"\""],
        ),
    ] {
        let found: Vec<String> = read(text).notes.iter().map(brief).collect();
        if found != expected {
            wrong.push_str(&format!("{text}\n  said {found:?}\n  not  {expected:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
