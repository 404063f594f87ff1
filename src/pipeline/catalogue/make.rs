//! Making a catalogue, with the help of the one before: what need not be done again is taken from there.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::arrange::arrange;
use super::placing::Placing;
use super::{Arrangement, Catalogue, Clash, Edition, Entry, EntryId, Held, Marks, Spot};
use crate::config::{Language, LanguageIndex};
use crate::diagnostic::{Code, Diagnostic, Noted};
use crate::digest::Digest;
use crate::pipeline::document::Document;
use crate::pipeline::edition::Head;
use crate::source::SitePath;

/// What a catalogue is made of.
#[derive(Clone, Debug)]
pub struct Grounds {
    /// The documents that are to be published.
    pub documents: Vec<Arc<Document>>,
    /// Those that are not, and why.
    pub held: Vec<(Arc<Document>, Held)>,
    /// The stems of pages that are there and cannot be read: a link to one is no dead link.
    pub unread: HashSet<Box<str>>,
    /// The files of `content/` that are no pages.
    pub assets: Vec<SitePath>,
    /// The languages of the site.
    pub languages: Vec<Language>,
    /// Stands for all that heads are made of besides documents.
    pub voices: Digest,
}

impl Catalogue {
    /// The catalogue of `grounds`. `head` gives the head of a document (written in the first language) in
    /// the second.
    pub fn of(
        grounds: Grounds,
        before: Option<&Catalogue>,
        head: impl Fn(&Document, LanguageIndex, LanguageIndex) -> Head + Sync,
    ) -> Noted<Catalogue> {
        let known = before.filter(|before| before.grounds.voices == grounds.voices);
        let entry = |spot: &Arc<Spot>, known: Option<&Entry>| {
            Arc::new(entry(spot, &grounds.documents, known, &head))
        };
        let same = before.filter(|before| before.grounds.are_arranged_like(&grounds));
        let (arrangement, entries, marks) = match (same, known) {
            (Some(same), Some(known)) => {
                let mut entries = known.entries.clone();
                let mut marks = known.marks.clone();
                for id in same.differing(&grounds.documents) {
                    let at = id.0 as usize;
                    entries[at] = entry(&entries[at].spot, Some(&entries[at]));
                    marks[at] = Marks::of(&entries[at]);
                }
                (same.arrangement.clone(), entries, marks)
            }
            _ => {
                let arrangement = match same {
                    Some(same) => same.arrangement.clone(),
                    None => Arc::new(grounds.arrange()),
                };
                let entries: Vec<Arc<Entry>> = arrangement
                    .spots
                    .par_iter()
                    .map(|spot| entry(spot, known.and_then(|known| known.at_stem(&spot.stem))))
                    .collect();
                let marks = entries.par_iter().map(|entry| Marks::of(entry)).collect();
                (arrangement, entries, marks)
            }
        };
        let notes = clashes(&arrangement, &grounds.documents);
        let value = Catalogue {
            arrangement,
            entries,
            marks,
            grounds,
            held_back: OnceLock::new(),
        };
        Noted { value, notes }
    }

    /// The pages of which a document is another than it was; the documents are arranged as they were.
    fn differing(&self, documents: &[Arc<Document>]) -> impl Iterator<Item = EntryId> {
        let pairs = self.grounds.documents.iter().zip(documents);
        let pages = pairs.zip(&self.arrangement.of_document);
        pages
            .filter(|((before, now), _)| !Arc::ptr_eq(before, now))
            .filter_map(|(_, page)| *page)
    }

    fn at_stem(&self, stem: &str) -> Option<&Entry> {
        let id = self.arrangement.by_stem.get(stem)?;
        Some(self.entry(*id))
    }
}

impl Grounds {
    fn arrange(&self) -> Arrangement {
        arranged(&self.documents, &self.assets, &self.languages)
    }

    /// Whether all that arranging knows is the same.
    fn are_arranged_like(&self, other: &Grounds) -> bool {
        let mut pairs = self.documents.iter().zip(&other.documents);
        self.documents.len() == other.documents.len()
            && self.assets == other.assets
            && self.languages == other.languages
            && pairs.all(|(one, other)| {
                Arc::ptr_eq(one, other) || Placing::of(one) == Placing::of(other)
            })
    }
}

/// Documents arranged, and the files beside them.
pub(super) fn arranged(
    documents: &[Arc<Document>],
    assets: &[SitePath],
    languages: &[Language],
) -> Arrangement {
    let placings = documents.par_iter();
    let placings: Vec<Placing<'_>> = placings.map(|document| Placing::of(document)).collect();
    arrange(&placings, assets, languages)
}

/// The page at `spot`; heads are taken from `known` where the documents are the same.
fn entry(
    spot: &Arc<Spot>,
    documents: &[Arc<Document>],
    known: Option<&Entry>,
    head: &impl Fn(&Document, LanguageIndex, LanguageIndex) -> Head,
) -> Entry {
    let editions = spot.made_from.iter().enumerate().map(|(position, from)| {
        let from = from.as_ref()?;
        let document = &documents[from.document];
        let known = known.and_then(|known| known.editions.get(position)?.as_ref());
        let known = known.filter(|known| {
            Arc::ptr_eq(&known.document, document) && known.written_in == from.written_in
        });
        let language = LanguageIndex::new(position);
        Some(Edition {
            document: document.clone(),
            written_in: from.written_in,
            origin: from.origin,
            head: match known {
                Some(known) => known.head.clone(),
                None => Arc::new(head(document, from.written_in, language)),
            },
        })
    });
    Entry {
        spot: spot.clone(),
        editions: editions.collect(),
    }
}

fn clashes(arrangement: &Arrangement, documents: &[Arc<Document>]) -> Vec<Diagnostic> {
    let clashes = arrangement.clashes.iter();
    clashes.map(|clash| taken(clash, documents)).collect()
}

fn taken(clash: &Clash, documents: &[Arc<Document>]) -> Diagnostic {
    let Clash {
        document,
        other,
        address,
    } = clash;
    let (document, other) = (&documents[*document], &documents[*other]);
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
