//! What `site.toml` comes to, and what is said of a bad one.

use super::*;
use crate::config::schema::Schema;
use crate::diagnostic::brief;
use crate::hanzi::Scheme;
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
fn the_published_schema_has_these_keys() {
    let schema = Schema::new(include_str!("../../../docs/schema/site.schema.json"));
    schema.has_keys("", KEYS);
    schema.has_keys("/$defs/language", languages::KEYS);
    let derive = "/$defs/language/properties/derive";
    schema.has_keys(derive, languages::DERIVE_KEYS);
    let schemes = Scheme::ALL.map(|scheme| (scheme.as_str(), scheme));
    schema.has_words(&format!("{derive}/properties/using"), &schemes);
    let missing = "/$defs/language/properties/missing";
    schema.has_words(missing, &languages::MISSING);
    schema.has_keys("/$defs/convert", CONVERT_KEYS);
    schema.has_words("/$defs/convert/properties/quotes", &QUOTES);
    schema.has_words("/$defs/convert/properties/style", &STYLES);
    schema.has_words("/$defs/convert/properties/ambiguous", &AMBIGUOUS);
    schema.has_words("/$defs/convert/properties/engine", &ENGINES);
    schema.has_keys("/$defs/markdown", MARKDOWN_KEYS);
    schema.has_keys("/$defs/feed", FEED_KEYS);
    schema.has_keys("/$defs/switch", SWITCH_KEYS);
    schema.has_keys("/$defs/redirect", REDIRECT_KEYS);
    schema.has_keys("/$defs/menu_item", menus::KEYS);
}

#[test]
fn defaults() {
    let read = read(SMALL);
    assert_eq!(read.notes.iter().map(brief).collect::<Vec<_>>(), [""; 0]);
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
            using: Scheme::Hk2s
        })
    );
    assert_eq!(config.base_url.as_str(), "https://example.org/sub");
    assert_eq!(config.output_dir, "public");
    assert_eq!(config.timezone.as_str(), "UTC");
    assert_eq!(config.feed.limit, 20);
    assert_eq!(config.convert, Convert::default());
    let hans = LanguageIndex::new(1);
    assert_eq!(config.title.get(hans).map(Written::as_str), Some("同文站"));
}

