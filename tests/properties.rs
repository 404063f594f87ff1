//! What holds for every text, tried on texts nobody would write: pieces of Markdown, HTML and conversion
//! markup in any order, over any characters.

#[path = "fuzz/src/markdown.rs"]
mod edition;
#[path = "fuzz/src/notes.rs"]
mod notes;
#[path = "fuzz/src/pieces.rs"]
mod pieces;

use std::fs;
use std::path::PathBuf;

use edition::{balanced, make};
use pieces::PIECES;

use proptest::prelude::*;
use tongwen::hanzi::Converter;

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
        edition::try_out(&text);
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
    for bad in [
        "<b>",
        "</b>",
        "<b><i></b></i>",
        "<p><em></p>",
        "<img alt=\"<b></b>\">",
    ] {
        assert!(balanced(bad).is_err(), "{bad}");
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
