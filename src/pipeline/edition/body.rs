//! Playing the tape of a body in one language.

use std::ops::Range;

use super::conversion::Conversion;
use crate::config::LanguageIndex;
use crate::hanzi::QuoteState;
use crate::pipeline::document::body::{Body, Component, Op, OpKind, is_identifier_key};
use crate::pipeline::document::markdown::tape::{escape_into, is_plain};

/// A stretch of a finished body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// HTML.
    Html(String),
    /// A component, to be drawn by its template.
    Component(Drawn),
}

/// A component and what it holds, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Its number in [`Body::components`].
    pub number: usize,
    /// Its arguments, the worded ones converted.
    pub args: Vec<(String, String)>,
    /// What stands between its two lines.
    pub body: Vec<Piece>,
}

/// What a body needs besides its conversion.
pub trait Surroundings {
    /// The address of link number `number`, for this edition.
    fn href(&self, number: usize) -> &str;
    /// The number that the page gives to citation number `index` of the document.
    fn citation(&self, index: usize) -> usize;
    /// The interface string under `key`, in this edition's language.
    fn label<'k>(&'k self, key: &'k str) -> &'k str;
}

/// The body in one language.
pub fn play(
    body: &Body,
    language: LanguageIndex,
    conversion: &Conversion,
    around: &impl Surroundings,
) -> Vec<Piece> {
    let mut player = Player {
        body,
        language,
        conversion,
        around,
        quotes: QuoteState::default(),
        run: Run {
            is_plain: matches!(conversion, Conversion::AsWritten) && is_plain(&body.text),
            ..Run::default()
        },
        scratch: Scratch::default(),
    };
    player.play(0, body.ops.len())
}

/// The words of the body in one language, blocks parted by line ends: for search and for counting.
pub fn words(body: &Body, language: LanguageIndex, conversion: &Conversion) -> String {
    let mut player = Player {
        body,
        language,
        conversion,
        around: &Nothing,
        quotes: QuoteState::default(),
        run: Run::default(),
        scratch: Scratch::default(),
    };
    player.words()
}

struct Nothing;

impl Surroundings for Nothing {
    fn href(&self, _: usize) -> &str {
        ""
    }

    fn citation(&self, index: usize) -> usize {
        index + 1
    }

    fn label<'k>(&'k self, _: &'k str) -> &'k str {
        ""
    }
}

struct Player<'a, S> {
    body: &'a Body,
    language: LanguageIndex,
    conversion: &'a Conversion,
    around: &'a S,
    /// Quotations may span blocks, so their state goes through the whole page.
    quotes: QuoteState,
    run: Run,
    scratch: Scratch,
}

/// The run of text now being laid back: the text ops up to the next boundary, converted as one.
#[derive(Default)]
struct Run {
    /// The op after the run's last one; the run is over when this is reached.
    end: usize,
    /// The converted text.
    text: String,
    /// Where each text op's part of it ends, in order.
    ends: Vec<usize>,
    /// How many parts have been written.
    written: usize,
    /// Whether nothing in it has to be escaped; where nothing is converted, in the whole body.
    is_plain: bool,
}

#[derive(Default)]
struct Scratch {
    cuts: Vec<usize>,
}

