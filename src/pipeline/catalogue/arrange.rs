//! Arranging: which pages there are, at which addresses, in which order, made from which documents.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::placing::{Placing, Role};
use super::signposts::Signposts;
use super::{Arrangement, Clash, EntryId, MadeFrom, Origin, Spot, Tag};
use crate::config::{Language, LanguageIndex, Missing};
use crate::pipeline::document::identity::{CONTENT, PagePlace};
use crate::pipeline::document::markdown::cjk;
use crate::source::SitePath;

/// Arranges documents, of which it knows no more than `placings` say, and the files beside them.
pub(super) fn arrange(
    placings: &[Placing<'_>],
    assets: &[SitePath],
    languages: &[Language],
) -> Arrangement {
    let mut arranger = Arranger {
        placings,
        spots: Vec::with_capacity(placings.len()),
        arrangement: Arrangement {
            of_document: vec![None; placings.len()],
            ..Arrangement::default()
        },
    };
    arranger.place_pages(languages);
    arranger.index();
    arranger.place_assets(assets);
    arranger.nest();
    arranger.collect_tags(languages.len());
    arranger.find_collisions();
    let signposts = Signposts::of(&arranger.spots, languages.len());
    let Arranger {
        spots,
        mut arrangement,
        ..
    } = arranger;
    arrangement.spots = spots.into_iter().map(Arc::new).collect();
    arrangement.signposts = signposts;
    arrangement
}

struct Arranger<'p, 'd> {
    placings: &'p [Placing<'d>],
    spots: Vec<Spot>,
    /// The rest of what is to come of it.
    arrangement: Arrangement,
}

impl<'p, 'd> Arranger<'p, 'd> {
    /// Groups the documents by page, and the pages in the order of their stems.
    fn place_pages(&mut self, languages: &[Language]) {
        let mut order: Vec<usize> = (0..self.placings.len()).collect();
        // Stable: of two documents for one edition the one that was read first has it.
        order.sort_by_key(|document| &self.placings[*document].identity.stem);
        let stem = |document: &usize| &self.placings[*document].identity.stem;
        for documents in order.chunk_by(|one, other| stem(one) == stem(other)) {
            let mut written = vec![None; languages.len()];
            for document in documents {
                let identity = self.placings[*document].identity;
                let language = identity.language.unwrap_or(LanguageIndex::DEFAULT);
                match &mut written[language.position()] {
                    // `a.md` and `a.zh-Hant-HK.md` where that is the default language.
                    Some(first) => self.arrangement.clashes.push(Clash {
                        document: *document,
                        other: *first,
                        address: identity.stem.clone(),
                    }),
                    empty => {
                        *empty = Some(*document);
                        let id = EntryId(self.spots.len() as u32);
                        self.arrangement.of_document[*document] = Some(id);
                    }
                }
            }
            self.spots.extend(spot(self.placings, &written, languages));
        }
    }

    /// What of its original arranging may know.
    fn original(&self, id: EntryId) -> &'p Placing<'d> {
        &self.placings[self.spots[id.0 as usize].original]
    }

    fn ids(&self) -> impl Iterator<Item = EntryId> + use<> {
        (0..self.spots.len()).map(|index| EntryId(index as u32))
    }

    fn index(&mut self) {
        let mut longest = 0;
        for id in self.ids() {
            let is_registry = self.original(id).role == Role::Sources;
            let spot = &self.spots[id.0 as usize];
            longest = longest.max(spot.path.len());
            self.arrangement.by_stem.insert(spot.stem.clone(), id);
            if spot.place == PagePlace::Home {
                self.arrangement.home = Some(id);
            }
            if is_registry {
                self.arrangement.registry = Some(id);
            }
        }
        self.arrangement.longest_path = longest;
    }

    /// An asset goes where its page goes: beside it, whatever the page's address is.
    fn place_assets(&mut self, assets: &[SitePath]) {
        let folders: FxHashMap<&str, &str> = self
            .spots
            .iter()
            .filter(|spot| spot.place != PagePlace::File)
            .map(|spot| (spot.folder(), &*spot.path))
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
        self.arrangement.assets = placed;
    }

