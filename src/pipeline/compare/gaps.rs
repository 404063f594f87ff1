//! What stands between the runs of text that are converted as one: words that an author fixed with
//! `-{…}-`, code, the end of a block.

use std::collections::BTreeMap;

use crate::config::LanguageIndex;
use crate::pipeline::document::body::{Body, Op, OpKind};

/// The tags that stand within a line of text; every other one ends it.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "img", "ins", "kbd", "mark", "q",
    "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
    "wbr",
];

/// What stands before a run of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// Whether the run goes on with the line of the one before it.
    pub joins: bool,
    /// What is shown in between.
    pub pieces: Vec<Piece>,
}

/// Something shown between two runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The same in every language: code, as a rule.
    Same(String),
    /// Fixed by the author: what each of the two languages shows.
    Fixed([String; 2]),
}

/// The gaps of a body, by the op that begins the run after each; and the last, with no run after it.
pub fn of(body: &Body, from: LanguageIndex, to: LanguageIndex) -> (BTreeMap<usize, Gap>, Gap) {
    let mut found = BTreeMap::new();
    let mut walk = Walk::default();
    let mut at = 0;
    while let Some(op) = body.ops.get(at) {
        at += 1;
        match op.kind() {
            OpKind::Text | OpKind::Respelled if !walk.in_run => {
                let gap = walk.take(!found.is_empty());
                found.insert(at - 1, gap);
                walk.in_run = true;
            }
            OpKind::Boundary => walk.in_run = false,
            OpKind::Markup => walk.markup(&body.markup[op.range()]),
            OpKind::Variant => {
                let languages = body.variants[op.number()].languages;
                let text = fixed(body, &body.ops[at..op.until()]);
                let shows = [from, to].map(|index| languages >> index.position() & 1 == 1);
                walk.variant(at - 1, op.until(), languages, &text, shows);
                at = op.until();
            }
            _ => {}
        }
    }
    (found, walk.take(true))
}

#[derive(Default)]
struct Walk {
    in_run: bool,
    ended: bool,
    in_tag: bool,
    pieces: Vec<Piece>,
    /// Where the arms of one `-{…}-` end so far, and the languages they speak for.
    arms: (usize, u64),
}

impl Walk {
    fn markup(&mut self, markup: &str) {
        let mut text = String::new();
        for (at, ch) in markup.char_indices() {
            match ch {
                '<' => {
                    self.in_tag = true;
                    let name = markup[at + 1..].trim_start_matches('/');
                    let end = name.find(|ch: char| !ch.is_ascii_alphanumeric());
                    self.ended |= !INLINE.contains(&&name[..end.unwrap_or(name.len())]);
                }
                '>' => self.in_tag = false,
                ch if !self.in_tag => text.push(ch),
                _ => {}
            }
        }
        if !self.in_run && !text.trim().is_empty() {
            let text = text.replace("&lt;", "<").replace("&gt;", ">");
            let text = text.replace("&quot;", "\"").replace("&amp;", "&");
            self.pieces.push(Piece::Same(text));
        }
    }

    fn variant(&mut self, at: usize, end: usize, languages: u64, text: &str, shows: [bool; 2]) {
        let (before, spoken_for) = self.arms;
        let goes_on = at == before && languages & spoken_for == 0;
        if !goes_on || !matches!(self.pieces.last(), Some(Piece::Fixed(_))) {
            self.pieces.push(Piece::Fixed(Default::default()));
            self.arms.1 = 0;
        }
        self.arms = (end, self.arms.1 | languages);
        if let Some(Piece::Fixed(sides)) = self.pieces.last_mut() {
            for (side, shows) in sides.iter_mut().zip(shows) {
                if shows {
                    side.push_str(text);
                }
            }
        }
    }

    /// The gap up to here. In one that ends a block, what the block before it ended with is left out.
    fn take(&mut self, has_run_before: bool) -> Gap {
        let ended = std::mem::take(&mut self.ended);
        let joins = has_run_before && !ended;
        let mut pieces = std::mem::take(&mut self.pieces);
        if !joins {
            pieces.retain(|piece| matches!(piece, Piece::Fixed(_)));
        }
        Gap { joins, pieces }
    }
}

fn fixed(body: &Body, ops: &[Op]) -> String {
    let fixed = ops.iter().filter(|op| op.kind() == OpKind::Fixed);
    fixed.map(|op| &body.fixed[op.range()]).collect()
}
