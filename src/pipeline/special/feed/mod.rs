//! The feeds of each language: `feed.xml` is Atom (RFC 4287), `feed.json` is JSON Feed 1.1.
//!
//! Both say the same entries: the pages with a date, the newest first. An entry is known by its page's
//! address, so that nothing that is built again looks new. A feed is as new as its newest entry; the
//! clock has no say.

mod absolute;
mod atom;
mod json;
mod told;

use super::Special;
use crate::config::LanguageIndex;
use crate::pipeline::names;
use crate::pipeline::page::view::FeedEntry as Entry;
use crate::pipeline::publication::Publication;
pub use told::{expect_pages, tell};

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
    /// The newest first.
    entries: Vec<&'p Entry>,
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
        entries: told::all(publication, language),
    };
    match format {
        Format::Atom => atom::write(&channel).into_bytes(),
        Format::Json => json::write(&channel),
    }
}

impl Format {
    fn file(self) -> &'static str {
        match self {
            Format::Atom => names::ATOM,
            Format::Json => names::JSON_FEED,
        }
    }
}
