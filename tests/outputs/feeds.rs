//! Feeds, held to RFC 4287 and to JSON Feed 1.1.

use std::collections::BTreeSet;

use crate::atom;
use crate::made::{self, Made, SITE};
use crate::xml::{self, Element};

const PAGES: &[(&str, &str)] = &[
    (
        "content/index.md",
        "---\ntitle: 首頁\ndate: 2026-05-01\n---\n",
    ),
    (
        "content/old.md",
        "---\ntitle: 舊 <b>\ndate: 2026-01-01\nupdated: 2026-03-01T08:00:00+09:00\ntags: [說明]\n---\n看[新的](new.md#後來)、[這裏](#一)和[外面](https://a.b/?c&d)。\u{b}\n\n## 一\n",
    ),
    (
        "content/new.md",
        "---\ntitle: 新\ndate: 2026-02-01T09:30:00\nsummary: 摘要\n---\n## 後來\n",
    ),
    ("content/undated.md", "---\ntitle: 無\n---\n"),
    (
        "content/old.en.md",
        "---\ntitle: Old\ndate: 2026-01-01\n---\nText.\n",
    ),
];

#[test]
fn what_is_in_them_and_in_which_order() {
    let made = made::small(PAGES);
    let feed = atom(&made, "feed.xml");
    let titles: Vec<_> = feed.all("entry").map(|e| &*e.one("title").text).collect();
    assert_eq!(titles, ["新", "舊 <b>"]);
    assert_eq!(feed.one("title").text, "同文 & <友>");
    assert_eq!(feed.one("updated").text, "2026-03-01T08:00:00+09:00");
    let entries: Vec<_> = feed.all("entry").collect();
    assert_eq!(
        entries[0].one("published").text,
        "2026-02-01T09:30:00+08:00"
    );
    assert_eq!(entries[0].one("summary").text, "摘要");
    assert_eq!(entries[1].one("id").text, "https://example.org/a/old/");
    assert_eq!(
        entries[1].one("published").text,
        "2026-01-01T00:00:00+08:00"
    );
    assert_eq!(entries[1].one("category").attribute("term"), "說明");
    let content = &entries[1].one("content").text;
    for link in [
        "href=\"https://example.org/a/new/#%E5%BE%8C%E4%BE%86\"",
        "href=\"https://example.org/a/old/#%E4%B8%80\"",
        "href=\"https://a.b/?c&amp;d\"",
    ] {
        assert!(content.contains(link), "{link} in {content}");
    }
    assert!(!content.contains('\u{b}'));
    let simplified = atom(&made, "hans/feed.xml");
    assert_eq!(simplified.attribute("xml:lang"), "zh-Hans-CN");
    assert_eq!(simplified.all("entry").count(), 2);
    assert!(made.text("hans/feed.xml").contains("说明"));
    // Pages that English only shows in Chinese are no English news.
    assert_eq!(atom(&made, "en/feed.xml").all("entry").count(), 1);
    let item = &json(&made, "hans/feed.json")["items"][0];
    assert_eq!(item["date_published"], "2026-02-01T09:30:00+08:00");
    assert_eq!(item["summary"], "摘要");
}

#[test]
fn limit_and_summaries_only() {
    let config = format!("{SITE}\n[feed]\nlimit = 1\nfull = false\n");
    let made = made::with(&config, PAGES, made::options());
    let feed = atom(&made, "feed.xml");
    assert_eq!(feed.all("entry").count(), 1);
    assert_eq!(feed.one("entry").all("content").count(), 0);
    let feed = json(&made, "feed.json");
    assert_eq!(feed["items"][0]["content_text"], "摘要");
}

#[test]
fn no_feed_without_news() {
    let made = made::small(&PAGES[..1]);
    assert!(!made.has("feed.xml") && !made.has("feed.json"));
    assert!(!made.text("index.html").contains("feed.xml"));
    let config = format!("{SITE}\n[feed]\nenabled = false\n");
    let made = made::with(&config, PAGES, made::options());
    assert!(!made.has("feed.xml"));
}

#[test]
fn those_of_this_site() {
    let made = made::shipped(made::options());
    for folder in ["", "hans/", "en/"] {
        let atom = atom(&made, &format!("{folder}feed.xml"));
        let json = json(&made, &format!("{folder}feed.json"));
        let items = json["items"].as_array().unwrap();
        assert_eq!(atom.all("entry").count(), items.len());
        for (entry, item) in atom.all("entry").zip(items) {
            assert_eq!(entry.one("id").text, item["id"].as_str().unwrap());
        }
        let home = made.text(&format!("{folder}index.html"));
        assert!(home.contains(&format!("href=\"/{folder}feed.xml\"")));
    }
}

/// An Atom feed that keeps the rules.
fn atom(made: &Made, path: &str) -> Element {
    let feed = xml::read(made.text(path));
    assert_eq!(atom::faults(&feed), Vec::<String>::new(), "{path}");
    let link = |element: &Element, rel: &str| {
        let mut found = element
            .all("link")
            .filter(|link| link.attribute("rel") == rel);
        let href = found.next().expect("a link").attribute("href").to_string();
        assert!(found.next().is_none(), "two links {rel}");
        href
    };
    let own = link(&feed, "self");
    assert!(own.ends_with(path), "{own}");
    link(&feed, "alternate");
    assert!(!feed.one("title").text.is_empty());
    assert!(!feed.one("author").one("name").text.is_empty());
    is_moment(&feed.one("updated").text);
    let mut ids = BTreeSet::from([iri(&feed.one("id").text)]);
    for entry in feed.all("entry") {
        assert!(ids.insert(iri(&entry.one("id").text)), "an id twice");
        assert!(!entry.one("title").text.is_empty());
        is_moment(&entry.one("updated").text);
        is_moment(&entry.one("published").text);
        iri(&link(entry, "alternate"));
        let contents: Vec<_> = entry.all("content").collect();
        assert!(contents.len() <= 1);
        for content in contents {
            assert_eq!(content.attribute("type"), "html");
            assert!(
                !content.text.contains("href=\"/"),
                "a link that depends on the page"
            );
        }
    }
    feed
}

/// A JSON feed that keeps the rules.
fn json(made: &Made, path: &str) -> serde_json::Value {
    let feed = made.json(path);
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert!(
        feed["title"]
            .as_str()
            .is_some_and(|title| !title.is_empty())
    );
    assert!(feed["feed_url"].as_str().unwrap().ends_with(path));
    iri(feed["home_page_url"].as_str().unwrap());
    let mut ids = BTreeSet::new();
    for item in feed["items"].as_array().expect("items") {
        assert!(ids.insert(iri(item["id"].as_str().unwrap())));
        iri(item["url"].as_str().unwrap());
        is_moment(item["date_published"].as_str().unwrap());
        is_moment(item["date_modified"].as_str().unwrap());
        let has = |key: &str| item.get(key).is_some_and(|text| text.is_string());
        assert!(has("content_html") != has("content_text"));
    }
    feed
}

fn iri(text: &str) -> String {
    assert!(
        text.starts_with("https://") && !text.contains([' ', '<', '"']),
        "{text}"
    );
    text.to_string()
}

/// RFC 3339, with seconds and a distance from UTC.
fn is_moment(text: &str) {
    assert!(text.parse::<jiff::Timestamp>().is_ok(), "{text}");
    assert!(text.len() == 25, "{text}");
}
