//! What a person should look at in a converted text, most serious first.
//!
//! Raw ambiguity is useless to a reader: a newspaper page in Simplified holds three hundred characters with several Traditional
//! forms, and the phrases decide all but sixty, most of which have a second form nobody writes. So only a short list of characters
//! counts, chosen for how common both forms are, and only where no phrase decided; before a title of address, and in titles of
//! works, the same characters count as names, because that is where every dictionary fails (余先生, 范先生).

use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use super::align::{Aligned, Segment};
use super::converter::Converter;
use super::dictionaries::values;
use super::engine::By;
use super::names::{SURNAMES, name, with_neighbour};
use super::scheme::Scheme;
use super::style::Style;

/// A place to look at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub reason: Reason,
    /// Bytes of the source.
    pub source: Range<usize>,
    /// What a rule that settles it is best written for: the name, the phrase, or the character with a neighbour, since a rule for the
    /// character alone would change far more than was looked at.
    pub word: Range<usize>,
    /// What the conversion wrote.
    pub chosen: String,
    /// What else it could have been, the likeliest first.
    pub others: Vec<String>,
}

/// Why a place should be looked at; the most serious is the least.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Reason {
    /// A character that is also a surname, before 先生 and the like or in 《》, and no phrase decided.
    UnknownName,
    /// A character with two common forms, and no phrase decided.
    BareAmbiguous,
    /// A phrase for which the dictionary itself has two forms.
    TwoValuedPhrase,
    /// A rule's text holds what the house style avoids.
    HouseStyle,
    /// Converted back, it is not what it was.
    NoReturn,
    /// Two rules want the same characters and disagree.
    GlossaryConflict,
    /// A rule that applies nowhere. Only who has seen every text can say so ([`UsedRules`](super::UsedRules)).
    UnusedGlossary,
}

