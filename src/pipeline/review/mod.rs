//! What a person should look at in the converted editions: every finding of the engine, at its place
//! in the source, with what else it could be and the line that settles it.
//!
//! The engine finds ([`crate::hanzi`]), the review file remembers ([`decision`]); here the two meet over
//! all texts of a site ([`passage`]).

pub mod decision;
pub mod passage;

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;

use super::catalogue::Origin;
use super::edition::Conversion;
use super::publication::Publication;
use crate::config::{LanguageIndex, LanguageTag};
use crate::diagnostic::{Code, Diagnostic};
use crate::hanzi::{Converter, Finding, Reason};
use decision::{Decisions, Key};
use passage::Passage;

/// The review file of a site that names no other.
pub const FILE: &str = "review.toml";

/// A place to look at.
#[derive(Clone, Debug)]
pub struct Open {
    /// Why; the most serious is the least.
    pub reason: Reason,
    /// What is said of it.
    pub diagnostic: Diagnostic,
    /// The key under which it can be decided.
    pub key: Key,
}

/// Everything in the site's converted editions that nobody has decided, the most serious first, then by
/// file and place, and what is wrong with the review file. A sentence that stands in several places is
/// listed once.
pub fn review(publication: &Publication) -> (Vec<Open>, Vec<Diagnostic>) {
    let read = Decisions::read(publication.inputs.review.as_ref());
    let (decisions, mut notes) = (read.value, read.notes);
    let mut known = BTreeSet::new();
    let mut open: Vec<Open> = all(publication)
        .into_iter()
        .filter(|found| !decisions.has(&found.key))
        .filter(|found| known.insert(found.key.clone()))
        .collect();
    open.sort_by_cached_key(|found| (found.reason, found.diagnostic.sort_key()));
    notes.extend(decisions.unused());
    (open, notes)
}

/// The review of one text that belongs to no site, as `converter` converts it.
pub fn of_text(passage: &Passage<'_>, converter: &Converter, language: &str) -> Vec<Open> {
    let reviewed = converter.review(passage.text);
    let found = reviewed.into_iter();
    found
        .map(|finding| opened(passage, finding, converter, language))
        .collect()
}

fn all(publication: &Publication) -> Vec<Open> {
    let config = &publication.config;
    let mut jobs: Vec<Vec<Passage<'_>>> = Vec::new();
    let mut conversions: Vec<(Conversion, &LanguageTag)> = Vec::new();
    for (position, language) in config.languages.iter().enumerate() {
        let (Some(derive), to) = (&language.derive, LanguageIndex::new(position)) else {
            continue;
        };
        let source = &publication.inputs.config;
        jobs.push(passage::of_config(config, source, derive.from, to));
        conversions.push((publication.site_conversion(to), &language.tag));
        for (_, entry) in publication.catalogue.entries() {
            let Some(edition) = entry.editions[position].as_ref() else {
                continue;
            };
            if edition.origin == Origin::Derived {
                let document = &edition.document;
                jobs.push(passage::of_document(document, edition.written_in, to));
                conversions.push((publication.conversion(edition, to), &language.tag));
            }
        }
    }
    jobs.par_iter()
        .zip(&conversions)
        .flat_map_iter(|(passages, (conversion, tag))| {
            let converter = match conversion {
                Conversion::AsWritten => None,
                Conversion::Converted(converted) => Some(&converted.converter),
            };
            converter.into_iter().flat_map(move |converter| {
                passages
                    .iter()
                    .flat_map(move |passage| of_text(passage, converter, tag.as_str()))
            })
        })
        .collect()
}

fn opened(passage: &Passage<'_>, finding: Finding, converter: &Converter, language: &str) -> Open {
    let text = passage.text;
    let sentence = sentence(text, &finding.source);
    let inside = finding.source.start - sentence.start..finding.source.end - sentence.start;
    let key = Key::of(&text[sentence], inside, &finding.chosen);
    let word = with_neighbour(text, &finding.source);
    // What does not return has no other form; a row then locks the one it has.
    let other = match finding.reason {
        Reason::NoReturn => &finding.chosen,
        _ => finding.others.first().unwrap_or(&finding.chosen),
    };
    let becomes = format!(
        "{}{other}{}",
        converter.convert(&text[word.start..finding.source.start]),
        converter.convert(&text[finding.source.end..word.end]),
    );
    let written = &text[finding.source.clone()];
    let row = format!(
        "[[term]] is = \"{}\", {language} = \"{becomes}\"",
        &text[word]
    );
    let diagnostic = Diagnostic::new(code(finding.reason))
        .with("text", written)
        .with("chosen", &finding.chosen)
        .with("others", finding.others.join(" "))
        .with("language", language)
        .with("row", row)
        .with("inline", format!("-{{{written}; {language}: {other}}}-"))
        .with("key", key.as_str())
        .at(passage.source(), passage.place(finding.source));
    Open {
        reason: finding.reason,
        diagnostic,
        key,
    }
}

fn code(reason: Reason) -> Code {
    match reason {
        Reason::UnknownName => Code::UnknownName,
        Reason::BareAmbiguous => Code::BareAmbiguous,
        Reason::TwoValuedPhrase => Code::TwoValuedPhrase,
        Reason::HouseStyle => Code::HouseStyle,
        Reason::NoReturn => Code::NoReturn,
    }
}

/// The sentence that `place` stands in.
fn sentence(text: &str, place: &Range<usize>) -> Range<usize> {
    let is_end = |c: char| matches!(c, '。' | '！' | '？' | '；' | '\n');
    let start = text[..place.start].rfind(is_end).map_or(0, |at| {
        at + text[at..].chars().next().map_or(0, char::len_utf8)
    });
    let end = text[place.end..]
        .find(is_end)
        .map_or(text.len(), |at| place.end + at);
    start..end
}

/// A single character with the one before it, or else after it: a row for the character alone would
/// change far more than was looked at.
fn with_neighbour(text: &str, place: &Range<usize>) -> Range<usize> {
    if text[place.clone()].chars().count() > 1 {
        return place.clone();
    }
    let is_han = crate::pipeline::document::markdown::cjk::is_han;
    let before = text[..place.start]
        .chars()
        .next_back()
        .filter(|c| is_han(*c));
    let after = text[place.end..].chars().next().filter(|c| is_han(*c));
    match (before, after) {
        (Some(before), _) => place.start - before.len_utf8()..place.end,
        (None, Some(after)) => place.start..place.end + after.len_utf8(),
        (None, None) => place.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_words() {
        let text = "前。他看著我；後";
        let at = text.find('著').map(|at| at..at + 3).unwrap_or_default();
        assert_eq!(&text[sentence(text, &at)], "他看著我");
        assert_eq!(&text[with_neighbour(text, &at)], "看著");
        assert_eq!(with_neighbour("著作", &(0..3)), 0..6);
    }
}
