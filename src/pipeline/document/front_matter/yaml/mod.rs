//! YAML to a [`Node`] tree, each value at its exact place.
//!
//! The parser of `saphyr-parser` gives events with places; this makes the tree of them, without
//! recursion, and refuses on the way what front matter has no use for: anchors and aliases (so no bomb
//! can go off), tags, nesting beyond [`DEPTH`], a second document.
//!
//! A syntax error ends the reading: what follows it cannot be trusted.

mod faults;
mod places;
mod scalar;

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

use places::Places;

use crate::config::tree::{Entry, Kind, Node};
use crate::diagnostic::{Code, Diagnostic, Label, Noted, Term};
use crate::source::Source;

/// The deepest nesting read.
pub const DEPTH: usize = 16;
/// The longest front matter read, in bytes.
pub const LIMIT: usize = 256 << 10;

/// The tree of the YAML at `range` of `source`. An empty text is an empty map.
pub fn parse(source: &Source, range: Range<usize>) -> Noted<Option<Node>> {
    let text = source.text().get(range.clone()).unwrap_or("");
    let mut builder = Builder {
        source,
        places: Places::new(text, range.start),
        open: Vec::new(),
        root: None,
        sound: true,
        notes: Vec::new(),
    };
    let complete = if text.len() > LIMIT {
        builder.note(
            Code::YamlTooLarge,
            Term::YamlTooLong,
            range.start..range.start,
        );
        false
    } else {
        builder.run(text)
    };
    let empty = Node {
        range: range.start..range.start,
        kind: Kind::Map(Vec::new()),
    };
    let root = builder.root.unwrap_or(empty);
    Noted {
        value: (complete && builder.sound).then_some(root),
        notes: builder.notes,
    }
}

struct Builder<'s> {
    source: &'s Source,
    places: Places,
    open: Vec<Open>,
    root: Option<Node>,
    /// Whether the tree says what the text says.
    sound: bool,
    notes: Vec<Diagnostic>,
}

/// A collection whose end has not come yet.
enum Open {
    List {
        start: usize,
        items: Vec<Node>,
    },
    Map {
        start: usize,
        entries: Vec<Entry>,
        key: Option<(String, Range<usize>)>,
        /// The keys of a map too long to look through, which only an odd file has.
        index: BTreeMap<String, usize>,
    },
}

/// Maps up to this many keys are looked through for a duplicate; longer ones are indexed.
const SHORT: usize = 32;

impl Open {
    fn start(&self) -> usize {
        match self {
            Open::List { start, .. } | Open::Map { start, .. } => *start,
        }
    }
}

impl Builder<'_> {
    /// Whether the text was read to its end.
    fn run(&mut self, text: &str) -> bool {
        let mut parser = Parser::new_from_str(text);
        while let Some(event) = parser.next_event() {
            let (event, span) = match event {
                Ok(event) => event,
                Err(error) => {
                    self.syntax(&error);
                    return false;
                }
            };
            let range = self.places.range(&span.start, &span.end);
            match event {
                Event::StreamEnd => return true,
                Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
                Event::DocumentStart(_) => {
                    if self.root.is_some() {
                        self.note(Code::YamlSyntax, Term::YamlSecondDocument, range);
                        return false;
                    }
                }
                Event::Alias(_) => {
                    self.note_at(Diagnostic::new(Code::YamlAnchor), range.clone());
                    self.place(range, Kind::Null);
                }
                Event::Scalar(value, style, anchor, tag) => {
                    self.refuse(anchor, tag.as_deref(), &range);
                    let plain = style == ScalarStyle::Plain && tag.is_none();
                    self.scalar(&value, plain, range);
                }
                Event::SequenceStart(anchor, tag) => {
                    self.refuse(anchor, tag.as_deref(), &range);
                    if !self.open(range, |start| Open::List {
                        start,
                        items: Vec::new(),
                    }) {
                        return false;
                    }
                }
                Event::MappingStart(anchor, tag) => {
                    self.refuse(anchor, tag.as_deref(), &range);
                    if !self.open(range, |start| Open::Map {
                        start,
                        entries: Vec::new(),
                        key: None,
                        index: BTreeMap::new(),
                    }) {
                        return false;
                    }
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(range.end),
            }
        }
        true
    }

    /// Opens a collection; false when it is one level too deep.
    fn open(&mut self, range: Range<usize>, collection: impl Fn(usize) -> Open) -> bool {
        if self.open.len() >= DEPTH {
            self.note(Code::YamlTooLarge, Term::YamlTooDeep, range);
            return false;
        }
        self.open.push(collection(range.start));
        true
    }

    fn close(&mut self, end: usize) {
        let (start, kind) = match self.open.pop() {
            Some(Open::List { start, items }) => (start, Kind::List(items)),
            Some(Open::Map { start, entries, .. }) => (start, Kind::Map(entries)),
            // The parser closes only what it has opened.
            None => return,
        };
        let end = self.trimmed(start..end.max(start));
        self.place(end, kind);
    }

    fn scalar(&mut self, value: &str, is_plain: bool, range: Range<usize>) {
        if let Some(Open::Map {
            key: key @ None, ..
        }) = self.open.last_mut()
        {
            *key = Some((value.to_string(), range));
            return;
        }
        let kind = if is_plain {
            scalar::plain(value)
        } else {
            Kind::Text(value.to_string())
        };
        let range = self.trimmed(range);
        self.place(range, kind);
    }

    /// Puts a finished value where it belongs.
    fn place(&mut self, range: Range<usize>, kind: Kind) {
        let node = Node { range, kind };
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map {
                entries,
                key,
                index,
                ..
            }) => match key.take() {
                None => {
                    // A list, a map or an alias in a key's place; what follows is its value.
                    self.sound = false;
                    *key = Some((String::new(), node.range.clone()));
                    let range = node.range;
                    self.note(Code::YamlSyntax, Term::YamlKeyNotText, range);
                }
                Some((name, key_range)) => {
                    if entries.len() == SHORT {
                        let named = entries.iter().enumerate();
                        index.extend(named.map(|(at, entry)| (entry.key.clone(), at)));
                    }
                    let first = if entries.len() < SHORT {
                        entries.iter().position(|entry| entry.key == name)
                    } else {
                        index.get(&name).copied()
                    };
                    if let Some(first) = first {
                        let first = self.source.span(entries[first].key_range.clone());
                        let twice = Diagnostic::new(Code::DuplicateKey)
                            .with("key", name)
                            .related(first, Label::First);
                        self.note_at(twice, key_range);
                        return;
                    }
                    if entries.len() >= SHORT {
                        index.insert(name.clone(), entries.len());
                    }
                    entries.push(Entry {
                        key: name,
                        key_range,
                        value: node,
                    });
                }
            },
        }
    }

    fn note(&mut self, code: Code, detail: Term, range: Range<usize>) {
        self.note_at(Diagnostic::new(code).with("detail", detail), range);
    }

    fn note_at(&mut self, note: Diagnostic, range: Range<usize>) {
        self.notes.push(note.at(self.source, range));
    }

    /// The range without the white space at its end, which the parser counts to block values.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = self.source.text().get(range.clone()).unwrap_or("");
        range.start..range.start + text.trim_end().len()
    }
}
