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
        }
    }
}

/// Anything as JSON for people and programs, with a line end.
pub fn json(value: &impl Serialize) -> String {
    // Our own rows have text keys only, so they cannot fail.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
