//! Writing the tape of a [`Body`]: adjoining steps of one kind grow together, so that a run of text is
//! one slice however many events it came in.

use std::ops::Range;

use super::super::body::{Body, Op, OpKind, Respelling};
use super::cjk;
use crate::pipeline::escape::{escape_into, first_special, is_plain};

/// A body under construction. Its ops may be diverted to another list for a while (footnote
/// definitions stand at the end of the page, wherever they are written).
#[derive(Default)]
pub struct Tape<'s> {
    /// What is read.
    source: &'s str,
    /// The stores and the ops so far.
    pub body: Body,
    /// A soft break not yet decided, since it depends on the next character.
    soft_break: bool,
    /// The last character of the running text.
    last: Option<char>,
    /// More than zero inside something that is never converted.
    fixed: usize,
    /// Bytes of the source in which nothing has to be escaped.
    plain: Range<usize>,
}

impl<'s> Tape<'s> {
    /// An empty tape for texts of `source`, with room for about what `len` bytes of Markdown become; what is left over is given
    /// back at the end.
    pub fn new(source: &'s str, len: usize) -> Tape<'s> {
        Tape {
            source,
            body: Body {
                markup: String::with_capacity(len / 2),
                ops: Vec::with_capacity(len / 24),
                links: Vec::with_capacity(len / 256),
                ..Body::default()
            },
            ..Tape::default()
        }
    }

    /// Copies HTML that is the same in every edition.
    pub fn markup(&mut self, html: &str) {
        let start = self.body.markup.len();
        self.body.markup.push_str(html);
        self.push(OpKind::Markup, start, self.body.markup.len());
    }

    /// Copies text as HTML that is never converted (code).
    pub fn escaped_markup(&mut self, text: &str) {
        let start = self.body.markup.len();
        escape_into(&mut self.body.markup, text);
        self.push(OpKind::Markup, start, self.body.markup.len());
    }

    /// Reserves a step to be filled by [`Tape::fill`].
    pub fn reserve(&mut self) -> usize {
        let at = self.body.markup.len();
        let reserved = self.add(Op::bytes(OpKind::Markup, at..at));
        self.part();
        reserved
    }

    /// Fills a reserved step with the parts of some HTML.
    pub fn fill(&mut self, reserved: usize, html: &[&str]) {
        let start = self.body.markup.len();
        self.body.markup.extend(html.iter().copied());
        if let Some(op) = self.body.ops.get_mut(reserved) {
            *op = Op::bytes(OpKind::Markup, start..self.body.markup.len());
        }
    }

    /// An empty step: what comes next does not grow into what came before.
    pub fn part(&mut self) {
        self.add(Op::bytes(OpKind::Fixed, 0..0));
    }

    /// Shows text; it is converted unless something around it forbids that. `place` is where it is written, bytes of
    /// the source.
    pub fn text(&mut self, text: &str, place: Range<usize>) {
        let Some(first) = text.chars().next() else {
            return;
        };
        self.settle_break(Some(first));
        self.last = text.chars().next_back();
        if self.fixed > 0 {
            self.push_fixed(text);
            return;
        }
        self.body.text_len += text.len();
        if self.source.as_bytes().get(place.clone()) == Some(text.as_bytes()) {
            self.body.escapes = self.body.escapes || self.has_escapes(place.clone());
            self.push(OpKind::Text, place.start, place.end);
            return;
        }
        self.body.escapes = self.body.escapes || !is_plain(text);
        let start = self.body.respelled.len();
        self.body.respelled.push_str(text);
        self.body.respellings.push(Respelling {
            at: start as u32,
            place: place.start as u32..place.end as u32,
        });
        self.push(OpKind::Respelled, start, self.body.respelled.len());
    }

    /// Whether anything in these bytes of the source has to be escaped. Asked of one text after the other, so it looks as
    /// far ahead as it sees nothing.
    fn has_escapes(&mut self, range: Range<usize>) -> bool {
        if range.start < self.plain.start || range.end > self.plain.end {
            let found = first_special(&self.source.as_bytes()[range.start..]);
            let end = found.map_or(self.source.len(), |at| range.start + at);
            self.plain = range.start..end;
        }
        range.end > self.plain.end
    }

    /// Shows text that no edition converts.
    pub fn fixed_text(&mut self, text: &str) {
        self.begin_fixed();
        self.text(text, 0..0);
        self.end_fixed();
    }

    /// From here on text is shown as it is, until [`Tape::end_fixed`]. Nests.
    pub fn begin_fixed(&mut self) {
        self.boundary_if_text();
        self.fixed += 1;
    }

    /// Ends [`Tape::begin_fixed`].
    pub fn end_fixed(&mut self) {
        self.fixed = self.fixed.saturating_sub(1);
        if self.fixed == 0 {
            self.boundary_if_text();
        }
    }

    /// A line end inside a paragraph: nothing between Han characters, a line end elsewhere.
    pub fn soft_break(&mut self) {
        self.soft_break = true;
    }

    /// No phrase reaches over this point.
    pub fn boundary(&mut self) {
        self.soft_break = false;
        self.last = None;
        self.boundary_if_text();
    }

    /// Something that is not text stands here inside a line (code, an image): it parts phrases, and a
    /// line break before it is a space.
    pub fn object(&mut self) {
        self.settle_break(None);
        self.last = Some('x');
        self.boundary_if_text();
    }

    /// A step that names something by number. Returns its own place on the tape.
    pub fn refer(&mut self, kind: OpKind, number: usize) -> usize {
        self.add(Op::numbered(kind, number))
    }

    /// Gives the step at `op` all that came after it.
    pub fn close(&mut self, op: usize) {
        let until = self.body.ops.len();
        if let Some(op) = self.body.ops.get_mut(op) {
            *op = op.with_until(until);
        }
    }

    /// No phrase reaches over this point, whatever came before it.
    pub fn part_phrases(&mut self) {
        self.add(Op::numbered(OpKind::Boundary, 0));
    }

    fn add(&mut self, op: Op) -> usize {
        self.body.ops.push(op);
        self.body.ops.len() - 1
    }

    /// Writes an interface string by key.
    pub fn label(&mut self, key: &str) {
        let start = self.body.markup.len();
        self.body.markup.push_str(key);
        self.add(Op::bytes(OpKind::Label, start..self.body.markup.len()));
    }

    fn settle_break(&mut self, next: Option<char>) {
        if !std::mem::take(&mut self.soft_break) {
            return;
        }
        let joined = match (self.last, next) {
            (Some(before), Some(after)) => cjk::joins(before, after),
            (None, _) => true,
            (Some(_), None) => false,
        };
        if !joined {
            self.markup("\n");
            // A word of Latin letters may go on in the converted text; a line end between two of them
            // must part them there too, for reading aloud, searching and counting.
            if self.fixed == 0 {
                self.boundary_if_text();
            }
        }
    }

    fn boundary_if_text(&mut self) {
        let open = self
            .body
            .ops
            .iter()
            .rev()
            .find(|op| op.kind().is_text() || op.kind() == OpKind::Boundary);
        if open.is_some_and(|op| op.kind().is_text()) {
            self.part_phrases();
        }
    }

    fn push_fixed(&mut self, text: &str) {
        let start = self.body.fixed.len();
        self.body.fixed.push_str(text);
        self.push(OpKind::Fixed, start, self.body.fixed.len());
    }

    fn push(&mut self, kind: OpKind, start: usize, end: usize) {
        if let Some(op) = self.body.ops.last_mut()
            && op.kind() == kind
            && let before = op.range()
            && before.end == start
            && !before.is_empty()
            && end - before.start <= Op::LONGEST
        {
            *op = Op::bytes(kind, before.start..end);
            return;
        }
        if end - start <= Op::LONGEST {
            self.body.ops.push(Op::bytes(kind, start..end));
        } else {
            self.push_pieces(kind, start..end);
        }
    }

    /// Several steps for more than one can speak of: a line of code may come to that when it is escaped.
    #[cold]
    fn push_pieces(&mut self, kind: OpKind, range: Range<usize>) {
        let store = match kind {
            OpKind::Markup => &self.body.markup,
            OpKind::Fixed => &self.body.fixed,
            OpKind::Respelled => &self.body.respelled,
            _ => self.source,
        };
        let ops = pieces(store, range, Op::LONGEST).map(|piece| Op::bytes(kind, piece));
        self.body.ops.extend(ops);
    }
}

/// The bytes `range` of `store` in pieces of `longest` bytes at most, between characters.
fn pieces(store: &str, range: Range<usize>, longest: usize) -> impl Iterator<Item = Range<usize>> {
    let mut next = Some(range);
    std::iter::from_fn(move || {
        let rest = next.take()?;
        if rest.len() <= longest {
            return Some(rest);
        }
        let cut = store.floor_char_boundary(rest.start + longest);
        next = Some(cut..rest.end);
        Some(rest.start..cut)
    })
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn pieces_end_between_characters() {
        let found = |range| pieces("ab中文c", range, 4).collect::<Vec<_>>();
        assert_eq!(found(0..9), [0..2, 2..5, 5..9]);
        assert_eq!(found(2..2).first(), Some(&(2..2)));
    }
}
