//! What authors write is text to the reader, wherever it is shown: a site full of marks that mean something
//! to HTML, XML, JSON or a script has the same elements as one full of plain words.

use std::collections::BTreeMap;

use crate::made::{self, Made};
use crate::xml;

/// Ends, opens and quotes in everything that the outputs are written in.
const HOSTILE: &str = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>]]>--><!--&lt;&#x26;{{ 1 }}\u{2028}";

const HOSTILE_TAG: &str = "script-script-alert-1-script-img-src-x-onerror-alert-2-lt-x26-1";
const PLAIN_TAG: &str = "plain-words";

/// What stands in its place in the site it is compared with.
const PLAIN: &str = "plain words";

#[test]
fn hostile_texts_change_no_element() {
    let (hostile, plain) = (site(HOSTILE), site(PLAIN));
    assert_eq!(hostile.paths().count(), plain.paths().count());
    let mut compared = 0;
    for path in hostile.paths() {
        // The address of a tag is made of its letters and digits.
        let other = &path.replace(HOSTILE_TAG, PLAIN_TAG);
        match path.rsplit('.').next() {
            Some("html") => {
                let (ours, theirs) = (elements(hostile.text(path)), elements(plain.text(other)));
                assert_eq!(ours, theirs, "{path}");
            }
            Some("xml") => {
                let (ours, theirs) = (xml::read(hostile.text(path)), xml::read(plain.text(other)));
                assert_eq!(names(&ours), names(&theirs), "{path}");
            }
            Some("json") => {
                hostile.json(path);
            }
            _ => continue,
        }
        compared += 1;
    }
    assert!(compared > 20, "only {compared} files");
}

#[test]
fn linked_data_says_what_was_written() {
    let made = site(HOSTILE);
    let html = made.text("a/index.html");
    let (_, data) = html
        .split_once("<script type=\"application/ld+json\">")
        .expect("pages have linked data");
    let (data, _) = data.split_once("</script>").expect("it ends");
    let read: serde_json::Value = serde_json::from_str(data).expect("it is JSON");
    assert!(holds(&read, HOSTILE), "{data}");
}

/// A control character that no XML may hold reaches no feed, and one given by an escape no page.
#[test]
fn control_characters_stay_out() {
    let body = "後\u{b}面\u{1b}[31m\u{7f}";
    let page = format!("---\ntitle: 甲\ndate: 2026-01-01\ntags: [乙]\n---\n{body}\n");
    let made = made::small(&[
        ("content/index.md", "---\ntitle: 首\n---\n"),
        ("content/a.md", &page),
    ]);
    for path in made.paths().filter(|path| path.ends_with(".xml")) {
        xml::read(made.text(path));
    }
    for path in made.paths().filter(|path| path.ends_with(".json")) {
        made.json(path);
    }
}

fn site(text: &str) -> Made {
    // YAML and TOML in double quotes: every mark of theirs is escaped as JSON escapes it.
    let quoted = serde_json::to_string(text).expect("a text is JSON");
    let config = made::SITE
        .replace("\"同文 & <友>\"", &quoted)
        .replace("\"歷史\"", &quoted)
        + &format!(
            "\n[[menus.main]]\npage = \"a.md\"\ntitle = {quoted}\n\n[strings.zh-Hant-HK]\nhome = {quoted}\n"
        );
    let escaped: String = text
        .chars()
        .flat_map(|ch| match ch.is_ascii_punctuation() {
            true => vec!['\\', ch],
            false => vec![ch],
        })
        .collect();
    let page = format!(
        "---\ntitle: {quoted}\ndescription: {quoted}\nsummary: {quoted}\nmenu_title: {quoted}\ndate: 2026-01-01\n\
         tags: [{quoted}, 乙]\nimage: x/p.png\nimage_alt: {quoted}\n---\n{escaped}\n\n## {escaped} {{#h}}\n\n\
         ![{escaped}](x/p.png)\n\n`` {text} ``\n\n| {escaped} |\n|---|\n| {escaped} |\n\n[{escaped}](b.md \"{escaped}\")\n"
    );
    let event = format!(
        "---\ntitle: {quoted}\nkind: event\nstart: 2001-10-21\nend: 2001-10-22\nstatus: held\ncity: {quoted}\ntheme: {quoted}\n---\n{escaped}\n"
    );
    made::with(
        &config,
        &[
            ("content/index.md", &page),
            ("content/a.md", &page),
            ("content/b.md", "---\ntitle: 乙\n---\n"),
            (
                "content/x/index.md",
                &page.replace("x/p.png", "p.png").replace("b.md", "../b.md"),
            ),
            ("content/x/p.png", "png"),
            (
                "content/t/_index.md",
                "---\ntitle: 丙\ntemplate: timeline.html\n---\n",
            ),
            ("content/t/e.md", &event),
        ],
        made::options(),
    )
}

/// The elements of a page in their order, with the names of their attributes; scripts are read as browsers
/// read them, up to the first `</script`.
fn elements(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let mut quote = None;
        let end = rest.find(|ch: char| {
            match (quote, ch) {
                (None, '"' | '\'') => quote = Some(ch),
                (Some(open), _) if open == ch => quote = None,
                _ => {}
            }
            quote.is_none() && ch == '>'
        });
        let end = end.expect("every tag ends");
        let tag = &rest[1..end];
        found.push(shape(tag));
        rest = &rest[end + 1..];
        if tag.starts_with("script") {
            rest = &rest[rest.find("</script").expect("every script ends")..];
        }
    }
    found
}

/// A tag without the values of its attributes.
fn shape(tag: &str) -> String {
    let mut shape = String::new();
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once('"') {
        shape.push_str(before);
        rest = after.split_once('"').map_or("", |(_, after)| after);
    }
    shape + rest
}

fn names(element: &xml::Element) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::from([(element.name.clone(), 1)]);
    for child in &element.children {
        for (name, times) in names(child) {
            *counted.entry(name).or_default() += times;
        }
    }
    counted
}

fn holds(value: &serde_json::Value, text: &str) -> bool {
    match value {
        serde_json::Value::String(found) => found == text,
        serde_json::Value::Array(items) => items.iter().any(|item| holds(item, text)),
        serde_json::Value::Object(fields) => fields.values().any(|field| holds(field, text)),
        _ => false,
    }
}
