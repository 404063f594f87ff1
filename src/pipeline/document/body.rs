//! A page's body, parsed: everything of it that is the same in every edition, kept once.
//!
//! The body is a tape of [`Op`]s. What they show is HTML that no edition changes (`markup`), text that is
//! converted, and what is shown and never converted (`fixed`). Text is not copied: its ops name bytes of the source, and
//! `respelled` has the little that is written otherwise than it reads (`&amp;`). An edition is
//! made by playing the tape: markup is copied, each run of text is converted as a whole and laid back
//! at the ops it came from. So both scripts share one parse, and code, URLs and ids cannot be converted
//! because no text op speaks of them.
//!
//! All offsets are bytes and fit in 32 bits: a text beyond 64 MiB is not read.

use std::ops::Range;

use crate::config::LanguageIndex;
use crate::source::Source;

/// The parsed body of one source.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// HTML that is the same in every edition.
    pub markup: String,
    /// Text to convert that the source has in another spelling, unescaped.
    pub respelled: String,
    /// Where its parts stand in the source, in their order.
    pub respellings: Vec<Respelling>,
    /// Text that is shown as it is, unescaped: autolinks, `-{kept}-` words, other languages.
    pub fixed: String,
    /// The tape.
    pub ops: Vec<Op>,
    /// How many bytes of text its ops show, in all languages together.
    pub text_len: usize,
    /// Whether anything in its text has to be escaped where it shows as written.
    pub escapes: bool,
    /// The links, images and references that [`OpKind::Href`] names by number.
    pub links: Vec<Link>,
    /// The inline variants that [`OpKind::Variant`] names by number.
    pub variants: Vec<Variant>,
    /// The components that [`OpKind::Open`] names by number.
    pub components: Vec<Component>,
}

/// A part of [`Body::respelled`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Respelling {
    /// The byte of `respelled` it begins at.
    pub at: u32,
    /// Where it is written, bytes of the source.
    pub place: Range<u32>,
}

impl Body {
    /// The text ops that show in `language`, and the boundaries around them, each with its number on the tape. What stands between two
    /// boundaries is converted as one.
    pub fn texts(&self, language: LanguageIndex) -> impl Iterator<Item = (usize, Op)> {
        let mut next = 0;
        std::iter::from_fn(move || {
            loop {
                let (at, op) = (next, *self.ops.get(next)?);
                next += 1;
                match op.kind() {
                    OpKind::Text | OpKind::Respelled | OpKind::Boundary => return Some((at, op)),
                    OpKind::Variant if !self.variants[op.number()].shows_in(language) => {
                        next = op.until();
                    }
                    _ => {}
                }
            }
        })
    }

    /// What the text op `op` says; `source` is what the body was read from.
    pub fn text<'t>(&'t self, op: Op, source: &'t Source) -> &'t str {
        let store = match op.kind() {
            OpKind::Respelled => self.respelled.as_str(),
            _ => source.text(),
        };
        &store[op.range()]
    }

    /// Where in the source the bytes `inside` of the text op `op` stand. What reads otherwise than it is written has only a place
    /// as a whole.
    pub fn place(&self, op: Op, inside: Range<usize>) -> Range<usize> {
        let base = op.range().start;
        let range = base + inside.start..base + inside.end;
        if op.kind() != OpKind::Respelled {
            return range;
        }
        let part = |at: usize| {
            let after = (self.respellings).partition_point(|part| part.at as usize <= at);
            self.respellings[after.saturating_sub(1)].place.clone()
        };
        let last = range.end.saturating_sub(1).max(range.start);
        part(range.start).start as usize..part(last).end as usize
    }

    /// Gives back the room that growing left over: bodies are what a large site's memory is full of. By copying,
    /// since an allocator need not take back the end of a block.
    pub fn shrink(&mut self) {
        self.markup = self.markup.clone();
        self.respelled = self.respelled.clone();
        self.respellings = self.respellings.clone();
        self.fixed = self.fixed.clone();
        self.ops = self.ops.clone();
        let mut links = Vec::with_capacity(self.links.len());
        links.append(&mut self.links);
        self.links = links;
    }
}

/// One step of the tape. Eight bytes: a page has hundreds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Op {
    /// The start of the bytes it speaks of; or a number.
    start: u32,
    /// The kind in the upper four bits; below it how many bytes there are, or the op after the last of those that
    /// belong to this one.
    rest: u32,
}

const KIND_SHIFT: u32 = 28;

impl Op {
    /// How many bytes one op can speak of.
    pub const LONGEST: usize = (1 << KIND_SHIFT) - 1;

    fn new(kind: OpKind, start: usize, rest: usize) -> Op {
        debug_assert!(rest <= Op::LONGEST, "a text beyond 64 MiB");
        Op {
            start: start as u32,
            rest: (kind as u32) << KIND_SHIFT | rest as u32,
        }
    }

    /// A step that speaks of the bytes `range` of what its kind shows, [`Op::LONGEST`] at most.
    pub fn bytes(kind: OpKind, range: Range<usize>) -> Op {
        Op::new(kind, range.start, range.len())
    }

    /// A step that names something by number.
    pub fn numbered(kind: OpKind, number: usize) -> Op {
        Op::new(kind, number, 0)
    }

    /// What to do.
    pub fn kind(self) -> OpKind {
        KINDS[(self.rest >> KIND_SHIFT) as usize]
    }

