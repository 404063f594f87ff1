//! The words a page shows, wherever they are written: its body, its lines to remember, its event, its
//! sources, and the author's own values, which templates make questions, tables and figures of.

use crate::config::{LanguageIndex, Text, Value};
use crate::pipeline::catalogue::Edition;
use crate::pipeline::document::body::is_identifier_key;
use crate::pipeline::document::front_matter::{Event, Kind};
use crate::pipeline::document::markdown::cjk;
use crate::pipeline::edition::{Voice, body};
use crate::pipeline::publication::Publication;

/// How much of a page the index has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// All its words.
    Whole,
    /// What it is about, and its headings.
    Outline,
}

/// The words of `edition`, a line for each block.
pub fn of(
    publication: &Publication,
    edition: &Edition,
    language: LanguageIndex,
    depth: Depth,
) -> String {
    let conversion = publication.conversion(edition, language);
    let voice = Voice {
        language,
        written_in: edition.written_in,
        conversion: &conversion,
    };
    let mut lines = Lines {
        voice,
        text: String::new(),
    };
    let document = &edition.document;
    lines.line(&edition.head.description);
    document
        .front
        .takeaways
        .iter()
        .for_each(|line| lines.say(line));
    if depth == Depth::Outline {
        for heading in &document.markdown.headings {
            lines.line(&voice.convert(&heading.text));
        }
        return lines.text;
    }
    lines.line(&body::words(document, language, &conversion));
    lines.own("", &document.front.extra);
    match &document.front.kind {
        Kind::Event(event) => lines.event(event),
        Kind::Sources(_) => {
            let sources = publication.registry().into_iter();
            for source in sources.flat_map(|registry| registry.all(language)) {
                for text in [&source.title, &source.publisher, &source.note] {
                    lines.line(text);
                }
            }
        }
        Kind::Page | Kind::Other(_) => {}
    }
    lines.text
}

struct Lines<'a> {
    voice: Voice<'a>,
    text: String,
}

impl Lines<'_> {
    fn line(&mut self, line: &str) {
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line);
    }

    fn say(&mut self, text: &Text) {
        let said = self.voice.say(text);
        self.line(&said);
    }

    fn event(&mut self, event: &Event) {
        let theme = event.theme.as_ref();
        let mut texts: Vec<&Text> = event.city.iter().chain(&event.economy).collect();
        texts.extend(theme.map(|theme| &theme.text));
        texts.extend(event.outcomes.iter().map(|outcome| &outcome.title));
        texts.extend(event.aims.iter().map(|aim| &aim.text));
        texts.extend(event.why.iter().chain(&event.legacy));
        for claim in &event.claims {
            texts.push(&claim.speaker);
            texts.extend(claim.role.iter().chain(&claim.place).chain(&claim.text));
        }
        texts.extend(&event.conflicts);
        texts.into_iter().for_each(|text| self.say(text));
        let english = theme.and_then(|theme| theme.en.as_ref()).into_iter();
        let outcomes = event.outcomes.iter();
        for written in english.chain(outcomes.filter_map(|outcome| outcome.en.as_ref())) {
            self.line(written.as_str());
        }
    }

    /// The author's own texts. What is no sentence and no Chinese may be a keyword for the template, so
    /// it is left out.
    fn own(&mut self, key: &str, value: &Value) {
        match value {
            Value::Text(text) if !is_identifier_key(key) => {
                let said = self.voice.say(text).into_owned();
                if said.chars().any(|ch| ch == ' ' || cjk::is_han(ch)) {
                    self.line(&said);
                }
            }
            Value::List(items) => items.iter().for_each(|item| self.own(key, item)),
            Value::Map(entries) => entries.iter().for_each(|(key, value)| self.own(key, value)),
            _ => {}
        }
    }
}
