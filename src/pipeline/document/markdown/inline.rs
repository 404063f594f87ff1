//! Text inside a line: code, inline variants, raw HTML.

use std::ops::Range;

use super::super::body::{OpKind, Variant};
use super::html::{self, Token};
use super::variant::{self, Mark};
use super::{Lead, Writer, cjk};
use crate::diagnostic::{Arg, Code, Term};

/// A `-{` that is still open.
pub struct OpenVariant {
    place: Range<usize>,
    arms: Vec<Arm>,
    /// Whether the arm now open holds anything.
    filled: bool,
    /// How deep in emphasis and links it was opened. What one language shows and another does not must
    /// hold whole elements.
    depth: usize,
    /// Whether it was said that another begins in it.
    holds_another: bool,
}

struct Arm {
    language: Option<String>,
    /// The index of its step and of the variant it names.
    op: usize,
}

impl Writer<'_> {
    pub(super) fn text(&mut self, text: &str, place: Range<usize>) {
        let absolute = self.absolute(place.clone());
        let written = &self.source.text()[absolute.clone()];
        // Text that stands as written is taken from the source itself, with the marks that the parser
        // was not shown. A character's name may have as many bytes as the character: `&acE;`.
        let is_as_written =
            written.len() == text.len() && (!written.starts_with('&') || written == text);
        let text = if is_as_written {
            written.into()
        } else {
            cjk::unshield(text)
        };
        if self.in_code {
            self.tape.escaped_markup(&text);
            return;
        }
        if let Some(image) = &mut self.open_image {
            image.alt.push_str(&text);
            return;
        }
        if is_as_written && !self.has_variants && self.open_variant.is_none() {
            self.plain(&text, place);
            return;
        }
        let escaped =
            absolute.start > 0 && self.source.text().as_bytes()[absolute.start - 1] == b'\\';
        self.marked_text(&text, place, escaped);
    }

    /// The text of an attribute that people read (`alt`, `title`), with the marks of inline variants.
    /// It stands somewhere in `place`.
    pub(super) fn attribute(&mut self, text: &str, place: Range<usize>) {
        let element = &self.source.text()[self.absolute(place.clone())];
        // A title written with escapes is not found as it reads, and is taken for the whole element.
        let place = match element.find(text) {
            Some(at) => place.start + at..place.start + at + text.len(),
            None => place,
        };
        let mut outer = self.open_variant.take();
        if let Some(outer) = &mut outer {
            outer.filled = true;
        }
        let (heading, lead) = (
            self.open_heading.take(),
            std::mem::replace(&mut self.lead, Lead::Found),
        );
        self.tape.boundary();
        self.marked_text(text, place, false);
        self.close_open_variant();
        self.tape.boundary();
        (self.open_heading, self.lead) = (heading, lead);
        self.open_variant = outer;
    }

    /// Text that may hold the marks of inline variants.
    fn marked_text(&mut self, text: &str, place: Range<usize>, escaped: bool) {
        // A text that reads otherwise than it is written (an entity, an escape) has only a place as a whole.
        let verbatim = place.len() == text.len();
        let within = |range: Range<usize>| match verbatim {
            true => place.start + range.start..place.start + range.end,
            false => place.clone(),
        };
        let mut at = 0;
        // A first character written with a backslash is itself and begins no mark.
        let mut search = if escaped {
            text.chars().next().map_or(0, char::len_utf8)
        } else {
            0
        };
        while let Some((mark, found)) =
            variant::next_mark(&text[search..], self.open_variant.is_some())
        {
            let mark_at = search + found.start..search + found.end;
            self.plain(&text[at..mark_at.start], within(at..mark_at.start));
            let mark_place = within(mark_at.clone());
            at = mark_at.end;
            match mark {
                Mark::Open if self.open_variant.is_some() => self.nested_variant(mark_place),
                Mark::Open => {
                    let label = variant::label(&text[at..]);
                    let tag = label.as_ref().map(|label| label.tag.to_string());
                    at += label.map_or(0, |label| label.after);
                    self.open_variant = Some(OpenVariant {
                        place: mark_place.clone(),
                        arms: Vec::new(),
                        filled: false,
                        depth: self.depth,
                        holds_another: false,
                    });
                    self.tape.begin_fixed();
                    self.open_arm(tag, mark_place);
                }
                Mark::Arm => {
                    let tag = variant::label(&text[mark_at.start + 1..])
                        .map(|label| label.tag.to_string());
                    self.close_arm(mark_place.clone());
                    self.open_arm(tag, mark_place);
                }
                Mark::Close => self.close_variant(mark_place),
            }
            search = at;
        }
        self.plain(&text[at..], within(at..text.len()));
    }

    fn plain(&mut self, text: &str, place: Range<usize>) {
        if text.is_empty() {
            return;
        }
        if let Some(open) = &mut self.open_variant {
            open.filled |= !text.trim().is_empty();
        }
        // Headings and leads take the default arm of a variant only.
        let shown_first = self
            .open_variant
            .as_ref()
            .is_none_or(|open| open.arms.len() == 1);
        if shown_first {
            if let Some(heading) = &mut self.open_heading {
                heading.text.push_str(text);
            }
            if let Lead::Reading(lead) = &mut self.lead {
                lead.push_str(text);
            }
        }
        let place = self.absolute(place);
        self.tape.text(text, place);
    }

    pub(super) fn code(&mut self, code: &str) {
        if let Some(image) = &mut self.open_image {
            image.alt.push_str(code);
            return;
        }
        if let Some(heading) = &mut self.open_heading {
            heading.text.push_str(code);
        }
        if let Lead::Reading(lead) = &mut self.lead {
            lead.push_str(code);
        }
        if let Some(open) = &mut self.open_variant {
            open.filled = true;
        }
        self.tape.object();
        self.tape.markup("<code>");
        self.tape.escaped_markup(code);
        self.tape.markup("</code>");
    }

    fn open_arm(&mut self, language: Option<String>, place: Range<usize>) {
        if let Some(tag) = &language {
            let opened = self.open_variant.as_ref();
            if opened.is_some_and(|open| open.arms.iter().any(|arm| arm.language == language)) {
                let detail = Arg::About(Term::GivenTwice, tag.to_string());
                self.bad_variant(place.clone(), detail);
            }
            if !variant::is_known(tag, self.rules.languages) {
                let known: Vec<_> = self
                    .rules
                    .languages
                    .iter()
                    .map(|language| format!("`{}`", language.tag.as_str()))
                    .collect();
                let note = self.note(Code::UnknownLanguage, place);
                note.args.push(("language", (tag.clone()).into()));
                note.args.push(("known", (known.join(", ")).into()));
            }
        }
        let number = self.tape.body.variants.len();
        self.tape.body.variants.push(Variant { languages: 0 });
        let op = self.tape.refer(OpKind::Variant, number);
        if let Some(open) = &mut self.open_variant {
            open.arms.push(Arm { language, op });
            open.filled = false;
        }
    }

    fn close_arm(&mut self, place: Range<usize>) {
        let Some(open) = &mut self.open_variant else {
            return;
        };
        let filled = open.filled;
        let level = open.depth == self.depth;
        if let Some(arm) = open.arms.last() {
            self.tape.close(arm.op);
        }
        if !level {
            self.bad_variant(place, Term::VariantAcross);
        } else if !filled {
            self.bad_variant(place, Term::VariantEmpty);
        }
    }

    fn close_variant(&mut self, place: Range<usize>) {
        self.close_arm(place.clone());
        let Some(open) = self.open_variant.take() else {
            return;
        };
        self.tape.end_fixed();
        let languages: Vec<_> = open.arms.iter().map(|arm| arm.language.clone()).collect();
        match variant::assign(&languages, self.rules.languages) {
            Ok(sets) => {
                for (arm, set) in open.arms.iter().zip(sets) {
                    let number = self.tape.body.ops[arm.op].number();
                    self.tape.body.variants[number].languages = set;
                }
            }
            Err(tag) => {
                let whole = open.place.start..place.end;
                self.bad_variant(whole, Arg::About(Term::VariantLacks, tag.to_string()));
            }
        }
    }

    /// At the end of a block: an open variant is an error there.
    pub(super) fn close_open_variant(&mut self) {
        let Some(open) = self.open_variant.take() else {
            return;
        };
        if let Some(arm) = open.arms.last() {
            self.tape.close(arm.op);
        }
        self.tape.end_fixed();
        self.bad_variant(open.place, Term::VariantOpen);
    }

    /// Said once for each that is open, not for each mark in it.
    fn nested_variant(&mut self, place: Range<usize>) {
        let first = self
            .open_variant
            .as_mut()
            .is_some_and(|open| !std::mem::replace(&mut open.holds_another, true));
        if first {
            self.bad_variant(place, Term::VariantInside);
        }
    }

    fn bad_variant(&mut self, place: Range<usize>, detail: impl Into<Arg>) {
        self.note(Code::InlineVariant, place)
            .args
            .push(("detail", detail.into()));
    }

    pub(super) fn raw_html(&mut self, html: &str, place: Range<usize>) {
        if !self.rules.html {
            if !html.trim().is_empty() && !html.trim_start().starts_with("<!--") {
                self.note(Code::RawHtml, place);
            }
            return;
        }
        let mut at = place.start;
        for token in html::tokens(html) {
            at += self.raw_token(token, at);
        }
    }

    fn raw_token(&mut self, token: Token<'_>, place: usize) -> usize {
        match token {
            Token::Text(text) => {
                self.raw_text(text, place);
                text.len()
            }
            Token::Comment(html) => {
                self.tape.markup(html);
                html.len()
            }
            Token::Start {
                html,
                name,
                readable,
                fixed,
                void,
            } => {
                let mut at = 0;
                for value in readable {
                    self.tape.markup(&html[at..value.start]);
                    self.tape.boundary();
                    self.raw_text(&html[value.clone()], place + value.start);
                    self.tape.boundary();
                    at = value.end;
                }
                self.tape.markup(&html[at..]);
                let nested = self.fixed_elements.last().is_some_and(|open| open == name);
                if !void && (fixed || nested) {
                    self.fixed_elements.push(name.to_string());
                    self.tape.begin_fixed();
                }
                html.len()
            }
            Token::End { html, name } => {
                if self.fixed_elements.last().is_some_and(|open| open == name) {
                    self.fixed_elements.pop();
                    self.tape.end_fixed();
                }
                self.tape.markup(html);
                html.len()
            }
        }
    }

    /// Text of raw HTML, in which entities stand as written: they are copied, the rest is text.
    fn raw_text(&mut self, text: &str, place: usize) {
        if !self.fixed_elements.is_empty() {
            self.tape.markup(text);
            return;
        }
        let mut rest = text;
        let mut at = place;
        while let Some(start) = rest.find('&') {
            let len = rest[start..].find(';').map_or(1, |end| end + 1);
            let entity = &rest[start..start + len];
            let sound = entity[1..]
                .trim_end_matches(';')
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'#');
            let absolute = self.absolute(at..at + start);
            self.tape.text(&rest[..start], absolute);
            let len = if sound && len > 2 { len } else { 1 };
            if len > 1 {
                self.tape.object();
                self.tape.markup(entity);
            } else {
                let absolute = self.absolute(at + start..at + start + 1);
                self.tape.text("&", absolute);
            }
            at += start + len;
            rest = &rest[start + len..];
        }
        let absolute = self.absolute(at..at + rest.len());
        self.tape.text(rest, absolute);
    }
}
