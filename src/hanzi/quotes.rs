//! Quotation marks: 「」『』 for “”‘’ and back. A step of its own; no dictionary touches them.
//!
//! Every mark is three bytes in UTF-8, so the text keeps its length and every offset into it. A mark becomes the one of its own
//! rank (「 is “, 『 is ‘), unless the quotation around it already has that form, as in 「他說「好」」: then it becomes the other.
//!
//! Work block by block, on the block's whole text, and hand the [`QuoteState`] on. A quotation of several paragraphs opens each of
//! them anew and closes only once: a mark that opens a block and repeats one left open continues it. Any other opening mark ends
//! whatever was left open, so that a forgotten mark spoils no more than its own block.

use std::borrow::Cow;

/// The marks to write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quotes {
    /// “ ” and ‘ ’ for every 「 」 and 『 』, as the mainland writes.
    Curly,
    /// 「 」 and 『 』 for “ ” and ‘ ’ around Chinese. A pair with no Han character inside, and an apostrophe, stay as they are.
    Corner,
}

/// What is open at the end of a block, to be handed to the next. Starts empty.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct QuoteState {
    open: Vec<Carried>,
}

/// An open quotation: the mark read, and the mark written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Carried {
    rank: Rank,
    written: Written,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Rank {
    Double,
    Single,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Written {
    /// The marks asked for, in this rank.
    As(Rank),
    /// The marks as they were.
    Kept,
}

/// A mark in the text.
struct Mark {
    at: usize,
    c: char,
    rank: Rank,
    opens: bool,
}

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

impl Quotes {
    /// The block's text with its marks replaced; the same length, and borrowed when there are none.
    pub fn apply<'t>(self, text: &'t str, state: &mut QuoteState) -> Cow<'t, str> {
        if self.found_in(text).next().is_none() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        self.apply_into(text, state, &mut out);
        Cow::Owned(out)
    }

    /// Appends the block's text to `out`, with its marks replaced; the same length.
    pub fn apply_into(self, text: &str, state: &mut QuoteState, out: &mut String) {
        let start = out.len();
        if !state.open.is_empty() || !self.replace_flat(text, out) {
            out.truncate(start);
            self.replace_any(text, state, out);
        }
    }

    fn replace_any(self, text: &str, state: &mut QuoteState, out: &mut String) {
        let mut marks = self.found_in(text).peekable();
        if marks.peek().is_none() {
            out.push_str(text);
            return;
        }
        let carried = std::mem::take(&mut state.open);
        let mut reading = Reading {
            quotes: self,
            text,
            carried,
            continues: 0,
            open: Vec::new(),
            closed: Vec::new(),
            edits: Vec::new(),
        };
        reading.read(marks);
        let mut edits = reading.settle(&mut state.open);
        edits.sort_unstable();
        let mut copied = 0;
        for (at, mark) in edits {
            out.push_str(&text[copied..at]);
            out.push(mark);
            copied = at + mark.len_utf8();
        }
        out.push_str(&text[copied..]);
    }

    /// Does it for what most blocks are: quotations one after another, none in another, all closed. False for any other block, some
    /// of which may have been appended.
    fn replace_flat(self, text: &str, out: &mut String) -> bool {
        let mut copied = 0;
        let mut marks = self.found_in(text);
        while let Some(opening) = marks.next() {
            let Some(closing) = marks.next() else {
                return false;
            };
            // A single one may be an apostrophe where it closes, and is left to the reading.
            let is_pair = opening.opens && !closing.opens && opening.rank == closing.rank;
            if !is_pair || self == Quotes::Corner && opening.rank == Rank::Single {
                return false;
            }
            let inside = opening.at + opening.c.len_utf8()..closing.at;
            if self == Quotes::Corner && !text[inside.clone()].chars().any(is_han) {
                continue;
            }
            let Some((open, close)) = self.written(Written::As(opening.rank)) else {
                return false;
            };
            out.push_str(&text[copied..opening.at]);
            out.push(open);
            out.push_str(&text[inside]);
            out.push(close);
            copied = closing.at + closing.c.len_utf8();
        }
        out.push_str(&text[copied..]);
        true
    }

    /// The rank of a mark this reads, and whether it opens.
    fn read_mark(self, c: char) -> Option<(Rank, bool)> {
        Some(match (self, c) {
            (Quotes::Curly, '「') | (Quotes::Corner, '“') => (Rank::Double, true),
            (Quotes::Curly, '」') | (Quotes::Corner, '”') => (Rank::Double, false),
            (Quotes::Curly, '『') | (Quotes::Corner, '‘') => (Rank::Single, true),
            (Quotes::Curly, '』') | (Quotes::Corner, '’') => (Rank::Single, false),
            _ => return None,
        })
    }

    /// The marks this reads, where they stand in `text`.
    fn found_in(self, text: &str) -> impl Iterator<Item = Mark> + use<'_> {
        // The first byte of a mark; that of 「 is the first of 、 and 。 and kana too, that of “ of next to nothing Chinese.
        let (lead, block) = match self {
            Quotes::Curly => (0xE3, 0x3000),
            Quotes::Corner => (0xE2, 0x2000),
        };
        let bytes = text.as_bytes();
        memchr::memchr_iter(lead, bytes).filter_map(move |at| {
            // With 0x80 for the second, the third has all that is left of the code.
            let [0x80, third] = *bytes[at + 1..].first_chunk()? else {
                return None;
            };
            let c = char::from_u32(block + u32::from(third & 0x3F))?;
            let (rank, opens) = self.read_mark(c)?;
            Some(Mark { at, c, rank, opens })
        })
    }

    /// The opening and closing mark of a form; none when the marks stay.
    fn written(self, form: Written) -> Option<(char, char)> {
        let marks = match self {
            Quotes::Curly => CURLY,
            Quotes::Corner => CORNER,
        };
        match form {
            Written::As(rank) => marks
                .into_iter()
                .find(|(r, ..)| *r == rank)
                .map(|(_, open, close)| (open, close)),
            Written::Kept => None,
        }
    }
}

const CORNER: [(Rank, char, char); 2] = [(Rank::Double, '「', '」'), (Rank::Single, '『', '』')];
const CURLY: [(Rank, char, char); 2] = [(Rank::Double, '“', '”'), (Rank::Single, '‘', '’')];

struct Reading<'t> {
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

impl Reading<'_> {
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

impl Rank {
    fn other(self) -> Rank {
        match self {
            Rank::Double => Rank::Single,
            Rank::Single => Rank::Double,
        }
    }
}

/// ’ between two Latin letters, or where a word begins (’90), is no quotation mark.
fn is_apostrophe(before: Option<char>, after: Option<char>) -> bool {
    let letter = |c: char| c.is_alphanumeric() && !is_han(c);
    after.is_some_and(letter) && before.is_none_or(|c| letter(c) || c.is_whitespace())
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々' | '〇')
}
