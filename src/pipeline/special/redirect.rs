//! Pages at old addresses that lead to the new ones: aliases of pages, in every language, and
//! `[[redirects]]` of `site.toml`.

use super::{Special, render};
use crate::config::LanguageIndex;
use crate::diagnostic::Noted;
use crate::pipeline::page::{bare, view::PageView};
use crate::pipeline::publication::Publication;

/// All of them.
pub fn all(publication: &Publication) -> Vec<(String, Special)> {
    let mut all = Vec::new();
    for (id, entry) in publication.catalogue.marked(|marks| marks.has_aliases) {
        let Some((_, original)) = entry.original() else {
            continue;
        };
        for alias in &original.document.front.aliases {
            for position in 0..entry.editions.len() {
                let language = LanguageIndex::new(position);
                if publication.catalogue.edition(id, language).is_none() {
                    continue;
                }
                let special = Special::Redirect {
                    language,
                    to: publication.addresses.page(language, &entry.path),
                    place: original.document.source.span(alias.range()),
                };
                let path = publication.addresses.output(language, alias.as_str());
                all.push((path, special));
            }
        }
    }
    for redirect in &publication.config.redirects {
        let to = match redirect.to.as_str().strip_prefix('/') {
            Some(rest) => publication.addresses.root_relative(rest),
            None => redirect.to.as_str().to_string(),
        };
        let special = Special::Redirect {
            language: LanguageIndex::DEFAULT,
            to,
            place: publication.inputs.config.span(redirect.from.range()),
        };
        all.push((format!("{}/index.html", redirect.from.as_str()), special));
    }
    all
}

/// The page.
pub fn make(
    publication: &Publication,
    language: LanguageIndex,
    to: &str,
) -> Noted<Option<Vec<u8>>> {
    let page = PageView {
        title: &publication.site(language).title,
        kind: "redirect",
        url: to.to_string(),
        permalink: publication.addresses.absolute(to),
        robots: Some("noindex"),
        ..PageView::default()
    };
    let view = bare(publication, language, page, None);
    render(publication, "redirect.html", &view, to)
}
