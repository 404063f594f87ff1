//! Characters of the one script on pages of the other.
//!
//! Only characters that a reader of the page's script never meets count ([`crate::hanzi::only_in`]), and
//! not what somebody chose: a glossary's own words, what `-{…}-` keeps, elements with another `lang`.

use std::collections::BTreeSet;

use super::markup::Words;
use crate::config::{LanguageIndex, LanguageTag};
use crate::hanzi::{Script, only_in};
use crate::pipeline::document::Document;
use crate::pipeline::document::body::OpKind;
use crate::pipeline::document::front_matter::Conversion;
use crate::pipeline::publication::Publication;

/// How many characters are shown on either side of what leaked.
const AROUND: usize = 8;

/// A leaked character with some text around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// The character.
    pub character: char,
    /// The text around it.
    pub context: String,
}

/// The words that may stand on a page although they are of the other script.
pub struct Allowed {
    words: Vec<String>,
}

/// The script that a language is written in, where its tag tells.
pub fn script_of(lang: &str) -> Option<Script> {
    let tag = LanguageTag::new(&LanguageTag::canonical(lang)?)?;
    if tag.language() != "zh" {
        return None;
    }
    match (tag.script(), tag.region()) {
        (Some("Hans"), _) | (None, Some("CN" | "SG" | "MY")) => Some(Script::Simplified),
        (Some("Hant"), _) | (None, Some("HK" | "MO" | "TW")) => Some(Script::Traditional),
        _ => None,
    }
}

impl Allowed {
    /// What the site's author has chosen, as far as it holds characters of one script only.
    pub fn of(publication: &Publication) -> Allowed {
        let mut words = BTreeSet::new();
        let mut allow = |word: &str| {
            if word.chars().any(|c| only_in(c).is_some()) {
                words.insert(word.to_string());
            }
        };
        for position in 0..publication.config.languages.len() {
            let language = LanguageIndex::new(position);
            let pinned = publication.conversions().pinned(language);
            pinned.for_each(&mut allow);
        }
        for (_, entry) in publication.catalogue.entries() {
            for edition in entry.editions.iter().flatten() {
                of_document(&edition.document, &mut allow);
                if edition.document.front.conversion == Conversion::Off {
                    let head = &edition.head;
                    for text in [
                        &head.title,
                        &head.menu_title,
                        &head.description,
                        &head.summary,
                    ] {
                        allow(text);
                    }
                }
            }
        }
        Allowed {
            words: words.into_iter().collect(),
        }
    }

    /// Nothing of the other script.
    #[cfg(test)]
    pub fn none() -> Allowed {
        Allowed { words: Vec::new() }
    }

    /// The first character in `words` that does not belong there.
    pub fn leak(&self, words: &Words) -> Option<Leak> {
        let own = script_of(&words.lang)?;
        let text = words.text.as_str();
        let strays = text
            .char_indices()
            .filter(|(_, c)| only_in(*c).is_some_and(|script| script != own));
        for (at, character) in strays {
            if !self.covers(text, at) {
                return Some(Leak {
                    character,
                    context: around(text, at),
                });
            }
        }
        None
    }

    /// Whether the character at `at` is part of an allowed word.
    fn covers(&self, text: &str, at: usize) -> bool {
        self.words.iter().any(|word| {
            let first = at.saturating_sub(word.len());
            let start = text.floor_char_boundary(first);
            text[start..]
                .match_indices(word.as_str())
                .map(|(found, _)| start + found)
                .take_while(|found| *found <= at)
                .any(|found| at < found + word.len())
        })
    }
}

fn of_document(document: &Document, allow: &mut impl FnMut(&str)) {
    let body = &document.markdown.body;
    for op in &body.ops {
        if op.kind() == OpKind::Fixed {
            allow(&body.fixed[op.range()]);
        }
    }
    if let Conversion::On(page) = &document.front.conversion {
        for rule in &page.rules {
            rule.given
                .iter()
                .for_each(|(_, written)| allow(written.as_str()));
            allow(rule.is.as_str());
        }
    }
}

fn around(text: &str, at: usize) -> String {
    let before = text[..at].char_indices().rev().take(AROUND).last();
    let start = before.map_or(at, |(at, _)| at);
    let end = text[at..].char_indices().nth(AROUND + 1);
    let end = end.map_or(text.len(), |(after, _)| at + after);
    text[start..end].trim().replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strays_and_what_may_stay() {
        let allowed = Allowed {
            words: vec!["乾隆後".to_string()],
        };
        let leak = |lang: &str, text: &str| {
            let words = Words {
                lang: lang.to_string(),
                text: text.to_string(),
            };
            allowed.leak(&words).map(|leak| leak.character)
        };
        assert_eq!(leak("zh-Hans-CN", "他發现"), Some('發'));
        assert_eq!(leak("zh-Hant-HK", "他发現"), Some('发'));
        assert_eq!(leak("zh-HK", "他发現"), Some('发'));
        assert_eq!(leak("zh-Hans-CN", "在乾隆後面"), None);
        assert_eq!(leak("zh-Hans-CN", "在乾隆後，发見"), Some('見'));
        assert_eq!(leak("ja", "發見"), None);
        assert_eq!(leak("zh-Hans", "后面"), None);
    }
}
