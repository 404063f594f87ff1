//! The stages run over each other, for the few places where the filter lets a pair through and no segment begins.
//!
//! Between two segments lies a *run*, which OpenCC takes through the first stage, and the result through the second. Doing so for
//! whole runs would cost two passes and lose the way back to the source, so the second stage here pulls tokens of the first one by
//! one, no further than its longest match needs, and both stop at the first border they share. A phrase of the first stage whose
//! output is only the beginning of a phrase of the second is thus followed to its end, however far the two overlap.

use super::chain::{Chain, DESCRIPTION};
use super::characters::{cursor, decode, raw_cursor};
use super::engine::{By, description};

pub(super) struct Stages<'a> {
    chain: &'a Chain,
    bytes: &'a [u8],
    /// The first stage's output so far: characters, each with the source offset its token ends at, or 0 inside a token.
    pulled: Vec<(u32, usize)>,
    /// Where the first stage stands in the source.
    next: usize,
    by: By,
}

impl<'a> Stages<'a> {
    pub(super) fn new(chain: &'a Chain, bytes: &'a [u8]) -> Stages<'a> {
        Stages {
            chain,
            bytes,
            pulled: Vec::new(),
            next: 0,
            by: By::Nothing,
        }
    }

    /// Converts from `at`, where no segment begins, to the first common border; appends the output and returns the border.
    pub(super) fn convert(&mut self, at: usize, out: &mut String) -> (usize, By) {
        self.pulled.clear();
        self.next = at;
        self.by = By::Character;
        self.token();
        let second = &self.chain.second;
        let mut head = 0;
        loop {
            let phrase = second.iter().find_map(|(trie, values)| {
                let mut ahead = head;
                let found = trie.longest(|| self.character(&mut ahead))?;
                Some((found.end, values.of(found)))
            });
            let mut ahead = head;
            if let Some((end, value)) = phrase {
                out.push_str(value);
                self.by = By::Phrase;
                head = end;
            } else if DESCRIPTION.contains(&self.pulled[head].0)
                && let Some(end) = description(&mut || self.character(&mut ahead))
            {
                out.extend(
                    self.pulled[head..end]
                        .iter()
                        .map(|&(code, _)| character(code)),
                );
                head = end;
            } else {
                out.push(character(self.chain.second_stage(self.pulled[head].0)));
                head += 1;
            }
            let border = self.pulled[head - 1].1;
            if border != 0 {
                // Several characters of the source can only have been joined by a phrase.
                let by = if border > decode(self.bytes, at).1 {
                    By::Phrase
                } else {
                    self.by
                };
                return (border, by);
            }
        }
    }

    /// The first stage's character at `ahead`, pulled when it is not there yet, and the index after it.
    fn character(&mut self, ahead: &mut usize) -> Option<(u32, usize)> {
        if *ahead == self.pulled.len() && !self.pull() {
            return None;
        }
        let (code, _) = self.pulled[*ahead];
        *ahead += 1;
        Some((code, *ahead))
    }

    /// One more token of the first stage; false at the end of the run.
    fn pull(&mut self) -> bool {
        let ends = self.next == self.bytes.len() || self.segment_at(self.next);
        if !ends {
            self.token();
        }
        !ends
    }

    /// The first stage's token that begins where it stands, which is inside the run.
    fn token(&mut self) {
        let at = self.next;
        let (code, after) = decode(self.bytes, at);
        if DESCRIPTION.contains(&code)
            && let Some(end) = description(&mut raw_cursor(self.bytes, at))
        {
            let mut inside = at;
            while inside < end {
                let (code, after) = decode(self.bytes, inside);
                self.pulled.push((code, 0));
                inside = after;
            }
            return self.token_ends(end);
        }
        if let Some((end, value)) = self.first_phrase(at) {
            self.pulled.extend(value.chars().map(|c| (u32::from(c), 0)));
            if self.pulled.len() == value.chars().count() {
                self.by = By::Phrase;
            }
            return self.token_ends(end);
        }
        let code = super::chain::normalized(code);
        self.pulled.push((self.chain.first_stage(code), 0));
        self.token_ends(after);
    }

    fn token_ends(&mut self, end: usize) {
        if let Some(last) = self.pulled.last_mut() {
            last.1 = end;
        }
        self.next = end;
    }

    /// The first stage's phrase at `at`, which may not reach into the next segment.
    fn first_phrase(&self, at: usize) -> Option<(usize, &'static str)> {
        let reach = self.first_phrase_within(at, self.bytes.len())?;
        let mut inside = decode(self.bytes, at).1;
        while inside < reach.0 {
            if self.segment_at(inside) {
                return self.first_phrase_within(at, inside);
            }
            inside = decode(self.bytes, inside).1;
        }
        Some(reach)
    }

    fn first_phrase_within(&self, at: usize, end: usize) -> Option<(usize, &'static str)> {
        self.chain.first.iter().find_map(|(trie, values)| {
            let found = trie.longest(cursor(self.bytes, at, end))?;
            Some((found.end, values.of(found)))
        })
    }

    fn segment_at(&self, at: usize) -> bool {
        self.chain
            .segments
            .longest(cursor(self.bytes, at, self.bytes.len()))
            .is_some()
    }
}

fn character(code: u32) -> char {
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}
