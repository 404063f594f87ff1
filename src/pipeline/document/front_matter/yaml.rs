//! YAML to a [`Node`] tree, each value at its exact place.
//!
//! The parser of `saphyr-parser` gives events with places; this makes the tree of them, without
//! recursion, and refuses on the way what front matter has no use for: anchors and aliases (so no bomb
//! can go off), tags, nesting beyond [`DEPTH`], a second document. Scalars are resolved by YAML 1.2's
//! core schema, except that digits with a leading zero stay a text, since `007` is rarely meant as 7.
//!
//! A syntax error ends the reading: what follows it cannot be trusted.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};

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
            plain(value)
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

    /// Notes an anchor or a tag.
    fn refuse(&mut self, anchor: usize, tag: Option<&saphyr_parser::Tag>, range: &Range<usize>) {
        let text = self.source.text();
        if anchor != 0 {
            let at = before(text, range.start, '&');
            self.note_at(Diagnostic::new(Code::YamlAnchor), at);
        }
        if let Some(tag) = tag {
            let at = before(text, range.start, '!');
            let written = text.get(at.clone()).unwrap_or("").to_string();
            let shown = if written.is_empty() {
                format!("!{}", tag.suffix)
            } else {
                written
            };
            self.note_at(Diagnostic::new(Code::YamlTag).with("tag", shown), at);
        }
    }

    fn syntax(&mut self, error: &ScanError) {
        let at = self.places.byte(error.marker());
        let text = self.source.text();
        let info = error.info();
        if info.contains("unknown anchor") {
            let at = before(text, at, '*');
            self.note_at(Diagnostic::new(Code::YamlAnchor), at);
        } else if let Some(tab) = indenting_tab(text, at) {
            self.note_at(Diagnostic::new(Code::YamlTab), tab..tab + 1);
        } else {
            let note = Diagnostic::new(Code::YamlSyntax).with("detail", info);
            self.note_at(note, at..at);
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

/// What a plain scalar is.
fn plain(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" => return Kind::Boolean(true),
        "false" | "False" | "FALSE" => return Kind::Boolean(false),
        _ => {}
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let bytes = unsigned.as_bytes();
    let numeric = |byte: &u8| byte.is_ascii_digit() || b".eE+-".contains(byte);
    if let Some(hexadecimal) = text.strip_prefix("0x") {
        return radix(text, hexadecimal, 16);
    } else if let Some(octal) = text.strip_prefix("0o") {
        return radix(text, octal, 8);
    } else if !bytes.iter().all(numeric) || !bytes.iter().any(u8::is_ascii_digit) {
        return Kind::Text(text.to_string());
    }
    let leading_zero = bytes[0] == b'0' && bytes.get(1).is_some_and(u8::is_ascii_digit);
    if leading_zero || bytes[0] == b'-' || bytes[0] == b'+' {
        return Kind::Text(text.to_string());
    }
    if let Ok(number) = text.parse() {
        return Kind::Integer(number);
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Kind::Float(number),
        _ => Kind::Text(text.to_string()),
    }
}

fn radix(text: &str, digits: &str, radix: u32) -> Kind {
    let unsigned = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    match i64::from_str_radix(digits, radix) {
        Ok(number) if unsigned => Kind::Integer(number),
        _ => Kind::Text(text.to_string()),
    }
}

/// The word beginning with `mark` that ends before `at` or begins there: an anchor or a tag stands
/// before its value, which is where the parser says the value begins.
fn before(text: &str, at: usize, mark: char) -> Range<usize> {
    let at = text.floor_char_boundary(at.min(text.len()));
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let found = if text[at..].starts_with(mark) {
        Some(at)
    } else {
        text[line..at].rfind(mark).map(|start| line + start)
    };
    let Some(start) = found else {
        return at..at;
    };
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}');
    let length = text[start..].find(ends).unwrap_or(text.len() - start);
    start..start + length
}

/// The first tab among the white space that begins the line of `at`, or the line before it.
fn indenting_tab(text: &str, at: usize) -> Option<usize> {
    let at = text.floor_char_boundary(at.min(text.len()));
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let indent = |start: usize| {
        let blank = text[start..].find(|c| c != ' ' && c != '\t')?;
        text[start..start + blank].find('\t').map(|tab| start + tab)
    };
    indent(line).or_else(|| {
        let previous = text[..line.saturating_sub(1)].rfind('\n');
        indent(previous.map_or(0, |end| end + 1))
    })
}

/// From the parser's places, which count characters, to bytes of the source.
struct Places {
    start: usize,
    /// The byte at which each character begins; empty when every character is a byte.
    bytes: Vec<u32>,
    length: usize,
}

impl Places {
    fn new(text: &str, start: usize) -> Places {
        let bytes = if text.is_ascii() || text.len() > LIMIT {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at as u32).collect()
        };
        Places {
            start,
            bytes,
            length: text.len(),
        }
    }

    fn byte(&self, marker: &Marker) -> usize {
        let index = marker.index();
        let inside = match self.bytes.get(index) {
            Some(byte) => *byte as usize,
            None if self.bytes.is_empty() => index.min(self.length),
            None => self.length,
        };
        self.start + inside
    }

    fn range(&self, start: &Marker, end: &Marker) -> Range<usize> {
        let start = self.byte(start);
        start..self.byte(end).max(start)
    }
}
