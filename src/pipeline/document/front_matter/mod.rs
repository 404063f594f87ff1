//! The lines between `---` and `---` at the head of a content file, read strictly.
//!
//! [`split`] finds them, [`parse`] turns them into a [`FrontMatter`] of typed fields, with every fault
//! at its place and all at once. What follows from the fields — the page's address, its template, what
//! its references lead to — is for later stages.

mod event;
mod read;
mod registry;
mod yaml;

use std::ops::Range;

use crate::config::glossary::Rule;
use crate::config::{Moment, Quotes, Text, Value, Written};
use crate::diagnostic::{Code, Diagnostic};
use crate::hanzi::Scheme;
use crate::source::Source;

pub use event::{Aim, Claim, Event, Outcome, Role, Status, Theme};
pub use read::parse;
pub use registry::{Conflict, Correction, Fact, Reference, Registry};

/// What the head of a content file says.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontMatter {
    /// The page's title; never empty.
    pub title: Text,
    /// What it is about, for search engines and lists.
    pub description: Option<Text>,
    /// Its teaser in lists and feeds, instead of its first sentences.
    pub summary: Option<Text>,
    /// When it was published; a date in the future holds it back.
    pub date: Option<Moment>,
    /// When it was last changed in substance.
    pub updated: Option<Moment>,
    /// Up to when its facts were gathered.
    pub as_of: Option<Moment>,
    /// Whether it is held back.
    pub draft: bool,
    /// Its place in lists: lighter first; those without come last.
    pub weight: Option<i64>,
    /// The last segment of its address, instead of the file's name.
    pub slug: Option<Written>,
    /// Its whole address inside the edition, without a `/` at its ends; empty for the home page.
    pub path: Option<Written>,
    /// Addresses inside the edition that lead here, without a `/` at their ends; none empty.
    pub aliases: Vec<Written>,
    /// The template's file, instead of the kind's.
    pub template: Option<Written>,
    /// What kind of page it is.
    pub kind: Kind,
    /// Its tags; the key of each is taken from the text as written.
    pub tags: Vec<Text>,
    /// Its title in menus and breadcrumbs.
    pub menu_title: Option<Text>,
    /// The picture that stands for it: a file beside it, or an address.
    pub image: Option<Text>,
    /// What the picture shows.
    pub image_alt: Option<Text>,
    /// Whether it has a table of contents; as the template likes when not given.
    pub toc: Option<bool>,
    /// Whether the search finds it.
    pub search: bool,
    /// Whether the site map lists it.
    pub sitemap: bool,
    /// What search engines may do.
    pub robots: Option<Written>,
    /// Facts it uses, by id.
    pub facts: Vec<Written>,
    /// Sources it uses beside those cited in its text, by id.
    pub sources: Vec<Written>,
    /// What to remember of it, sentence by sentence.
    pub takeaways: Vec<Text>,
    /// How it is converted.
    pub conversion: Conversion,
    /// The author's own values: always a map.
    pub extra: Value,
}

/// What kind of page it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Kind {
    /// An ordinary one.
    #[default]
    Page,
    /// An entry of a timeline.
    Event(Box<Event>),
    /// The registry of sources and facts.
    Sources(Box<Registry>),
    /// One with a template of its own: a word of lower-case letters, digits, `-` and `_`.
    Other(Written),
}

/// How a page is converted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// Not at all: every edition shows it as written.
    Off,
    /// With the site's rules and these.
    On(Box<PageRules>),
}

/// What a page says about its own conversion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageRules {
    /// The conversion instead of the language's.
    pub using: Option<Scheme>,
    /// Whether quotation marks follow the edition, if it differs from the site's.
    pub quotes: Option<Quotes>,
    /// Its terms and names, no pattern twice.
    pub rules: Vec<Rule>,
}

impl Default for Conversion {
    fn default() -> Conversion {
        Conversion::On(Box::default())
    }
}

impl Kind {
    /// The word that names it, as in `kind: …`.
    pub fn name(&self) -> &str {
        match self {
            Kind::Page => "page",
            Kind::Event(_) => "event",
            Kind::Sources(_) => "sources",
            Kind::Other(word) => word.as_str(),
        }
    }
}

/// The byte ranges of the front matter, without its fences, and of the body. A byte-order mark and
/// CRLF are tolerated.
///
/// Errors: a file that does not begin with a line `---`, or in which no second one follows.
pub fn split(source: &Source) -> Result<(Range<usize>, Range<usize>), Box<Diagnostic>> {
    let text = source.text();
    let head = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let first = line_end(text, head);
    if !is_fence(&text[head..first]) {
        let none = Diagnostic::new(Code::NoFrontMatter).at(source, head..head);
        return Err(Box::new(none));
    }
    let mut start = first;
    while start < text.len() {
        let end = line_end(text, start);
        if is_fence(&text[start..end]) {
            return Ok((first..start, end..text.len()));
        }
        start = end;
    }
    let unclosed = Diagnostic::new(Code::UnclosedFrontMatter).at(source, head..head + 3);
    Err(Box::new(unclosed))
}

/// Where the line that begins at `start` ends, its line break included.
fn line_end(text: &str, start: usize) -> usize {
    text[start..]
        .find('\n')
        .map_or(text.len(), |at| start + at + 1)
}

fn is_fence(line: &str) -> bool {
    line.strip_prefix("---")
        .is_some_and(|rest| rest.trim().is_empty())
}

#[cfg(test)]
mod tests;
