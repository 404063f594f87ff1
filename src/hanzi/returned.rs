//! Whether a conversion, taken back, is what it was made from.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use super::align::Aligned;
use super::converter::Converter;
use super::engine::By;
use super::names::with_neighbour;
use super::review::{Finding, Reason};
use super::scheme::Scheme;
use super::style::Style;

impl Converter {
    /// Converts back, piece by piece, and compares after both sides are brought to OpenCC's own Traditional forms: that 說 returns
    /// as 説 is no news.
    pub(super) fn no_return(&self, text: &str, aligned: &Aligned, findings: &mut Vec<Finding>) {
        let returned = Returned::of(self, aligned);
        for (number, segment) in aligned.segments.iter().enumerate() {
            let source = &text[segment.source.clone()];
            let known = |at: &Range<usize>| {
                findings
                    .iter()
                    .any(|f| f.source.start < at.end && at.start < f.source.end)
            };
            // A rule and a style's word are somebody's choice, whatever returns.
            if matches!(segment.by, By::Rule(_) | By::Style) {
                continue;
            }
            // Nearly all returns as it was, and needs no other form to be compared in.
            if returned.as_likely().get(number) == source {
                continue;
            }
            if returned.as_listed().get(number) == source {
                continue;
            }
            let standard = self.standard(source);
            let returns = |way: &Pieces| self.standard(way.get(number)) == standard;
            if returns(returned.as_listed()) || returns(returned.as_likely()) {
                continue;
            }
            let piece = returned.as_listed().get(number);
            let chosen = &aligned.text[segment.output.clone()];
            if segment.by == By::Phrase || source.chars().count() != piece.chars().count() {
                if !known(&segment.source) {
                    let (chosen, others) = (chosen.to_owned(), vec![piece.to_owned()]);
                    findings.push(Finding {
                        reason: Reason::NoReturn,
                        source: segment.source.clone(),
                        word: with_neighbour(text, &segment.source),
                        chosen,
                        others,
                    });
                }
                continue;
            }
            let mut found = Vec::new();
            for (((at, c), to), returned) in
                source.char_indices().zip(chosen.chars()).zip(piece.chars())
            {
                let at = segment.source.start + at;
                let place = at..at + c.len_utf8();
                if self.standard(&c.to_string()) != self.standard(&returned.to_string())
                    && !known(&place)
                {
                    let (chosen, others) = (to.to_string(), vec![returned.to_string()]);
                    found.push(Finding {
                        reason: Reason::NoReturn,
                        word: with_neighbour(text, &place),
                        source: place,
                        chosen,
                        others,
                    });
                }
            }
            findings.append(&mut found);
        }
    }

    /// The conversion back into the style of newspapers, where it is into Hong Kong's forms.
    fn press_back(&self) -> Option<&'static Converter> {
        static PRESS: [LazyLock<Converter>; 2] = [
            LazyLock::new(|| Converter::new(Scheme::S2hk).with_style(&Style::press())),
            LazyLock::new(|| Converter::new(Scheme::S2hkp).with_style(&Style::press())),
        ];
        match self.scheme().reverse() {
            Scheme::S2hk => Some(&PRESS[0]),
            Scheme::S2hkp => Some(&PRESS[1]),
            _ => None,
        }
    }

    /// A piece of the source without regional differences.
    fn standard(&self, source: &str) -> String {
        let scheme = match self.scheme() {
            Scheme::Hk2s | Scheme::Hk2sp => Scheme::Hk2t,
            Scheme::Tw2s | Scheme::Tw2sp => Scheme::Tw2t,
            _ => return source.to_owned(),
        };
        Converter::new(scheme).convert(source).into_owned()
    }
}

/// A conversion taken back, in each way that the source may be written, piece by piece of the conversion. Nearly every text is
/// settled by the likeliest way, so the other one waits until it is asked.
struct Returned<'a> {
    scheme: Scheme,
    text: &'a str,
    cuts: Vec<usize>,
    /// As newspapers write, where there is such a way.
    press: Option<Pieces>,
    /// As the dictionaries write.
    listed: OnceCell<Pieces>,
}

impl<'a> Returned<'a> {
    fn of(converter: &Converter, aligned: &'a Aligned) -> Returned<'a> {
        let segments = aligned.segments.iter();
        let cuts: Vec<usize> = segments.map(|segment| segment.output.end).collect();
        let text = &aligned.text;
        let press = converter.press_back();
        Returned {
            scheme: converter.scheme().reverse(),
            press: press.map(|press| Pieces::of(press, text, &cuts)),
            text,
            cuts,
            listed: OnceCell::new(),
        }
    }

    fn as_likely(&self) -> &Pieces {
        self.press.as_ref().unwrap_or_else(|| self.as_listed())
    }

    fn as_listed(&self) -> &Pieces {
        let converted = || Pieces::of(&Converter::new(self.scheme), self.text, &self.cuts);
        self.listed.get_or_init(converted)
    }
}

/// A text converted, in the pieces it was cut into.
struct Pieces {
    text: String,
    /// Where each piece ends.
    ends: Vec<usize>,
}

impl Pieces {
    fn of(converter: &Converter, text: &str, cuts: &[usize]) -> Pieces {
        let (mut out, mut ends) = (String::new(), Vec::new());
        converter.convert_with_cuts(text, cuts, &mut out, &mut ends);
        Pieces { text: out, ends }
    }

    fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[number]]
    }
}
