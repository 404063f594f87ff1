//! The texts of a document that are converted, each with its place in the source.
//!
//! A passage is what the engine sees in one piece: a run of the body up to the next boundary, or one
//! text of the front matter. Phrases do not reach from one passage into another, so what is found in a
//! passage is what the finished page has.

use std::borrow::Cow;
use std::ops::Range;

use crate::config::{Config, LanguageIndex, MenuItem, Text, Value, Written};
use crate::pipeline::document::Document;
use crate::pipeline::document::body::{Body, OpKind, is_identifier_key};
use crate::pipeline::document::front_matter::{Event, FrontMatter, Kind, Registry};
use crate::source::Source;

/// A text that is converted as one.
pub struct Passage<'d> {
    /// Its characters.
    pub text: Cow<'d, str>,
    source: &'d Source,
    standing: Standing<'d>,
}

/// Where a passage stands in its source.
enum Standing<'d> {
    /// In the body, as the texts of some of its ops.
    Body(&'d Body, Vec<Part>),
    /// In front matter or a TOML file.
    Written(&'d Written),
    /// Somewhere in these bytes.
    Within(Range<usize>),
    /// As it is, from this byte of the source on.
    Plain(usize),
}

/// What a passage has of one op of a body.
#[derive(Clone, Copy)]
struct Part {
    /// The byte of the passage it begins at.
    at: usize,
    /// The number of the op.
    op: usize,
}

impl<'d> Passage<'d> {
    fn of(text: &'d str, source: &'d Source, standing: Standing<'d>) -> Passage<'d> {
        Passage {
            text: Cow::Borrowed(text),
            source,
            standing,
        }
    }

    /// The file it stands in.
    pub fn source(&self) -> &'d Source {
        self.source
    }

    /// The op of the body that it begins with; none for a text that stands elsewhere.
    pub fn first_op(&self) -> Option<usize> {
        match &self.standing {
            Standing::Body(_, parts) => parts.first().map(|part| part.op),
            Standing::Written(_) | Standing::Within(_) | Standing::Plain(_) => None,
        }
    }

    /// Where the bytes `inside` of its text stand in the source.
    pub fn place(&self, inside: Range<usize>) -> Range<usize> {
        match &self.standing {
            Standing::Body(body, parts) => {
                let part = |at| {
                    let after = parts.partition_point(|part| part.at <= at);
                    parts[after.saturating_sub(1)]
                };
                let place = |part: Part, inside: Range<usize>| {
                    let inside = inside.start - part.at..inside.end - part.at;
                    body.place(body.ops[part.op], inside)
                };
                let start = place(part(inside.start), inside.start..inside.start).start;
                let last = part(inside.end.saturating_sub(1).max(inside.start));
                let end = place(last, last.at..inside.end).end;
                start..end.max(start)
            }
            Standing::Written(written) => written.range_of(self.source, inside),
            Standing::Within(range) => range.clone(),
            Standing::Plain(base) => base + inside.start..base + inside.end,
        }
    }
}

/// The passages of `document`, written in `from`, that its edition in `to` converts.
pub fn of_document(
    document: &Document,
    from: LanguageIndex,
    to: LanguageIndex,
) -> Vec<Passage<'_>> {
    let mut collector = Collector {
        source: &document.source,
        from,
        to,
        found: Vec::new(),
    };
    collector.front(&document.front);
    collector.body(&document.markdown.body);
    collector.found
}

/// The passages of `site.toml`, written in `from`, that the pages in `to` show converted.
pub fn of_config<'d>(
    config: &'d Config,
    source: &'d Source,
    from: LanguageIndex,
    to: LanguageIndex,
) -> Vec<Passage<'d>> {
    let mut collector = Collector {
        source,
        from,
        to,
        found: Vec::new(),
    };
    for text in [&config.title, &config.description, &config.author] {
        collector.text(text);
    }
    config
        .menus
        .values()
        .for_each(|items| collector.menu(items));
    let given = config.strings.get(&to);
    for (key, written) in config.strings.get(&from).into_iter().flatten() {
        if given.is_none_or(|given| !given.contains_key(key)) {
            collector.written(written);
        }
    }
    collector.value("", &config.extra);
    collector.found
}

/// The lines of a text that is no page.
pub fn of_lines(source: &Source) -> Vec<Passage<'_>> {
    let mut base = 0;
    source
        .text()
        .split_inclusive('\n')
        .map(|text| {
            let standing = Standing::Plain(base);
            base += text.len();
            Passage::of(text, source, standing)
        })
        .collect()
}

