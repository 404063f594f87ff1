//! The page at the root of a site whose languages all have folders.

use crate::made::{self, SITE};

const HOME: (&str, &str) = ("content/index.md", "---\ntitle: 首頁\n---\n");

#[test]
fn a_plain_link_for_each_edition() {
    let config = SITE.replace("label = \"繁體\"", "label = \"繁體\"\npath = \"hant\"");
    let made = made::with(&config, &[HOME], made::options());
    let html = made.text("index.html");
    for (tag, address, label) in [
        ("zh-Hant-HK", "/a/hant/", "繁體"),
        ("zh-Hans-CN", "/a/hans/", "简体"),
        ("en", "/a/en/", "English"),
    ] {
        let link = format!("<a href=\"{address}\" lang=\"{tag}\" hreflang=\"{tag}\">{label}</a>");
        assert!(html.contains(&link), "{link}");
    }
    assert!(html.contains("src=\"/a/entry.js\""));
    assert!(!html.contains("http-equiv"), "only a script leads on");
    assert!(made.text("entry.js").contains("location.replace"));
    assert!(made.text("404.html").contains("lang=\"zh-Hant-HK\""));
    let own = ("static/index.html", "");
    let made = made::with(&config, &[HOME, own], made::options());
    assert!(!made.has("entry.js"));
}

#[test]
fn not_where_a_language_stands_at_the_root() {
    let made = made::small(&[HOME]);
    assert!(made.text("index.html").contains("首頁"));
    assert!(!made.has("entry.js"));
}
