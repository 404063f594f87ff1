//! What a published output was made from, so that the next build can tell that there is nothing to do.
//!
//! A build is a function of its [`Inputs`] and of the program. So when both are as they were, and the files of
//! the output are still those that were written, the output is what a build would make, and none is run: no
//! page is parsed, converted or drawn. What else a build tells its user is in the receipt too; a build that had
//! anything to remark leaves none, because its remarks have to be found again to be shown.
//!
//! The one input that is never as it was is the moment of the run. It decides which pages are of the future and
//! nothing else, so the receipt says for which moments the decision is the same.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::inputs::{FileInput, Inputs};
use crate::digest::{Digest, Digester};
use crate::source::Source;

/// The receipt of a build that had nothing to remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Stands for the program and everything that it read.
    pub made_from: Digest,
    /// The moments for which the same pages are due.
    pub due: Due,
    /// How many pages each language has, in words.
    pub pages: String,
    /// How many places there are to review, where they were counted.
    pub places: Option<usize>,
}

/// A stretch of time in which the same pages are due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// The first moment; none for the beginning of time.
    pub since: Option<Timestamp>,
    /// The moment after the last; none for the end of time.
    pub until: Option<Timestamp>,
}

impl Due {
    /// Takes note of a page of `date`, seen at the moment `now`.
    pub fn note(&mut self, date: Timestamp, now: Timestamp) {
        if date > now {
            self.until = Some(self.until.map_or(date, |until| until.min(date)));
        } else {
            self.since = Some(self.since.map_or(date, |since| since.max(date)));
        }
    }

    fn holds(self, now: Timestamp) -> bool {
        self.since.is_none_or(|since| since <= now) && self.until.is_none_or(|until| now < until)
    }
}

impl Receipt {
    /// Whether a build by the program and of the inputs that `made_from` stands for would make the same now.
    pub fn holds(&self, made_from: Digest, now: Timestamp) -> bool {
        self.made_from == made_from && self.due.holds(now)
    }

    /// The receipt in one line without a line break.
    pub fn to_line(&self) -> String {
        let moment = |moment: Option<Timestamp>| {
            moment.map_or("-".to_string(), |moment| moment.as_nanosecond().to_string())
        };
        let places = self
            .places
            .map_or("-".to_string(), |count| count.to_string());
        let Due { since, until } = self.due;
        let (since, until) = (moment(since), moment(until));
        format!("{} {since} {until} {places} {}", self.made_from, self.pages)
    }

    /// Reads [`Receipt::to_line`].
    pub fn parse(line: &str) -> Option<Receipt> {
        let mut parts = line.splitn(5, ' ');
        let digest = u128::from_str_radix(parts.next()?, 16).ok()?;
        let mut moment = || match parts.next()? {
            "-" => Some(None),
            number => Some(Some(Timestamp::from_nanosecond(number.parse().ok()?).ok()?)),
        };
        let (since, until) = (moment()?, moment()?);
        let places = match parts.next()? {
            "-" => None,
            number => Some(number.parse().ok()?),
        };
        Some(Receipt {
            made_from: Digest::from_u128(digest),
            due: Due { since, until },
            pages: parts.next()?.to_string(),
            places,
        })
    }
}

/// Stands for `program` and everything that a build of `inputs` reads, but for the moment. The system's OpenCC,
/// where the site asks for it, is not among that: such a build has no receipt.
pub fn made_from(program: Digest, inputs: &Inputs) -> Digest {
    let mut digester = Digester::new();
    digester.digest(program);
    let mut text = |source: &Source| {
        digester
            .part(source.path().as_str().as_bytes())
            .digest(source.digest());
    };
    text(&inputs.config);
    for texts in [&inputs.pages, &inputs.glossaries, &inputs.templates] {
        texts.iter().for_each(&mut text);
    }
    inputs.review.iter().for_each(&mut text);
    for FileInput { path, digest } in inputs.assets.iter().chain(&inputs.static_files) {
        digester.part(path.as_str().as_bytes()).digest(*digest);
    }
    // The numbers keep one list from running into the next.
    let lengths = [
        inputs.pages.len(),
        inputs.glossaries.len(),
        inputs.templates.len(),
        usize::from(inputs.review.is_some()),
        inputs.assets.len(),
    ];
    for length in lengths {
        digester.part(&length.to_le_bytes());
    }
    let options = &inputs.options;
    let flags = [
        options.drafts,
        options.future,
        options.relative_links,
        options.minify,
        options.base_url.is_some(),
    ];
    digester.part(&flags.map(u8::from));
    let base_url = options.base_url.as_ref();
    digester.part(base_url.map_or("", |url| url.as_str()).as_bytes());
    zone(&inputs.zone, &mut digester);
    digester.finish()
}

/// The time zone as the system knows it today: an update of its tables may move what was an hour.
fn zone(zone: &TimeZone, digester: &mut Digester) {
    let offset = zone.to_offset(Timestamp::UNIX_EPOCH).seconds();
    digester.part(&offset.to_le_bytes());
    // Rules without an end go on for ever; what happens after the next centuries has no page yet.
    for change in zone.following(Timestamp::MIN).take(MOST_CHANGES) {
        digester
            .part(&change.timestamp().as_second().to_le_bytes())
            .part(&change.offset().seconds().to_le_bytes());
    }
}

const MOST_CHANGES: usize = 600;

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_line_reads_back() {
        for (since, until, places) in [(None, None, None), (Some(at(-5)), Some(at(7)), Some(3))] {
            let receipt = Receipt {
                made_from: Digest::of(b"a"),
                due: Due { since, until },
                pages: "zh-Hant-HK 2, zh-Hans-CN 2".to_string(),
                places,
            };
            assert_eq!(Receipt::parse(&receipt.to_line()), Some(receipt));
        }
        assert_eq!(Receipt::parse("what is this"), None);
    }

    #[test]
    fn pages_come_due() {
        let mut due = Due::default();
        for second in [3, 9, 5, 12] {
            due.note(at(second), at(6));
        }
        for (second, holds) in [(4, false), (5, true), (8, true), (9, false)] {
            assert_eq!(due.holds(at(second)), holds, "{second}");
        }
    }
}
