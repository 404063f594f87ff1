//! Rows of glossaries and rules of pages that no text of the site meets.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::decision::Key;
use super::passage::Passage;
use super::{Job, Looked, Open, decided, quoted};
use crate::config::glossary::Avoid;
use crate::diagnostic::{Code, Diagnostic};
use crate::hanzi::{Reason, Style, UsedRules, same_in_search};
use crate::pipeline::document::Document;
use crate::pipeline::document::front_matter::{Conversion, PageRules};
use crate::pipeline::edition::conversion::Converted;
use crate::pipeline::publication::Publication;
use crate::source::{Source, Span};

/// Every row that the conversions of `jobs`, which are all there are, do not meet; `looked` is what each gave to see.
pub(super) fn unused(publication: &Publication, jobs: &[Job<'_>], looked: &[Looked]) -> Vec<Open> {
    let conversions = publication.conversions();
    let replaced: Vec<Vec<usize>> = jobs
        .par_iter()
        .map(|job| replaced_in(job, conversions.avoided()))
        .collect();
    let first_of_page = conversions.first_of_page();
    let mut all = UsedRules::default();
    let mut avoided = vec![false; conversions.avoided().len()];
    let mut pages: BTreeMap<&str, (&Document, UsedRules)> = BTreeMap::new();
    replaced
        .iter()
        .flatten()
        .for_each(|row| avoided[*row] = true);
    for (job, Looked { used, .. }) in jobs.iter().zip(looked) {
        for id in used.iter().filter(|id| *id < first_of_page) {
            all.add(id);
        }
        if let Some(document) = job.document {
            let path = document.source.path().as_str();
            let page = pages
                .entry(path)
                .or_insert((document, UsedRules::default()));
            page.1.extend(used);
        }
    }
    let mut unused: Vec<Span> = Vec::new();
    let rows = conversions.places().iter().zip(0..);
    unused.extend(
        rows.filter(|(_, id)| !all.contains(*id))
            .map(|(place, _)| place.clone()),
    );
    let styles = conversions.avoided().iter().zip(avoided);
    unused.extend(
        styles
            .filter(|(_, used)| !used)
            .map(|((_, place), _)| place.clone()),
    );
    for (document, used) in pages.values() {
        let rules = rules_of(document).into_iter().flat_map(|page| &page.rules);
        unused.extend(
            rules
                .zip(first_of_page..)
                .filter(|(_, id)| !used.contains(*id))
                .map(|(rule, _)| document.source.span(rule.is.range())),
        );
    }
    let texts = Texts::of(jobs, !unused.is_empty());
    let file = publication.config.convert.review_file();
    let opened = unused.iter().map(|place| opened(place, &texts, file));
    opened.collect()
}

/// The numbers of the style's rows that the conversion of a job's texts makes use of.
fn replaced_in(job: &Job<'_>, avoided: &[(Avoid, Span)]) -> Vec<usize> {
    let own: Vec<(usize, &Avoid)> = avoided
        .iter()
        .map(|(avoid, _)| avoid)
        .enumerate()
        .filter(|(_, avoid)| avoid.language == job.to)
        .collect();
    let Some(converted) = job.converted.as_ref().filter(|_| !own.is_empty()) else {
        return Vec::new();
    };
    let passages = job.passages.iter();
    passages
        .flat_map(|passage| replaced(&passage.text, converted, &own))
        .collect()
}

/// The rows of a style that make `text` what it becomes: without the style their forms would be there more often.
fn replaced(text: &str, converted: &Converted, rows: &[(usize, &Avoid)]) -> Vec<usize> {
    let styled = converted.converter.convert(text);
    let bare = converted.converter.with_style(&Style::default());
    let unstyled = bare.convert(text);
    let is_replaced = |avoid: &Avoid| {
        let form = avoid.form.as_str();
        unstyled.matches(form).count() > styled.matches(form).count()
    };
    rows.iter()
        .filter(|(_, avoid)| is_replaced(avoid))
        .map(|(number, _)| *number)
        .collect()
}

fn rules_of(document: &Document) -> Option<&PageRules> {
    match &document.front.conversion {
        Conversion::On(page) => Some(page),
        Conversion::Off => None,
    }
}

fn opened(place: &Span, texts: &Texts<'_>, file: &str) -> Open {
    let Word { text, range } = word(&place.source, place.clamped());
    // The row's own file stands for the sentence: a decision is about this row, wherever its line moves.
    let key = Key::of(&text, 0..text.len(), place.source.path().as_str());
    let near = texts.spelled_otherwise(&text);
    let mut diagnostic = Diagnostic::new(Code::UnusedGlossary)
        .with("text", &text)
        .with("candidates", near.clone().unwrap_or_default())
        .with(
            "row",
            near.as_ref()
                .map_or(String::new(), |near| format!("is = {}", quoted(near))),
        )
        .with("key", key.as_str())
        .with("decision", decided(&key, &text))
        .with("review", file)
        .at(&place.source, range);
    diagnostic.did_you_mean = near;
    Open {
        reason: Reason::UnusedGlossary,
        diagnostic,
        key,
    }
}

/// A word of a row, and where it stands.
struct Word {
    text: String,
    range: Range<usize>,
}

/// The word at `range` of a file, without its quotation marks.
fn word(source: &Source, range: Range<usize>) -> Word {
    let text = source.text()[range.clone()].trim_matches(['"', '\'']);
    Word {
        text: text.to_string(),
        range,
    }
}

/// All texts of the site with their characters brought to one form each, for finding a word that is spelled
/// otherwise. Empty when nobody asks.
struct Texts<'j> {
    folded: Vec<(Vec<char>, &'j str)>,
}

impl<'j> Texts<'j> {
    fn of(jobs: &'j [Job<'_>], wanted: bool) -> Texts<'j> {
        let passages = jobs.iter().flat_map(|job| &job.passages);
        let folded = passages
            .filter(|_| wanted)
            .map(|Passage { text, .. }| (text.chars().map(folded).collect(), &**text))
            .collect();
        Texts { folded }
    }

    /// How the site spells `word`, if it does, and otherwise than that: 臺灣 for 台湾.
    fn spelled_otherwise(&self, word: &str) -> Option<String> {
        let wanted: Vec<char> = word.chars().map(folded).collect();
        if wanted.is_empty() {
            return None;
        }
        self.folded.iter().find_map(|(folded, text)| {
            let places = folded.windows(wanted.len()).enumerate();
            let spelled = |at| text.chars().skip(at).take(wanted.len()).collect::<String>();
            places
                .filter(|(_, window)| *window == wanted)
                .map(|(at, _)| spelled(at))
                .find(|spelled| spelled != word)
        })
    }
}

fn folded(c: char) -> char {
    same_in_search(c).first().copied().unwrap_or(c)
}
