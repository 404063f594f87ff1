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
    let ask = |phrase, usual: &str| {
        let asked = terminal.ask(&terminal.phrase(phrase, &[]), usual);
        asked.unwrap_or_else(|| usual.to_string())
    };
    let script = match options.write {
        Some(script) => script,
        None => match ask(Phrase::AskScript, "traditional").chars().next() {
            Some('s' | 'S' | '简' | '簡') => Script::Simplified,
            _ => Script::Traditional,
        },
    };
    let title = match &options.title {
        Some(title) => title.clone(),
        None => ask(Phrase::AskTitle, starter::title(script)),
    };
    let base_url = match &options.base_url {
        Some(url) => url.clone(),
        None => ask(Phrase::AskBaseUrl, BASE_URL),
    };
    let Ok(base_url) = site::base_url(&base_url, terminal) else {
        return Ending::CouldNotRun;
    };
    let yes = |answer: String| answer.starts_with(['y', 'Y', '是', '要']);
    let choice = Choice {
        english: options.english || yes(ask(Phrase::AskEnglish, "no")),
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

/// Whether there is nothing at `folder` that a new site could touch.
fn is_free(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}
