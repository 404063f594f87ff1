//! The site map, held to sitemaps.org and to what Google asks of alternates.

use std::collections::BTreeMap;

use tongwen::pipeline::special::sitemap::{self, Limits, Part};

use crate::made::{self, Made, SITE};
use crate::xml;

const PAGES: &[(&str, &str)] = &[
    ("content/index.md", "---\ntitle: 首頁\n---\n"),
    (
        "content/a.md",
        "---\ntitle: 甲\ndate: 2026-01-01\nupdated: 2026-02-01\naliases: [old]\n---\n",
    ),
    ("content/a.en.md", "---\ntitle: A\ndate: 2026-01-03\n---\n"),
    ("content/b.md", "---\ntitle: 乙\nsitemap: false\n---\n"),
    (
        "content/c.md",
        "---\ntitle: 丙\nrobots: noindex, follow\n---\n",
    ),
    ("content/d&e.md", "---\ntitle: 丁\n---\n"),
];

#[test]
fn what_is_in_it() {
    let made = made::small(PAGES);
    let map = map(&made, "https://example.org/a");
    let found: Vec<_> = map.keys().map(String::as_str).collect();
    assert_eq!(
        found,
        ["", "a/", "d&e/", "en/a/", "hans/", "hans/a/", "hans/d&e/"]
    );
    let alternates =
        |path: &str| -> Vec<&str> { map[path].alternates.keys().map(String::as_str).collect() };
    assert_eq!(
        alternates("a/"),
        ["en", "x-default", "zh-Hans-CN", "zh-Hant-HK"]
    );
    assert_eq!(alternates(""), ["x-default", "zh-Hans-CN", "zh-Hant-HK"]);
    assert_eq!(map["hans/a/"].changed, "2026-02-01");
    assert_eq!(map["en/a/"].changed, "2026-01-03");
    assert_eq!(map["a/"].alternates["x-default"], "a/");
    assert_eq!(map[""].changed, "");
    assert!(
        made.text("robots.txt")
            .contains("\nSitemap: https://example.org/a/sitemap.xml\n")
    );
}

#[test]
fn that_of_this_site_says_what_its_pages_say() {
    let made = made::shipped(made::options());
    let map = map(&made, "https://apec2026.example.org");
    assert!(map.len() > 70, "{}", map.len());
    for (path, url) in &map {
        let html = made.text(&format!("{path}index.html"));
        assert!(!html.contains("content=\"noindex"), "{path}");
        for (hreflang, other) in &url.alternates {
            let link = format!(
                "<link rel=\"alternate\" hreflang=\"{hreflang}\" href=\"https://apec2026.example.org/{other}\">"
            );
            assert!(html.contains(&link), "{path} lacks {link}");
        }
    }
}

#[test]
fn off_and_by_hand() {
    let config = format!("{SITE}\n[sitemap]\nenabled = false\n");
    let own = ("static/robots.txt", "User-agent: *\nDisallow: /\n");
    let made = made::with(&config, &[PAGES[0], own], made::options());
    assert!(!made.has("sitemap.xml"));
    assert_eq!(made.text("robots.txt"), "", "the site's own is copied");
    let made = made::with(&config, &PAGES[..1], made::options());
    assert!(!made.text("robots.txt").contains("Sitemap"));
}

