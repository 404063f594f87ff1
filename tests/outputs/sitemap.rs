//! The site map, held to sitemaps.org and to what Google asks of alternates.

use std::collections::BTreeMap;

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
