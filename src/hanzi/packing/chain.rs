//! OpenCC's algorithm as OpenCC runs it: normalise, cut into segments, take each segment through the stages.
//!
//! Nothing here is fast. The build uses it for what a segmentation key becomes at the end of a chain, the tests as the plain
//! statement the packed engine is compared with. It follows OpenCC 1.4 (`Conversion::AppendConverted`,
//! `MaxMatchSegmentation`, `UTF8Util::ConsumeIdeographicDescriptionSequence`).

use crate::dictionaries::{Dictionaries, Dictionary};

/// One stage: dictionaries asked in their order; the first with any match wins, even when a later one has a longer match.
type Group<'d> = Vec<&'d Dictionary>;

pub struct Chain<'d> {
    pub normalization: &'d Dictionary,
    pub segmentation: Option<&'d Dictionary>,
    pub stages: Vec<Group<'d>>,
}

impl<'d> Chain<'d> {
    /// The chain of a configuration, by OpenCC's name for it.
    pub fn named(d: &'d Dictionaries, name: &str) -> Option<Chain<'d>> {
        let s2t = vec![&d.st_phrases, &d.st_characters];
        let t2s = vec![&d.ts_phrases, &d.ts_characters];
        let t2hk = vec![&d.hk_variants_phrases, &d.hk_variants];
        let hk2t = vec![&d.hk_variants_rev_phrases, &d.hk_variants_rev];
        let t2tw = vec![&d.tw_variants_phrases, &d.tw_variants];
        let tw2t = vec![&d.tw_variants_rev_phrases, &d.tw_variants_rev];
        let after = |phrases: &'d Dictionary, group: &Group<'d>| {
            let mut longer = vec![phrases];
            longer.extend(group);
            longer
        };
        let (segmentation, stages) = match name {
            "s2t" => (None, vec![s2t]),
            "t2s" => (None, vec![t2s]),
            "t2hk" => (None, vec![t2hk]),
            "hk2t" => (None, vec![hk2t]),
            "t2tw" => (None, vec![t2tw]),
            "tw2t" => (None, vec![tw2t]),
            "s2hk" => (Some(&d.st_phrases), vec![s2t, t2hk]),
            "s2hkp" => (Some(&d.st_phrases), vec![s2t, after(&d.hk_phrases, &t2hk)]),
            "s2tw" => (Some(&d.st_phrases), vec![s2t, t2tw]),
            "s2twp" => (Some(&d.st_phrases), vec![s2t, after(&d.tw_phrases, &t2tw)]),
            "hk2s" => (Some(&d.ts_phrases), vec![hk2t, t2s]),
            "hk2sp" => (
                Some(&d.ts_phrases),
                vec![after(&d.hk_phrases_rev, &hk2t), t2s],
            ),
            "tw2s" => (Some(&d.ts_phrases), vec![tw2t, t2s]),
            "tw2sp" => (
                Some(&d.ts_phrases),
                vec![after(&d.tw_phrases_rev, &tw2t), t2s],
            ),
            _ => return None,
        };
        Some(Chain {
            normalization: &d.normalization,
            segmentation,
            stages,
        })
    }

    pub fn t2s(d: &'d Dictionaries) -> Chain<'d> {
        Chain {
            normalization: &d.normalization,
            segmentation: None,
            stages: vec![vec![&d.ts_phrases, &d.ts_characters]],
        }
    }

    pub fn convert(&self, text: &str) -> String {
        let text = apply(&[self.normalization], text);
        let Some(dictionary) = self.segmentation else {
            return self.segment(&text);
        };
        let mut out = String::new();
        let (mut run, mut at) = (0, 0);
        while at < text.len() {
            match dictionary.longest_prefix(&text[at..]) {
                Some((length, _)) => {
                    out += &self.segment(&text[run..at]);
                    out += &self.segment(&text[at..at + length]);
                    at += length;
                    run = at;
                }
                None => at += unmatched(&text[at..]),
            }
        }
        out + &self.segment(&text[run..])
    }

    /// One segment through all stages.
    pub fn segment(&self, segment: &str) -> String {
        self.stages
            .iter()
            .fold(segment.to_owned(), |text, group| apply(group, &text))
    }
}

/// One stage over one text.
pub fn apply(group: &[&Dictionary], text: &str) -> String {
    // Most texts the build asks about hold nothing to convert; seeing that is much cheaper than copying them piece by piece.
    if !text
        .chars()
        .any(|c| group.iter().any(|dictionary| dictionary.opens(c)))
    {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let length = match group
            .iter()
            .find_map(|dictionary| dictionary.longest_prefix(rest))
        {
            Some((length, value)) => {
                out += value;
                length
            }
            None => {
                let length = unmatched(rest);
                out += &rest[..length];
                length
            }
        };
        at += length;
    }
    out
}

/// Bytes to pass over where no key matches: a whole description sequence, or one character.
fn unmatched(text: &str) -> usize {
    let first = text.chars().next().map_or(0, char::len_utf8);
    if arity(text) == 0 {
        first
    } else {
        description(text, 16, &mut 0).unwrap_or(first)
    }
}

fn arity(text: &str) -> usize {
    match text.chars().next() {
        Some('\u{2ff2}' | '\u{2ff3}') => 3,
        Some('\u{2ffe}' | '\u{2fff}') => 1,
        Some('\u{2ff0}'..='\u{2ffd}') => 2,
        _ => 0,
    }
}

/// Length in bytes of the complete description sequence at the start of `text`; none when it is cut short or too deep.
fn description(text: &str, depth: usize, seen: &mut usize) -> Option<usize> {
    let first = text.chars().next()?;
    if depth == 0 || *seen >= 64 {
        return None;
    }
    *seen += 1;
    let mut length = first.len_utf8();
    for _ in 0..arity(text) {
        length += description(&text[length..], depth - 1, seen)?;
    }
    Some(length)
}
