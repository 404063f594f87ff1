//! The feeds of each language: `feed.xml` is Atom (RFC 4287), `feed.json` is JSON Feed 1.1.
//!
//! Both say the same entries: the pages with a date, the newest first. An entry is known by its page's
//! address, so that nothing that is built again looks new. A feed is as new as its newest entry; the
//! clock has no say.

mod absolute;
mod atom;
mod json;

use super::Special;
use crate::config::{LanguageIndex, Moment};
use crate::pipeline::catalogue::EntryId;
use crate::pipeline::page::view::FeedEntry as Entry;
use crate::pipeline::page::{self, Viewer};
use crate::pipeline::publication::Publication;
use crate::pipeline::{draw, names};

/// How a feed is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Atom.
    Atom,
    /// JSON Feed.
    Json,
}

/// What a feed says of itself.
struct Channel<'p> {
    publication: &'p Publication,
    language: LanguageIndex,
    /// Its own address.
    own: String,
    /// The home page of its language.
    home: String,
    entries: &'p [Entry],
}

/// The feeds of all languages that have something to tell.
pub fn all(publication: &Publication) -> Vec<(String, Special)> {
    if !publication.config.feed.enabled {
        return Vec::new();
    }
    (0..publication.config.languages.len())
        .map(LanguageIndex::new)
        .filter(|language| publication.catalogue.has_dated(*language))
        .flat_map(|language| {
            [Format::Atom, Format::Json].map(|format| {
                let path = publication.addresses.below(language, format.file());
                (path, Special::Feed(language, format))
            })
        })
        .collect()
}

/// A feed.
pub fn make(publication: &Publication, language: LanguageIndex, format: Format) -> Vec<u8> {
    let addresses = &publication.addresses;
    let channel = Channel {
        publication,
        language,
        own: addresses.absolute(&addresses.of(language, format.file())),
        home: addresses.absolute(&addresses.page(language, "")),
        entries: publication.told(language, || entries(publication, language)),
    };
    match format {
        Format::Atom => atom::write(&channel).into_bytes(),
        Format::Json => json::write(&channel),
    }
}

/// What both feeds of a language tell.
fn entries(publication: &Publication, language: LanguageIndex) -> Vec<Entry> {
    let dated = publication
        .catalogue
        .dated(language, &publication.inputs.zone);
    let limit = match publication.config.feed.limit {
        0 => usize::MAX,
        limit => limit,
    };
    let told = dated.into_iter().take(limit);
    told.filter_map(|id| entry(publication, id, language))
        .collect()
}

fn entry(publication: &Publication, id: EntryId, language: LanguageIndex) -> Option<Entry> {
    let edition = publication.catalogue.edition(id, language)?;
    let front = &edition.document.front;
    let published = front.date?;
    let updated = front.updated.unwrap_or(published);
    let outline = page::outline(publication, id, language)?;
    let image = outline.image.filter(|image| !image.is_empty());
    // A template that fails is said of the page itself; the entry then has its summary.
    let content = (publication.config.feed.full)
        .then(|| content(publication, id, language))
        .flatten()
        .map(|html| absolute::links(&html, &outline.permalink, &publication.addresses));
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

/// The body of a page, drawn.
fn content(publication: &Publication, id: EntryId, language: LanguageIndex) -> Option<String> {
    let composed = page::compose(publication, id, language, 0, Viewer::Template)?;
    draw::content(&composed.value, &publication.templates).ok()
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

impl Format {
    fn file(self) -> &'static str {
        match self {
            Format::Atom => names::ATOM,
            Format::Json => names::JSON_FEED,
        }
    }
}
