//! What `site.toml` comes to, and what is said of a bad one.

use super::*;
use crate::diagnostic::render::{Style, draw_all};
use crate::source::SitePath;

fn read(text: &str) -> Noted<Option<Config>> {
    parse(&Source::new(SitePath::new("site.toml"), text.to_string()))
}

const SMALL: &str = r#"
base_url = "https://example.org/sub/"
title = { zh-Hant-HK = "同文", zh-Hans-CN = "同文站" }
[languages.zh-Hans-CN]
label = "简体"
path = "hans"
derive = { from = "zh-Hant-HK", using = "hk2s" }
[languages.zh-Hant-HK]
label = "繁體"
"#;

#[test]
fn defaults() {
    let read = read(SMALL);
    assert_eq!(draw_all(&read.notes, Style::PLAIN), "");
    let config = read.value.expect("the file is sound");
    let paths: Vec<_> = config
        .languages
        .iter()
        .map(|l| (l.tag.as_str(), l.path.as_str(), l.locale.as_str()))
        .collect();
    // The default language is the first one written by hand.
    assert_eq!(
        paths,
        [("zh-Hant-HK", "", "zh_HK"), ("zh-Hans-CN", "hans", "zh_CN")]
    );
    assert_eq!(
        config.languages[1].derive,
        Some(Derive {
            from: LanguageIndex::DEFAULT,
            using: crate::hanzi::Scheme::Hk2s
        })
    );
    assert_eq!(config.base_url.as_str(), "https://example.org/sub");
    assert_eq!(config.output_dir, "public");
    assert_eq!(config.timezone, "UTC");
    assert_eq!(config.feed.limit, 20);
    assert_eq!(config.convert, Convert::default());
    let hans = LanguageIndex::new(1);
    assert_eq!(config.title.get(hans).map(Written::as_str), Some("同文站"));
}
