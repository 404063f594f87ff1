//! What is wrong with sources and shows in no finished page: pictures without words, dates gone old,
//! files that nobody shows.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;

use super::Measure;
use crate::diagnostic::{Code, Diagnostic};
use crate::pipeline::document::Document;
use crate::pipeline::publication::Publication;
use crate::source::SitePath;

/// Looks at every source of the site once.
pub fn check(publication: &Publication, measure: Measure) -> Vec<Diagnostic> {
    let mut documents: BTreeMap<&SitePath, &Document> = BTreeMap::new();
    for (_, entry) in publication.catalogue.entries() {
        for edition in entry.editions.iter().flatten() {
            documents.insert(edition.document.source.path(), &edition.document);
        }
    }
    let mut notes = Vec::new();
    for document in documents.into_values() {
        notes.extend(bare_images(document));
        notes.extend(stale(publication, document, measure));
    }
    notes
}

/// Files of the content folder that no page shows or links to.
pub fn orphans(publication: &Publication, linked: &BTreeSet<String>) -> Vec<Diagnostic> {
    let assets = publication.inputs.assets.iter();
    assets
        .filter(|file| !linked.contains(&publication.catalogue.asset(&file.path)))
        .map(|file| Diagnostic::new(Code::OrphanAsset).in_file(&file.path))
        .collect()
}

fn bare_images(document: &Document) -> Vec<Diagnostic> {
    let bare = document.markdown.bare_images.iter();
    let mut places: Vec<_> = bare
        .map(|place| place.start as usize..place.end as usize)
        .collect();
    if let (Some(image), None) = (&document.front.image, &document.front.image_alt) {
        places.push(image.range());
    }
    places
        .into_iter()
        .map(|place| Diagnostic::new(Code::BareImage).at(&document.source, place))
        .collect()
}

fn stale(publication: &Publication, document: &Document, measure: Measure) -> Option<Diagnostic> {
    let as_of = document.front.as_of?;
    let inputs = &publication.inputs;
    let today = inputs.options.now.to_zoned(inputs.zone.clone()).date();
    let last = as_of.date.checked_add(measure.stale_after.days()).ok()?;
    if today <= last {
        return None;
    }
    let text = document.source.text();
    let at = text.find("\nas_of:").map_or(0, |at| at + 1);
    let end = text[at..].find('\n').map_or(text.len(), |len| at + len);
    let note = Diagnostic::new(Code::Stale)
        .with("date", as_of.date.to_string())
        .with("days", measure.stale_after.to_string())
        .at(&document.source, at..end);
    Some(note)
}
