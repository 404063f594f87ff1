//! `tongwen init`: a small site in two scripts, which builds, serves and passes `check` as it stands.

use std::fs;
use std::io;
use std::path::Path;

use super::Ending;
use super::manual::cannot_write;
use super::site;
use super::starter::{self, Choice};
use super::terminal::Terminal;
use crate::cli::{self, Script};
use crate::diagnostic::Phrase;

/// Where a site stands that does not know yet.
const BASE_URL: &str = "https://example.org";

/// Writes the site.
pub fn run(options: &cli::Init, terminal: &Terminal) -> Ending {
    let folder = &options.folder;
    let shown = folder.display().to_string();
    match is_free(folder) {
        Ok(true) => {}
        Ok(false) => {
            terminal.fail(&terminal.phrase(Phrase::FolderInUse, &[("path", &shown)]));
            return Ending::CouldNotRun;
        }
        Err(error) => {
            terminal.cannot_read(folder, &error);
            return Ending::CouldNotRun;
        }
    }
    let script = match options.write {
        Some(script) => script,
        None => {
            asked(terminal, Phrase::AskScript, "traditional", script).unwrap_or(Script::Traditional)
        }
    };
    let title = match &options.title {
        Some(title) => title.clone(),
        None => {
            let usual = starter::title(script);
            let said = |answer: &str| Some(answer.to_string());
            asked(terminal, Phrase::AskTitle, usual, said).unwrap_or_else(|| usual.to_string())
        }
    };
    let address = |answer: &str| site::base_url(answer, terminal).ok();
    let base_url = match &options.base_url {
        Some(given) => address(given),
        None => {
            asked(terminal, Phrase::AskBaseUrl, BASE_URL, address).or_else(|| address(BASE_URL))
        }
    };
    let Some(base_url) = base_url else {
        return Ending::CouldNotRun;
    };
    let english =
        options.english || asked(terminal, Phrase::AskEnglish, "no", yes_or_no).unwrap_or_default();
    let choice = Choice {
        english,
        base_url: base_url.as_str().to_string(),
        title,
        script,
    };
    for (path, text) in starter::files(&choice) {
        let file = folder.join(path);
        let made = file.parent().map_or(Ok(()), fs::create_dir_all);
        if let Err(error) = made.and_then(|()| fs::write(&file, text)) {
            cannot_write(&file, &error, terminal);
            return Ending::CouldNotRun;
        }
    }
    terminal.say(&terminal.phrase(Phrase::Started, &[("path", &shown)]));
    Ending::Fine
}

/// What whoever sits there answers, asked again until it can be read. None when nobody does.
fn asked<T>(
    terminal: &Terminal,
    question: Phrase,
    usual: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let question = terminal.phrase(question, &[]);
    loop {
        let answer = terminal.ask(&question, usual)?;
        if let Some(value) = read(&answer) {
            return Some(value);
        }
    }
}

fn script(answer: &str) -> Option<Script> {
    match answer.chars().next()? {
        't' | 'T' | '繁' | '正' => Some(Script::Traditional),
        's' | 'S' | '简' | '簡' => Some(Script::Simplified),
        _ => None,
    }
}

fn yes_or_no(answer: &str) -> Option<bool> {
    match answer.chars().next()? {
        'y' | 'Y' | '是' | '要' | '好' => Some(true),
        'n' | 'N' | '否' | '不' => Some(false),
        _ => None,
    }
}

/// Whether there is nothing at `folder` that a new site could touch.
fn is_free(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}
