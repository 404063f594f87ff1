//! `tongwen list`: the pages of a site, in which languages each is there and how, and what is held back.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::Ending;
use super::report::json;
use super::site::{self, Prepared, Unprepared};
use super::terminal::Terminal;
use crate::cli::{self, Global, SiteOptions};
use crate::diagnostic::Phrase;
use crate::pipeline::catalogue::{Entry, Origin};
use crate::pipeline::inputs::{Options, Release};
use crate::pipeline::publication::sorted;

/// A page.
#[derive(Serialize)]
struct Page {
    path: String,
    title: String,
    file: String,
    draft: bool,
    future: bool,
    /// In the order of the site's languages.
    editions: Vec<Edition>,
}

/// A page in one language.
#[derive(Serialize)]
struct Edition {
    language: String,
    /// `written`, `derived`, `fallback` or `missing`.
    state: &'static str,
}

/// Lists the pages.
pub fn run(global: &Global, options: &cli::List, terminal: &Terminal) -> Ending {
    // Everything is arranged, whatever is held back: that is what a list is for.
    let site = SiteOptions {
        base_url: None,
        drafts: true,
        future: true,
        relative_links: false,
        minify: false,
        clock: options.clock.clone(),
    };
    let prepared = match site::prepare(global, &site, terminal) {
        Ok(prepared) => prepared,
        Err(Unprepared::Faulty(notes)) => {
            terminal.show(&sorted(notes));
            return Ending::SiteHasErrors;
        }
        Err(Unprepared::CouldNotRun) => return Ending::CouldNotRun,
    };
    let all = !(options.drafts || options.future || options.missing);
    let wanted = |page: &Page| {
        all || options.drafts && page.draft
            || options.future && page.future
            || options.missing && page.editions.iter().any(is_missing)
    };
    let pages: Vec<Page> = prepared
        .publication
        .catalogue
        .entries()
        .filter_map(|(_, entry)| Page::of(&prepared, entry))
        .filter(wanted)
        .collect();
    if options.json {
        terminal.answer(&json(&pages));
    } else {
        terminal.answer(&table(&pages, terminal));
        let count = pages.len().to_string();
        terminal.say(&terminal.phrase(Phrase::ListTotal, &[("count", &count)]));
    }
    Ending::Fine
}

impl Page {
    fn of(prepared: &Prepared, entry: &Entry) -> Option<Page> {
        let publication = &prepared.publication;
        let (_, original) = entry.original()?;
        let front = &original.document.front;
        let inputs = &publication.inputs;
        let today = Options {
            drafts: true,
            future: false,
            ..inputs.options.clone()
        };
        let languages = publication.config.languages.iter().zip(&entry.editions);
        Some(Page {
            path: format!("/{}", entry.path),
            title: original.head.title.clone(),
            file: original.document.source.path().to_string(),
            draft: front.draft,
            future: !today.shows(Release::of(&original.document, &inputs.zone)),
            editions: languages
                .map(|(language, edition)| Edition {
                    language: language.tag.as_str().to_string(),
                    state: match edition.as_ref().map(|edition| edition.origin) {
                        Some(Origin::HandWritten) => "written",
                        Some(Origin::Derived) => "derived",
                        Some(Origin::Fallback) => "fallback",
                        None => "missing",
                    },
                })
                .collect(),
        })
    }
}

fn is_missing(edition: &Edition) -> bool {
    matches!(edition.state, "missing" | "fallback")
}

fn table(pages: &[Page], terminal: &Terminal) -> String {
    let state = |edition: &Edition| {
        let phrase = match edition.state {
            "written" => Phrase::StateWritten,
            "derived" => Phrase::StateDerived,
            "fallback" => Phrase::StateFallback,
            _ => Phrase::StateMissing,
        };
        format!("{} {}", edition.language, terminal.phrase(phrase, &[]))
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for page in pages {
        let held = match (page.draft, page.future) {
            (true, _) => terminal.phrase(Phrase::StateDraft, &[]),
            (false, true) => terminal.phrase(Phrase::StateFuture, &[]),
            (false, false) => String::new(),
        };
        let mut row = vec![page.path.clone(), held];
        row.extend(page.editions.iter().map(state));
        row.push(page.title.clone());
        rows.push(row);
    }
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths).filter(|(_, width)| **width > 0) {
            line += cell;
            line += &" ".repeat(width - cell.width() + 2);
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}
