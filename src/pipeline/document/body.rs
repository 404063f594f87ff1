//! A page's body, parsed: everything of it that is the same in every edition, kept once.
//!
//! The body is a tape of [`Op`]s over three stores: `markup` (HTML that no edition changes), `text`
//! (what is shown and converted, unescaped), `fixed` (what is shown and never converted). An edition is
//! made by playing the tape: markup is copied, each run of text is converted as a whole and laid back
//! at the ops it came from. So both scripts share one parse, and code, URLs and ids cannot be converted
//! because they are not in the `text` store at all.
//!
//! All offsets are bytes and fit in 32 bits: front matter and body together are refused beyond 4 GiB
//! long before this.

use std::ops::Range;

use crate::config::LanguageIndex;

/// The parsed body of one source.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// HTML that is the same in every edition.
    pub markup: String,
    /// Text to convert, in reading order, unescaped.
    pub text: String,
    /// Text that is shown as it is, unescaped: autolinks, `-{kept}-` words, other languages.
    pub fixed: String,
    /// The tape.
    pub ops: Vec<Op>,
    /// Where stretches of `text` stand in the source: ascending `(text offset, source offset)`.
    pub places: Vec<(u32, u32)>,
    /// The links, images and references that [`OpKind::Href`] names by number.
    pub links: Vec<Link>,
    /// The inline variants that [`OpKind::Variant`] names by number.
    pub variants: Vec<Variant>,
    /// The components that [`OpKind::Open`] names by number.
    pub components: Vec<Component>,
}

impl Body {
    /// Gives back the room that growing left over: bodies are what a large site's memory is full of. By copying,
    /// since an allocator need not take back the end of a block.
    pub fn shrink(&mut self) {
        self.markup = self.markup.clone();
        self.text = self.text.clone();
        self.fixed = self.fixed.clone();
        self.ops = self.ops.clone();
        self.places = self.places.clone();
        let mut links = Vec::with_capacity(self.links.len());
        links.append(&mut self.links);
        self.links = links;
    }
}

/// One step of the tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Op {
    /// What to do.
    pub kind: OpKind,
    /// The start of the bytes it speaks of, in the store of its kind; or a number.
    pub start: u32,
    /// Their end; for [`OpKind::Variant`] and [`OpKind::Open`], the op after its last one.
    pub end: u32,
}

/// The kinds of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpKind {
    /// Copy bytes of `markup`.
    Markup,
    /// Show bytes of `text`, converted and escaped.
    Text,
    /// Show bytes of `fixed`, escaped.
    Fixed,
    /// No phrase reaches over this point: the end of a block, a code span, a hard line break.
    Boundary,
    /// Write the address of link number `start`, escaped.
    Href,
    /// Write the interface string whose key is bytes of `markup`, escaped.
    Label,
    /// Write the number that the page gives to citation number `start`.
    Cite,
    /// Play up to op `end` only in the languages of variant number `start`.
    Variant,
    /// Component number `start` holds what follows, up to op `end`.
    Open,
}

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

impl Body {
    /// The place in the source of the byte `at` of `text`.
    pub fn source_offset(&self, at: usize) -> usize {
        let next = self
            .places
            .partition_point(|(text, _)| *text as usize <= at);
        match next.checked_sub(1).and_then(|index| self.places.get(index)) {
            Some((text, source)) => *source as usize + (at - *text as usize),
            None => 0,
        }
    }
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

    #[test]
    fn source_offsets_follow_the_text() {
        let body = Body {
            places: vec![(0, 10), (6, 20)],
            ..Body::default()
        };
        assert_eq!(body.source_offset(3), 13);
        assert_eq!(body.source_offset(6), 20);
        assert_eq!(body.source_offset(9), 23);
    }
}
