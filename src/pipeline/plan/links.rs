//! Links written from the site's root, `/feed.xml`: only the plan knows what is there.

use std::cell::LazyCell;

use rustc_hash::FxHashMap;

use super::Plan;
use crate::config::{MenuItem, MenuTarget, Written};
use crate::diagnostic::{Code, Diagnostic, Names};
use crate::pipeline::catalogue::marks::{from_root, rooted_links};
use crate::pipeline::catalogue::{HeldPage, Origin};
use crate::pipeline::document::markdown::decode;
use crate::pipeline::publication::Publication;
use crate::source::Source;

/// Links from the root, on pages, in menus and in redirects, that lead to nothing.
pub fn dead(publication: &Publication, plan: &Plan) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    // Made once the first dead link is found: most sites have none.
    let known = LazyCell::new(|| names(plan));
    let held = LazyCell::new(|| held(publication));
    let look = |address: &str, source: &Source, place| {
        let path = from_root(address)?;
        if standing(path, |path| plan.get(path)).is_some() {
            return None;
        }
        let target = address.split(['#', '?']).next().unwrap_or(address);
        let fault = match standing(path, |path| held.get(path)) {
            Some(page) => page.fault(),
            None => Diagnostic::new(Code::DeadLink)
                .with("target", target)
                .suggest_of(target, &*known),
        };
        Some(fault.at(source, place))
    };
    for (_, entry) in publication.catalogue.marked(|marks| marks.has_rooted_links) {
        let own = entry.editions.iter().flatten();
        for edition in own.filter(|edition| edition.origin == Origin::HandWritten) {
            let document = &edition.document;
            for (address, place) in rooted_links(document) {
                notes.extend(look(address, &document.source, place));
            }
        }
    }
    let config = &publication.inputs.config;
    let mut written: Vec<&Written> = Vec::new();
    for items in publication.config.menus.values() {
        addresses(items, &mut written);
    }
    let redirects = publication.config.redirects.iter();
    written.extend(redirects.map(|redirect| &redirect.to));
    for written in written {
        notes.extend(look(written.as_str(), config, written.range()));
    }
    notes
}

fn addresses<'m>(items: &'m [MenuItem], found: &mut Vec<&'m Written>) {
    for item in items {
        if let MenuTarget::Url(written) = &item.target {
            found.push(written);
        }
        addresses(&item.children, found);
    }
}

/// The addresses of all that stands somewhere, from the root.
fn names(plan: &Plan) -> Names {
    let paths = plan.works().map(|(path, _)| path.as_str());
    Names::of(paths.map(|path| format!("/{}", path.strip_suffix("index.html").unwrap_or(path))))
}

/// The pages that are held back, by the files that they would be.
fn held(publication: &Publication) -> FxHashMap<String, HeldPage<'_>> {
    let held = publication.catalogue.held_paths();
    held.map(|(language, path, page)| (publication.addresses.output(language, path), page))
        .collect()
}

/// What a host finds at `path`, below the site's root, where `at` says what stands at the path of a file.
fn standing<T>(path: &str, at: impl Fn(&str) -> Option<T>) -> Option<T> {
    let path = path.split(['#', '?']).next().unwrap_or(path);
    let path = decode(path);
    match path.strip_suffix('/') {
        Some(folder) => at(&format!("{folder}/index.html")),
        None if path.is_empty() => at("index.html"),
        None => at(&format!("{path}/index.html")).or_else(|| at(&path)),
    }
}
