//! The dev server's page in both scripts: what differs is marked with what decided it.

use std::fs;

use tongwen::diagnostic::render::Style;
use tongwen::pipeline::inputs::Options;
use tongwen::pipeline::output::OutputPath;
use tongwen::shell::disk::Place;
use tongwen::shell::server::Answers;
use tongwen::shell::session::Session;

const CONFIG: &str = "base_url = \"https://example.org/base\"\ntitle = \"站\"\n\n[languages.zh-Hant-HK]\nlabel = \"繁體\"\n\n[languages.zh-Hans-CN]\nlabel = \"简体\"\npath = \"hans\"\nderive = { from = \"zh-Hant-HK\", using = \"hk2s\" }\n\n[languages.en]\nlabel = \"English\"\npath = \"en\"\n";

#[test]
fn differences_are_marked_with_what_decided_them() {
    let page = side_by_side("one/index.html").expect("a comparison");
    for expected in [
        // The dictionaries, with the quotation marks of each script.
        "<mark>後</mark>",
        "<mark>后</mark>",
        // A glossary row and its place.
        "<mark class=\"g\" title=\"glossary.toml:2\">資訊科技</mark>",
        "<mark class=\"g\" title=\"glossary.toml:2\">信息技术</mark>",
        "資訊科技 → 信息技术 <code>glossary.toml:2</code>",
        // What the author fixed in the text, where it stands, whichever language comes first.
        "，<mark class=\"f\">軟件</mark>",
        "，<mark class=\"f\">软件</mark>",
        "<mark class=\"f\">甲</mark>、<mark class=\"f\">瞭望</mark>塔",
        "<mark class=\"f\">乙</mark>、<mark class=\"f\">瞭望</mark>塔",
        // Quotation marks, which no dictionary decides.
        "<mark class=\"q\">「</mark>",
        "<mark class=\"q\">“</mark>",
        // The line in the source.
        "id=\"line-5\"><span class=\"n\">5</span>",
        // A place to review, marked on both sides, with the lines that settle it.
        "<span class=\"o\"><mark>乾</mark></span><mark>淨</mark>",
        "<span class=\"o\"><mark>干</mark></span><mark>净</mark>",
        "<dt>in the text</dt><dd><code>-{乾; zh-Hans-CN: 乾}-</code></dd>",
        "<dt>glossary.toml</dt><dd><code>[[term]]",
        "href=\"#line-7\">1 place to review</a>",
        // The pages before and after it.
        "<a href=\"/base/.tongwen/compare/\">← page before</a>",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    assert!(
        !page.contains("<mark>面"),
        "what is the same is not marked\n{page}"
    );
    assert_eq!(side_by_side("hans/one/index.html").as_deref(), Some(&*page));
}

/// A place that was decided is no place to review any more.
#[test]
fn decided_places_are_not_listed() {
    let page = side_by_side("one/index.html").expect("a comparison");
    let (_, rest) = page.split_once("[[decided]]\nkey = &quot;").expect("a key");
    let key = &rest[..10];
    let decided = format!("[[decided]]\nkey = \"{key}\"\nreason = \"好\"\n");
    let page = compared("one/index.html", &[("review.toml", &decided)]).expect("a comparison");
    assert!(page.contains("nothing to review"), "{page}");
}

#[test]
fn a_page_without_a_converted_edition_has_none() {
    assert_eq!(
        side_by_side("en/one/index.html").map(|page| page.contains("後")),
        Some(true)
    );
    assert_eq!(side_by_side("en/two/index.html"), None);
    assert_eq!(side_by_side("404.html"), None);
}

fn side_by_side(path: &str) -> Option<String> {
    compared(path, &[])
}

fn compared(path: &str, more: &[(&str, &str)]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("site.toml", CONFIG);
    write(
        "glossary.toml",
        "[[term]]\nis = \"資訊科技\"\n\"zh-Hans-CN\" = \"信息技术\"\n",
    );
    write("content/index.md", "---\ntitle: 首頁\n---\n");
    write(
        "content/one.md",
        "---\ntitle: 頁\n---\n\n資訊科技的「後面」，-{軟件; zh-Hans-CN: 软件}-。\n\n乾淨的-{zh-Hans-CN: 乙; zh-Hant-HK: 甲}-、-{瞭望}-塔。\n",
    );
    write("content/one.en.md", "---\ntitle: Page\n---\n");
    write("content/two.en.md", "---\ntitle: English only\n---\n");
    for (name, text) in more {
        write(name, text);
    }
    let place = Place {
        root: folder.path().to_path_buf(),
        config: "site.toml".to_string(),
    };
    let session = Session::begin(place, Options::default(), Style::PLAIN).unwrap();
    session.side_by_side(&OutputPath::new(path).unwrap())
}
