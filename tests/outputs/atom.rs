//! What RFC 4287 says a feed MUST be, rule by rule, for the elements that this program writes; anything
//! else in a feed is a fault too. The numbers are the sections of the RFC.

use std::collections::{BTreeMap, BTreeSet};

use crate::made::{self, SITE};
use crate::xml::{self, Element};

/// An element that may stand in another, how often at least and at most.
type Child = (&'static str, usize, usize);

/// Which elements may stand in which: 3.2, 4.1.1, 4.1.2.
const CHILDREN: &[(&str, &[Child])] = &[
    (
        "feed",
        &[
            ("id", 1, 1),
            ("title", 1, 1),
            ("subtitle", 0, 1),
            ("updated", 1, 1),
            ("link", 0, usize::MAX),
            // One of its own, so that entries need none: 4.2.1.
            ("author", 1, usize::MAX),
            ("generator", 0, 1),
            ("entry", 0, usize::MAX),
        ],
    ),
    (
        "entry",
        &[
            ("id", 1, 1),
            ("title", 1, 1),
            ("link", 0, usize::MAX),
            ("published", 0, 1),
            ("updated", 1, 1),
            ("category", 0, usize::MAX),
            ("summary", 0, 1),
            ("content", 0, 1),
        ],
    ),
    ("author", &[("name", 1, 1), ("uri", 0, 1), ("email", 0, 1)]),
];

/// The attributes an element must have, and those it may have: 2, 3.1, 4.1.3, 4.2.2, 4.2.4, 4.2.7.
const ATTRIBUTES: &[(&str, &[&str], &[&str])] = &[
    ("feed", &["xmlns"], &["xml:lang"]),
    ("link", &["href"], &["rel", "type", "hreflang"]),
    ("category", &["term"], &[]),
    ("generator", &[], &["version"]),
    ("content", &["type"], &[]),
];

/// What is wrong with a feed.
pub fn faults(feed: &Element) -> Vec<String> {
    let mut faults = Vec::new();
    // 2: the document element, in Atom's namespace.
    if feed.name != "feed" || feed.attribute("xmlns") != "http://www.w3.org/2005/Atom" {
        faults.push("no feed of Atom".to_string());
    }
    element(feed, &mut faults);
    let entries: Vec<&Element> = feed.all("entry").collect();
    // 4.2.6: an id is one thing's alone.
    let ids = entries.iter().flat_map(|entry| entry.all("id"));
    let ids: Vec<&str> = ids.chain(feed.all("id")).map(|id| &*id.text).collect();
    if ids.iter().collect::<BTreeSet<_>>().len() != ids.len() {
        faults.push("an id stands twice".to_string());
    }
    for entry in entries {
        // 4.1.2: what has no content has a page.
        let has_page = entry.all("link").any(|link| rel(link) == "alternate");
        if entry.all("content").next().is_none() && !has_page {
            faults.push("an entry has neither content nor a page".to_string());
        }
    }
    faults
}

fn element(element: &Element, faults: &mut Vec<String>) {
    let name = element.name.as_str();
    let allowed = CHILDREN.iter().find(|(parent, _)| *parent == name);
    let allowed = allowed.map_or(&[][..], |(_, children)| children);
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for child in &element.children {
        *counted.entry(&child.name).or_default() += 1;
        if !allowed.iter().any(|(known, ..)| *known == child.name) {
            faults.push(format!("<{}> in <{name}>", child.name));
        }
        self::element(child, faults);
    }
    for (child, least, most) in allowed {
        let count = counted.get(child).copied().unwrap_or_default();
        if !(*least..=*most).contains(&count) {
            faults.push(format!("<{name}> has {count} of <{child}>"));
        }
    }
    let known = ATTRIBUTES.iter().find(|(of, ..)| *of == name);
    let (must, may) = known.map_or((&[][..], &[][..]), |(_, must, may)| (*must, *may));
    let has = |key: &str| element.attributes.iter().any(|(own, _)| own == key);
    for key in must.iter().filter(|key| !has(key)) {
        faults.push(format!("<{name}> lacks {key}"));
    }
    for (key, _) in &element.attributes {
        if !must.contains(&key.as_str()) && !may.contains(&key.as_str()) {
            faults.push(format!("<{name}> has {key}"));
        }
    }
    // Elements that hold elements hold no text.
    if !allowed.is_empty() && !element.text.trim().is_empty() {
        faults.push(format!("text in <{name}>"));
    }
    faults.extend(
        value(element)
            .err()
            .map(|fault| format!("<{name}>: {fault}")),
    );
    // 4.1.1, 4.1.2: one page of a type and a language.
    let pages = element.all("link").filter(|link| rel(link) == "alternate");
    let mut kinds = BTreeSet::new();
    for page in pages {
        if !kinds.insert((page.attribute("type"), page.attribute("hreflang"))) {
            faults.push(format!("<{name}> has two pages of a type and a language"));
        }
    }
}

/// The text and the attributes of one element.
fn value(element: &Element) -> Result<(), String> {
    let text = element.text.as_str();
    match element.name.as_str() {
        // 3.3: RFC 3339, `T` and `Z` in capitals.
        "updated" | "published" => {
            let shape: String = text
                .chars()
                .map(|c| if c.is_ascii_digit() { '0' } else { c })
                .collect();
            let (moment, zone) = shape.split_at(shape.len().min(19));
            let is_zone = matches!(zone, "Z" | "+00:00" | "-00:00");
            if moment != "0000-00-00T00:00:00" || !is_zone {
                return Err(format!("{text} is no date"));
            }
            text.parse::<jiff::Timestamp>()
                .map(drop)
                .map_err(|error| error.to_string())
        }
        // 4.2.6: an absolute IRI.
        "id" => iri(text),
        "link" => {
            iri(element.attribute("href"))?;
            // 4.2.7.2: registered names; the others are IRIs.
            if !matches!(rel(element), "self" | "alternate") {
                iri(rel(element))?;
            }
            let (kind, tag) = (element.attribute("type"), element.attribute("hreflang"));
            let part = |part: &str| {
                !part.is_empty()
                    && part
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
            };
            let is_type = kind
                .split_once('/')
                .is_some_and(|(one, other)| part(one) && part(other));
            if !kind.is_empty() && !is_type {
                return Err(format!("{kind} is no media type"));
            }
            if !tag.is_empty() && !tag.split('-').all(|part| (1..=8).contains(&part.len())) {
                return Err(format!("{tag} is no language"));
            }
            Ok(())
        }
        // 4.1.3: of the types that hold text, the one with markup in it.
        "content" if element.attribute("type") != "html" => Err("not html".to_string()),
        // 3.1, 3.2.1, 4.2.2, 4.2.4: text that is there.
        "title" | "name" | "generator" if text.trim().is_empty() => Err("empty".to_string()),
        "category" if element.attribute("term").is_empty() => Err("empty".to_string()),
        _ => Ok(()),
    }
}

/// 4.2.7.2: a link that does not say is a page.
fn rel(link: &Element) -> &str {
    match link.attribute("rel") {
        "" => "alternate",
        rel => rel,
    }
}

fn iri(text: &str) -> Result<(), String> {
    let scheme = text.split_once("://").is_some_and(|(scheme, rest)| {
        matches!(scheme, "http" | "https") && !rest.starts_with('/') && !rest.is_empty()
    });
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c);
    match scheme && !text.contains(forbidden) {
        true => Ok(()),
        false => Err(format!("{text} is no IRI")),
    }
}