/// A map too large for one file becomes an index and parts, which hold what the one would have held.
#[test]
fn large_maps_have_an_index() {
    let publication = made::arranged(SITE, PAGES, made::options());
    let make = |part| {
        let text = String::from_utf8(sitemap::make(&publication, part)).expect("UTF-8");
        xml::read(&text)
    };
    let whole = make(Part::Whole);
    let urls = whole.children.len();
    for (limit, expected) in [(1, 7), (2, 4), (3, 3), (6, 2), (7, 0), (50_000, 0)] {
        let limits = Limits {
            addresses: limit,
            ..Limits::FORMAT
        };
        let parts = sitemap::parts(&publication, limits);
        let ((name, first), numbered) = parts.split_first().expect("a map");
        assert_eq!((name.as_str(), numbered.len()), ("sitemap.xml", expected));
        if numbered.is_empty() {
            assert_eq!(*first, Part::Whole);
            continue;
        }
        let index = make(*first);
        assert_eq!(index.name, "sitemapindex");
        assert_eq!(index.attributes, whole.attributes[..1]);
        let listed: Vec<&str> = index
            .children
            .iter()
            .map(|entry| {
                assert_eq!(entry.name, "sitemap");
                assert_eq!(entry.children.len(), 1, "a place and nothing else");
                let address = &entry.one("loc").text;
                assert!(address.len() < 2048);
                address
                    .strip_prefix("https://example.org/a/")
                    .expect("below the site")
            })
            .collect();
        let names: Vec<&str> = numbered.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(listed, names);
        let mut held = Vec::new();
        for (name, part) in numbered {
            let set = make(*part);
            assert_eq!(
                (&set.name, &set.attributes),
                (&whole.name, &whole.attributes)
            );
            assert!((1..=limit).contains(&set.children.len()), "{name}");
            held.extend(set.children);
        }
        assert_eq!(held.len(), urls);
        for (held, url) in held.iter().zip(&whole.children) {
            assert_eq!(format!("{held:?}"), format!("{url:?}"));
        }
    }
}

/// Files are kept below the limit of bytes too, by the longest address there is.
#[test]
fn bytes_count_too() {
    let publication = made::arranged(SITE, PAGES, made::options());
    let limits = Limits {
        bytes: 4_000,
        ..Limits::FORMAT
    };
    let parts = sitemap::parts(&publication, limits);
    assert!(parts.len() > 2, "{parts:?}");
    for (name, part) in parts {
        let length = sitemap::make(&publication, part).len();
        assert!(length <= limits.bytes, "{name}: {length}");
    }
}

/// An address of the map.
struct Url {
    changed: String,
    /// Paths by `hreflang`.
    alternates: BTreeMap<String, String>,
}

/// The map by path below `base`, when it keeps the rules.
fn map(made: &Made, base: &str) -> BTreeMap<String, Url> {
    let set = xml::read(made.text("sitemap.xml"));
    assert_eq!(set.name, "urlset");
    assert_eq!(
        set.attribute("xmlns"),
        "http://www.sitemaps.org/schemas/sitemap/0.9"
    );
    let path = |address: &str| {
        assert!(address.len() < 2048);
        let below = address
            .strip_prefix(base)
            .and_then(|path| path.strip_prefix('/'));
        below.unwrap_or_else(|| panic!("{address}")).to_string()
    };
    let mut map = BTreeMap::new();
    for url in &set.children {
        assert_eq!(url.name, "url");
        let order: Vec<&str> = url
            .children
            .iter()
            .map(|child| child.name.as_str())
            .collect();
        let known = ["loc", "lastmod", "xhtml:link"];
        assert!(order.is_sorted_by_key(|name| known.iter().position(|known| known == name)));
        assert!(order.iter().all(|name| known.contains(name)), "{order:?}");
        let links = url.all("xhtml:link").map(|link| {
            assert_eq!(link.attribute("rel"), "alternate");
            (
                link.attribute("hreflang").to_string(),
                path(link.attribute("href")),
            )
        });
        let own = path(&url.one("loc").text);
        assert!(made.has(&format!("{own}index.html")), "{own}");
        let changed = url
            .all("lastmod")
            .next()
            .map_or("", |changed| &changed.text);
        assert!(changed.is_empty() || changed.parse::<jiff::civil::Date>().is_ok());
        let url = Url {
            changed: changed.to_string(),
            alternates: links.collect(),
        };
        assert!(map.insert(own, url).is_none(), "an address twice");
    }
    for (own, url) in &map {
        assert!(url.alternates.is_empty() || url.alternates.values().any(|path| path == own));
        for other in url.alternates.values() {
            let back = map
                .get(other)
                .unwrap_or_else(|| panic!("{other} is not in the map"));
            assert_eq!(back.alternates, url.alternates, "{own} and {other}");
        }
    }
    map
}
