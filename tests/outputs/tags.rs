//! Pages of tags.

use crate::made::{self, SITE};

const PAGES: &[(&str, &str)] = &[
    ("content/index.md", "---\ntitle: 首頁\n---\n"),
    (
        "content/a.md",
        "---\ntitle: 甲\nweight: 2\ntags: [貿易 協定, APEC, '!']\n---\n",
    ),
    (
        "content/b.md",
        "---\ntitle: 乙\nweight: 1\ntags: [apec]\n---\n",
    ),
    (
        "content/b.en.md",
        "---\ntitle: B\ntags: [APEC, Trade]\n---\n",
    ),
];

#[test]
fn a_page_for_each_tag_in_each_language() {
    let made = made::with(&SITE.replace("fallback", "omit"), PAGES, made::options());
    let tags: Vec<_> = made.paths().filter(|path| path.contains("tags/")).collect();
    assert_eq!(
        tags,
        [
            "en/tags/apec/index.html",
            "en/tags/index.html",
            "en/tags/trade/index.html",
            "hans/tags/apec/index.html",
            "hans/tags/index.html",
            "hans/tags/貿易-協定/index.html",
            "tags/apec/index.html",
            "tags/index.html",
            "tags/貿易-協定/index.html",
        ]
    );
    let html = made.text("hans/tags/貿易-協定/index.html");
    assert!(html.contains("<h1>贸易 协定</h1>"), "the name is converted");
    assert!(
        html.contains("href=\"/a/hans/tags/\""),
        "the way up is shown"
    );
    assert!(html.contains("href=\"/a/hans/a/\""));
    assert!(
        !html.contains("hreflang=\"en\" href=\"https"),
        "English has no such tag"
    );
    let html = made.text("tags/apec/index.html");
    let (first, second) = (html.find("href=\"/a/b/\""), html.find("href=\"/a/a/\""));
    assert!(first.is_some() && first < second, "in the order of lists");
    assert!(html.contains("hreflang=\"en\" href=\"https://example.org/a/en/tags/apec/\""));
    let map = made.text("sitemap.xml");
    assert!(map.contains("<loc>https://example.org/a/en/tags/trade/</loc>"));
}

#[test]
fn in_parts() {
    let config = format!("pagination = 1\n{SITE}");
    let made = made::with(&config, PAGES, made::options());
    let html = made.text("tags/apec/page/2/index.html");
    assert!(html.contains("href=\"/a/tags/apec/\""));
    assert!(!made.has("tags/apec/page/3/index.html"));
    assert!(!made.text("sitemap.xml").contains("page/2"));
}

#[test]
fn a_list_of_the_sites_own_is_kept() {
    let own = ("content/tags/_index.md", "---\ntitle: 我的標籤\n---\n");
    let pages: Vec<_> = PAGES.iter().copied().chain([own]).collect();
    let made = made::small(&pages);
    assert!(made.text("tags/index.html").contains("我的標籤"));
    assert!(made.has("tags/apec/index.html"));
}
