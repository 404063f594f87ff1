//! Teasers as templates see them, kept for the other pages that show the same ones.
//!
//! A page is shown by its neighbours, by its section and by the home page, and a section by all its pages. Every
//! teaser made anew was a tenth of a build; all of them kept would be 1 KiB for each page and script. Pages are
//! made in an order in which those that show each other are near, so as many as have lately been asked for will do.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tera::Value;

use super::date;
use super::view::Teaser;
use crate::config::LanguageIndex;
use crate::pipeline::catalogue::EntryId;
use crate::pipeline::publication::Publication;

/// How many are kept at most: those of two thousand pages in two scripts, 4 MiB.
const MOST: usize = 4096;

/// The teasers made lately.
pub struct Teasers {
    languages: usize,
    /// Each teaser has one place where it may be.
    places: Box<[Mutex<Option<Kept>>]>,
}

struct Kept {
    id: EntryId,
    language: LanguageIndex,
    teaser: Value,
}

impl Teasers {
    /// None yet, of a site with so many pages in so many languages.
    pub fn new(pages: usize, languages: usize) -> Teasers {
        let places = pages.saturating_mul(languages).clamp(1, MOST);
        Teasers {
            languages,
            places: (0..places).map(|_| Mutex::new(None)).collect(),
        }
    }

    /// The teaser of `id` in `language`, which `make` makes if it is not here.
    pub fn get(
        &self,
        id: EntryId,
        language: LanguageIndex,
        make: impl FnOnce() -> Option<Value>,
    ) -> Option<Value> {
        let number = id.number() * self.languages + language.position();
        let place = &self.places[number % self.places.len()];
        if let Some(kept) = &*lock(place)
            && (kept.id, kept.language) == (id, language)
        {
            return Some(kept.teaser.clone());
        }
        let teaser = make()?;
        let kept = Kept {
            id,
            language,
            teaser: teaser.clone(),
        };
        let before = lock(place).replace(kept);
        drop(before);
        Some(teaser)
    }
}

fn lock(place: &Mutex<Option<Kept>>) -> MutexGuard<'_, Option<Kept>> {
    // What is kept is whole whatever a panicking thread did.
    place.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'a> Teaser<'a> {
    /// A link to page `id` in `language`; none when it has no such edition.
    pub fn of(
        publication: &'a Publication,
        id: EntryId,
        language: LanguageIndex,
    ) -> Option<Teaser<'a>> {
        let edition = publication.catalogue.edition(id, language)?;
        let head = &edition.head;
        let tag = &publication.config.language(language).tag;
        let front = &edition.document.front;
        let path = &publication.catalogue.entry(id).path;
        Some(Teaser {
            title: &head.title,
            menu_title: &head.menu_title,
            url: publication.addresses.page(language, path),
            description: &head.description,
            date: front.date.map(|moment| date::day(moment.date, tag)),
            kind: front.kind.name(),
        })
    }
}
