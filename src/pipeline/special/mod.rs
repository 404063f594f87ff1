//! Files made from the whole site rather than from one page: error pages, redirects, what machines
//! read.

mod not_found;
mod redirect;

use super::publication::Publication;
use crate::config::LanguageIndex;
use crate::diagnostic::{Noted, Place};
use crate::source::Span;

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
}

/// All special files of a site, with their paths.
pub fn all(publication: &Publication) -> Vec<(String, Special)> {
    let mut all = not_found::all(publication);
    all.extend(redirect::all(publication));
    all
}

impl Special {
    /// The bytes; missing when a template fails.
    pub fn make(&self, publication: &Publication) -> Noted<Option<Vec<u8>>> {
        match self {
            Special::NotFound(language) => not_found::make(publication, *language),
            Special::Redirect { language, to, .. } => redirect::make(publication, *language, to),
        }
    }

    /// Where it comes from.
    pub fn place(&self, _publication: &Publication) -> Place {
        match self {
            Special::Redirect { place, .. } => Place::Span(place.clone()),
            Special::NotFound(_) => Place::Nowhere,
        }
    }
}

/// Runs a template for a special page.
fn render(
    publication: &Publication,
    template: &str,
    view: &tera::Context,
    path: &str,
) -> Noted<Option<Vec<u8>>> {
    match publication.templates.render(template, view, path) {
        Ok(html) => Noted {
            value: Some(html.into_bytes()),
            notes: Vec::new(),
        },
        Err(fault) => Noted {
            value: None,
            notes: vec![*fault],
        },
    }
}
