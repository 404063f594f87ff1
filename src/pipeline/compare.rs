//! A page in two scripts side by side, passage by passage: what differs and what decided it.
//!
//! For the dev server's eyes; no build writes it. What is shown is what the engine saw and gave, not the
//! finished page, so that every place can be named by its line in the source.

use crate::config::LanguageIndex;
use crate::diagnostic::{Language as MessageLanguage, sentence};
use crate::hanzi::{By, QuoteState};
use crate::pipeline::catalogue::{EntryId, Origin};
use crate::pipeline::document::body::{Body, OpKind};
use crate::pipeline::edition::Conversion;
use crate::pipeline::edition::conversion::Converted;
use crate::pipeline::publication::Publication;
use crate::pipeline::review::passage::Passage;
use crate::pipeline::review::{self, passage};

/// A page in two scripts.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The file it is written in.
    pub source: String,
    /// The language it is written in, and its address there.
    pub from: Side,
    /// The language it is converted into, and its address there.
    pub to: Side,
    /// Its passages, in reading order.
    pub rows: Vec<Row>,
    /// What the author fixed in the text itself.
    pub overrides: Vec<Override>,
}

/// One of the two editions.
#[derive(Clone, Debug)]
pub struct Side {
    /// The language's tag.
    pub tag: String,
    /// Its name in itself.
    pub label: String,
    /// The page's address.
    pub url: String,
}

/// A passage.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its line in the source, from 1.
    pub line: usize,
    /// As written.
    pub source: Vec<Stretch>,
    /// As converted, the same number of stretches.
    pub output: Vec<Stretch>,
    /// What a person should look at: a sentence, and the line to add.
    pub findings: Vec<(String, String)>,
}

/// Some characters of a passage and what decided them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The characters.
    pub text: String,
    /// What decided them.
    pub mark: Mark,
}

/// What decided some characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// They are the same in both.
    Same,
    /// The dictionaries.
    Dictionary,
    /// The house style.
    Style,
    /// A row of a glossary: its file and line, or the page's own front matter.
    Glossary(String),
}

/// An inline `-{…}-`, with what each language shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// What the language it is written in shows.
    pub source: String,
    /// What the converted language shows.
    pub output: String,
}

/// Compares the editions of the page `id`, of which the one in `language` was asked for. None when the
/// page has no converted edition.
pub fn compare(
    publication: &Publication,
    id: EntryId,
    language: LanguageIndex,
    words: MessageLanguage,
) -> Option<Comparison> {
    let editions = &publication.catalogue.entry(id).editions;
    let derived = |index: LanguageIndex| {
        let edition = editions.get(index.position())?.as_ref()?;
        (edition.origin == Origin::Derived).then_some((index, edition))
    };
    let others = (0..editions.len()).map(LanguageIndex::new);
    let (to, edition) = derived(language).or_else(|| others.into_iter().find_map(derived))?;
    let from = edition.written_in;
    let document = &edition.document;
    let conversion = publication.conversion(edition, to);
    let Conversion::Converted(converted) = &conversion else {
        return None;
    };
    let side = |index: LanguageIndex| {
        let language = publication.config.language(index);
        let path = &publication.catalogue.entry(id).path;
        Side {
            tag: language.tag.as_str().to_string(),
            label: language.label.clone(),
            url: publication.addresses.page(index, path),
        }
    };
    let tag = publication.config.language(to).tag.as_str();
    let mut quotes = QuoteState::default();
    let rows = passage::of_document(document, from, to)
        .iter()
        .filter(|passage| !passage.text.trim().is_empty())
        .map(|passage| row(publication, passage, converted, &mut quotes, tag, words))
        .collect();
    Some(Comparison {
        source: document.source.path().to_string(),
        from: side(from),
        to: side(to),
        rows,
        overrides: overrides(&document.markdown.body, from, to),
    })
}

fn row(
    publication: &Publication,
    passage: &Passage<'_>,
    converted: &Converted,
    quotes: &mut QuoteState,
    tag: &str,
    words: MessageLanguage,
) -> Row {
    let aligned = converted.converter.align(passage.text);
    // Every quotation mark is as long as the one it becomes, so the alignment still holds.
    let text = match converted.quotes {
        Some(marks) => marks.apply(&aligned.text, quotes).into_owned(),
        None => aligned.text,
    };
    let mut source: Vec<Stretch> = Vec::new();
    let mut output: Vec<Stretch> = Vec::new();
    for segment in &aligned.segments {
        let before = &passage.text[segment.source.clone()];
        let after = &text[segment.output.clone()];
        let mark = match segment.by {
            By::Rule(id) => Mark::Glossary(place(publication, id, passage)),
            _ if before == after => Mark::Same,
            By::Style => Mark::Style,
            _ => Mark::Dictionary,
        };
        push(&mut source, before, &mark);
        push(&mut output, after, &mark);
    }
    let span = passage.source().span(passage.place(0..passage.text.len()));
    let findings = review::of_text(passage, &converted.converter, tag)
        .iter()
        .map(|open| {
            let message = sentence::message(&open.diagnostic, words);
            let help = sentence::help(&open.diagnostic, words).unwrap_or_default();
            (message, help)
        })
        .collect();
    Row {
        line: span.line_column().0,
        source,
        output,
        findings,
    }
}

fn push(stretches: &mut Vec<Stretch>, text: &str, mark: &Mark) {
    match stretches.last_mut() {
        Some(last) if last.mark == *mark && *mark == Mark::Same => last.text.push_str(text),
        _ => stretches.push(Stretch {
            text: text.to_string(),
            mark: mark.clone(),
        }),
    }
}

fn place(publication: &Publication, id: u32, passage: &Passage<'_>) -> String {
    match publication.glossary_place(id) {
        Some(span) => format!("{}:{}", span.source.path(), span.line_column().0),
        None => passage.source().path().to_string(),
    }
}

fn overrides(body: &Body, from: LanguageIndex, to: LanguageIndex) -> Vec<Override> {
    let mut found: Vec<Override> = Vec::new();
    let shown = |op: &crate::pipeline::document::body::Op| -> String {
        let first = body.ops.iter().position(|other| other == op).unwrap_or(0);
        body.ops[first + 1..op.end as usize]
            .iter()
            .filter(|op| op.kind == OpKind::Fixed)
            .map(|op| &body.fixed[op.start as usize..op.end as usize])
            .collect()
    };
    // The arms of one `-{…}-` follow each other: the first one that a language shows begins a new pair
    // unless the other language's half is still missing.
    for op in body.ops.iter().filter(|op| op.kind == OpKind::Variant) {
        let variant = body.variants[op.start as usize];
        let (in_from, in_to) = (variant.shows_in(from), variant.shows_in(to));
        let text = shown(op);
        if in_from {
            found.push(Override {
                source: text.clone(),
                output: String::new(),
            });
        }
        if in_to && let Some(last) = found.last_mut() {
            last.output = text;
        }
    }
    found
}
