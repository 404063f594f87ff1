//! `tongwen new`: a content file with its front matter.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::Ending;
use super::manual::cannot_write;
use super::site::{self, Unprepared};
use super::terminal::Terminal;
use crate::cli::{self, Global, NewKind};
use crate::diagnostic::Phrase;

/// Writes the file.
pub fn run(global: &Global, options: &cli::New, terminal: &Terminal) -> Ending {
    let config = match site::configuration(global, terminal) {
        Ok(config) => config,
        Err(Unprepared::Faulty(notes)) => {
            terminal.show(&notes);
            return Ending::SiteHasErrors;
        }
        Err(Unprepared::CouldNotRun) => return Ending::CouldNotRun,
    };
    let asked = terminal.phrase(Phrase::AskTitle, &[]);
    let title = options.title.clone().or_else(|| terminal.ask(&asked, ""));
    let Some(title) = title.filter(|title| !title.trim().is_empty()) else {
        terminal.fail(&terminal.phrase(Phrase::NeedTitle, &[]));
        return Ending::CouldNotRun;
    };
    let Some(path) = path(options, &title, terminal) else {
        return Ending::CouldNotRun;
    };
    let zone = TimeZone::get(config.timezone.as_str()).unwrap_or(TimeZone::UTC);
    let today = Timestamp::now().to_zoned(zone).date().to_string();
    let text = text(&title, &today, options);
    let file = global.root.join("content").join(&path);
    let made = file.parent().map_or(Ok(()), fs::create_dir_all);
    // Created, never opened: what is there was written by somebody.
    let written = made
        .and_then(|()| OpenOptions::new().write(true).create_new(true).open(&file))
        .and_then(|mut file| file.write_all(text.as_bytes()));
    let shown = format!("content/{path}");
    match written {
        Ok(()) => {
            terminal.say(&terminal.phrase(Phrase::Written, &[("path", &shown)]));
            Ending::Fine
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            terminal.fail(&terminal.phrase(Phrase::FileExists, &[("path", &shown)]));
            Ending::CouldNotRun
        }
        Err(error) => {
            cannot_write(&file, &error, terminal);
            Ending::CouldNotRun
        }
    }
}

/// The file's path below `content/`.
fn path(options: &cli::New, title: &str, terminal: &Terminal) -> Option<String> {
    let given = options.path.as_deref().unwrap_or("");
    let given = given.trim_start_matches("./");
    let given = given.strip_prefix("content/").unwrap_or(given);
    let sound = |part: &str| {
        let good = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        !part.is_empty() && !part.starts_with('.') && part.chars().all(good)
    };
    let refuse = |value: &str| {
        terminal.fail(&terminal.phrase(Phrase::BadSlug, &[("value", value)]));
        None
    };
    let folder = given.trim_end_matches('/');
    if !folder.is_empty() && !folder.split('/').all(sound) {
        return refuse(given);
    }
    if given.ends_with(".md") {
        return Some(given.to_string());
    }
    let slug = match &options.slug {
        Some(slug) => slug.clone(),
        None => {
            let usual = slug_of(title);
            // An ASCII title says it all; how another is spelled in an address, its author may want to say.
            let asked = (!usual.is_ascii() || usual.is_empty())
                .then(|| terminal.ask(&terminal.phrase(Phrase::AskSlug, &[]), &usual));
            let slug = asked.flatten().unwrap_or(usual);
            if slug.is_empty() {
                terminal.fail(&terminal.phrase(Phrase::NeedSlug, &[("title", title)]));
                return None;
            }
            slug
        }
    };
    if !sound(&slug) {
        return refuse(&slug);
    }
    match folder {
        "" => Some(format!("{slug}.md")),
        folder => Some(format!("{folder}/{slug}.md")),
    }
}

/// A title as part of an address: `Open for all` is `open-for-all`. Han characters stay as they are, since
/// they may stand in an address and no table knows how their author would have them spelled. Empty for a
/// title that has only marks.
fn slug_of(title: &str) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

/// The front matter of a new file, in the order it is written in.
#[derive(Serialize)]
struct Head<'a> {
    title: &'a str,
    date: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<bool>,
}

fn text(title: &str, today: &str, options: &cli::New) -> String {
    let is_event = options.kind == NewKind::Event;
    let head = Head {
        title,
        date: today,
        kind: is_event.then_some("event"),
        start: is_event.then_some(today),
        status: is_event.then_some("announced"),
        draft: options.draft.then_some(true),
    };
    // Texts and truth values in a map can always be written.
    let head = serde_yaml::to_string(&head).unwrap_or_default();
    format!("---\n{head}---\n\n")
}

#[cfg(test)]
mod tests {
    use super::slug_of;

    #[test]
    fn slugs() {
        for (title, slug) in [
            ("Open for all", "open-for-all"),
            ("APEC 2026: what's next?", "apec-2026-what-s-next"),
            ("「廣州」的十日：開始", "廣州-的十日-開始"),
            ("APEC 中國年", "apec-中國年"),
            ("……", ""),
            ("Café", "café"),
        ] {
            assert_eq!(slug_of(title), slug, "{title}");
        }
    }
}
