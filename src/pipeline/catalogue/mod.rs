//! The site arranged: which pages there are, in which languages, at which addresses, in which order.
//!
//! The catalogue has heads and no bodies. Every look-up a page needs (alternates, neighbours, lists,
//! links) is a look-up here, and none of them depends on the order pages are rendered in.

pub mod arrange;
mod dated;
mod held;
mod link;
mod make;
pub mod marks;
pub mod placing;
mod signposts;

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use memchr::memrchr;
use rustc_hash::FxHashMap;

use super::document::Document;
use super::document::identity::{CONTENT, PagePlace};
use super::edition::Head;
use crate::config::LanguageIndex;
use crate::diagnostic::Names;
use crate::source::SitePath;

pub use held::{Held, HeldPage};
pub use link::Destination;
pub use make::Grounds;
pub use marks::Marks;
use signposts::Signposts;

/// A page's number in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub(super) u32);

impl EntryId {
    /// The number, from 0, in the order of stems.
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// All pages of the site.
#[derive(Debug)]
pub struct Catalogue {
    arrangement: Arc<Arrangement>,
    /// The pages, by their numbers.
    entries: Vec<Arc<Entry>>,
    /// Of each page.
    marks: Vec<Marks>,
    /// What it was made of.
    grounds: Grounds,
    /// What is not published, arranged like what is.
    held_back: OnceLock<Arrangement>,
}

/// Which pages there are, where and in which order: all of the catalogue that an edit of a page's text
/// leaves as it was.
#[derive(Debug, Default)]
pub struct Arrangement {
    /// In the order of their stems.
    spots: Vec<Arc<Spot>>,
    signposts: Signposts,
    by_stem: FxHashMap<Box<str>, EntryId>,
    /// By document: the page that it is an edition of.
    of_document: Vec<Option<EntryId>>,
    /// Files of `content/` that are no pages, by path below it: the path they are published at.
    assets: FxHashMap<Box<str>, Box<str>>,
    /// The page that lists the sources, if the site has one.
    registry: Option<EntryId>,
    /// The home page.
    home: Option<EntryId>,
    /// By language: the tags in the order of their keys.
    tags: Vec<Vec<Tag>>,
    /// The length of the longest path of a page.
    longest_path: usize,
    clashes: Vec<Clash>,
    /// The paths that a link can name, once a dead one is to be told what was meant.
    names: OnceLock<Names>,
}

/// Two documents that are to stand at one address.
#[derive(Debug)]
struct Clash {
    document: usize,
    other: usize,
    address: Box<str>,
}

/// Where a page stands, and which documents it is made from.
#[derive(Debug)]
pub struct Spot {
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
    /// Whether it is a section whose pages are all events.
    pub is_timeline: bool,
    /// The document that all who are of no language go by.
    original: usize,
    /// By language.
    made_from: Vec<Option<MadeFrom>>,
}

/// What an edition is made from.
#[derive(Clone, Copy, Debug)]
struct MadeFrom {
    /// The document, by its number among those arranged.
    document: usize,
    written_in: LanguageIndex,
    origin: Origin,
}

/// A page in all its languages.
#[derive(Debug)]
pub struct Entry {
    /// Where it stands.
    pub spot: Arc<Spot>,
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
            .map(|(index, entry)| (EntryId(index as u32), &**entry))
    }

    /// The entries whose marks are such, in the order of their stems.
    pub fn marked(&self, such: impl Fn(&Marks) -> bool) -> impl Iterator<Item = (EntryId, &Entry)> {
        let marks = self.marks.iter().enumerate();
        marks
            .filter(move |(_, marks)| such(marks))
            .map(|(index, _)| (EntryId(index as u32), &*self.entries[index]))
    }

    /// How many editions search engines are told of.
    pub fn count_listed(&self) -> usize {
        let marks = self.marks.iter();
        marks.map(|marks| usize::from(marks.listed)).sum()
    }

    /// Which pages there are, without what they say.
    pub fn arrangement(&self) -> &Arc<Arrangement> {
        &self.arrangement
    }

    /// The home page, if there is one.
    pub fn home(&self) -> Option<EntryId> {
        self.arrangement.home
    }

    /// The page that lists the sources, if the site has one.
    pub fn registry(&self) -> Option<EntryId> {
        self.arrangement.registry
    }

    /// The tags of the pages of `language`, in the order of their keys.
    pub fn tags(&self, language: LanguageIndex) -> &[Tag] {
        let tags = self.arrangement.tags.get(language.position());
        tags.map_or(&[], Vec::as_slice)
    }

    /// The path that a file of `content/` is published at.
    pub fn asset(&self, path: &SitePath) -> String {
        let path = path.as_str();
        let path = path.strip_prefix(CONTENT).unwrap_or(path);
        let assets = &self.arrangement.assets;
        assets.get(path).map_or(path, |placed| placed).to_string()
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
        let shown = |id: &&EntryId| self.arrangement.is_in(**id, language);
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

impl Deref for Entry {
    type Target = Spot;

    fn deref(&self) -> &Spot {
        &self.spot
    }
}

impl Spot {
    /// The last part of its path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The folder that its source lies in, below `content/`.
    fn folder(&self) -> &str {
        // Asked for every link of every edition, which `rsplit_once` is slow for.
        memrchr(b'/', self.stem.as_bytes()).map_or("", |at| &self.stem[..at])
    }
}

impl Arrangement {
    /// All pages, in the order of their stems.
    pub fn spots(&self) -> impl ExactSizeIterator<Item = (EntryId, &Spot)> {
        let spots = self.spots.iter().enumerate();
        spots.map(|(index, spot)| (EntryId(index as u32), &**spot))
    }

    /// The path of a page's address, as [`Spot::path`], for whoever wants no more of it.
    pub fn path(&self, id: EntryId) -> &str {
        self.signposts.path(id)
    }

    /// The length of the longest path of a page.
    pub fn longest_path(&self) -> usize {
        self.longest_path
    }

    /// The pages that a section lists in `language`, in their order.
    pub fn listed(&self, id: EntryId, language: LanguageIndex) -> impl Iterator<Item = EntryId> {
        let children = self.spot(id).children.iter().copied();
        children.filter(move |child| self.is_in(*child, language))
    }

    /// Whether a page has an edition in `language`.
    pub fn is_in(&self, id: EntryId, language: LanguageIndex) -> bool {
        self.signposts.is_in(id, language)
    }

    /// How many pages one part of a section's list shows, where the site wants `pagination` of them.
    pub fn part_size(&self, id: EntryId, pagination: usize) -> usize {
        match pagination {
            0 => usize::MAX,
            _ if self.spot(id).is_timeline || self.home == Some(id) => usize::MAX,
            size => size,
        }
    }

    /// In how many parts a section's list is shown, at least one.
    pub fn parts(&self, id: EntryId, language: LanguageIndex, pagination: usize) -> usize {
        if self.spot(id).place != PagePlace::Section {
            return 1;
        }
        let count = self.listed(id, language).count();
        count.div_ceil(self.part_size(id, pagination)).max(1)
    }

    /// The path of part `part` of a section's list.
    pub fn part_path(&self, id: EntryId, part: usize) -> Cow<'_, str> {
        let path = &self.spot(id).path;
        match part {
            0 => Cow::Borrowed(path),
            part => Cow::Owned(format!("{path}/page/{}", part + 1)),
        }
    }

    fn spot(&self, id: EntryId) -> &Spot {
        &self.spots[id.0 as usize]
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
