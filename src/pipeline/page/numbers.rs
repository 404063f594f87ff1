//! Numbers that differ between the Chinese editions of one page.
//!
//! A conversion cannot change a number, but a person who writes an edition by hand, or gives a text for
//! one language, can. The editions are compared as sets of numbers: a number said once more in one of
//! them is no fault, one that only one of them has is.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Composer;
use crate::config::{LanguageIndex, PartialDate, Text};
use crate::diagnostic::{Code, Diagnostic};
use crate::pipeline::catalogue::{Edition, Origin};
use crate::pipeline::document::front_matter::{self, Kind};
use crate::pipeline::edition::{Voice, body};

impl Composer<'_> {
    /// Compares this edition with the page's first Chinese one, where somebody wrote both.
    pub(super) fn check_numbers(&mut self) {
        let Some((first, original)) = self.first_chinese() else {
            return;
        };
        let is_own = original.document.source.path() != self.edition.document.source.path();
        if first == self.language || !is_chinese(self.tag().language()) {
            return;
        }
        if !(is_own || chooses(self.edition)) || self.edition.origin == Origin::Fallback {
            return;
        }
        let here = self.numbers_in(self.edition, self.language);
        let there = self.numbers_in(original, first);
        let differ: Vec<&str> = here
            .symmetric_difference(&there)
            .map(String::as_str)
            .collect();
        if differ.is_empty() {
            return;
        }
        let source = &self.edition.document.source;
        let own: Vec<&str> = here.difference(&there).map(String::as_str).collect();
        let at = self.place_of(&own).or_else(|| self.place_of(&differ));
        let tag = |language| self.publication.config.language(language).tag.as_str();
        let note = Diagnostic::new(Code::NumbersDiffer)
            .with("edition", tag(self.language))
            .with("source", tag(first))
            .with("numbers", differ.join(" "));
        let note = match at {
            Some(range) => note.at(source, range),
            None => note.in_file(source.path()),
        };
        self.notes.push(note);
    }

    /// Where the first of some numbers stands: in the text before the front matter, which has numbers that are
    /// not compared (dates, weights).
    fn place_of(&self, wanted: &[&str]) -> Option<Range<usize>> {
        let source = &self.edition.document.source;
        let body = front_matter::split(source).map_or(0, |(_, body)| body.start);
        let all = numbers(source.text());
        let is_wanted = |number: &&Number| wanted.contains(&number.value.as_str());
        let in_body = all.iter().filter(|number| number.at.start >= body);
        let whole = in_body.chain(&all).find(is_wanted);
        // A date of an event is compared as it is written there.
        whole.map(|number| number.at.clone()).or_else(|| {
            wanted.iter().find_map(|date| {
                let at = source.text().find(date)?;
                Some(at..at + date.len())
            })
        })
    }

    fn first_chinese(&self) -> Option<(LanguageIndex, &Edition)> {
        let editions = self.entry().editions.iter().enumerate();
        editions
            .filter_map(|(position, edition)| Some((position, edition.as_ref()?)))
            .map(|(position, edition)| (LanguageIndex::new(position), edition))
            .find(|(language, edition)| {
                let tag = &self.publication.config.language(*language).tag;
                is_chinese(tag.language()) && edition.origin == Origin::HandWritten
            })
    }

    fn numbers_in(&self, edition: &Edition, language: LanguageIndex) -> BTreeSet<String> {
        let conversion = self.publication.conversion(edition, language);
        let voice = Voice {
            language,
            written_in: edition.written_in,
            conversion: &conversion,
        };
        let front = &edition.document.front;
        let mut found = BTreeSet::new();
        let mut say = |text: &Text| found.extend(values(&voice.say(text)));
        say(&front.title);
        front.description.iter().for_each(&mut say);
        front.summary.iter().for_each(&mut say);
        front.takeaways.iter().for_each(&mut say);
        if let Kind::Event(event) = &front.kind {
            event.outcomes.iter().for_each(|it| say(&it.title));
            event.aims.iter().for_each(|it| say(&it.text));
            [&event.why, &event.legacy]
                .into_iter()
                .flatten()
                .for_each(&mut say);
            let dates = [Some(event.start), event.end].into_iter().flatten();
            found.extend(dates.map(|date: PartialDate| date.to_string()));
        }
        let document = &edition.document;
        found.extend(values(&body::words(document, language, &conversion)));
        found
    }
}

/// Whether a converted edition holds anything that was written for it alone.
fn chooses(edition: &Edition) -> bool {
    let front = &edition.document.front;
    let given = |text: &Text| matches!(text, Text::ByLanguage(_));
    !edition.document.markdown.body.variants.is_empty()
        || given(&front.title)
        || front.description.as_ref().is_some_and(given)
        || front.summary.as_ref().is_some_and(given)
        || front.takeaways.iter().any(given)
}

fn is_chinese(language: &str) -> bool {
    language == "zh"
}

/// What follows a number and belongs to it.
const UNITS: [char; 4] = ['%', '萬', '億', '兆'];

/// A number of a text.
struct Number {
    /// Full-width digits as plain ones, without marks between thousands, with the unit that multiplies it.
    value: String,
    /// Where it stands, without the unit.
    at: Range<usize>,
}

/// The numbers of `text`, in order.
fn numbers(text: &str) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    let mut open: Option<Number> = None;
    let mut rest = text
        .char_indices()
        .map(|(at, c)| (at..at + c.len_utf8(), plain(c)))
        .peekable();
    while let Some((at, c)) = rest.next() {
        let goes_on = rest.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        match (&mut open, c) {
            (Some(number), c) if c.is_ascii_digit() || (c == '.' && goes_on) => {
                number.value.push(c);
                number.at.end = at.end;
            }
            (Some(_), ',') if goes_on => {}
            (Some(number), c) => {
                if UNITS.contains(&c) {
                    number.value.push(c);
                }
                found.extend(open.take());
            }
            (None, c) if c.is_ascii_digit() => {
                open = Some(Number {
                    value: c.to_string(),
                    at,
                });
            }
            (None, _) => {}
        }
    }
    found.extend(open);
    found
}

fn values(text: &str) -> impl Iterator<Item = String> {
    numbers(text).into_iter().map(|number| number.value)
}

fn plain(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '％' => '%',
        '万' => '萬',
        '亿' => '億',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_as_one_number() {
        for (text, expected) in [
            ("2001年10月20日", "10 20 2001"),
            ("16.9%，１６.９％", "16.9%"),
            ("1,234萬人，1234万人", "1234萬"),
            ("5.", "5"),
            ("三個", ""),
        ] {
            let found: BTreeSet<String> = values(text).collect();
            let found: Vec<String> = found.into_iter().collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }
}
