//! The dictionaries by name and stage, for those who ask why: explanations, reviews, the character sets of the two scripts.
//!
//! Conversion itself never comes here; nothing in this file is in a hurry.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::chain::normalized;
use super::characters::cursor;
use super::scheme::Scheme;
use super::tables::{self as t, Map, Phrases};

/// A dictionary of OpenCC, under OpenCC's name.
#[derive(Clone, Copy)]
pub(super) struct Named {
    pub(super) name: &'static str,
    holds: Holds,
}

#[derive(Clone, Copy)]
enum Holds {
    Phrases(Phrases),
    /// Simplified phrases: where an entry is plain, its value is made of these characters.
    Segments(Phrases, Map),
    Characters(Map),
}

/// A key found at the start of a text.
pub(super) struct Found {
    pub(super) key: usize,
    pub(super) value: String,
}

/// The stages of a scheme, each with its dictionaries in the order they are asked.
pub(super) fn stages(scheme: Scheme) -> Vec<Vec<Named>> {
    let phrases = |name, phrases| Named {
        name,
        holds: Holds::Phrases(phrases),
    };
    let characters = |name, map| Named {
        name,
        holds: Holds::Characters(map),
    };
    let st = (&t::ST_PHRASES, t::ST_TO_T);
    let s2t = vec![
        Named {
            name: "STPhrases",
            holds: Holds::Segments(st, t::ST),
        },
        characters("STCharacters", t::ST),
    ];
    let t2s = vec![
        phrases("TSPhrases", (&t::TS_PHRASES, t::T_TO_S)),
        characters("TSCharacters", t::TS),
    ];
    let t2hk = vec![
        phrases("HKVariantsPhrases", t::T_HK_PHRASES),
        characters("HKVariants", t::T_HK),
    ];
    let hk2t = vec![
        phrases("HKVariantsRevPhrases", t::HK_T_PHRASES),
        characters("HKVariantsRev", t::HK_T),
    ];
    let t2tw = vec![
        phrases("TWVariantsPhrases", t::T_TW_PHRASES),
        characters("TWVariants", t::T_TW),
    ];
    let tw2t = vec![
        phrases("TWVariantsRevPhrases", t::TW_T_PHRASES),
        characters("TWVariantsRev", t::TW_T),
    ];
    let with = |name, first: Phrases, mut group: Vec<Named>| {
        group.insert(0, phrases(name, first));
        group
    };
    match scheme {
        Scheme::S2t => vec![s2t],
        Scheme::S2hk => vec![s2t, t2hk],
        Scheme::S2hkp => vec![s2t, with("HKPhrases", t::HK_PHRASES, t2hk)],
        Scheme::S2tw => vec![s2t, t2tw],
        Scheme::S2twp => vec![s2t, with("TWPhrases", t::TW_PHRASES, t2tw)],
        Scheme::T2s => vec![t2s],
        Scheme::Hk2s => vec![hk2t, t2s],
        Scheme::Hk2sp => vec![with("HKPhrasesRev", t::HK_PHRASES_REV, hk2t), t2s],
        Scheme::Tw2s => vec![tw2t, t2s],
        Scheme::Tw2sp => vec![with("TWPhrasesRev", t::TW_PHRASES_REV, tw2t), t2s],
        Scheme::T2hk => vec![t2hk],
        Scheme::Hk2t => vec![hk2t],
        Scheme::T2tw => vec![t2tw],
        Scheme::Tw2t => vec![tw2t],
    }
}

/// All values of an entry, the preferred one first; none for entries with one value only, and for keys there are none of.
pub(super) fn values(dictionary: &str, key: &str) -> Vec<&'static str> {
    static KNOWN: LazyLock<FxHashMap<(&str, &str), &str>> = LazyLock::new(|| {
        let entry = |line: &'static str| {
            let (dictionary, rest) = line.split_once('\t')?;
            let (key, values) = rest.split_once('\t')?;
            Some(((dictionary, key), values))
        };
        t::ALTERNATIVES.lines().filter_map(entry).collect()
    });
    KNOWN
        .get(&(dictionary, key))
        .map_or_else(Vec::new, |values| values.split(' ').collect())
}

impl Named {
    /// The phrases that hold a character, in the order of their keys; none for a dictionary of characters.
    pub(super) fn phrases_with(&self, c: char) -> Vec<(String, String)> {
        let (Holds::Phrases(phrases) | Holds::Segments(phrases, _)) = self.holds else {
            return Vec::new();
        };
        let keys = phrases
            .0
            .keys()
            .into_iter()
            .filter(|(key, _)| key.contains(c));
        let mut found: Vec<(String, String)> = keys
            .filter_map(|(key, _)| self.longest(&key).map(|found| (key, found.value)))
            .collect();
        found.sort_unstable();
        found
    }

    /// The longest key of this dictionary that begins `text`.
    pub(super) fn longest(&self, text: &str) -> Option<Found> {
        let first = text.chars().next()?;
        let longest = |(trie, _): Phrases| trie.longest(cursor(text.as_bytes(), 0, text.len()));
        match self.holds {
            Holds::Characters(map) => {
                let to = map.get(normalized(u32::from(first)))?;
                Some(Found {
                    key: first.len_utf8(),
                    value: char::from_u32(to)?.into(),
                })
            }
            Holds::Phrases(phrases) => {
                let found = longest(phrases)?;
                Some(Found {
                    key: found.end,
                    value: phrases.1.of(found).into(),
                })
            }
            Holds::Segments(phrases, map) => {
                let found = longest(phrases)?;
                let one = |c: char| {
                    map.get(normalized(u32::from(c)))
                        .and_then(char::from_u32)
                        .unwrap_or(c)
                };
                let value = if found.is_plain() {
                    text[..found.end].chars().map(one).collect()
                } else {
                    phrases.1.of(found).into()
                };
                Some(Found {
                    key: found.end,
                    value,
                })
            }
        }
    }
}
