//! Diagnostics as JSON, for editors and CI: the same facts as on the terminal, one object each.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Language, Place, Severity, sentence};

/// A diagnostic as JSON has it. Lines and columns count from 1, columns in characters.
#[derive(Serialize)]
pub struct Row {
    code: &'static str,
    severity: &'static str,
    message: String,
    help: Option<String>,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    /// The text it points at.
    text: Option<String>,
    /// For a conversion to look at: what it comes down to.
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<Review>,
}

/// A conversion to look at.
#[derive(Serialize)]
struct Review {
    /// What was written.
    chosen: String,
    /// What else it could be, the likeliest first.
    candidates: Vec<String>,
    /// What to write in the text instead.
    inline: String,
    /// What to write in the glossary instead.
    row: String,
    /// Under what key it is decided, and what to write in the review file if it is right.
    key: String,
    decision: String,
}

impl Review {
    fn of(diagnostic: &Diagnostic) -> Option<Review> {
        let arg = |name| {
            let found = diagnostic.args.iter().find(|(it, _)| *it == name);
            found.map_or_else(Default::default, |(_, value)| value.text(Language::English))
        };
        (diagnostic.severity() == Severity::Review).then(|| Review {
            chosen: arg("chosen").to_string(),
            candidates: arg("others")
                .split_whitespace()
                .map(str::to_string)
                .collect(),
            inline: arg("inline").to_string(),
            row: arg("row").to_string(),
            key: arg("key").to_string(),
            decision: arg("decision").to_string(),
        })
    }
}

impl Row {
    /// The row of one diagnostic.
    pub fn of(diagnostic: &Diagnostic, language: Language) -> Row {
        let span = match &diagnostic.place {
            Place::Span(span) => Some(span),
            Place::Nowhere | Place::File(_) => None,
        };
        let place = span.map(|span| span.line_column());
        Row {
            code: diagnostic.code.name(),
            severity: match diagnostic.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Review => "review",
            },
            message: sentence::message(diagnostic, language),
            help: sentence::help(diagnostic, language),
            file: diagnostic.path().map(ToString::to_string),
            line: place.map(|(line, _)| line),
            column: place.map(|(_, column)| column),
            text: span.map(|span| span.source.text()[span.clamped()].to_string()),
            review: Review::of(diagnostic),
        }
    }
}

/// Anything as JSON for people and programs, with a line end.
pub fn json(value: &impl Serialize) -> String {
    // Our own rows have text keys only, so they cannot fail.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
