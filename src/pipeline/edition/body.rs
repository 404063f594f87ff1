//! Playing the tape of a body in one language.

use super::conversion::Conversion;
use crate::config::LanguageIndex;
use crate::hanzi::Run;
use crate::pipeline::document::Document;
use crate::pipeline::document::body::{Body, Component, Op, OpKind, is_identifier_key};
use crate::pipeline::escape::{escape_into, is_plain};

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

/// The body of `document` in one language.
pub fn play(
    document: &Document,
    language: LanguageIndex,
    conversion: &Conversion,
    around: &impl Surroundings,
) -> Vec<Piece> {
    let mut player = Player::new(document, language, conversion, around);
    player.play(0, player.body.ops.len())
}

/// The words of the body of `document` in one language, blocks parted by line ends: for search and for counting.
pub fn words(document: &Document, language: LanguageIndex, conversion: &Conversion) -> String {
    Player::new(document, language, conversion, &Nothing).words()
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
    shown: Shown<'a>,
}

/// What the text ops show, in the order in which they are played.
enum Shown<'a> {
    /// What is written, which is not copied.
    AsWritten(&'a Document),
    /// What it is converted to.
    Converted(Parts),
}

/// A body's text, converted.
struct Parts {
    text: String,
    /// Where the part of each text op ends.
    ends: Vec<usize>,
    /// How many have been shown.
    count: usize,
    /// Whether nothing in it has to be escaped, which is sooner asked of all at once.
    is_plain: bool,
}

impl<'a> Shown<'a> {
    /// All that the body of `document` shows in `language`: each run, up to a boundary, is converted as one and cut where its ops are.
    fn of(document: &'a Document, language: LanguageIndex, conversion: &Conversion) -> Shown<'a> {
        let Conversion::Converted(converted) = conversion else {
            return Shown::AsWritten(document);
        };
        let Laid { text, runs, cuts } = Laid::of(document, language);
        let (text, ends) = converted.convert(&text, &runs, &cuts);
        let is_plain = is_plain(&text);
        Shown::Converted(Parts {
            text,
            ends,
            count: 0,
            is_plain,
        })
    }

    /// What the next text op, `op`, shows, and whether surely nothing in it has to be escaped.
    fn next(&mut self, op: Op) -> (&str, bool) {
        match self {
            Shown::AsWritten(document) => {
                let body = &document.markdown.body;
                (body.text(op, &document.source), !body.escapes)
            }
            Shown::Converted(parts) => {
                let start = match parts.count {
                    0 => 0,
                    count => parts.ends[count - 1],
                };
                let end = parts.ends[parts.count];
                parts.count += 1;
                (&parts.text[start..end], parts.is_plain)
            }
        }
    }
}

/// The texts of a body that show in one language, laid one behind the other to be converted.
struct Laid {
    text: String,
    /// What is converted as one each time.
    runs: Vec<Run>,
    /// Where the part of each text op ends: the cuts of the runs.
    cuts: Vec<usize>,
}

impl Laid {
    fn of(document: &Document, language: LanguageIndex) -> Laid {
        let body = &document.markdown.body;
        let mut text = String::with_capacity(body.text_len);
        let mut runs = Vec::with_capacity(body.ops.len() / 6);
        let mut cuts = Vec::with_capacity(body.ops.len() / 2);
        let mut run: Option<Run> = None;
        for (_, op) in body.texts(language) {
            if op.kind() == OpKind::Boundary {
                runs.extend(run.take());
                continue;
            }
            let start = text.len();
            text.push_str(body.text(op, &document.source));
            cuts.push(text.len());
            let run = run.get_or_insert(Run {
                range: start..start,
                cuts: 0,
            });
            run.range.end = text.len();
            run.cuts += 1;
        }
        runs.extend(run);
        Laid { text, runs, cuts }
    }
}

impl<'a, S: Surroundings> Player<'a, S> {
    fn new(
        document: &'a Document,
        language: LanguageIndex,
        conversion: &'a Conversion,
        around: &'a S,
    ) -> Player<'a, S> {
        Player {
            body: &document.markdown.body,
            language,
            conversion,
            around,
            shown: Shown::of(document, language, conversion),
        }
    }

    fn play(&mut self, from: usize, to: usize) -> Vec<Piece> {
        let mut pieces = Vec::new();
        // What the whole body comes to, but for addresses, labels and what escaping adds.
        let len = self.body.text_len + self.body.markup.len() + self.body.fixed.len();
        let mut html = String::with_capacity(if from == 0 { len + len / 8 } else { 0 });
        let mut at = from;
        while at < to {
            let op = self.body.ops[at];
            at += 1;
            match op.kind() {
                OpKind::Markup => html.push_str(slice(&self.body.markup, op)),
                OpKind::Text | OpKind::Respelled => match self.shown.next(op) {
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
                OpKind::Text | OpKind::Respelled => text.push_str(self.shown.next(op).0),
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
