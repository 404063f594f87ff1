//! The pages that are news: those with a date, the newest first.

use jiff::tz::TimeZone;

use super::{Catalogue, EntryId, Origin};
use crate::config::LanguageIndex;
use crate::pipeline::document::identity::PagePlace;

impl Catalogue {
    /// Whether `language` has any page with a date.
    pub fn has_dated(&self, language: LanguageIndex) -> bool {
        self.marked(|marks| marks.is_dated)
            .any(|(id, _)| self.is_dated(id, language))
    }

    /// The pages of `language` that have a date, the newest first and then in the order of their paths;
    /// no sections, and no pages that are not really in this language.
    pub fn dated(&self, language: LanguageIndex, zone: &TimeZone) -> Vec<EntryId> {
        let mut found: Vec<EntryId> = self
            .marked(|marks| marks.is_dated)
            .map(|(id, _)| id)
            .filter(|id| self.is_dated(*id, language))
            .collect();
        found.sort_by_cached_key(|id| {
            let edition = self.edition(*id, language);
            let date = edition.and_then(|edition| edition.document.front.date);
            std::cmp::Reverse(date.map(|moment| moment.timestamp(zone)))
        });
        found
    }

    fn is_dated(&self, id: EntryId, language: LanguageIndex) -> bool {
        matches!(self.entry(id).place, PagePlace::File | PagePlace::Folder)
            && self.edition(id, language).is_some_and(|edition| {
                edition.origin != Origin::Fallback && edition.document.front.date.is_some()
            })
    }
}