struct Collector<'d> {
    source: &'d Source,
    from: LanguageIndex,
    to: LanguageIndex,
    found: Vec<Passage<'d>>,
}

impl<'d> Collector<'d> {
    fn front(&mut self, front: &'d FrontMatter) {
        self.text(&front.title);
        let texts = [
            &front.description,
            &front.summary,
            &front.menu_title,
            &front.image_alt,
        ];
        texts.into_iter().flatten().for_each(|text| self.text(text));
        front.tags.iter().for_each(|tag| self.text(tag));
        front.takeaways.iter().for_each(|line| self.text(line));
        match &front.kind {
            Kind::Event(event) => self.event(event),
            Kind::Sources(registry) => self.registry(registry),
            Kind::Page | Kind::Other(_) => {}
        }
        self.value("", &front.extra);
    }

    fn event(&mut self, event: &'d Event) {
        let texts = [&event.city, &event.economy, &event.why, &event.legacy];
        texts.into_iter().flatten().for_each(|text| self.text(text));
        if let Some(theme) = &event.theme {
            self.text(&theme.text);
        }
        event.outcomes.iter().for_each(|it| self.text(&it.title));
        event.aims.iter().for_each(|it| self.text(&it.text));
        event.conflicts.iter().for_each(|it| self.text(it));
        for claim in &event.claims {
            self.text(&claim.speaker);
            let texts = [&claim.role, &claim.place, &claim.text];
            texts.into_iter().flatten().for_each(|text| self.text(text));
        }
    }

    fn registry(&mut self, registry: &'d Registry) {
        for entry in &registry.entries {
            self.text(&entry.title);
            let texts = [&entry.publisher, &entry.note];
            texts.into_iter().flatten().for_each(|text| self.text(text));
        }
        for conflict in &registry.conflicts {
            self.text(&conflict.question);
            self.text(&conflict.decision);
        }
        for correction in &registry.corrections {
            self.text(&correction.was);
            self.text(&correction.now);
            correction.reason.iter().for_each(|text| self.text(text));
        }
    }

    fn menu(&mut self, items: &'d [MenuItem]) {
        for item in items {
            item.title.iter().for_each(|title| self.text(title));
            self.menu(&item.children);
        }
    }

    fn value(&mut self, key: &str, value: &'d Value) {
        match value {
            Value::Text(Text::Same(_)) if is_identifier_key(key) => {}
            Value::Text(text) => self.text(text),
            Value::List(items) => items.iter().for_each(|item| self.value(key, item)),
            Value::Map(entries) => entries
                .iter()
                .for_each(|(key, value)| self.value(key, value)),
            Value::Null | Value::Bool(_) | Value::Integer(_) | Value::Float(_) => {}
        }
    }

    fn text(&mut self, text: &'d Text) {
        match text {
            Text::Same(written) => self.written(written),
            // What is given for a language is not converted.
            Text::ByLanguage(_) if text.get(self.to).is_some() => {}
            Text::ByLanguage(_) => {
                if let Some(written) = text.get(self.from) {
                    self.written(written);
                }
            }
        }
    }

    fn written(&mut self, written: &'d Written) {
        let standing = Standing::Written(written);
        (self.found).push(Passage::of(written.as_str(), self.source, standing));
    }

    fn body(&mut self, body: &'d Body) {
        let (mut text, mut parts) = (Cow::Borrowed(""), Vec::new());
        for (number, op) in body.texts(self.to) {
            if op.kind() == OpKind::Boundary {
                self.run(body, std::mem::take(&mut text), std::mem::take(&mut parts));
                continue;
            }
            let part = Part {
                at: text.len(),
                op: number,
            };
            parts.push(part);
            text += body.text(op, self.source);
        }
        self.run(body, text, parts);
        for component in &body.components {
            let place = component.place.start as usize..component.place.end as usize;
            for (key, value) in &component.args {
                if !is_identifier_key(key) {
                    let standing = Standing::Within(place.clone());
                    (self.found).push(Passage::of(value, self.source, standing));
                }
            }
        }
    }

    /// A run of the body; none when it has no parts.
    fn run(&mut self, body: &'d Body, text: Cow<'d, str>, parts: Vec<Part>) {
        if !parts.is_empty() {
            self.found.push(Passage {
                text,
                source: self.source,
                standing: Standing::Body(body, parts),
            });
        }
    }
}
