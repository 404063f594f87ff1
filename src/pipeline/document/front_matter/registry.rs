//! The fields of the sources page: `kind: sources`, the registry that every `facts:`, `sources:` and
//! citation of the site is checked against by a later stage.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use super::event::{maps, required};
use crate::config::reader::{Fields, Reader};
use crate::config::tree::Kind as Shape;
use crate::config::{LanguageTag, PartialDate, Text, Written};
use crate::diagnostic::{Code, Diagnostic, Names, Term};

/// The keys that the sources page has beside a page's.
pub(crate) const KEYS: &[&str] = &["entries", "fact_index", "conflicts", "corrections"];
/// The keys of one of `entries`.
pub(crate) const ENTRY_KEYS: &[&str] = &["id", "title", "lang", "publisher", "date", "url", "note"];
/// The keys of one of `fact_index`.
pub(crate) const FACT_KEYS: &[&str] = &["sources", "type", "confidence"];
/// The keys of one of `conflicts`.
pub(crate) const CONFLICT_KEYS: &[&str] = &["question", "decision", "sources"];
/// The keys of one of `corrections`.
pub(crate) const CORRECTION_KEYS: &[&str] = &["date", "page", "was", "now", "reason"];

/// All sources and facts of a site.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Registry {
    /// The sources, in the order of the page, no id twice.
    pub entries: Vec<Reference>,
    /// The facts by id. Every source they name is among the entries.
    pub facts: BTreeMap<String, Fact>,
    /// Where sources differ, and what was chosen.
    pub conflicts: Vec<Conflict>,
    /// What was corrected after publication.
    pub corrections: Vec<Correction>,
}

/// A source.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The id that citations name.
    pub id: Written,
    /// Its title.
    pub title: Text,
    /// The language of a title that is not in the page's own.
    pub lang: Option<LanguageTag>,
    /// Who published it.
    pub publisher: Option<Text>,
    /// When it was published.
    pub date: Option<PartialDate>,
    /// Where it can be read: `http` or `https`.
    pub urls: Vec<Written>,
    /// A remark.
    pub note: Option<Text>,
}

/// A fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The ids of the sources that support it, where the index stands.
    pub sources: Vec<Written>,
    /// What sort of statement it is, by the registry's own letters.
    pub sort: Option<Written>,
    /// How sure it is, by the registry's own letters.
    pub confidence: Option<Written>,
}

/// Sources that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// About what.
    pub question: Text,
    /// What the site chose, and why.
    pub decision: Text,
    /// The ids of the sources.
    pub sources: Vec<Written>,
}

/// A correction after publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// When.
    pub date: PartialDate,
    /// On which page, as a path of the content folder.
    pub page: Option<Written>,
    /// What it said.
    pub was: Text,
    /// What it says now.
    pub now: Text,
    /// Why.
    pub reason: Option<Text>,
}

