//! The dev server's page in both scripts: what differs is marked with what decided it.

use std::fs;

use tongwen::diagnostic::render::Style;
use tongwen::pipeline::inputs::Options;
use tongwen::pipeline::output::OutputPath;
use tongwen::shell::disk::Place;
use tongwen::shell::server::Answers;
use tongwen::shell::session::Session;

const CONFIG: &str = "base_url = \"https://example.org\"\ntitle = \"站\"\n\n[languages.zh-Hant-HK]\nlabel = \"繁體\"\n\n[languages.zh-Hans-CN]\nlabel = \"简体\"\npath = \"hans\"\nderive = { from = \"zh-Hant-HK\", using = \"hk2s\" }\n\n[languages.en]\nlabel = \"English\"\npath = \"en\"\n";

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
        // What the author fixed in the text.
        "<td lang=\"zh-Hant-HK\">軟件</td><td lang=\"zh-Hans-CN\">软件</td>",
        // The line in the source.
        "<td class=\"n\">5</td>",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    assert_eq!(side_by_side("hans/one/index.html").as_deref(), Some(&*page));
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
        "---\ntitle: 頁\n---\n\n資訊科技的後面，-{軟件; zh-Hans-CN: 软件}-。\n",
    );
    write("content/one.en.md", "---\ntitle: Page\n---\n");
    write("content/two.en.md", "---\ntitle: English only\n---\n");
    let place = Place {
        root: folder.path().to_path_buf(),
        config: "site.toml".to_string(),
    };
    let session = Session::begin(place, Options::default(), Style::PLAIN).unwrap();
    session.side_by_side(&OutputPath::new(path).unwrap())
}
