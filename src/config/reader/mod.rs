//! Reading a tree strictly: every key known, every value of its type, every fault at its place.
//!
//! A reader never stops at a fault: it notes it, treats the value as absent and goes on, so that one
//! run shows all. Which keys there are and what they mean is left to its callers.

mod dates;
mod faults;
mod scalars;

use std::ops::Range;

use super::language::{self, Language, LanguageIndex};
use super::tree::{Entry, Kind, Node};
use crate::diagnostic::{Code, Diagnostic, Term};
use crate::source::Source;

/// Reads one source, noting faults.
pub struct Reader<'s> {
    /// The text that all ranges are of.
    pub source: &'s Source,
    /// The languages that a text may be given in.
    pub languages: &'s [Language],
    /// The faults so far, in the order found.
    pub notes: Vec<Diagnostic>,
}

/// A map whose keys are all known.
pub struct Fields<'n> {
    name: String,
    range: Range<usize>,
    entries: &'n [Entry],
}

impl<'n> Fields<'n> {
    /// What `key` is given; a key with nothing after it is given nothing.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The key and its value.
    pub fn entry(&self, key: &str) -> Option<&'n Entry> {
        let entries = self.entries;
        entries
            .iter()
            .find(|entry| entry.key == key && entry.value.kind != Kind::Null)
    }

    /// The full name of `key`, as a sentence says it.
    pub fn name(&self, key: &str) -> String {
        join(&self.name, key)
    }
}

impl<'s> Reader<'s> {
    /// A reader of `source` for a site with these languages.
    pub fn new(source: &'s Source, languages: &'s [Language]) -> Reader<'s> {
        Reader {
            source,
            languages,
            notes: Vec::new(),
        }
    }

    /// The map at `node`, called `name` (empty at the top); keys not in `known` are noted.
    pub fn fields<'n>(&mut self, node: &'n Node, name: &str, known: &[&str]) -> Option<Fields<'n>> {
        let entries = self.map(node, name, Term::Map)?;
        for entry in entries {
            if !known.contains(&entry.key.as_str()) {
                let unknown = Diagnostic::new(Code::UnknownKey)
                    .with("key", join(name, &entry.key))
                    .suggest(&entry.key, known.iter().copied())
                    .at(self.source, entry.key_range.clone());
                self.notes.push(unknown);
            }
        }
        Some(Fields {
            name: name.to_string(),
            range: node.range.clone(),
            entries,
        })
    }

    /// The entries of a map whose keys are names of the author's.
    pub fn map<'n>(&mut self, node: &'n Node, name: &str, expected: Term) -> Option<&'n [Entry]> {
        match &node.kind {
            Kind::Map(entries) => Some(entries),
            _ => self.wrong_type(name, node, expected),
        }
    }

    /// The language of the site that `tag` names.
    pub fn language(&mut self, tag: &str, range: Range<usize>) -> Option<LanguageIndex> {
        let found = language::find(self.languages, tag);
        if found.is_none() {
            let known = self.languages.iter().map(|language| language.tag.as_str());
            let mut unknown = Diagnostic::new(Code::UnknownLanguage)
                .with("language", tag)
                .with("known", language::list(self.languages))
                .at(self.source, range);
            unknown.did_you_mean = language::closest(tag, known).map(str::to_string);
            self.notes.push(unknown);
        }
        found
    }

    /// The items of a list, with the name to call each by.
    pub fn items<'n>(
        &mut self,
        fields: &Fields<'n>,
        key: &str,
        expected: Term,
    ) -> (&'n [Node], String) {
        let name = fields.name(key);
        let items = match fields.get(key) {
            None => &[],
            Some(node) => match &node.kind {
                Kind::List(items) => items.as_slice(),
                _ => self.wrong_type(&name, node, expected).unwrap_or_default(),
            },
        };
        (items, name)
    }
}

fn join(name: &str, key: &str) -> String {
    if name.is_empty() {
        key.to_string()
    } else {
        format!("{name}.{key}")
    }
}
