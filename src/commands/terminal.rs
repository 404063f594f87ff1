//! Speaking to whoever started the program.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::ValueEnum;

use super::progress::Progress;
use crate::cli::{Color, Global, MessageLanguage};
use crate::diagnostic::render::{self, Style};
use crate::diagnostic::{Diagnostic, Language, Phrase};

/// The terminal, or the pipe, that messages go to.
#[derive(Clone)]
pub struct Terminal {
    style: Style,
    quiet: bool,
    /// Whether answers on standard output may have colours.
    colors_answers: bool,
}

impl Terminal {
    /// Settles colours and language from the flags and the environment.
    pub fn new(global: &Global) -> Terminal {
        let wanted = |is_terminal: bool| match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                is_terminal
                    && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        };
        let color = wanted(io::stderr().is_terminal());
        let language = match global.lang {
            Some(asked) => asked.into(),
            None => locale(),
        };
        Terminal {
            style: Style { color, language },
            quiet: global.quiet,
            colors_answers: wanted(io::stdout().is_terminal()),
        }
    }

    /// The language of messages.
    pub fn language(&self) -> Language {
        self.style.language
    }

    /// A sentence in the language of messages.
    pub fn phrase(&self, phrase: Phrase, args: &[(&'static str, &str)]) -> String {
        phrase.say(self.style.language, args)
    }

    /// Says that a file or folder cannot be read.
    pub fn cannot_read(&self, path: &Path, error: &io::Error) {
        let (path, detail) = (path.display().to_string(), error.to_string());
        self.fail(&self.phrase(Phrase::CannotRead, &[("path", &path), ("detail", &detail)]));
    }

    /// Whether answers on standard output may have colours.
    pub fn colors_answers(&self) -> bool {
        self.colors_answers
    }

    /// Diagnostics as they would be shown, for those that are the answer.
    pub fn drawn(&self, diagnostics: &[Diagnostic]) -> String {
        let style = Style {
            color: self.colors_answers,
            ..self.style
        };
        render::draw_all(diagnostics, style)
    }

    /// Asks whoever sits there; what is usual when nothing is typed. None when nobody does.
    pub fn ask(&self, question: &str, usual: &str) -> Option<String> {
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return None;
        }
        let hint = if usual.is_empty() {
            String::new()
        } else {
            format!(" [{usual}]")
        };
        let _ = write!(io::stderr(), "{question}{hint}: ");
        let mut line = String::new();
        if io::stdin().read_line(&mut line).ok()? == 0 {
            // Ctrl-D: nobody answers, and what is said next begins at the left.
            let _ = writeln!(io::stderr());
            return None;
        }
        let typed = line.trim();
        let answer = if typed.is_empty() { usual } else { typed };
        (!answer.is_empty()).then(|| answer.to_string())
    }

    /// Writes an answer to standard output, whatever `--quiet` says. A reader that has gone away has
    /// what it wanted.
    pub fn answer(&self, text: &str) {
        let mut out = io::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Shows diagnostics on standard error.
    pub fn show(&self, diagnostics: &[Diagnostic]) {
        let text = render::draw_all(diagnostics, self.style);
        // Nobody is left to tell when standard error is gone.
        let _ = io::stderr().write_all(text.as_bytes());
    }

    /// A diagnostic as it is drawn here.
    pub fn draw(&self, diagnostic: &Diagnostic) -> String {
        render::draw(diagnostic, self.style)
    }

    /// How diagnostics are drawn here, without colours: for a browser's eyes.
    pub fn plain_style(&self) -> Style {
        Style {
            color: false,
            ..self.style
        }
    }

    /// A line that says how far a work of `total` parts has come, for whoever looks.
    pub fn progress(&self, phrase: Phrase, total: usize) -> Progress {
        let seen = !self.quiet && io::stderr().is_terminal();
        Progress::new(self.phrase(phrase, &[]), total, seen)
    }

    /// Says something that the program could not do.
    pub fn fail(&self, message: &str) {
        let _ = writeln!(io::stderr(), "{message}");
    }

    /// Says how it went, unless asked to be quiet.
    pub fn say(&self, message: &str) {
        if !self.quiet {
            let _ = writeln!(io::stdout(), "{message}");
        }
    }
}

/// The language of messages before the command line is read, for what is wrong with it: the one that
/// `--lang` asks for wherever it stands, or the locale's.
pub fn language_asked() -> Language {
    let words: Vec<String> = env::args_os()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let after = |at: usize| words.get(at + 1).map(String::as_str);
    let asked = words
        .iter()
        .enumerate()
        .find_map(|(at, word)| match word.as_str() {
            "--lang" => after(at),
            word => word.strip_prefix("--lang="),
        });
    match asked.map(|asked| MessageLanguage::from_str(asked, true)) {
        Some(Ok(asked)) => asked.into(),
        _ => locale(),
    }
}

/// The language of the locale.
fn locale() -> Language {
    let first = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
    Language::of_tag(&first.unwrap_or_default())
}
