//! What the search finds.

use std::collections::BTreeMap;

use tongwen::pipeline::inputs::Options;

use crate::made::{self, Made, SITE};

const PAGES: &[(&str, &str)] = &[
    ("content/index.md", "---\ntitle: 首頁\n---\n這裏是首頁。\n"),
    (
        "content/a.md",
        "---\ntitle: 甲\ntakeaways: [記住這一句]\nextra:\n  items:\n    - q: 為甚麼？\n      a: 因為\n  mode: dark\n---\n## 之後\n\n他**發**現後面。`x <y>`\n",
    ),
    ("content/b.md", "---\ntitle: 乙\nsearch: false\n---\n不找\n"),
    ("content/a.en.md", "---\ntitle: A & B\n---\nSome words.\n"),
];

/// The addresses of the pages that a reader who types `typed` finds, as the theme's script looks for
/// them.
fn find(made: &Made, index: &str, typed: &str) -> Vec<String> {
    let forms: BTreeMap<String, String> =
        serde_json::from_value(made.json("search-fold.json")).expect("a map of characters");
    let folded = |text: &str| -> String {
        text.chars()
            .map(|ch| {
                forms
                    .get(&ch.to_string())
                    .cloned()
                    .unwrap_or(ch.to_string())
            })
            .collect()
    };
    let index = made.json(index);
    assert_eq!(index["v"], 1);
    let pages = index["pages"].as_array().expect("pages");
    pages
        .iter()
        .filter(|page| {
            let text = format!(
                "{}\n{}",
                page["t"].as_str().unwrap(),
                page["x"].as_str().unwrap()
            );
            folded(&text).contains(&folded(typed))
        })
        .map(|page| page["u"].as_str().unwrap().to_string())
        .collect()
}

#[test]
fn either_script_finds_either() {
    let made = made::small(PAGES);
    for (index, typed, found) in [
        ("search.json", "后面", &["./a/"][..]),
        ("search.json", "後面", &["./a/"]),
        ("hans/search.json", "後面", &["./a/"]),
        ("hans/search.json", "发现", &["./a/"]),
        ("search.json", "这里是", &["./"]),
        ("search.json", "這裡是", &["./"]),
        ("search.json", "記住", &["./a/"]),
        ("search.json", "因为", &["./a/"]),
        ("search.json", "之后", &["./a/"]),
        ("search.json", "dark", &[]),
        ("search.json", "不找", &[]),
        ("search.json", "Some", &[]),
        ("en/search.json", "Some words", &["./a/"]),
        // The home page is not in English; what stands at its address there is found in Chinese.
        ("en/search.json", "首頁", &[]),
    ] {
        assert_eq!(find(&made, index, typed), found, "{typed} in {index}");
    }
}

#[test]
fn every_page_found_is_there() {
    for relative_links in [false, true] {
        let options = Options {
            relative_links,
            ..made::options()
        };
        let made = made::shipped(options);
        for folder in ["", "hans/", "en/"] {
            let index = made.json(&format!("{folder}search.json"));
            let pages = index["pages"].as_array().expect("pages");
            assert!(pages.len() > 15, "{} in {folder:?}", pages.len());
            for page in pages {
                let address = page["u"].as_str().unwrap().strip_prefix("./").unwrap();
                let path = if relative_links {
                    format!("{folder}{address}")
                } else {
                    format!("{folder}{address}index.html")
                };
                assert!(made.has(&path), "{path}");
            }
        }
        assert!(!find(&made, "hans/search.json", "領導人會議").is_empty());
        assert!(!find(&made, "search.json", "领导人会议").is_empty());
    }
}

#[test]
fn on_disk_the_index_is_a_script_too() {
    let options = Options {
        relative_links: true,
        ..made::options()
    };
    let made = made::with(SITE, PAGES, options);
    for path in ["search.json", "hans/search.json", "search-fold.json"] {
        let script = made.text(&format!("{path}.js"));
        let value = script
            .strip_prefix("document.currentScript.data=")
            .and_then(|value| value.strip_suffix(";\n"))
            .expect("one assignment");
        assert_eq!(value, made.text(path).trim_end());
    }
    assert!(
        made.text("hans/a/index.html")
            .contains("data-search=\"../../hans/search.json\"")
    );
    assert!(!made::small(PAGES).has("search.json.js"));
}

#[test]
fn it_can_be_switched_off() {
    let config = format!("{SITE}\n[search]\nenabled = false\n");
    let made = made::with(&config, PAGES, made::options());
    assert!(
        made.paths()
            .all(|path| !path.starts_with("search") || path == "search.js")
    );
    assert!(!made.text("index.html").contains("data-search"));
}

#[test]
fn a_large_site_has_titles_and_headings_only() {
    let paragraph = format!("{}\n\n", "長文".repeat(1000));
    let large = format!(
        "---\ntitle: 長\n---\n## 小標題\n\n{}",
        paragraph.repeat(750)
    );
    let made = made::small(&[PAGES[0], ("content/large.md", &large)]);
    assert!(made.text("search.json").len() < 2000);
    assert_eq!(find(&made, "hans/search.json", "小標題"), ["./large/"]);
}