/// The registry that `fields` describe.
pub fn read(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Registry {
    let entries = entries(reader, fields);
    let facts = facts(reader, fields);
    let conflicts = maps(reader, fields, "conflicts", CONFLICT_KEYS, conflict);
    let corrections = maps(reader, fields, "corrections", CORRECTION_KEYS, correction);
    let registry = Registry {
        entries,
        facts,
        conflicts,
        corrections,
    };
    note_unknown_sources(reader, &registry);
    registry
}

fn entries(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<Reference> {
    let mut entries = maps(reader, fields, "entries", ENTRY_KEYS, |reader, fields| {
        if fields.get("id").is_none() {
            reader.missing(fields, "id", "id: …");
        }
        let id = reader.string(fields, "id");
        let title = required(reader, fields, "title");
        let lang = title_language(reader, fields);
        let publisher = reader.text(fields, "publisher");
        let date = reader.partial_date(fields, "date");
        let urls = urls(reader, fields);
        let note = reader.text(fields, "note");
        Some(Reference {
            id: id?,
            title: title?,
            lang,
            publisher,
            date,
            urls,
            note,
        })
    });
    let mut seen: BTreeMap<String, std::ops::Range<usize>> = BTreeMap::new();
    entries.retain(|entry| {
        let Some(first) = seen.get(&entry.id.text) else {
            seen.insert(entry.id.text.clone(), entry.id.range());
            return true;
        };
        let twice = Diagnostic::new(Code::DuplicateKey).with("key", entry.id.as_str());
        reader.twice(twice, first.clone(), entry.id.range());
        false
    });
    entries
}

fn title_language(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<LanguageTag> {
    let written = reader.string(fields, "lang")?;
    LanguageTag::new(written.as_str()).or_else(|| {
        let name = fields.name("lang");
        reader.bad_value_at(written.range(), &name, written.as_str(), Term::LanguageTag)
    })
}

/// An address, or several.
fn urls(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<Written> {
    let name = fields.name("url");
    let urls: Vec<Written> = match fields.get("url").map(|node| (node, &node.kind)) {
        None => Vec::new(),
        Some((_, Shape::List(_))) => reader.strings(fields, "url"),
        Some((node, _)) => {
            let one = reader.written(node, &name, Term::TextOrList);
            one.into_iter().collect()
        }
    };
    for url in &urls {
        if !url.text.starts_with("https://") && !url.text.starts_with("http://") {
            reader.bad_value_at::<()>(url.range(), &name, url.as_str(), Term::HttpAddress);
        }
    }
    urls
}

fn facts(reader: &mut Reader<'_>, fields: &Fields<'_>) -> BTreeMap<String, Fact> {
    let mut facts = BTreeMap::new();
    let Some(node) = fields.get("fact_index") else {
        return facts;
    };
    let name = fields.name("fact_index");
    let entries = reader.map(node, &name, Term::Map).unwrap_or_default();
    for entry in entries {
        let name = format!("{name}.{}", entry.key);
        let Some(fields) = reader.fields(&entry.value, &name, FACT_KEYS) else {
            continue;
        };
        let fact = Fact {
            sources: reader.strings(&fields, "sources"),
            sort: reader.string(&fields, "type"),
            confidence: reader.string(&fields, "confidence"),
        };
        facts.insert(entry.key.clone(), fact);
    }
    facts
}

fn conflict(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Conflict> {
    let question = required(reader, fields, "question");
    let decision = required(reader, fields, "decision");
    let sources = reader.strings(fields, "sources");
    Some(Conflict {
        question: question?,
        decision: decision?,
        sources,
    })
}

fn correction(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Correction> {
    if fields.get("date").is_none() {
        reader.missing(fields, "date", "date: 2026-11-22");
    }
    let date = reader.partial_date(fields, "date");
    let page = reader.string(fields, "page");
    let was = required(reader, fields, "was");
    let now = required(reader, fields, "now");
    let reason = reader.text(fields, "reason");
    Some(Correction {
        date: date?,
        page,
        was: was?,
        now: now?,
        reason,
    })
}

/// The registry's own references are checked here, where all of it is at hand.
fn note_unknown_sources(reader: &mut Reader<'_>, registry: &Registry) {
    let ids: BTreeSet<&str> = registry.entries.iter().map(|e| e.id.as_str()).collect();
    // Filed once the first is found wrong.
    let known = LazyCell::new(|| Names::of(registry.entries.iter().map(|e| e.id.as_str())));
    let of_facts = registry.facts.values().flat_map(|fact| &fact.sources);
    let of_conflicts = registry.conflicts.iter().flat_map(|c| &c.sources);
    for source in of_facts.chain(of_conflicts) {
        if !ids.contains(source.as_str()) {
            let note = Diagnostic::new(Code::UnknownSource)
                .with("id", source.as_str())
                .suggest_of(source.as_str(), &*known)
                .at(reader.source, source.range());
            reader.notes.push(note);
        }
    }
}
