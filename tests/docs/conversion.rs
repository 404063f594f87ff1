//! What the guide to conversion says comes out does come out.

use crate::{Document, sample};

#[test]
fn the_rows_of_the_guide_are_so() {
    for (name, heading) in [
        ("conversion.md", "What comes out"),
        ("site/content/conversion.md", "轉換結果"),
    ] {
        let document = Document::read(name);
        let examples = document.examples();
        let glossary = examples
            .iter()
            .find(|example| example.fence == ("toml", "glossary.toml"))
            .expect("the guide has a glossary");
        let rows = document.rows_under(heading);
        assert!(rows.len() > 5, "{name} has {} rows", rows.len());
        for cells in rows {
            let (written, becomes) = (cells[0], cells[1].trim_matches('`'));
            assert_eq!(
                converted(written, &glossary.text),
                becomes,
                "{name}: {written}"
            );
        }
    }
}

/// A paragraph as the Simplified page shows it, without its tags.
fn converted(markdown: &str, glossary: &str) -> String {
    let mut files = sample::files();
    let page = format!("---\ntitle: 題目\n---\n{markdown}\n");
    files.push(("content/try.md", page));
    files.push((
        "templates/page.html",
        "{{ page.content | safe }}".to_string(),
    ));
    files.push(("glossary.toml", glossary.to_string()));
    let publication = sample::publication(&files).unwrap_or_else(|notes| panic!("{notes:?}"));
    let mut shown = String::new();
    let notes = sample::make_all(&publication, |path, text| {
        if path == "hans/try/index.html" {
            shown = text.to_string();
        }
    });
    assert!(notes.is_empty(), "{notes:?}");
    let parts = shown
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    parts.collect::<String>().trim().to_string()
}
