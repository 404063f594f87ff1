//! Arranging documents into a [`Catalogue`].

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::{Catalogue, Edition, Entry, EntryId, Origin, Tag};
use rustc_hash::FxHashMap;

use crate::config::{Language, LanguageIndex, Missing};
use crate::diagnostic::{Code, Diagnostic, Noted};
use crate::pipeline::document::Document;
use crate::pipeline::document::front_matter::Kind;
use crate::pipeline::document::identity::{CONTENT, PagePlace};
use crate::pipeline::document::markdown::cjk;
use crate::pipeline::edition::Head;
use crate::source::SitePath;

/// Arranges the documents that are to be published. `head` gives the head of a document (written in
/// the first language) in the second; `unread` are the stems of pages that are there and cannot be
/// read.
pub fn arrange(
    documents: &[Arc<Document>],
    unread: HashSet<Box<str>>,
    assets: &[SitePath],
    languages: &[Language],
    head: impl Fn(&Arc<Document>, LanguageIndex, LanguageIndex) -> Arc<Head>,
) -> Noted<Catalogue> {
    let mut notes = Vec::new();
    let mut by_stem: BTreeMap<&str, Vec<Option<&Arc<Document>>>> = BTreeMap::new();
    for document in documents {
        let language = document.identity.language.unwrap_or(LanguageIndex::DEFAULT);
        let written = by_stem
            .entry(&document.identity.stem)
            .or_insert_with(|| vec![None; languages.len()]);
        match &mut written[language.position()] {
            // `a.md` and `a.zh-Hant-HK.md` where that is the default language.
            Some(first) => notes.push(taken(document, first, &document.identity.stem)),
            empty => *empty = Some(document),
        }
    }
    let entries = by_stem
        .into_iter()
        .filter_map(|(stem, written)| entry(stem, &written, languages, &head))
        .collect();
    let mut catalogue = Catalogue {
        entries,
        unread,
        ..Catalogue::default()
    };
    catalogue.index();
    catalogue.place_assets(assets);
    catalogue.nest();
    catalogue.collect_tags(languages.len());
    catalogue.find_collisions(&mut notes);
    Noted {
        value: catalogue,
        notes,
    }
}

fn entry(
    stem: &str,
    written: &[Option<&Arc<Document>>],
    languages: &[Language],
    head: &impl Fn(&Arc<Document>, LanguageIndex, LanguageIndex) -> Arc<Head>,
) -> Option<Entry> {
    let original = written.iter().flatten().next()?;
    let edition = |position: usize| {
        let language = LanguageIndex::new(position);
        let from =
            |other: LanguageIndex| written[other.position()].map(|document| (document, other));
        let (document, written_in, origin) = match (&languages[position].derive, from(language)) {
            (_, Some((document, _))) => (document, language, Origin::HandWritten),
            (Some(derive), None) => {
                let (document, other) = from(derive.from)?;
                (document, other, Origin::Derived)
            }
            (None, None) if languages[position].missing == Missing::Fallback => {
                let (document, other) = from(LanguageIndex::DEFAULT)?;
                (document, other, Origin::Fallback)
            }
            (None, None) => return None,
        };
        let head = head(document, written_in, language);
        Some(Edition {
            document: document.clone(),
            written_in,
            origin,
            head,
        })
    };
    Some(Entry {
        stem: stem.into(),
        place: original.identity.place,
        path: address(original).into(),
        section: None,
        children: Vec::new(),
        position: 0,
        editions: (0..languages.len()).map(edition).collect(),
    })
}

/// The path of a page's address, from its source alone.
fn address(document: &Document) -> String {
    let default = document.identity.default_path();
    if let Some(path) = &document.front.path {
        return path.as_str().trim_matches('/').to_string();
    }
    match &document.front.slug {
        Some(slug) if document.identity.place != PagePlace::Home => {
            match default.rsplit_once('/') {
                Some((folder, _)) => format!("{folder}/{}", slug.as_str()),
                None => slug.as_str().to_string(),
            }
        }
        _ => default.to_string(),
    }
}

impl Catalogue {
    fn index(&mut self) {
        for (index, entry) in self.entries.iter().enumerate() {
            let id = EntryId(index as u32);
            self.by_stem.insert(entry.stem.clone(), id);
            if entry.place == PagePlace::Home {
                self.home = Some(id);
            }
            let is_registry = entry.original().is_some_and(|(_, edition)| {
                matches!(edition.document.front.kind, Kind::Sources(_))
            });
            if is_registry {
                self.registry = Some(id);
            }
        }
    }

    /// An asset goes where its page goes: beside it, whatever the page's address is.
    fn place_assets(&mut self, assets: &[SitePath]) {
        let folders: HashMap<&str, &str> = self
            .entries
            .iter()
            .filter(|entry| entry.place != PagePlace::File)
            .map(|entry| {
                let folder = entry.stem.rsplit_once('/').map_or("", |(folder, _)| folder);
                (folder, &*entry.path)
            })
            .collect();
        let mut placed = FxHashMap::default();
        for asset in assets {
            let path = asset.as_str();
            let path = path.strip_prefix(CONTENT).unwrap_or(path);
            let mut folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let target = loop {
                if let Some(address) = folders.get(folder) {
                    let rest = path[folder.len()..].trim_start_matches('/');
                    break match *address {
                        "" => rest.to_string(),
                        address => format!("{address}/{rest}"),
                    };
                }
                match folder.rsplit_once('/') {
                    Some((parent, _)) => folder = parent,
                    None if folder.is_empty() => break path.to_string(),
                    None => folder = "",
                }
            };
            placed.insert(path.into(), target.into());
        }
        self.assets = placed;
    }

