//! `tongwen init`: a small site in two scripts, which builds, serves and passes `check` as it stands.

use std::fs;
use std::io;
use std::path::Path;

use super::Ending;
use super::manual::cannot_write;
use super::site;
use super::terminal::Terminal;
use crate::cli;
use crate::diagnostic::Phrase;

/// The files of a new site; `{title}` and `{base_url}` in the first are filled in.
const FILES: &[(&str, &str)] = &[
    ("site.toml", include_str!("starter/site.toml")),
    ("glossary.toml", include_str!("starter/glossary.toml")),
    ("content/index.md", include_str!("starter/index.md")),
    ("content/about.md", include_str!("starter/about.md")),
    ("content/notes/_index.md", include_str!("starter/notes.md")),
    ("content/notes/first.md", include_str!("starter/first.md")),
];

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
    let starter = terminal.phrase(Phrase::StarterTitle, &[]);
    let title = match &options.title {
        Some(title) => title.clone(),
        None => ask(Phrase::AskTitle, &starter),
    };
    let base_url = match &options.base_url {
        Some(url) => url.clone(),
        None => ask(Phrase::AskBaseUrl, BASE_URL),
    };
    let Ok(base_url) = site::base_url(&base_url, terminal) else {
        return Ending::CouldNotRun;
    };
    // A JSON text is a TOML text too, whatever is in it.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let (title, base_url) = (quoted(&title), quoted(base_url.as_str()));
    for (path, text) in FILES {
        let text = if *path == "site.toml" {
            filled(text, &title, &base_url)
        } else {
            text.to_string()
        };
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

fn filled(text: &str, title: &str, base_url: &str) -> String {
    // The address has no braces, so the title's own are never taken for a place to fill.
    text.replace("{base_url}", base_url)
        .replace("{title}", title)
}