    /// Finds each page's section, and each section's children in the order of lists.
    fn nest(&mut self) {
        let sections: FxHashMap<&str, EntryId> = self
            .ids()
            .map(|id| (id, &self.spots[id.0 as usize]))
            .filter(|(_, spot)| matches!(spot.place, PagePlace::Section | PagePlace::Home))
            .map(|(id, spot)| (spot.folder(), id))
            .collect();
        let mut children: BTreeMap<EntryId, Vec<EntryId>> = BTreeMap::new();
        for id in self.ids() {
            let Some(mut folder) = self.original(id).identity.section_folder() else {
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
                children.entry(section).or_default().push(id);
            }
        }
        for (section, mut ids) in children {
            ids.sort_by_cached_key(|id| self.original(*id).rank());
            for (position, id) in ids.iter().enumerate() {
                let child = &mut self.spots[id.0 as usize];
                child.section = Some(section);
                child.position = position;
            }
            let is_event = |id: &EntryId| matches!(self.original(*id).role, Role::Event(_));
            let all_events = ids.iter().all(is_event);
            let spot = &mut self.spots[section.0 as usize];
            spot.is_timeline = spot.place == PagePlace::Section && all_events;
            spot.children = ids;
        }
    }

    /// Each language has the tags of its own editions: one written by hand may be tagged otherwise.
    fn collect_tags(&mut self, languages: usize) {
        let tags_of = |made_from: &MadeFrom| &self.placings[made_from.document].tags;
        let has_tags = |id: &EntryId| {
            let mut editions = self.spots[id.0 as usize].made_from.iter().flatten();
            editions.any(|made_from| !tags_of(made_from).is_empty())
        };
        let mut ids: Vec<EntryId> = self.ids().filter(has_tags).collect();
        ids.sort_by_cached_key(|id| self.original(*id).rank());
        let tags = (0..languages).map(|position| {
            let mut tags: BTreeMap<String, Vec<(EntryId, usize)>> = BTreeMap::new();
            for id in &ids {
                let Some(made_from) = &self.spots[id.0 as usize].made_from[position] else {
                    continue;
                };
                for (index, tag) in tags_of(made_from).iter().enumerate() {
                    let pages = tags.entry(tag_key(tag)).or_default();
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
        self.arrangement.tags = tags.collect();
    }

    /// Two pages on one address, also where file systems take capital letters for small ones.
    fn find_collisions(&mut self) {
        let mut first: FxHashMap<Cow<'_, str>, &Spot> = FxHashMap::default();
        for spot in &self.spots {
            let folded = folded(&spot.path);
            match first.get(&folded) {
                Some(other) => self.arrangement.clashes.push(Clash {
                    document: spot.original,
                    other: other.original,
                    address: spot.path.clone(),
                }),
                None => {
                    first.insert(folded, spot);
                }
            }
        }
    }
}

/// The page that is written in these documents, one for each language that has one.
fn spot(
    placings: &[Placing<'_>],
    written: &[Option<usize>],
    languages: &[Language],
) -> Option<Spot> {
    let original = *written.iter().flatten().next()?;
    let made_from = |position: usize| {
        let language = LanguageIndex::new(position);
        let from = |language: LanguageIndex, origin| {
            written[language.position()].map(|document| MadeFrom {
                document,
                written_in: language,
                origin,
            })
        };
        let own = from(language, Origin::HandWritten);
        own.or_else(|| match &languages[position].derive {
            Some(derive) => from(derive.from, Origin::Derived),
            None if languages[position].missing == Missing::Fallback => {
                from(LanguageIndex::DEFAULT, Origin::Fallback)
            }
            None => None,
        })
    };
    let placing = &placings[original];
    Some(Spot {
        stem: placing.identity.stem.clone(),
        place: placing.identity.place,
        path: placing.address().into(),
        section: None,
        children: Vec::new(),
        position: 0,
        is_timeline: false,
        original,
        made_from: (0..languages.len()).map(made_from).collect(),
    })
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
