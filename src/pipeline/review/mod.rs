//! What a person should look at in the converted editions: every finding of the engine, at its place
//! in the source, with what else it could be and the line that settles it.
//!
//! The engine finds ([`crate::hanzi`]), the review file remembers ([`decision`]); here the two meet over
//! all texts of a site ([`passage`]). What only shows when all of them have been seen is [`unused`].

pub mod decision;
pub mod passage;
mod unused;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::catalogue::Origin;
use super::document::Document;
use super::edition::Conversion;
use super::edition::conversion::Converted;
use super::publication::Publication;
use crate::config::{Convert, LanguageIndex, LanguageTag};
use crate::diagnostic::{Code, Diagnostic};
use crate::hanzi::{Converter, Finding, Reason, UsedRules};
use decision::{Decisions, Key};
use passage::Passage;

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

/// Makes the tables that [`review`] takes, so that they are there when several threads ask for them at once.
pub fn ready(publication: &Publication) {
    let languages = (0..publication.config.languages.len()).map(LanguageIndex::new);
    for language in languages {
        if let Conversion::Converted(converted) = publication.site_conversion(language) {
            converted.converter.review("");
        }
    }
}

/// The review of one text that belongs to no site, as `converter` converts it. What is to be written into files is said of those that
/// `files` names.
pub fn of_text(
    passage: &Passage<'_>,
    converter: &Converter,
    language: &str,
    files: &Convert,
) -> Vec<Open> {
    let reviewed = converter.review(&passage.text);
    let found = reviewed.into_iter();
    found
        .map(|finding| opened(passage, finding, converter, language, files))
        .collect()
}

/// The texts that one conversion converts.
struct Job<'p> {
    /// None where they are shown as written.
    converted: Option<Arc<Converted>>,
    to: LanguageIndex,
    tag: &'p LanguageTag,
    /// The page they are of; none for the texts of `site.toml`.
    document: Option<&'p Document>,
    passages: Vec<Passage<'p>>,
}

fn all(publication: &Publication) -> Vec<Open> {
    let jobs = jobs(publication);
    let files = &publication.config.convert;
    // One by one: a page may hold as much text as all others together.
    let looked = jobs.par_iter().with_max_len(1);
    let looked: Vec<Looked> = looked.map(|job| job.look(files)).collect();
    let unused = unused::unused(publication, &jobs, &looked);
    let found = looked.into_iter().flat_map(|looked| looked.open);
    found.chain(unused).collect()
}

fn jobs(publication: &Publication) -> Vec<Job<'_>> {
    let config = &publication.config;
    let mut jobs = Vec::new();
    for (position, language) in config.languages.iter().enumerate() {
        let (Some(derive), to) = (&language.derive, LanguageIndex::new(position)) else {
            continue;
        };
        let job = |conversion: Conversion, document, passages| Job {
            converted: match conversion {
                Conversion::AsWritten => None,
                Conversion::Converted(converted) => Some(converted),
            },
            to,
            tag: &language.tag,
            document,
            passages,
        };
        let passages = passage::of_config(config, &publication.inputs.config, derive.from, to);
        jobs.push(job(publication.site_conversion(to), None, passages));
        for (_, entry) in publication.catalogue.entries() {
            let Some(edition) = entry.editions[position].as_ref() else {
                continue;
            };
            if edition.origin == Origin::Derived {
                let document = &*edition.document;
                let passages = passage::of_document(document, edition.written_in, to);
                jobs.push(job(
                    publication.conversion(edition, to),
                    Some(document),
                    passages,
                ));
            }
        }
    }
    jobs
}

/// What the texts of one job gave to see.
struct Looked {
    open: Vec<Open>,
    /// The rules that their conversion applied.
    used: UsedRules,
}

impl Job<'_> {
    fn look(&self, files: &Convert) -> Looked {
        let (mut open, mut used) = (Vec::new(), UsedRules::default());
        if let Some(converted) = &self.converted {
            let (converter, language) = (&converted.converter, self.tag.as_str());
            for passage in &self.passages {
                let found = converter
                    .review_noting(&passage.text, &mut used)
                    .into_iter();
                open.extend(found.map(|it| opened(passage, it, converter, language, files)));
            }
        }
        Looked { open, used }
    }
}

fn opened(
    passage: &Passage<'_>,
    finding: Finding,
    converter: &Converter,
    language: &str,
    files: &Convert,
) -> Open {
    let text = &*passage.text;
    let sentence = sentence(text, &finding.source);
    let inside = finding.source.start - sentence.start..finding.source.end - sentence.start;
    let key = Key::of(&text[sentence], inside, &finding.chosen);
    let word = finding.word.clone();
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
    let word = &text[word];
    let row = format!(
        "[[term]]\nis = {}\n{language} = {}",
        quoted(word),
        quoted(&becomes)
    );
    let diagnostic = Diagnostic::new(code(finding.reason))
        .with("text", written)
        .with("chosen", &finding.chosen)
        .with("others", finding.others.join(" "))
        .with("candidates", finding.others.join("\n"))
        .with("language", language)
        .with("row", row)
        .with("inline", format!("-{{{written}; {language}: {other}}}-"))
        .with("key", key.as_str())
        .with("decision", decided(&key, word))
        .with("glossary", files.glossary_file())
        .with("review", files.review_file())
        .at(passage.source(), passage.place(finding.source));
    Open {
        reason: finding.reason,
        diagnostic,
        key,
    }
}

/// The row of the review file that settles a place.
fn decided(key: &Key, text: &str) -> String {
    let key = key.as_str();
    format!(
        "[[decided]]\nkey = \"{key}\"\ntext = {}\nreason = \"…\"",
        quoted(text)
    )
}

/// A text as TOML has it between quotation marks. What is reviewed holds no line end.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn code(reason: Reason) -> Code {
    match reason {
        Reason::UnknownName => Code::UnknownName,
        Reason::BareAmbiguous => Code::BareAmbiguous,
        Reason::TwoValuedPhrase => Code::TwoValuedPhrase,
        Reason::HouseStyle => Code::HouseStyle,
        Reason::NoReturn => Code::NoReturn,
        Reason::GlossaryConflict => Code::GlossaryConflict,
        Reason::UnusedGlossary => Code::UnusedGlossary,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences() {
        let text = "前。他看著我；後";
        let at = text.find('著').map(|at| at..at + 3).unwrap_or_default();
        assert_eq!(&text[sentence(text, &at)], "他看著我");
    }
}
