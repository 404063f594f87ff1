//! `_redirects` and `_headers`.

use crate::made::{self, SITE};

const PAGES: &[(&str, &str)] = &[
    ("content/index.md", "---\ntitle: 首頁\n---\n"),
    ("content/a.md", "---\ntitle: 甲\naliases: [舊/頁]\n---\n"),
];

#[test]
fn redirects_for_hosts_that_read_them() {
    let config = format!("{SITE}\n[[redirects]]\nfrom = \"/x\"\nto = \"https://a.b/\"\n");
    let made = made::with(&config, PAGES, made::options());
    let lines: Vec<_> = made.text("_redirects").lines().collect();
    assert_eq!(
        lines,
        [
            "/a/%E8%88%8A/%E9%A0%81/ /a/a/ 301",
            "/a/hans/%E8%88%8A/%E9%A0%81/ /a/hans/a/ 301",
            "/a/en/%E8%88%8A/%E9%A0%81/ /a/en/a/ 301",
            "/a/x/ https://a.b/ 301",
            "/a/hans/* /a/hans/404.html 404",
            "/a/en/* /a/en/404.html 404",
        ]
    );
    assert!(made.has("舊/頁/index.html"), "and a page for the others");
}

#[test]
fn headers() {
    let pages = [PAGES[0], ("static/own.css", ""), ("static/b.png", "")];
    let made = made::with(SITE, &pages, made::options());
    let text = made.text("_headers");
    assert!(text.starts_with("/a/*\n  Content-Security-Policy: default-src 'self';"));
    assert!(text.contains("\n/a/own.css\n  Cache-Control: public, max-age=31536000, immutable\n"));
    assert!(text.contains("\n/a/site.css\n"));
    assert!(!text.contains("b.png"), "pictures are not named by digest");
}

#[test]
fn the_sites_own_are_kept() {
    let pages = [
        PAGES[0],
        ("static/_headers", "x"),
        ("static/_redirects", "y"),
    ];
    let made = made::small(&pages);
    assert_eq!((made.text("_headers"), made.text("_redirects")), ("", ""));
}
