//! A page in two scripts side by side, passage by passage: what differs and what decided it.
//!
//! For the dev server's eyes; no build writes it. What is shown is what the engine saw and gave, not the
//! finished page, so that every place can be named by its line in the source.

mod gaps;
mod row;

use crate::config::LanguageIndex;
use crate::diagnostic::Language as MessageLanguage;
use crate::pipeline::catalogue::{Edition, Entry, EntryId, Origin};
use crate::pipeline::edition::Conversion;
use crate::pipeline::publication::Publication;
use crate::pipeline::review::decision::Decisions;
use crate::pipeline::review::passage;

pub use row::{Finding, Mark, Row, Stretch};

/// A page in two scripts.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The file it is written in.
    pub source: String,
    /// The language it is written in, and its address there.
    pub from: Side,
    /// The language it is converted into, and its address there.
    pub to: Side,
    /// Its passages, in the order of the source.
    pub rows: Vec<Row>,
    /// The pages before and after it that are in both scripts too: their addresses in the source language.
    pub neighbours: [Option<String>; 2],
}

/// One of the two editions.
#[derive(Clone, Debug)]
pub struct Side {
    /// The language's tag.
    pub tag: String,
    /// Its name in itself.
    pub label: String,
    /// The page's address.
    pub url: String,
}

/// Compares the editions of the page `id`, of which the one in `language` was asked for. None when the
/// page has no converted edition.
pub fn compare(
    publication: &Publication,
    id: EntryId,
    language: LanguageIndex,
    words: MessageLanguage,
) -> Option<Comparison> {
    let entry = publication.catalogue.entry(id);
    let (to, edition) = derived(entry, language)?;
    let from = edition.written_in;
    let document = &edition.document;
    let conversion = publication.conversion(edition, to);
    let Conversion::Converted(converted) = &conversion else {
        return None;
    };
    let decisions = Decisions::read(publication.inputs.review.as_ref()).value;
    let (mut gaps, last) = gaps::of(&document.markdown.body, from, to);
    let mut writer = row::Writer {
        publication,
        converted,
        decisions: &decisions,
        language: publication.config.language(to).tag.as_str(),
        words,
        quotes: Default::default(),
    };
    let mut rows: Vec<Row> = Vec::new();
    for passage in passage::of_document(document, from, to) {
        let gap = passage.first_op().and_then(|op| gaps.remove(&op));
        let gap = gap.unwrap_or_default();
        match rows.last_mut() {
            Some(row) if gap.joins => {
                row.push_gap(&gap);
                writer.write(row, &passage);
            }
            _ => {
                let mut row = Row::begin(&passage);
                row.push_gap(&gap);
                writer.write(&mut row, &passage);
                rows.push(row);
            }
        }
    }
    if let Some(row) = rows.iter_mut().rfind(|row| row.in_text) {
        row.push_gap(&last);
    }
    rows.retain(Row::says_anything);
    rows.sort_by_key(|row| row.at);
    let side = |index: LanguageIndex| {
        let language = publication.config.language(index);
        Side {
            tag: language.tag.as_str().to_string(),
            label: language.label.clone(),
            url: publication.addresses.page(index, &entry.path),
        }
    };
    Some(Comparison {
        source: document.source.path().to_string(),
        from: side(from),
        to: side(to),
        rows,
        neighbours: neighbours(publication, id),
    })
}

/// The converted edition of a page: the one in `language`, or else the first.
fn derived(entry: &Entry, language: LanguageIndex) -> Option<(LanguageIndex, &Edition)> {
    let in_language = |index: LanguageIndex| {
        let edition = entry.editions.get(index.position())?.as_ref()?;
        (edition.origin == Origin::Derived).then_some((index, edition))
    };
    let mut others = (0..entry.editions.len()).map(LanguageIndex::new);
    in_language(language).or_else(|| others.find_map(in_language))
}

fn neighbours(publication: &Publication, id: EntryId) -> [Option<String>; 2] {
    let mut before = None;
    let mut found = false;
    for (other, entry) in publication.catalogue.entries() {
        if other == id {
            found = true;
            continue;
        }
        let Some((_, edition)) = derived(entry, LanguageIndex::DEFAULT) else {
            continue;
        };
        let url = publication.addresses.page(edition.written_in, &entry.path);
        if found {
            return [before, Some(url)];
        }
        before = Some(url);
    }
    [before, None]
}