impl Reason {
    pub const ALL: [Reason; 7] = [
        Reason::UnknownName,
        Reason::BareAmbiguous,
        Reason::TwoValuedPhrase,
        Reason::HouseStyle,
        Reason::NoReturn,
        Reason::GlossaryConflict,
        Reason::UnusedGlossary,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Reason::UnknownName => "unknown-name",
            Reason::BareAmbiguous => "bare-ambiguous",
            Reason::TwoValuedPhrase => "two-valued-phrase",
            Reason::HouseStyle => "house-style",
            Reason::NoReturn => "no-return",
            Reason::GlossaryConflict => "glossary-conflict",
            Reason::UnusedGlossary => "unused-glossary",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Simplified characters two of whose Traditional forms are both common.
const SIMPLIFIED: &str = "发后里台干复钟松谷丑余范沈历征致周准卷斗划冲尽升姜咸舍采布占签汇胡须郁";
/// Those of which the second form only follows a number: 三只 is 三隻.
const COUNTED: &str = "只出";
/// Traditional characters that are not always simplified the same way.
const TRADITIONAL: &str = "乾藉瞭鍾";
/// 著 is kept in 著作 and written 着 after a verb.
const ZHU_BEFORE: &str = "原名顯土專論編巨遺拙譯合卓昭";
const ZHU_AFTER: &str = "名作稱者述書錄";
const NUMBERS: &str = "一二三四五六七八九十百千万兩两几幾每半多0123456789";

impl Converter {
    /// Reviews a text as this converter converts it: its findings, the most serious first, then in the order of the text. What a rule
    /// has fixed is not doubted.
    pub fn review(&self, text: &str) -> Vec<Finding> {
        let aligned = self.align(text);
        let mut findings = Vec::new();
        for segment in &aligned.segments {
            let (source, output) = (
                &text[segment.source.clone()],
                &aligned.text[segment.output.clone()],
            );
            match segment.by {
                By::Rule(_) => findings.extend(self.house_style(segment, output)),
                By::Phrase | By::Style => findings.extend(self.two_valued(segment, source, output)),
                By::Character | By::Nothing => {
                    let characters = source.char_indices().zip(output.chars());
                    findings.extend(characters.filter_map(|((at, c), to)| {
                        self.bare(text, segment.source.start + at, c, to)
                    }));
                }
            }
        }
        self.no_return(text, &aligned, &mut findings);
        self.conflicts(text, &mut findings);
        findings.sort_by_key(|finding| (finding.reason, finding.source.start));
        findings
    }

    fn house_style(&self, segment: &Segment, output: &str) -> Option<Finding> {
        let styled = self.styled(output)?;
        let (source, chosen) = (segment.source.clone(), output.to_owned());
        Some(Finding {
            reason: Reason::HouseStyle,
            word: source.clone(),
            source,
            chosen,
            others: vec![styled],
        })
    }

    fn two_valued(&self, segment: &Segment, source: &str, output: &str) -> Option<Finding> {
        let dictionary = if self.reads_simplified() {
            "STPhrases"
        } else {
            "TSPhrases"
        };
        let others = self.others(dictionary, source, output);
        let (source, chosen) = (segment.source.clone(), output.to_owned());
        (!others.is_empty()).then_some(Finding {
            reason: Reason::TwoValuedPhrase,
            word: source.clone(),
            source,
            chosen,
            others,
        })
    }

    fn bare(&self, text: &str, at: usize, c: char, to: char) -> Option<Finding> {
        let (dictionary, list) = match self.scheme() {
            _ if self.reads_simplified() => ("STCharacters", SIMPLIFIED),
            Scheme::T2s | Scheme::Hk2s | Scheme::Hk2sp | Scheme::Tw2s | Scheme::Tw2sp => {
                ("TSCharacters", TRADITIONAL)
            }
            _ => return None,
        };
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        let source = at..at + c.len_utf8();
        let named = SURNAMES.contains(c).then(|| name(text, &source)).flatten();
        let doubtful = list.contains(c)
            || self.reads_simplified() && COUNTED.contains(c) && ends_in(before, NUMBERS)
            || c == '著'
                && dictionary == "TSCharacters"
                && !ends_in(before, ZHU_BEFORE)
                && !begins_with(after, ZHU_AFTER);
        if named.is_none() && !doubtful {
            return None;
        }
        let mut others = self.others(dictionary, &c.to_string(), &to.to_string());
        if c == '著' && others.is_empty() {
            others.push("着".into());
        }
        if others.is_empty() && to != c {
            others.push(c.to_string());
        }
        let reason = if named.is_some() {
            Reason::UnknownName
        } else {
            Reason::BareAmbiguous
        };
        let finding = Finding {
            reason,
            word: named.unwrap_or_else(|| with_neighbour(text, &source)),
            source,
            chosen: to.to_string(),
            others,
        };
        (!finding.others.is_empty()).then_some(finding)
    }

    /// An entry's values as this conversion would write them, without the one it did.
    fn others(&self, dictionary: &str, key: &str, chosen: &str) -> Vec<String> {
        let rest = match self.scheme() {
            Scheme::S2hk | Scheme::S2hkp => Some(Scheme::T2hk),
            Scheme::S2tw | Scheme::S2twp => Some(Scheme::T2tw),
            _ => None,
        };
        let mut others: Vec<String> = Vec::new();
        for value in values(dictionary, key) {
            let value = match rest {
                Some(rest) => Converter::new(rest).convert(value).into_owned(),
                None => value.to_owned(),
            };
            let value = self.styled(&value).unwrap_or(value);
            if value != chosen && !others.contains(&value) {
                others.push(value);
            }
        }
        others
    }

    /// Where a rule applied although another one, had it been asked, would have made something else of the same characters.
    fn conflicts(&self, text: &str, findings: &mut Vec<Finding>) {
        let mut from = 0;
        while let Some(won) = self.rules().next_match(text, from) {
            from = won.source.end;
            for lost in self.rules().giving_way_to(&won, text) {
                let source = won.source.start..won.source.end.max(lost.source.end);
                let between = |from: usize, to: usize| self.convert(&text[from..to]);
                let kept = &text[lost.source.clone()];
                let other = [
                    &*between(source.start, lost.source.start),
                    lost.rule.replacement.as_deref().unwrap_or(kept),
                    &*between(lost.source.end, source.end),
                ]
                .concat();
                let chosen = between(source.start, source.end).into_owned();
                if chosen != other {
                    findings.push(Finding {
                        reason: Reason::GlossaryConflict,
                        word: source.clone(),
                        source,
                        chosen,
                        others: vec![other],
                    });
                }
            }
        }
    }

    /// Converts back, piece by piece, and compares after both sides are brought to OpenCC's own Traditional forms: that 說 returns
    /// as 説 is no news.
    fn no_return(&self, text: &str, aligned: &Aligned, findings: &mut Vec<Finding>) {
        let ways = self.ways_back();
        let cuts: Vec<usize> = aligned
            .segments
            .iter()
            .map(|segment| segment.output.end)
            .collect();
        let returned: Vec<Pieces> = ways
            .iter()
            .map(|back| Pieces::of(back, &aligned.text, &cuts))
            .collect();
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
            if returned.iter().any(|way| way.get(number) == source) {
                continue;
            }
            let standard = self.standard(source);
            let returns = |way: &Pieces| self.standard(way.get(number)) == standard;
            if returned.iter().any(returns) {
                continue;
            }
            let piece = returned[0].get(number);
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

    /// The conversions back, one for each way the source may be written.
    fn ways_back(&self) -> Vec<Converter> {
        static PRESS: [LazyLock<Converter>; 2] = [
            LazyLock::new(|| Converter::new(Scheme::S2hk).with_style(&Style::press())),
            LazyLock::new(|| Converter::new(Scheme::S2hkp).with_style(&Style::press())),
        ];
        let back = Converter::new(self.scheme().reverse());
        let press = match back.scheme() {
            Scheme::S2hk => Some(&PRESS[0]),
            Scheme::S2hkp => Some(&PRESS[1]),
            _ => None,
        };
        let press = press.map(|press| (**press).clone());
        std::iter::once(back).chain(press).collect()
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

    fn reads_simplified(&self) -> bool {
        self.scheme().as_str().starts_with('s')
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

fn ends_in(text: &str, list: &str) -> bool {
    text.chars().next_back().is_some_and(|c| list.contains(c))
}

fn begins_with(text: &str, list: &str) -> bool {
    text.chars().next().is_some_and(|c| list.contains(c))
}
