//! Numbers that differ between the Chinese editions of one page.
//!
//! A conversion cannot change a number, but a person who writes an edition by hand, or gives a text for
//! one language, can. The editions are compared as sets of numbers: a number said once more in one of
//! them is no fault, one that only one of them has is.

use std::collections::BTreeSet;

use super::Composer;
use crate::config::{LanguageIndex, PartialDate, Text};
use crate::diagnostic::{Code, Diagnostic};
use crate::pipeline::catalogue::{Edition, Origin};
use crate::pipeline::document::front_matter::Kind;
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
        let at = differ.iter().find_map(|number| {
            let at = source.text().find(number.trim_end_matches(UNITS))?;
            Some(at..at + number.trim_end_matches(UNITS).len())
        });
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
        let mut say = |text: &Text| numbers(&voice.say(text), &mut found);
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
        let markdown = &edition.document.markdown.body;
        numbers(&body::words(markdown, language, &conversion), &mut found);
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

/// Adds the numbers of `text`: full-width digits as plain ones, without marks between thousands, with
/// the unit that multiplies them.
fn numbers(text: &str, found: &mut BTreeSet<String>) {
    let mut number = String::new();
    let mut rest = text.chars().map(plain).peekable();
    while let Some(c) = rest.next() {
        if c.is_ascii_digit() {
            number.push(c);
            continue;
        }
        if number.is_empty() {
            continue;
        }
        let goes_on = rest.peek().is_some_and(char::is_ascii_digit);
        match c {
            ',' if goes_on => {}
            '.' if goes_on => number.push('.'),
            _ => {
                if UNITS.contains(&c) {
                    number.push(c);
                }
                found.insert(std::mem::take(&mut number));
            }
        }
    }
    if !number.is_empty() {
        found.insert(number);
    }
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
            let mut found = BTreeSet::new();
            numbers(text, &mut found);
            let found: Vec<String> = found.into_iter().collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }
}
