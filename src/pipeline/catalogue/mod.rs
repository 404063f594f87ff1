//! The site arranged: which pages there are, in which languages, at which addresses, in which order.
//!
//! The catalogue has heads and no bodies. Every look-up a page needs (alternates, neighbours, lists,
//! links) is a look-up here, and none of them depends on the order pages are rendered in.

pub mod arrange;
mod dated;
mod link;

use std::collections::HashSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::document::Document;
use super::document::identity::{CONTENT, PagePlace};
use super::edition::Head;
use crate::config::LanguageIndex;
use crate::source::SitePath;

pub use link::Destination;

/// A page's number in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub(super) u32);

/// All pages of the site.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// In the order of their stems.
    entries: Vec<Entry>,
    by_stem: FxHashMap<Box<str>, EntryId>,
    /// Files of `content/` that are no pages, by path below it: the path they are published at.
    assets: FxHashMap<Box<str>, Box<str>>,
    /// The page that lists the sources, if the site has one.
    registry: Option<EntryId>,
    /// The home page.
    home: Option<EntryId>,
    /// By language: the tags in the order of their keys.
    tags: Vec<Vec<Tag>>,
    /// Stems of pages that are there and cannot be read: a link to one is no dead link.
    unread: HashSet<Box<str>>,
}

/// A page in all its languages.
#[derive(Debug)]
pub struct Entry {
    /// Who it is: the path below `content/` without language and ending.
    pub stem: Box<str>,
    /// Its place in the tree of folders.
    pub place: PagePlace,
    /// The path of its address below the language's folder: `a/b`, empty for the home page.
    pub path: Box<str>,
    /// The section it belongs to.
    pub section: Option<EntryId>,
    /// The pages and sections that belong to it, in the order of lists.
    pub children: Vec<EntryId>,
    /// Its place among its section's children.
    pub position: usize,
    /// Its editions, by language.
    pub editions: Vec<Option<Edition>>,
}

/// A page in one language.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The document it is made from.
    pub document: Arc<Document>,
    /// The language that document is written in.
    pub written_in: LanguageIndex,
    /// How it came to be.
    pub origin: Origin,
    /// What other pages show of it.
    pub head: Arc<Head>,
}

/// How an edition came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Written in its language.
    HandWritten,
    /// Converted from another.
    Derived,
    /// Not there: its address shows the page in another language, which says so.
    Fallback,
}

/// A tag and the pages that have it.
#[derive(Debug)]
pub struct Tag {
    /// What its address ends in; from the source text, so that conversion cannot move it.
    pub key: Box<str>,
    /// Its pages, in the order of lists, with the position of the tag in each one's front matter.
    pub pages: Vec<(EntryId, usize)>,
}

impl Catalogue {
    /// The entry with this number.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// All entries, in the order of their stems.
    pub fn entries(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        self.entries
            .iter()
            .enumerate()
            .map(|(index, entry)| (EntryId(index as u32), entry))
    }

    /// The home page, if there is one.
    pub fn home(&self) -> Option<EntryId> {
        self.home
    }

    /// The page that lists the sources, if the site has one.
    pub fn registry(&self) -> Option<EntryId> {
        self.registry
    }

    /// The tags of the pages of `language`, in the order of their keys.
    pub fn tags(&self, language: LanguageIndex) -> &[Tag] {
        self.tags
            .get(language.position())
            .map_or(&[], Vec::as_slice)
    }

    /// The path that a file of `content/` is published at.
    pub fn asset(&self, path: &SitePath) -> String {
        let path = path.as_str();
        let path = path.strip_prefix(CONTENT).unwrap_or(path);
        self.assets
            .get(path)
            .map_or(path, |placed| placed)
            .to_string()
    }

    /// The edition of `id` in `language`.
    pub fn edition(&self, id: EntryId, language: LanguageIndex) -> Option<&Edition> {
        self.entry(id).editions.get(language.position())?.as_ref()
    }

    /// The neighbours of a page among its section's children that have an edition in `language`:
    /// the one before and the one after.
    pub fn neighbours(
        &self,
        id: EntryId,
        language: LanguageIndex,
    ) -> (Option<EntryId>, Option<EntryId>) {
        let entry = self.entry(id);
        let Some(section) = entry.section else {
            return (None, None);
        };
        let siblings = &self.entry(section).children;
        let shown = |id: &&EntryId| self.edition(**id, language).is_some();
        let before = siblings[..entry.position].iter().rev().find(shown);
        let after = siblings[entry.position + 1..].iter().find(shown);
        (before.copied(), after.copied())
    }

    /// The sections above a page, outermost first, without the page itself.
    pub fn ancestors(&self, id: EntryId) -> Vec<EntryId> {
        let mut above = Vec::new();
        let mut at = self.entry(id).section;
        while let Some(section) = at {
            above.push(section);
            at = self.entry(section).section;
        }
        above.reverse();
        above
    }
}

impl Entry {
    /// The edition that is not converted: the first hand-written one.
    pub fn original(&self) -> Option<(LanguageIndex, &Edition)> {
        self.editions
            .iter()
            .enumerate()
            .find_map(|(position, edition)| {
                let edition = edition.as_ref()?;
                (edition.origin == Origin::HandWritten)
                    .then(|| (LanguageIndex::new(position), edition))
            })
    }
}
