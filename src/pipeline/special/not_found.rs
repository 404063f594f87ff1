//! The page for addresses that are none. Hosts show `404.html`; each language has its own.

use super::{Special, render};
use crate::config::LanguageIndex;
use crate::diagnostic::Noted;
use crate::pipeline::page::{bare, view::PageView};
use crate::pipeline::publication::Publication;

/// One for each language, and one at the root, where most hosts look, even if no language stands there.
pub fn all(publication: &Publication) -> Vec<(String, Special)> {
    let languages = &publication.config.languages;
    let mut all: Vec<(String, Special)> = (0..languages.len())
        .map(LanguageIndex::new)
        .map(|language| {
            let path = publication.addresses.below(language, "404.html");
            (path, Special::NotFound(language))
        })
        .collect();
    if languages.iter().all(|language| !language.path.is_empty()) {
        let first = Special::NotFound(LanguageIndex::DEFAULT);
        all.push(("404.html".to_string(), first));
    }
    all
}

/// The page.
pub fn make(publication: &Publication, language: LanguageIndex) -> Noted<Option<Vec<u8>>> {
    let url = publication.addresses.of(language, "404.html");
    let page = PageView {
        title: "404",
        kind: "not-found",
        permalink: publication.addresses.absolute(&url),
        url,
        robots: Some("noindex"),
        ..PageView::default()
    };
    let view = bare(publication, language, page, None);
    render(publication, "404.html", &view, "404.html")
}
