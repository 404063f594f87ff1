//! The entries of feeds, each made once for both feeds of a language.
//!
//! An entry has the text of its page, drawn. Who makes every file of a site makes that page too, and says so before
//! ([`expect_pages`]): then the page leaves its entry when it is made itself ([`tell`]). To compose and draw all of
//! them once more for the feeds was a tenth of building a small site. What no page has left, a feed makes.

use std::sync::OnceLock;

use super::{Entry, absolute};
use crate::config::{LanguageIndex, Moment};
use crate::pipeline::catalogue::EntryId;
use crate::pipeline::draw;
use crate::pipeline::edition::Piece;
use crate::pipeline::page::{self, Page, Viewer};
use crate::pipeline::publication::Publication;
use crate::pipeline::shared::Told;

/// Has the pages that feeds tell of leave their entries when they are made.
pub fn expect_pages(publication: &Publication) {
    let feed = &publication.config.feed;
    if feed.enabled && feed.full {
        let languages = 0..publication.config.languages.len();
        languages.for_each(|position| {
            told(publication, LanguageIndex::new(position));
        });
    }
}

/// Leaves the entry of `page`, which is `id` in `language`, if that is expected. Its body is then drawn, for both.
pub fn tell(publication: &Publication, id: EntryId, language: LanguageIndex, page: &mut Page<'_>) {
    let expected = publication.told_so_far(language);
    if let Some(place) = expected.and_then(|told| told.entries.get(&id)) {
        if page.body.has_components()
            && let Some(html) = content(publication, page)
        {
            page.body.pieces = vec![Piece::Html(html)];
        }
        place.get_or_init(|| entry(publication, id, language, Some(page)));
    }
}

/// What both feeds of a language tell, the newest first.
pub fn all(publication: &Publication, language: LanguageIndex) -> Vec<&Entry> {
    let told = told(publication, language);
    let places = told.newest_first.iter().map(|id| (id, &told.entries[id]));
    places
        .filter_map(|(id, place)| {
            place
                .get_or_init(|| entry(publication, *id, language, None))
                .as_ref()
        })
        .collect()
}

fn told(publication: &Publication, language: LanguageIndex) -> &Told {
    publication.told(language, || {
        let dated = publication
            .catalogue
            .dated(language, &publication.inputs.zone);
        let limit = match publication.config.feed.limit {
            0 => usize::MAX,
            limit => limit,
        };
        let newest_first: Vec<EntryId> = dated.into_iter().take(limit).collect();
        Told {
            entries: newest_first
                .iter()
                .map(|id| (*id, OnceLock::new()))
                .collect(),
            newest_first,
        }
    })
}

fn entry(
    publication: &Publication,
    id: EntryId,
    language: LanguageIndex,
    page: Option<&Page<'_>>,
) -> Option<Entry> {
    let edition = publication.catalogue.edition(id, language)?;
    let front = &edition.document.front;
    let published = front.date?;
    let updated = front.updated.unwrap_or(published);
    let outline = page::outline(publication, id, language)?;
    let image = outline.image.filter(|image| !image.is_empty());
    let content = match page {
        _ if !publication.config.feed.full => None,
        Some(page) => content(publication, page),
        None => page::compose(publication, id, language, 0, Viewer::Template)
            .and_then(|composed| content(publication, &composed.value)),
    };
    let content =
        content.map(|html| absolute::links(&html, &outline.permalink, &publication.addresses));
    Some(Entry {
        title: edition.head.title.clone(),
        permalink: outline.permalink,
        published: moment(publication, published),
        updated: moment(publication, updated),
        instant: updated.timestamp(&publication.inputs.zone),
        summary: edition.head.summary.clone(),
        content,
        tags: outline.labels,
        image: image.map(|image| publication.addresses.absolute(&image)),
    })
}

/// The body of a page, drawn. A template that fails is said of the page itself; the entry then has its summary.
fn content(publication: &Publication, page: &Page<'_>) -> Option<String> {
    match page.body.pieces.as_slice() {
        [Piece::Html(html)] => Some(html.clone()),
        _ => draw::content(page, &publication.templates).ok(),
    }
}

/// A moment as RFC 3339 has it, with the distance from UTC that was written or that the site's zone
/// then had.
fn moment(publication: &Publication, moment: Moment) -> String {
    let zone = match moment.offset {
        Some(offset) => jiff::tz::TimeZone::fixed(offset),
        None => publication.inputs.zone.clone(),
    };
    let zoned = moment.timestamp(&zone).to_zoned(zone);
    zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
