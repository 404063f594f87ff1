//! The review file: places that a person has looked at and found right.
//!
//! A decision is keyed by the sentence, the place in it and what was written there, so it stays quiet
//! while lines move about it, and speaks up again when the sentence or the conversion changes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::config::reader::Reader;
use crate::config::{Written, toml};
use crate::diagnostic::{Code, Diagnostic, Noted, Term};
use crate::digest::Digester;
use crate::source::Source;

/// The keys of the review file.
const KEYS: &[&str] = &["decided"];
/// The keys of one of `decided`. Only the key and the reason count; the rest is for people.
const ROW_KEYS: &[&str] = &["key", "reason", "text", "becomes", "sentence"];

/// The decisions of a site.
#[derive(Debug, Default)]
pub struct Decisions {
    /// Where each stands, by key.
    rows: BTreeMap<String, Range<usize>>,
    source: Option<Source>,
    used: RefCell<BTreeSet<String>>,
}

/// The key of a decision.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(String);

impl Key {
    /// The key of the bytes `place` of `sentence`, which became `chosen`.
    pub fn of(sentence: &str, place: Range<usize>, chosen: &str) -> Key {
        let mut digester = Digester::new();
        digester
            .part(sentence.as_bytes())
            .part(&(place.start as u64).to_le_bytes())
            .part(sentence[place].as_bytes())
            .part(chosen.as_bytes());
        Key(digester.finish().short())
    }

    /// Ten hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Decisions {
    /// Reads a review file; without one there are no decisions.
    pub fn read(source: Option<&Source>) -> Noted<Decisions> {
        let Some(source) = source else {
            return Noted {
                value: Decisions::default(),
                notes: Vec::new(),
            };
        };
        let Noted { value, notes } = toml::parse(source);
        let mut reader = Reader::new(source, &[]);
        reader.notes = notes;
        let mut rows: BTreeMap<String, Range<usize>> = BTreeMap::new();
        if let Some(tree) = value
            && let Some(fields) = reader.fields(&tree, "", KEYS)
        {
            let (items, name) = reader.items(&fields, "decided", Term::TableList);
            for item in items {
                let Some(fields) = reader.fields(item, &name, ROW_KEYS) else {
                    continue;
                };
                match reader.string(&fields, "reason") {
                    Some(reason) if reason.text.trim().is_empty() => {
                        reader.empty_key::<Written>(&fields, "reason");
                    }
                    Some(_) => {}
                    None => reader.missing(&fields, "reason", "reason = \"…\""),
                }
                let Some(key) = reader.string(&fields, "key") else {
                    reader.missing(&fields, "key", "key = \"…\"");
                    continue;
                };
                match rows.get(&key.text) {
                    Some(first) => {
                        let twice = Diagnostic::new(Code::DuplicateKey).with("key", &key.text);
                        reader.twice(twice, first.clone(), key.range());
                    }
                    None => {
                        rows.insert(key.text.clone(), key.range());
                    }
                }
            }
        }
        let decisions = Decisions {
            rows,
            source: Some(source.clone()),
            used: RefCell::default(),
        };
        Noted {
            value: decisions,
            notes: reader.notes,
        }
    }

    /// Whether a place has been decided.
    pub fn has(&self, key: &Key) -> bool {
        let has = self.rows.contains_key(&key.0);
        if has {
            self.used.borrow_mut().insert(key.0.clone());
        }
        has
    }

    /// The decisions that have not been asked for: their sentences are gone.
    pub fn unused(&self) -> Vec<Diagnostic> {
        let Some(source) = &self.source else {
            return Vec::new();
        };
        let used = self.used.borrow();
        self.rows
            .iter()
            .filter(|(key, _)| !used.contains(*key))
            .map(|(key, place)| {
                Diagnostic::new(Code::UnusedDecision)
                    .with("key", key)
                    .at(source, place.clone())
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::brief;
    use crate::source::SitePath;

    #[test]
    fn a_key_follows_the_sentence_and_not_the_file() {
        let key = |sentence: &str, at: usize, chosen: &str| Key::of(sentence, at..at + 3, chosen);
        let known = key("看著他。", 3, "着");
        assert_eq!(key("看著他。", 3, "着"), known);
        assert_ne!(key("看著她。", 3, "着"), known);
        assert_ne!(key("看著他。", 3, "著"), known);
    }

    #[test]
    fn rows_and_their_faults() {
        let text = "[[decided]]\nkey = \"a\"\nreason = \"對\"\n[[decided]]\nkey = \"a\"\n";
        let source = Source::new(SitePath::new("review.toml"), text.to_string());
        let read = Decisions::read(Some(&source));
        let notes: Vec<String> = read.notes.iter().map(brief).collect();
        assert_eq!(notes.len(), 2, "{notes:?}");
        assert!(notes[0].starts_with("missing-key 4:") && notes[1].starts_with("duplicate-key 5:"));
        assert!(read.value.has(&Key("a".to_string())));
        assert!(read.value.unused().is_empty());
    }
}
