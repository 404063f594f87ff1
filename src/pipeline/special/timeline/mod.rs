//! A timeline as files: a calendar for calendars, and its data for programs.
//!
//! They stand beside the section's page, `/timeline/` as `/timeline.ics` and `/timeline.json`, in each
//! language that the section is really in.

mod calendar;
mod data;
mod ics;

use super::Special;
use crate::config::LanguageIndex;
use crate::pipeline::catalogue::{EntryId, Origin};
use crate::pipeline::names;
use crate::pipeline::publication::Publication;

pub use calendar::make as calendar;
pub use data::make as data;

/// The files of all timelines.
pub fn all(publication: &Publication) -> Vec<(String, Special)> {
    let mut all = Vec::new();
    let catalogue = &publication.catalogue;
    let spots = catalogue.arrangement().spots();
    for (id, _) in spots.filter(|(_, spot)| spot.is_timeline) {
        let entry = catalogue.entry(id);
        for (position, edition) in entry.editions.iter().enumerate() {
            let shown = edition.as_ref().map(|edition| edition.origin);
            if shown.is_none_or(|origin| origin == Origin::Fallback) {
                continue;
            }
            let language = LanguageIndex::new(position);
            let file = |ending| {
                let path = format!("{}{ending}", entry.path);
                publication.addresses.below(language, &path)
            };
            all.push((file(names::CALENDAR), Special::Calendar(id, language)));
            all.push((file(names::DATA), Special::TimelineData(id, language)));
        }
    }
    all
}

/// The address of a page with scheme and host.
fn permalink(publication: &Publication, id: EntryId, language: LanguageIndex) -> String {
    let path = &publication.catalogue.entry(id).path;
    let addresses = &publication.addresses;
    addresses.absolute(&addresses.page(language, path))
}
