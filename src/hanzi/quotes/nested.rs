//! A block as it may be: quotations in one another, left open, carried over from the block before, and marks that are none.

use super::{Carried, Mark, Quotes, Rank, Written, is_han};

/// A quotation open in the block being read.
struct Open {
    rank: Rank,
    /// Where its opening mark stands; none when it was carried over and not repeated.
    at: Option<usize>,
    /// Set when it continues one whose form is settled.
    settled: Option<Written>,
    holds_han: bool,
    /// Quotations inside it, which learn their form when this one does.
    inside: Vec<Pair>,
}

/// A quotation whose end is known. Its form waits for that of the one around it.
struct Pair {
    rank: Rank,
    opening: Option<usize>,
    closing: Option<usize>,
    converts: bool,
    settled: Option<Written>,
    inside: Vec<Pair>,
}

pub(super) struct Reading<'t> {
    quotes: Quotes,
    text: &'t str,
    /// Quotations of the block before, outermost first, as long as this one may continue or close them.
    carried: Vec<Carried>,
    /// How many of them this block has opened anew.
    continues: usize,
    open: Vec<Open>,
    closed: Vec<Pair>,
    edits: Vec<(usize, char)>,
}

impl<'t> Reading<'t> {
    /// The marks to write in `text`, the same number of bytes each, and where; in no order. `open` is what the block before left
    /// open, and becomes what this one does.
    pub(super) fn of(
        quotes: Quotes,
        text: &'t str,
        marks: impl Iterator<Item = Mark>,
        open: &mut Vec<Carried>,
    ) -> Vec<(usize, char)> {
        let mut reading = Reading {
            quotes,
            text,
            carried: std::mem::take(open),
            continues: 0,
            open: Vec::new(),
            closed: Vec::new(),
            edits: Vec::new(),
        };
        reading.read(marks);
        reading.settle(open)
    }

    /// Goes from mark to mark; what lies between two is only looked at when something depends on it. Character by character this
    /// took half as long as the conversion.
    fn read(&mut self, marks: impl Iterator<Item = Mark>) {
        let mut from = 0;
        let mut at_start = true;
        for Mark { at, c, rank, opens } in marks {
            let between = &self.text[from..at];
            from = at + c.len_utf8();
            at_start &= between.chars().all(char::is_whitespace);
            self.note_han(between);
            if opens {
                let carried = self
                    .carried
                    .get(self.continues)
                    .filter(|carried| at_start && carried.rank == rank);
                let settled = carried.map(|carried| carried.written);
                if settled.is_some() {
                    self.continues += 1;
                } else {
                    self.carried.truncate(self.continues);
                    at_start = false;
                }
                self.open.push(Open {
                    rank,
                    at: Some(at),
                    settled,
                    holds_han: false,
                    inside: Vec::new(),
                });
            } else {
                let before = self.text[..at].chars().next_back();
                let after = self.text[from..].chars().next();
                if c != '’' || !is_apostrophe(before, after) {
                    self.close(rank, at);
                }
                at_start = false;
            }
        }
        self.note_han(&self.text[from..]);
    }

    /// Tells the open quotations that they hold a Han character, if `between` does. The outer ones of any that does have been told.
    fn note_han(&mut self, between: &str) {
        if self.open.last().is_some_and(|open| !open.holds_han) && between.chars().any(is_han) {
            self.open.iter_mut().for_each(|open| open.holds_han = true);
        }
    }

    fn close(&mut self, rank: Rank, at: usize) {
        if let Some(opened) = self.open.iter().rposition(|open| open.rank == rank) {
            while self.open.len() > opened + 1 {
                self.end(None);
            }
            self.end(Some(at));
        } else if let Some(opened) = self.carried[self.continues..]
            .iter()
            .rposition(|carried| carried.rank == rank)
        {
            let opened = self.continues + opened;
            self.edits.extend(
                self.quotes
                    .written(self.carried[opened].written)
                    .map(|(_, close)| (at, close)),
            );
            self.carried.truncate(opened);
        } else if self.quotes == Quotes::Curly {
            // Nothing to close. A stray corner mark is still a quotation mark; a stray curly one may be anything, and stays.
            self.edits.extend(
                self.quotes
                    .written(Written::As(rank))
                    .map(|(_, close)| (at, close)),
            );
        }
    }

    /// Ends the innermost open quotation.
    fn end(&mut self, closing: Option<usize>) {
        if let Some(open) = self.open.pop() {
            let converts = self.quotes == Quotes::Curly || open.holds_han;
            let Open {
                rank,
                at: opening,
                settled,
                inside,
                ..
            } = open;
            self.keep(Pair {
                rank,
                opening,
                closing,
                converts,
                settled,
                inside,
            });
        }
    }

    fn keep(&mut self, pair: Pair) {
        match self.open.last_mut() {
            Some(around) => around.inside.push(pair),
            None => self.closed.push(pair),
        }
    }

    /// Decides every form from the outside in; what is still open goes to the next block.
    fn settle(mut self, carry: &mut Vec<Carried>) -> Vec<(usize, char)> {
        for pair in &self.closed {
            pair.settle(self.quotes, None, &mut self.edits);
        }
        if self.continues == 0 {
            carry.append(&mut self.carried);
        }
        let mut around = None;
        for open in self.open {
            let Open {
                rank,
                at: opening,
                settled,
                holds_han,
                inside,
            } = open;
            let converts = self.quotes == Quotes::Curly || holds_han;
            let pair = Pair {
                rank,
                opening,
                closing: None,
                converts,
                settled,
                inside,
            };
            let written = pair.settle(self.quotes, around, &mut self.edits);
            carry.push(Carried { rank, written });
            if let Written::As(rank) = written {
                around = Some(rank);
            }
        }
        self.edits
    }
}

impl Pair {
    fn settle(
        &self,
        quotes: Quotes,
        around: Option<Rank>,
        edits: &mut Vec<(usize, char)>,
    ) -> Written {
        let written = self.settled.unwrap_or(match (self.converts, around) {
            (false, _) => Written::Kept,
            (true, Some(taken)) if taken == self.rank => Written::As(self.rank.other()),
            (true, _) => Written::As(self.rank),
        });
        if let Some((open, close)) = quotes.written(written) {
            edits.extend(self.opening.map(|at| (at, open)));
            edits.extend(self.closing.map(|at| (at, close)));
        }
        let around = if let Written::As(rank) = written {
            Some(rank)
        } else {
            around
        };
        for pair in &self.inside {
            pair.settle(quotes, around, edits);
        }
        written
    }
}

/// ’ between two Latin letters, or where a word begins (’90), is no quotation mark.
fn is_apostrophe(before: Option<char>, after: Option<char>) -> bool {
    let letter = |c: char| c.is_alphanumeric() && !is_han(c);
    after.is_some_and(letter) && before.is_none_or(|c| letter(c) || c.is_whitespace())
}
