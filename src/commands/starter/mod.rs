//! The files of a new site. They are written in Traditional characters, with places to fill; for an author
//! who writes Simplified they are converted, and what is derived is the other way round.

use crate::cli::Script;
use crate::hanzi::{Converter, Scheme};

/// What the author of a new site chose.
pub struct Choice {
    /// The site's name.
    pub title: String,
    /// Where it will stand.
    pub base_url: String,
    /// What its pages are written in.
    pub script: Script,
    /// Whether it has an English edition.
    pub english: bool,
}

const FILES: &[(&str, &str)] = &[
    ("site.toml", include_str!("site.toml")),
    ("glossary.toml", include_str!("glossary.toml")),
    ("content/index.md", include_str!("index.md")),
    ("content/about.md", include_str!("about.md")),
    ("content/notes/_index.md", include_str!("notes.md")),
    ("content/notes/first.md", include_str!("first.md")),
];
const ENGLISH: &str = include_str!("english.toml");
const ENGLISH_HOME: (&str, &str) = ("content/index.en.md", include_str!("index.en.md"));

/// A script as its editions have it.
struct Edition {
    tag: &'static str,
    label: &'static str,
    path: &'static str,
    name: &'static str,
    /// What a taxi is called where it is read.
    taxi: &'static str,
}

const TRADITIONAL: Edition = Edition {
    tag: "zh-Hant-HK",
    label: "繁體",
    path: "hant",
    name: "繁體",
    taxi: "的士",
};
const SIMPLIFIED: Edition = Edition {
    tag: "zh-Hans-CN",
    label: "简体",
    path: "hans",
    name: "簡體",
    taxi: "出租车",
};

/// The name of a site that is given none.
pub fn title(script: Script) -> &'static str {
    match script {
        Script::Traditional => "我的網站",
        Script::Simplified => "我的网站",
    }
}

/// The files by path.
pub fn files(choice: &Choice) -> Vec<(&'static str, String)> {
    let mut files: Vec<(&str, String)> = FILES
        .iter()
        .map(|(path, text)| (*path, filled(&written(text, choice.script), choice)))
        .collect();
    if choice.english {
        let (path, text) = ENGLISH_HOME;
        files.push((path, text.to_string()));
    }
    files
}

/// A starter's text in the script its author writes, quotation marks and all. Places to fill are ASCII, and
/// stay.
fn written(text: &str, script: Script) -> String {
    match script {
        Script::Traditional => text.to_string(),
        Script::Simplified => Converter::new(Scheme::Hk2s)
            .convert(text)
            .replace('「', "“")
            .replace('」', "”"),
    }
}

fn filled(text: &str, choice: &Choice) -> String {
    let (own, other, using) = match choice.script {
        Script::Traditional => (&TRADITIONAL, &SIMPLIFIED, "hk2s"),
        Script::Simplified => (&SIMPLIFIED, &TRADITIONAL, "s2hk"),
    };
    // A JSON text is a TOML text too, whatever is in it.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let say = |text: &str| written(text, choice.script);
    let english = if choice.english { ENGLISH } else { "" };
    let values = [
        ("{english}", say(english)),
        ("{source}", own.tag.to_string()),
        ("{source_label}", own.label.to_string()),
        ("{derived}", other.tag.to_string()),
        ("{derived_label}", other.label.to_string()),
        ("{derived_path}", other.path.to_string()),
        ("{derived_word}", other.taxi.to_string()),
        ("{using}", using.to_string()),
        ("{own}", say(own.name)),
        ("{other}", say(other.name)),
        ("{word}", own.taxi.to_string()),
        ("{base_url}", quoted(&choice.base_url)),
        // The last, so that braces in the title are never taken for a place to fill.
        ("{title}", quoted(&choice.title)),
    ];
    let fill = |text: String, (place, value): &(&str, String)| text.replace(place, value);
    values.iter().fold(text.to_string(), fill)
}