    /// The bytes it speaks of, in what its kind shows.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.start as usize + self.below()
    }

    /// The number it names.
    pub fn number(self) -> usize {
        self.start as usize
    }

    /// The op after the last one that belongs to it; of [`OpKind::Variant`] and [`OpKind::Open`].
    pub fn until(self) -> usize {
        self.below()
    }

    /// The same step, holding the ops up to `until`.
    #[must_use]
    pub fn with_until(self, until: usize) -> Op {
        Op::new(self.kind(), self.number(), until)
    }

    fn below(self) -> usize {
        self.rest as usize & Op::LONGEST
    }
}

/// The kinds of steps. At most sixteen: [`Op`] has four bits for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpKind {
    /// Copy bytes of `markup`.
    Markup,
    /// Show bytes of the source, converted and escaped.
    Text,
    /// Show bytes of `respelled`, converted and escaped.
    Respelled,
    /// Show bytes of `fixed`, escaped.
    Fixed,
    /// No phrase reaches over this point: the end of a block, a code span, a hard line break.
    Boundary,
    /// Write the address of the link of its number, escaped.
    Href,
    /// Write the interface string whose key is bytes of `markup`, escaped.
    Label,
    /// Write the number that the page gives to the citation of its number.
    Cite,
    /// Play the ops that belong to it only in the languages of the variant of its number.
    Variant,
    /// The component of its number holds the ops that belong to it.
    Open,
}

impl OpKind {
    /// Whether it shows text that is converted.
    pub fn is_text(self) -> bool {
        matches!(self, OpKind::Text | OpKind::Respelled)
    }
}

/// The kinds, each at its own number; the rest of what four bits can say is never written.
const KINDS: [OpKind; 16] = [
    OpKind::Markup,
    OpKind::Text,
    OpKind::Respelled,
    OpKind::Fixed,
    OpKind::Boundary,
    OpKind::Href,
    OpKind::Label,
    OpKind::Cite,
    OpKind::Variant,
    OpKind::Open,
    OpKind::Open,
    OpKind::Open,
    OpKind::Open,
    OpKind::Open,
    OpKind::Open,
    OpKind::Open,
];

/// A link as written, and what it turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it leads to.
    pub target: LinkTarget,
    /// Where it is written, bytes of the source.
    pub place: Range<u32>,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// An address that is not this site's, or one written out with a leading `/`.
    Address(Box<str>),
    /// A heading or other id on the same page.
    Anchor(Box<str>),
    /// A file of the content folder: a page or an asset. Not yet looked up.
    File {
        /// The path as written, without the anchor.
        path: Box<str>,
        /// The `#anchor`, without the `#`.
        anchor: Option<Box<str>>,
        /// Whether it is shown rather than followed (an image).
        shown: bool,
    },
}

/// One arm of an inline variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The languages that show this arm, a bit each by [`LanguageIndex`].
    pub languages: u64,
}

impl Variant {
    /// Whether `language` shows this arm.
    pub fn shows_in(self, language: LanguageIndex) -> bool {
        self.languages >> language.position() & 1 == 1
    }
}

/// A component call, `::: name key="value"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// Its name: the file of `templates/components/` that draws it.
    pub name: Box<str>,
    /// Its arguments in the order written.
    pub args: Vec<(Box<str>, Box<str>)>,
    /// Where it is written, bytes of the source.
    pub place: Range<u32>,
}

/// Whether no conversion ever touches the argument or key `name`: it holds an address, an id or a
/// keyword, not words for a reader.
pub fn is_identifier_key(name: &str) -> bool {
    matches!(
        name,
        "file"
            | "hans"
            | "hk"
            | "href"
            | "id"
            | "lang"
            | "page"
            | "path"
            | "slug"
            | "src"
            | "tw"
            | "url"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    #[test]
    fn ops_are_what_they_were_made_of() {
        for (kind, number) in KINDS[..=OpKind::Open as usize].iter().copied().zip(0..) {
            assert_eq!(kind as usize, number);
            let op = Op::bytes(kind, 7..7 + Op::LONGEST);
            assert_eq!((op.kind(), op.range()), (kind, 7..7 + Op::LONGEST));
            let op = Op::numbered(kind, 5).with_until(9);
            assert_eq!((op.kind(), op.number(), op.until()), (kind, 5, 9));
        }
        assert_eq!(size_of::<Op>(), 8);
    }

    #[test]
    fn every_text_has_its_place() {
        let part = |at, place| Respelling { at, place };
        let body = Body {
            respelled: "&<中".to_string(),
            respellings: vec![part(0, 40..45), part(1, 50..54), part(2, 60..68)],
            ..Body::default()
        };
        let source = Source::new(SitePath::new("a.md"), "甲乙丙".to_string());
        let written = Op::bytes(OpKind::Text, 3..9);
        assert_eq!(body.text(written, &source), "乙丙");
        assert_eq!(body.place(written, 3..6), 6..9);
        let respelled = Op::bytes(OpKind::Respelled, 1..5);
        assert_eq!(body.text(respelled, &source), "<中");
        for (inside, place) in [
            (0..0, 50..54),
            (0..1, 50..54),
            (0..4, 50..68),
            (1..4, 60..68),
        ] {
            assert_eq!(body.place(respelled, inside), place);
        }
    }
}
