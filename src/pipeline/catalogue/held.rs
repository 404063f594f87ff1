//! Pages that are there and not published this time: drafts, and pages of a later day. A link to one leads to
//! nothing, and what is to be done about it is another than for a page that is not there.

use std::sync::Arc;

use super::{Arrangement, Catalogue, Entry};
use crate::config::LanguageIndex;
use crate::diagnostic::{Arg, Code, Diagnostic, Term};
use crate::pipeline::document::Document;

/// Why a document is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// It says that it is a draft.
    Draft,
    /// Its date is still to come.
    Later,
    /// Both.
    DraftAndLater,
}

/// A page that is held back.
#[derive(Clone, Copy, Debug)]
pub struct HeldPage<'c> {
    document: &'c Document,
    why: Held,
}

impl Catalogue {
    /// The held page that `path`, written in a file of `entry`, would lead to.
    pub fn held_from(&self, entry: &Entry, path: &str) -> Option<HeldPage<'_>> {
        entry.seen_from(path, |path| self.held_page(path))
    }

    /// The held page at `path`, below `content/`.
    pub fn held_page(&self, path: &str) -> Option<HeldPage<'_>> {
        let arrangement = self.held_back();
        let id = arrangement.page(path)?;
        Some(self.held(arrangement.spot(id).original))
    }

    /// The paths of the held pages below the folders of their languages.
    pub fn held_paths(&self) -> impl Iterator<Item = (LanguageIndex, &str, HeldPage<'_>)> {
        self.held_back().spots().flat_map(|(_, spot)| {
            let editions = spot.made_from.iter().enumerate();
            editions.filter_map(|(position, made_from)| {
                let page = self.held((*made_from)?.document);
                Some((LanguageIndex::new(position), &*spot.path, page))
            })
        })
    }

    fn held(&self, number: usize) -> HeldPage<'_> {
        let (document, why) = &self.grounds.held[number];
        let why = *why;
        HeldPage { document, why }
    }

    /// The held pages arranged by themselves, once the first link is dead.
    fn held_back(&self) -> &Arrangement {
        self.held_back.get_or_init(|| {
            let documents = self.grounds.held.iter();
            let documents: Vec<Arc<Document>> = documents.map(|(it, _)| it.clone()).collect();
            super::make::arranged(&documents, &[], &self.grounds.languages)
        })
    }
}

impl HeldPage<'_> {
    /// The options with which it is published all the same.
    pub fn options(self) -> &'static str {
        match self.why {
            Held::Draft => "--drafts",
            Held::Later => "--future",
            Held::DraftAndLater => "--drafts --future",
        }
    }

    /// What is wrong with a link to it.
    pub fn fault(self) -> Diagnostic {
        let date = self.document.front.date;
        let date = date.map_or_else(String::new, |date| date.to_string());
        let (why, remedy) = match self.why {
            Held::Draft => (Arg::Term(Term::HeldDraft), Term::ReleaseDraft),
            Held::Later => (Arg::About(Term::HeldLater, date), Term::ReleaseLater),
            Held::DraftAndLater => (Arg::About(Term::HeldBoth, date), Term::ReleaseBoth),
        };
        Diagnostic::new(Code::HeldBackLink)
            .with("page", self.document.source.path().as_str())
            .with("why", why)
            .with("remedy", remedy)
    }
}
