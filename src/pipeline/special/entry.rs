//! The way in, for a site whose languages all have folders: then nothing else stands at its root.
//!
//! The page lists the editions as plain links, so it works without a script. With one, a reader who has
//! chosen an edition before, or whose browser asks for a language that the site has, is led on at once
//! and without a step in the browser's history. Nobody who comes from inside the site is led anywhere,
//! and no other address is touched. A site's own `static/index.html` takes its place.

use super::{Special, render};
use crate::config::LanguageIndex;
use crate::diagnostic::Noted;
use crate::pipeline::names;
use crate::pipeline::page::{Editions, bare, view::PageView};
use crate::pipeline::publication::Publication;

const PAGE: &str = "index.html";
const TEMPLATE: &str = "entry.html";

/// The page and its script, where they are needed.
pub fn all(publication: &Publication) -> Vec<(String, Special)> {
    let languages = &publication.config.languages;
    let at_root = languages.iter().any(|language| language.path.is_empty());
    if at_root || publication.has_static(PAGE) || homes(publication).is_empty() {
        return Vec::new();
    }
    vec![
        (PAGE.to_string(), Special::Entry),
        (names::ENTRY_SCRIPT.to_string(), Special::EntryScript),
    ]
}

/// The page, in the default language and naming each edition in itself.
pub fn make(publication: &Publication) -> Noted<Option<Vec<u8>>> {
    let language = LanguageIndex::DEFAULT;
    let site = publication.site(language);
    let url = publication.addresses.root_relative("");
    let page = PageView {
        title: &site.title,
        description: &site.description,
        kind: "entry",
        template: TEMPLATE.into(),
        permalink: publication.addresses.absolute(&url),
        url: url.clone(),
        is_home: true,
        ..PageView::default()
    };
    let homes = homes(publication);
    let editions = Editions {
        path: "",
        languages: &homes,
    };
    let mut view = bare(publication, language, page, Some(editions));
    let script = publication.addresses.root_relative(names::ENTRY_SCRIPT);
    view.insert("entry_script", &script);
    render(publication, TEMPLATE, &view, &url)
}

/// The languages that have a home page.
fn homes(publication: &Publication) -> Vec<LanguageIndex> {
    let Some(home) = publication.catalogue.home() else {
        return Vec::new();
    };
    (0..publication.config.languages.len())
        .map(LanguageIndex::new)
        .filter(|language| publication.catalogue.edition(home, *language).is_some())
        .collect()
}