impl<S: Surroundings> Player<'_, S> {
    fn play(&mut self, from: usize, to: usize) -> Vec<Piece> {
        let mut pieces = Vec::new();
        // What the whole body comes to, but for addresses, labels and what escaping adds.
        let len = self.body.text.len() + self.body.markup.len() + self.body.fixed.len();
        let mut html = String::with_capacity(if from == 0 { len + len / 8 } else { 0 });
        let mut at = from;
        while at < to {
            let op = self.body.ops[at];
            at += 1;
            match op.kind() {
                OpKind::Markup => html.push_str(slice(&self.body.markup, op)),
                OpKind::Text => match self.shown(at - 1, op) {
                    (text, true) => html.push_str(text),
                    (text, false) => escape_into(&mut html, text),
                },
                OpKind::Fixed => escape_into(&mut html, slice(&self.body.fixed, op)),
                OpKind::Boundary => {}
                OpKind::Href => escape_into(&mut html, self.around.href(op.number())),
                OpKind::Cite => {
                    html.push_str(&self.around.citation(op.number()).to_string());
                }
                OpKind::Label => {
                    escape_into(&mut html, self.around.label(slice(&self.body.markup, op)));
                }
                OpKind::Variant => {
                    let variant = self.body.variants[op.number()];
                    if !variant.shows_in(self.language) {
                        at = op.until();
                    }
                }
                OpKind::Open => {
                    if !html.is_empty() {
                        pieces.push(Piece::Html(std::mem::take(&mut html)));
                    }
                    let number = op.number();
                    let args = self.args(&self.body.components[number]);
                    let body = self.play(at, op.until());
                    pieces.push(Piece::Component(Drawn { number, args, body }));
                    at = op.until();
                }
            }
        }
        if !html.is_empty() {
            pieces.push(Piece::Html(html));
        }
        pieces
    }

    fn words(&mut self) -> String {
        let mut text = String::new();
        let mut at = 0;
        while at < self.body.ops.len() {
            let op = self.body.ops[at];
            at += 1;
            match op.kind() {
                OpKind::Text => text.push_str(self.shown(at - 1, op).0),
                OpKind::Fixed => text.push_str(slice(&self.body.fixed, op)),
                OpKind::Boundary if !text.ends_with('\n') => text.push('\n'),
                OpKind::Variant if !self.body.variants[op.number()].shows_in(self.language) => {
                    at = op.until();
                }
                _ => {}
            }
        }
        text
    }

    /// What text op number `at` shows, and true if surely nothing in it has to be escaped. Where nothing converts
    /// it, it is not copied.
    fn shown(&mut self, at: usize, op: Op) -> (&str, bool) {
        if let Conversion::AsWritten = self.conversion {
            return (slice(&self.body.text, op), self.run.is_plain);
        }
        if at >= self.run.end {
            self.convert_run(at, op);
        }
        let is_plain = self.run.is_plain;
        (self.converted(), is_plain)
    }

    /// The next part of the converted run.
    fn converted(&mut self) -> &str {
        let start = match self.run.written {
            0 => 0,
            written => self.run.ends[written - 1],
        };
        let end = self.run.ends[self.run.written];
        self.run.written += 1;
        &self.run.text[start..end]
    }

    /// Converts the run that begins with text op number `at`.
    fn convert_run(&mut self, at: usize, first: Op) {
        let Range {
            start: base,
            mut end,
        } = first.range();
        let cuts = &mut self.scratch.cuts;
        cuts.clear();
        let ops = &self.body.ops;
        let mut next = at;
        while let Some(op) = ops.get(next).filter(|op| op.kind() != OpKind::Boundary) {
            if op.kind() == OpKind::Text {
                end = op.range().end;
                cuts.push(end - base);
            }
            next += 1;
        }
        self.run.end = next;
        self.run.written = 0;
        self.run.text.clear();
        self.run.ends.clear();
        self.conversion.convert_with_cuts(
            &self.body.text[base..end],
            cuts,
            &mut self.quotes,
            &mut self.run.text,
            &mut self.run.ends,
        );
        self.run.is_plain = is_plain(&self.run.text);
    }

    fn args(&self, component: &Component) -> Vec<(String, String)> {
        component
            .args
            .iter()
            .map(|(key, value)| {
                let value = if is_identifier_key(key) {
                    value.to_string()
                } else {
                    self.conversion.text(value).into_owned()
                };
                (key.to_string(), value)
            })
            .collect()
    }
}

fn slice(store: &str, op: Op) -> &str {
    &store[op.range()]
}
