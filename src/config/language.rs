//! The languages of a site, and how one is made from another.

use std::fmt;

use crate::hanzi::Scheme;

/// A language's place in [`Config::languages`](super::Config): what every later stage carries instead
/// of a tag. The default language is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageIndex(u8);

/// A language tag of BCP 47, in its canonical case: `zh-Hant-HK`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageTag(Box<str>);

/// An edition of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its tag, as in `lang` attributes and in `page.<tag>.md`.
    pub tag: LanguageTag,
    /// Its name in itself, as the switch shows it.
    pub label: String,
    /// The folder of its addresses: segments without a `/` at either end; empty at the root.
    pub path: String,
    /// As Open Graph wants it: `zh_HK`.
    pub locale: String,
    /// As search engines are told.
    pub hreflang: String,
    /// How it is made; none for a language written by hand.
    pub derive: Option<Derive>,
    /// What becomes of a page that this language, written by hand, does not have.
    pub missing: Missing,
}

/// How a language is made from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derive {
    /// The language it is made from, itself written by hand.
    pub from: LanguageIndex,
    /// The conversion.
    pub using: Scheme,
}

/// What becomes of a page that a language written by hand does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// It has no such page.
    #[default]
    Omit,
    /// Its address shows the page in the default language, marked as such.
    Fallback,
}

/// How many languages a site can have.
pub const MOST_LANGUAGES: usize = 64;

impl LanguageIndex {
    /// The default language's.
    pub const DEFAULT: LanguageIndex = LanguageIndex(0);

    /// The index `position`, which is below [`MOST_LANGUAGES`].
    pub fn new(position: usize) -> LanguageIndex {
        debug_assert!(position < MOST_LANGUAGES);
        LanguageIndex(u8::try_from(position).unwrap_or(u8::MAX))
    }

    /// The place in the list of languages.
    pub fn position(self) -> usize {
        usize::from(self.0)
    }
}

impl LanguageTag {
    /// The tag, when `text` is one and in canonical case.
    pub fn new(text: &str) -> Option<LanguageTag> {
        (LanguageTag::canonical(text).as_deref() == Some(text)).then(|| LanguageTag(text.into()))
    }

    /// The canonical case of a well-formed tag: language, then perhaps a script, a region and variants
    /// (RFC 5646, without extensions, private use and the grandfathered).
    pub fn canonical(text: &str) -> Option<String> {
        let mut parts = text.split('-');
        let language = parts.next()?;
        if !matches!(language.len(), 2 | 3) || !letters(language) {
            return None;
        }
        let mut canonical = language.to_ascii_lowercase();
        let mut stage = 0;
        for part in parts {
            canonical.push('-');
            if stage < 1 && part.len() == 4 && letters(part) {
                stage = 1;
                canonical.push_str(&part[..1].to_ascii_uppercase());
                canonical.push_str(&part[1..].to_ascii_lowercase());
            } else if stage < 2
                && (part.len() == 2 && letters(part) || part.len() == 3 && digits(part))
            {
                stage = 2;
                canonical.push_str(&part.to_ascii_uppercase());
            } else if variant(part) {
                stage = 3;
                canonical.push_str(&part.to_ascii_lowercase());
            } else {
                return None;
            }
        }
        Some(canonical)
    }

    /// The tag as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language alone: `zh`.
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The script, where the tag says it: `Hant`.
    pub fn script(&self) -> Option<&str> {
        self.0
            .split('-')
            .skip(1)
            .find(|part| part.len() == 4 && letters(part))
    }

    /// The region, where the tag says it: `HK`.
    pub fn region(&self) -> Option<&str> {
        self.0
            .split('-')
            .skip(1)
            .find(|part| part.len() == 2 || part.len() == 3 && digits(part))
    }

    /// The locale of Open Graph: language and region, the usual region where only a script is given.
    pub fn locale(&self) -> String {
        let region = self.region().or(match (self.language(), self.script()) {
            ("zh", Some("Hans")) => Some("CN"),
            ("zh", Some("Hant")) => Some("TW"),
            _ => None,
        });
        match region {
            Some(region) => format!("{}_{region}", self.language()),
            None => self.language().to_string(),
        }
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The language of `tag` among `languages`.
pub fn find(languages: &[Language], tag: &str) -> Option<LanguageIndex> {
    languages
        .iter()
        .position(|language| language.tag.as_str() == tag)
        .map(LanguageIndex::new)
}

/// The tag among `known` that `written` is short or misspelt for. Tags are too alike for the usual
/// measure: `zh-Hant-TW` is no slip for `zh-Hant-HK`.
pub fn closest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let lower = written.to_ascii_lowercase().replace('_', "-");
    let of_it = |tag: &str| {
        let tag = tag.to_ascii_lowercase();
        let mut parts = lower.split('-');
        parts.all(|part| tag.split('-').any(|other| other == part))
            || lower.len() > 3 && strsim::osa_distance(&tag, &lower) == 1
    };
    known.into_iter().find(|tag| of_it(tag))
}

/// The tags of `languages`, as a sentence lists them.
pub fn list(languages: &[Language]) -> String {
    let tags: Vec<String> = languages
        .iter()
        .map(|language| format!("`{}`", language.tag))
        .collect();
    tags.join(", ")
}

fn letters(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn digits(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_digit())
}

fn variant(part: &str) -> bool {
    let starts_with_digit = part.as_bytes().first().is_some_and(u8::is_ascii_digit);
    part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && (matches!(part.len(), 5..=8) || part.len() == 4 && starts_with_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_case() {
        for (written, canonical) in [
            ("zh-Hant-HK", Some("zh-Hant-HK")),
            ("ZH-hans-cn", Some("zh-Hans-CN")),
            ("en", Some("en")),
            ("es-419", Some("es-419")),
            ("yue-Hant", Some("yue-Hant")),
            ("de-CH-1996", Some("de-CH-1996")),
            ("sl-rozaj-biske", Some("sl-rozaj-biske")),
            ("zh-HK-Hant", None),
            ("zh_HK", None),
            ("zh-", None),
            ("", None),
            ("中文", None),
            ("chinese", None),
            ("z", None),
        ] {
            assert_eq!(
                LanguageTag::canonical(written).as_deref(),
                canonical,
                "{written}"
            );
        }
    }

    #[test]
    fn tags_that_were_meant() {
        let known = ["zh-Hant-HK", "zh-Hans-CN", "en"];
        for (written, meant) in [
            ("zh-HK", Some("zh-Hant-HK")),
            ("zh_hans", Some("zh-Hans-CN")),
            ("zh-Hant-Hk", Some("zh-Hant-HK")),
            ("zh-Hnas-CN", Some("zh-Hans-CN")),
            ("zh-Hant-TW", None),
            ("fr", None),
        ] {
            assert_eq!(closest(written, known), meant, "{written}");
        }
    }

    #[test]
    fn parts_and_locales() {
        for (tag, script, region, locale) in [
            ("zh-Hant-HK", Some("Hant"), Some("HK"), "zh_HK"),
            ("zh-Hans", Some("Hans"), None, "zh_CN"),
            ("zh-Hant", Some("Hant"), None, "zh_TW"),
            ("en", None, None, "en"),
            ("en-GB", None, Some("GB"), "en_GB"),
        ] {
            let tag = LanguageTag::new(tag).expect("a row of this table is a tag");
            assert_eq!((tag.script(), tag.region()), (script, region));
            assert_eq!(tag.locale(), locale);
        }
        assert_eq!(LanguageTag::new("zh-hant-hk"), None);
    }
}
