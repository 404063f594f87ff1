//! Headings: their ids, which are the same in every edition, and their text for tables of contents.

use std::ops::Range;

use pulldown_cmark::HeadingLevel;

use super::{Heading, Writer};
use crate::diagnostic::{Code, Label};
use crate::pipeline::escape::escaped;

/// How headings begin, up to their id, and end, by their level.
const TAGS: [(&str, &str); 6] = [
    ("<h1 id=\"", "</h1>\n"),
    ("<h2 id=\"", "</h2>\n"),
    ("<h3 id=\"", "</h3>\n"),
    ("<h4 id=\"", "</h4>\n"),
    ("<h5 id=\"", "</h5>\n"),
    ("<h6 id=\"", "</h6>\n"),
];

/// A heading whose text is still being read.
pub struct OpenHeading {
    level: u8,
    id: Option<Box<str>>,
    place: Range<usize>,
    reserved: usize,
    /// Its text so far.
    pub text: String,
}

impl Writer<'_> {
    pub(super) fn start_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        place: Range<usize>,
    ) {
        self.begin_block();
        let reserved = self.tape.reserve();
        self.open_heading = Some(OpenHeading {
            level: level as u8,
            id: id.filter(|id| !id.is_empty()).map(Into::into),
            place,
            reserved,
            text: String::new(),
        });
    }

    pub(super) fn end_heading(&mut self, level: HeadingLevel) {
        self.close_open_variant();
        self.tape.boundary();
        let (opening, closing) = TAGS[level as usize - 1];
        self.tape.markup(closing);
        let Some(open) = self.open_heading.take() else {
            return;
        };
        let text: Box<str> = open.text.trim().into();
        let id = match open.id {
            Some(id) => {
                if self.ids.insert(id.clone(), 0).is_some() {
                    let first = self.out.headings.iter().position(|known| known.id == id);
                    let places = &self.heading_places;
                    let span = first
                        .and_then(|index| places.get(index))
                        .map(|place| self.source.span(self.absolute(place.clone())));
                    let note = self.note(Code::DuplicateId, open.place.clone());
                    note.args.push(("id", (id.to_string()).into()));
                    note.related.extend(span.map(|span| (span, Label::First)));
                }
                id
            }
            None => self.free_id(&text),
        };
        self.tape
            .fill(open.reserved, &[opening, &escaped(&id), "\">"]);
        self.heading_places.push(open.place);
        self.out.headings.push(Heading {
            level: open.level,
            id,
            text,
        });
    }

    /// An id made from a heading's text: letters and digits of any script, `-` for spaces; numbered
    /// when it is taken.
    fn free_id(&mut self, text: &str) -> Box<str> {
        let mut base = String::with_capacity(text.len());
        for ch in text.chars() {
            // What nearly all are is a letter and has no case.
            if matches!(ch, '\u{4E00}'..='\u{9FFF}') {
                base.push(ch);
            } else if ch.is_alphanumeric() {
                base.extend(ch.to_lowercase());
            } else if (ch.is_whitespace() || ch == '-' || ch == '_') && !base.ends_with('-') {
                base.push('-');
            }
        }
        let base = match base.trim_matches('-') {
            "" => "section",
            base => base,
        };
        let mut id: Box<str> = base.into();
        let mut number = self.ids.get(base).copied().unwrap_or(0);
        while self.ids.contains_key(&id) {
            number += 1;
            id = format!("{base}-{number}").into();
        }
        if number > 0 {
            self.ids.insert(base.into(), number);
        }
        self.ids.insert(id.clone(), 0);
        id
    }
}
