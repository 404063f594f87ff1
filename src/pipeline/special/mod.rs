//! Files made from the whole site rather than from one page: error pages, redirects, what machines
//! read.

mod entry;
mod feed;
mod hosting;
mod not_found;
mod redirect;
mod search;
pub mod sitemap;
mod tag;
mod timeline;
mod xml;

use super::publication::Publication;
use crate::config::LanguageIndex;
use crate::diagnostic::{Noted, Place};
use crate::pipeline::catalogue::EntryId;
use crate::source::Span;
use crate::theme;
pub use feed::{expect_pages, tell};

/// A file made from the whole site.
#[derive(Clone, Debug)]
pub enum Special {
    /// The page that a host shows for an address that is none.
    NotFound(LanguageIndex),
    /// A page that leads from an old address to a new one.
    Redirect {
        /// The language whose strings it uses.
        language: LanguageIndex,
        /// Where it leads.
        to: String,
        /// Where it is written.
        place: Span,
    },
    /// The search index of a language.
    Search(LanguageIndex, search::Form),
    /// The table that makes the scripts one for the search.
    SearchFold(search::Form),
    /// A feed of a language.
    Feed(LanguageIndex, feed::Format),
    /// The site map, or a part of it.
    Sitemap(sitemap::Part),
    /// `robots.txt`.
    Robots,
    /// The calendar of a timeline.
    Calendar(EntryId, LanguageIndex),
    /// The data of a timeline.
    TimelineData(EntryId, LanguageIndex),
    /// The page of a tag, or a part of its list.
    Tag {
        /// The language.
        language: LanguageIndex,
        /// The tag's place among those of the language.
        number: usize,
        /// Which part of its list, from 0.
        part: usize,
    },
    /// The page that lists the tags.
    Tags(LanguageIndex),
    /// The page that leads to an edition.
    Entry,
    /// Its script.
    EntryScript,
    /// `_redirects`.
    HostRedirects,
    /// `_headers`.
    HostHeaders,
}

/// All special files of a site, with their paths.
pub fn all(publication: &Publication) -> Vec<(String, Special)> {
    let mut all = not_found::all(publication);
    all.extend(redirect::all(publication));
    all.extend(search::all(publication));
    all.extend(feed::all(publication));
    all.extend(sitemap::all(publication));
    all.extend(timeline::all(publication));
    all.extend(tag::all(publication));
    all.extend(entry::all(publication));
    all.extend(hosting::all(publication));
    all
}

impl Special {
    /// The bytes; missing when a template fails.
    pub fn make(&self, publication: &Publication) -> Noted<Option<Vec<u8>>> {
        match self {
            Special::NotFound(language) => not_found::make(publication, *language),
            Special::Redirect { language, to, .. } => redirect::make(publication, *language, to),
            Special::Search(language, form) => whole(search::index(publication, *language, *form)),
            Special::SearchFold(form) => whole(search::fold(publication, *form)),
            Special::Feed(language, format) => whole(feed::make(publication, *language, *format)),
            Special::Sitemap(part) => whole(sitemap::make(publication, *part)),
            Special::Robots => whole(sitemap::robots(publication)),
            Special::Calendar(id, language) => {
                whole(timeline::calendar(publication, *id, *language))
            }
            Special::TimelineData(id, language) => {
                whole(timeline::data(publication, *id, *language))
            }
            Special::Tag {
                language,
                number,
                part,
            } => tag::make(publication, *language, *number, *part),
            Special::Tags(language) => tag::list(publication, *language),
            Special::Entry => entry::make(publication),
            Special::EntryScript => whole(theme::ENTRY_SCRIPT.as_bytes().to_vec()),
            Special::HostRedirects => whole(hosting::redirects(publication)),
            Special::HostHeaders => whole(hosting::headers(publication)),
        }
    }

    /// Where it comes from.
    pub fn place(&self, _publication: &Publication) -> Place {
        match self {
            Special::Redirect { place, .. } => Place::Span(place.clone()),
            _ => Place::Nowhere,
        }
    }
}

/// Bytes that nothing can be wrong with.
fn whole(bytes: Vec<u8>) -> Noted<Option<Vec<u8>>> {
    Noted {
        value: Some(bytes),
        notes: Vec::new(),
    }
}

/// Runs a template for a special page.
fn render(
    publication: &Publication,
    template: &str,
    view: &tera::Context,
    path: &str,
) -> Noted<Option<Vec<u8>>> {
    let mut html = Vec::new();
    match publication
        .templates
        .render(template, view, path, &mut html)
    {
        Ok(()) => Noted {
            value: Some(html),
            notes: Vec::new(),
        },
        Err(fault) => Noted {
            value: None,
            notes: vec![*fault],
        },
    }
}