#[test]
fn faults_at_their_places() {
    let head = "base_url = \"https://a.example\"\ntitle = \"甲\"\n";
    let hk = "[languages.zh-Hant-HK]\nlabel = \"繁\"\n";
    let mut wrong = String::new();
    for (text, expected) in [
        (format!("{head}{hk}"), &[][..]),
        (
            String::new(),
            &[
                "missing-key 1:1 \"\"",
                "missing-key 1:1 \"\"",
                "missing-key 1:1 \"\"",
            ],
        ),
        (format!("{head}[languages]"), &["missing-key 1:1 \"\""]),
        (format!("{head}languages = 3"), &["wrong-type 3:13 \"3\""]),
        (
            format!("{head}titel = 3\n{hk}"),
            &["unknown-key 3:1 \"titel\""],
        ),
        (
            format!("title = 3\nbase_url = true\n{hk}"),
            &["wrong-type 1:9 \"3\"", "wrong-type 2:12 \"true\""],
        ),
        (
            format!("title = \"\"\nbase_url = \"/\"\n{hk}"),
            &[
                "empty-value 1:9 \"\\\"\\\"\"",
                "bad-value 2:12 \"\\\"/\\\"\"",
            ],
        ),
        (
            format!("{head}title = 1\n{hk}"),
            &["duplicate-key 3:1 \"title\""],
        ),
        (
            format!("{head}author = \n[feed\n{hk}"),
            &["toml-syntax 3:10 \"\"", "toml-syntax 4:6 \"\""],
        ),
        (
            format!("{head}author = {{ en = \"A\" }}\n{hk}"),
            &["unknown-language 3:12 \"en\""],
        ),
        (
            format!("{head}theme_color = \"red\"\npagination = -1\n{hk}"),
            &["bad-value 3:15 \"\\\"red\\\"\"", "bad-value 4:14 \"-1\""],
        ),
        (
            format!("{head}timezone = \"../etc\"\noutput_dir = \" \"\n{hk}"),
            &[
                "bad-value 3:12 \"\\\"../etc\\\"\"",
                "empty-value 4:14 \"\\\" \\\"\"",
            ],
        ),
        (format!("{head}extra = 1\n{hk}"), &["wrong-type 3:9 \"1\""]),
        (format!("{head}feed = 1\n{hk}"), &["wrong-type 3:8 \"1\""]),
        (
            format!("{head}{hk}[convert]\nquotes = \"atuo\"\nglossary = \"../x\""),
            &[
                "bad-value 6:10 \"\\\"atuo\\\"\"",
                "bad-value 7:12 \"\\\"../x\\\"\"",
            ],
        ),
        (
            format!("{head}[languages.zh-hant]\nlabel = \"繁\""),
            &["bad-value 3:12 \"zh-hant\""],
        ),
        (
            format!("{head}[languages.en]\npath = \"a b\""),
            &[
                "missing-key 3:1 \"[languages.en]\"",
                "bad-address 4:8 \"\\\"a b\\\"\"",
            ],
        ),
        (
            format!("{head}{hk}[languages.en]\nlabel = \"E\"\npath = \"/\""),
            &["same-path 7:8 \"\\\"/\\\"\""],
        ),
        (
            format!("{head}default_language = \"en\"\n{hk}"),
            &["unknown-language 3:20 \"\\\"en\\\"\""],
        ),
        (
            format!(
                "{head}default_language = \"en\"\n{hk}[languages.en]\nlabel = \"E\"\nderive = {{from=\"zh-Hant-HK\", using=\"hk2s\"}}"
            ),
            &["derived-default 3:20 \"\\\"en\\\"\""],
        ),
        (
            format!(
                "{head}{hk}[languages.en]\nlabel = \"E\"\nderive = {{from=\"zh\", using=\"hk2cn\"}}"
            ),
            &["bad-value 7:28 \"\\\"hk2cn\\\"\""],
        ),
        (
            format!(
                "{head}{hk}[languages.en]\nlabel = \"E\"\nderive = {{from=\"zh\", using=\"hk2s\"}}"
            ),
            &["unknown-language 7:16 \"\\\"zh\\\"\""],
        ),
        (
            format!(
                "{head}{hk}[languages.en]\nlabel = \"E\"\nderive = {{from=\"en\", using=\"hk2s\"}}"
            ),
            &["derive-chain 7:16 \"\\\"en\\\"\""],
        ),
        (
            format!("{head}{hk}[languages.en]\nlabel = \"E\"\nderive = {{}}"),
            &["missing-key 7:10 \"{}\"", "missing-key 7:10 \"{}\""],
        ),
        (
            format!(
                "{head}{hk}derive = {{from=\"en\", using=\"t2s\"}}\n[languages.en]\nlabel = \"E\"\nderive = {{from=\"zh-Hant-HK\", using=\"hk2s\"}}"
            ),
            &[
                "derived-default 3:2 \"languages\"",
                "derive-chain 5:16 \"\\\"en\\\"\"",
                "derive-chain 8:16 \"\\\"zh-Hant-HK\\\"\"",
            ],
        ),
        (
            format!("{head}{hk}missing = \"omit\"\nderive = 1"),
            &["bad-value 5:11 \"\\\"omit\\\"\"", "wrong-type 6:10 \"1\""],
        ),
        (
            format!("{head}{hk}[[redirects]]\nfrom = \"old\"\nto = \"//evil\"\n[[redirects]]"),
            &[
                "bad-value 6:8 \"\\\"old\\\"\"",
                "bad-value 7:6 \"\\\"//evil\\\"\"",
                "missing-key 8:1 \"[[redirects]]\"",
                "missing-key 8:1 \"[[redirects]]\"",
            ],
        ),
        (
            format!("{head}{hk}[[redirects]]\nfrom = \"/../a\"\nto = \"/\""),
            &["bad-address 6:8 \"\\\"/../a\\\"\""],
        ),
        (
            format!(
                "{head}{hk}[menus]\nmain = [{{ page = \"a\" }}, {{ url = \"javascript:x\", title = \"x\" }}, {{}}]"
            ),
            &[
                "bad-value 6:18 \"\\\"a\\\"\"",
                "unsafe-link 6:33 \"\\\"javascript:x\\\"\"",
                "missing-key 6:64 \"{}\"",
            ],
        ),
        (
            format!(
                "{head}{hk}[[menus.main]]\npage = \"a.md\"\nurl = \"/\"\n[[menus.main]]\nurl = \"/\""
            ),
            &[
                "bad-value 7:7 \"\\\"/\\\"\"",
                "missing-key 8:1 \"[[menus.main]]\"",
            ],
        ),
        (
            format!("{head}{hk}[strings.en]\na = \"b\"\n[strings.zh-Hant-HK]\nb = 1"),
            &["unknown-language 5:10 \"en\"", "wrong-type 8:5 \"1\""],
        ),
    ] {
        let found: Vec<String> = read(&text).notes.iter().map(brief).collect();
        if found != expected {
            wrong.push_str(&format!("{text}\n  said {found:?}\n  not  {expected:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