/// Each rule refuses a feed that breaks it.
#[test]
fn feeds_that_break_a_rule_are_known() {
    let page = "---\ntitle: 甲\ndate: 2026-02-01\nsummary: 摘要\ntags: [說明]\n---\n文。\n";
    let config = format!("author = \"編者\"\n{SITE}");
    let made = made::with(&config, &[("content/a.md", page)], made::options());
    let good = made.text("feed.xml");
    assert_eq!(faults(&xml::read(good)), Vec::<String>::new());
    let entry = {
        let (_, rest) = good.split_once("<entry>").expect("an entry");
        rest.split_once("</entry>").expect("its end").0
    };
    let content = {
        let (before, _) = entry.split_once("</content>").expect("content");
        let at = before.find("<content").expect("its beginning");
        format!("{}</content>", &before[at..])
    };
    let page = {
        let at = entry.find("<link").expect("a link");
        entry[at..].split_once('\n').expect("a line").0
    };
    let id = "<id>https://example.org/a/a/</id>";
    let updated = "<updated>2026-02-01T00:00:00+08:00</updated>";
    let rows: &[(&str, &str, &str)] = &[
        ("http://www.w3.org/2005/Atom", "urn:x", "no feed of Atom"),
        (
            "<author><name>編者</name></author>",
            "",
            "<feed> has 0 of <author>",
        ),
        ("<name>編者</name>", "", "<author> has 0 of <name>"),
        (
            "<name>編者</name>",
            "<name>甲</name><name>乙</name>",
            "<author> has 2 of <name>",
        ),
        ("<name>編者</name>", "<name> </name>", "<name>: empty"),
        (id, "", "<entry> has 0 of <id>"),
        (id, "<id>/a/</id>", "<id>: /a/ is no IRI"),
        (
            id,
            "<id>https://example.org/a/feed.xml</id>",
            "an id stands twice",
        ),
        ("<title>甲</title>", "", "<entry> has 0 of <title>"),
        (
            "<title>甲</title>",
            "<title>甲</title><title>乙</title>",
            "<entry> has 2 of <title>",
        ),
        (
            "<title>甲</title>",
            "<title>甲<b>乙</b></title>",
            "<b> in <title>",
        ),
        (
            "<summary>",
            "<summary>甲</summary><summary>",
            "<entry> has 2 of <summary>",
        ),
        (
            "<summary>",
            "<rights>甲</rights><summary>",
            "<rights> in <entry>",
        ),
        (" term=\"說明\"", "", "<category> lacks term"),
        (" type=\"html\"", "", "<content> lacks type"),
        ("type=\"html\"", "type=\"xhtml\"", "<content>: not html"),
        (
            &content,
            &format!("{content}{content}"),
            "<entry> has 2 of <content>",
        ),
        (
            page,
            &format!("{page}{page}"),
            "<entry> has two pages of a type and a language",
        ),
        (page, "<link rel=\"alternate\"/>", "<link> lacks href"),
        (
            "rel=\"self\"",
            "rel=\"own self\"",
            "<link>: own self is no IRI",
        ),
        (
            "type=\"application/atom+xml\"",
            "type=\"atom\"",
            "<link>: atom is no media type",
        ),
        (
            "hreflang=\"zh-Hant-HK\"",
            "hreflang=\"Traditional\"",
            "<link>: Traditional is no language",
        ),
        ("</author>", "</author>文", "text in <feed>"),
        (
            "<generator version",
            "<generator name",
            "<generator> has name",
        ),
        (updated, "", "<entry> has 0 of <updated>"),
        (
            updated,
            "<updated>2026-02-01</updated>",
            "<updated>: 2026-02-01 is no date",
        ),
        (
            updated,
            "<updated>2026-02-01t00:00:00z</updated>",
            "<updated>: 2026-02-01t00:00:00z is no date",
        ),
        (
            updated,
            "<updated>2026-02-01 00:00:00Z</updated>",
            "<updated>: 2026-02-01 00:00:00Z is no date",
        ),
    ];
    for (from, to, fault) in rows {
        assert!(good.contains(from), "{from} is not in\n{good}");
        let found = faults(&xml::read(&good.replace(from, to)));
        assert!(found.iter().any(|found| found == fault), "{to}: {found:?}");
    }
    let bare = good.replace(&content, "").replace(page, "");
    let fault = "an entry has neither content nor a page".to_string();
    assert!(faults(&xml::read(&bare)).contains(&fault));
}
