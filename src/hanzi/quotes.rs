//! Quotation marks: 「」『』 for “”‘’ and back. A step of its own; no dictionary touches them.
//!
//! Every mark is three bytes in UTF-8, so the text keeps its length and every offset into it. A mark becomes the one of its own
//! rank (「 is “, 『 is ‘), unless the quotation around it already has that form, as in 「他說「好」」: then it becomes the other.
//!
//! Work block by block, on the block's whole text, and hand the [`QuoteState`] on. A quotation of several paragraphs opens each of
//! them anew and closes only once: a mark that opens a block and repeats one left open continues it. Any other opening mark ends
//! whatever was left open, so that a forgotten mark spoils no more than its own block.

mod nested;

use std::borrow::Cow;

use nested::Reading;

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

    /// Does it for any block.
    fn replace_any(self, text: &str, state: &mut QuoteState, out: &mut String) {
        let mut marks = self.found_in(text).peekable();
        if marks.peek().is_none() {
            out.push_str(text);
            return;
        }
        let mut edits = Reading::of(self, text, marks, &mut state.open);
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

impl Rank {
    fn other(self) -> Rank {
        match self {
            Rank::Double => Rank::Single,
            Rank::Single => Rank::Double,
        }
    }
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々' | '〇')
}