    /// Finds each page's section, and each section's children in the order of lists.
    fn nest(&mut self) {
        let sections: HashMap<Box<str>, EntryId> = self
            .entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| matches!(entry.place, PagePlace::Section | PagePlace::Home))
            .map(|(index, entry)| {
                let folder = entry.stem.rsplit_once('/').map_or("", |(folder, _)| folder);
                (folder.into(), EntryId(index as u32))
            })
            .collect();
        let mut children: BTreeMap<EntryId, Vec<EntryId>> = BTreeMap::new();
        for index in 0..self.entries.len() {
            let Some((_, original)) = self.entries[index].original() else {
                continue;
            };
            let Some(mut folder) = original.document.identity.section_folder() else {
                continue;
            };
            // A folder without `_index.md` is no section: its pages belong to the one above.
            let section = loop {
                match sections.get(folder) {
                    Some(id) => break Some(*id),
                    None if folder.is_empty() => break None,
                    None => folder = folder.rsplit_once('/').map_or("", |(parent, _)| parent),
                }
            };
            if let Some(section) = section {
                children
                    .entry(section)
                    .or_default()
                    .push(EntryId(index as u32));
                self.entries[index].section = Some(section);
            }
        }
        for (section, mut ids) in children {
            ids.sort_by_cached_key(|id| order(self.entry(*id)));
            for (position, id) in ids.iter().enumerate() {
                self.entries[id.0 as usize].position = position;
            }
            self.entries[section.0 as usize].children = ids;
        }
    }

    /// Each language has the tags of its own editions: one written by hand may be tagged otherwise.
    fn collect_tags(&mut self, languages: usize) {
        let has_tags = |entry: &Entry| {
            let mut editions = entry.editions.iter().flatten();
            editions.any(|edition| !edition.document.front.tags.is_empty())
        };
        let mut ids: Vec<EntryId> = self
            .entries()
            .filter(|(_, entry)| has_tags(entry))
            .map(|(id, _)| id)
            .collect();
        ids.sort_by_cached_key(|id| order(self.entry(*id)));
        let tags = (0..languages).map(|position| {
            let mut tags: BTreeMap<String, Vec<(EntryId, usize)>> = BTreeMap::new();
            for id in &ids {
                let Some(edition) = self.edition(*id, LanguageIndex::new(position)) else {
                    continue;
                };
                for (index, tag) in edition.document.front.tags.iter().enumerate() {
                    let pages = tags.entry(tag_key(tag.first())).or_default();
                    if pages.last().is_none_or(|(last, _)| last != id) {
                        pages.push((*id, index));
                    }
                }
            }
            // A tag of nothing but signs has no address.
            tags.remove("");
            tags.into_iter()
                .map(|(key, pages)| Tag {
                    key: key.into(),
                    pages,
                })
                .collect()
        });
        self.tags = tags.collect();
    }

    /// Two pages on one address, also where file systems take capital letters for small ones.
    fn find_collisions(&self, notes: &mut Vec<Diagnostic>) {
        let mut first: FxHashMap<Cow<'_, str>, &Entry> = FxHashMap::default();
        for entry in &self.entries {
            let folded = folded(&entry.path);
            match first.get(&folded) {
                Some(other) => {
                    let (Some((_, this)), Some((_, that))) = (entry.original(), other.original())
                    else {
                        continue;
                    };
                    notes.push(taken(&this.document, &that.document, &entry.path));
                }
                None => {
                    first.insert(folded, entry);
                }
            }
        }
    }
}

/// A path as file systems see it that take capital letters for small ones.
fn folded(path: &str) -> Cow<'_, str> {
    let is_folded = path.is_ascii() && !path.bytes().any(|byte| byte.is_ascii_uppercase());
    if is_folded {
        Cow::Borrowed(path)
    } else {
        Cow::Owned(path.to_lowercase())
    }
}

/// The key of a tag: its source text made fit for an address.
pub fn tag_key(tag: &str) -> String {
    let mut key = String::new();
    for ch in tag.trim().chars() {
        if ch.is_alphanumeric() || cjk::is_han(ch) || matches!(ch, '.' | '_') {
            key.extend(ch.to_lowercase());
        } else if !key.ends_with('-') {
            key.push('-');
        }
    }
    key.trim_matches(['-', '.']).to_string()
}

/// The order of lists: by weight, the heavier later and the unweighted last; events by when they begin;
/// then the newest first; then by path.
fn order(entry: &Entry) -> impl Ord + use<> {
    let Some((_, original)) = entry.original() else {
        return (i64::MAX, None, Reverse(None), entry.stem.clone());
    };
    let front = &original.document.front;
    let start = match &front.kind {
        Kind::Event(event) => Some(event.start),
        _ => None,
    };
    (
        if start.is_some() {
            0
        } else {
            front.weight.unwrap_or(i64::MAX)
        },
        start,
        Reverse(front.date.map(|moment| (moment.date, moment.time))),
        entry.stem.clone(),
    )
}

fn taken(document: &Document, other: &Document, address: &str) -> Diagnostic {
    let front = &document.front;
    let at = front.path.as_ref().or(front.slug.as_ref());
    let diagnostic = Diagnostic::new(Code::AddressTaken)
        .with("address", format!("/{address}/"))
        .with("other", other.source.path().as_str());
    match at {
        Some(written) => diagnostic.at(&document.source, written.range()),
        None => diagnostic.in_file(document.source.path()),
    }
}
