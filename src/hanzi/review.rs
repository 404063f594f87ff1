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
use super::charset::CharSet;
use super::converter::Converter;
use super::dictionaries::values;
use super::engine::By;
use super::names::{SURNAMES, name, with_neighbour};
use super::rules::{RuleMatch, UsedRules};
use super::scheme::Scheme;

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
        self.review_noting(text, &mut UsedRules::default())
    }

    /// [`Converter::review`], adding the ids of the rules that the conversion applied to `used`.
    pub fn review_noting(&self, text: &str, used: &mut UsedRules) -> Vec<Finding> {
        let aligned = self.align(text);
        let doubtful = self.doubtful();
        let mut findings = Vec::new();
        for segment in &aligned.segments {
            let (source, output) = (
                &text[segment.source.clone()],
                &aligned.text[segment.output.clone()],
            );
            match segment.by {
                By::Rule(id) => {
                    used.add(id);
                    findings.extend(self.house_style(segment, output));
                }
                By::Phrase | By::Style => findings.extend(self.two_valued(segment, source, output)),
                By::Character | By::Nothing => {
                    let Some(doubtful) = doubtful else { continue };
                    let characters = source.char_indices().zip(output.chars());
                    let looked_at = characters.filter(|((_, c), _)| doubtful.may_hold(*c));
                    findings.extend(looked_at.filter_map(|((at, c), to)| {
                        self.bare(text, segment.source.start + at, c, to)
                    }));
                }
            }
        }
        self.no_return(text, &aligned, &mut findings);
        self.conflicts(text, &aligned, &mut findings);
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

    /// The characters that [`Converter::bare`] may doubt, nearly none of a text's; none where it doubts nothing.
    fn doubtful(&self) -> Option<&'static CharSet> {
        static IN_SIMPLIFIED: LazyLock<CharSet> =
            LazyLock::new(|| CharSet::of(&[SURNAMES, SIMPLIFIED, COUNTED]));
        static IN_TRADITIONAL: LazyLock<CharSet> =
            LazyLock::new(|| CharSet::of(&[SURNAMES, TRADITIONAL, "著"]));
        match self.scheme() {
            _ if self.reads_simplified() => Some(&IN_SIMPLIFIED),
            Scheme::T2s | Scheme::Hk2s | Scheme::Hk2sp | Scheme::Tw2s | Scheme::Tw2sp => {
                Some(&IN_TRADITIONAL)
            }
            _ => None,
        }
    }

    fn bare(&self, text: &str, at: usize, c: char, to: char) -> Option<Finding> {
        let (dictionary, list) = match self.reads_simplified() {
            true => ("STCharacters", SIMPLIFIED),
            false => ("TSCharacters", TRADITIONAL),
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
    fn conflicts(&self, text: &str, aligned: &Aligned, findings: &mut Vec<Finding>) {
        for won in self.matches(text, aligned) {
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

    /// The rules that were applied, where they were.
    fn matches<'t>(
        &'t self,
        text: &'t str,
        aligned: &'t Aligned,
    ) -> impl Iterator<Item = RuleMatch<'t>> {
        let by_rule = aligned.segments.iter();
        by_rule
            .filter(|segment| matches!(segment.by, By::Rule(_)))
            .filter_map(|segment| {
                let source = segment.source.clone();
                let rule = self.rules().longest_at(&text[source.start..])?;
                Some(RuleMatch { source, rule })
            })
    }

    fn reads_simplified(&self) -> bool {
        self.scheme().as_str().starts_with('s')
    }
}

fn ends_in(text: &str, list: &str) -> bool {
    text.chars().next_back().is_some_and(|c| list.contains(c))
}

fn begins_with(text: &str, list: &str) -> bool {
    text.chars().next().is_some_and(|c| list.contains(c))
}
