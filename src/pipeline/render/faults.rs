//! What is wrong with templates, from the engine's words to diagnostics at the template's line.

use std::collections::BTreeMap;

use tera::ErrorKind;

use super::{AssetAddresses, prepared};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Source;

/// All templates that cannot be read, each by itself; when each can, what is wrong between them.
pub fn of_loading(sources: &BTreeMap<String, Source>, error: &tera::Error) -> Vec<Diagnostic> {
    let alone: Vec<Diagnostic> = sources
        .iter()
        .filter_map(|(name, source)| {
            let mut tera = prepared(&AssetAddresses::new());
            let error = tera.add_raw_template(name, source.text()).err()?;
            matches!(error.kind(), ErrorKind::SyntaxError(_))
                .then(|| fault(sources, &error, name, None))
        })
        .collect();
    match error.kind() {
        _ if !alone.is_empty() => alone,
        ErrorKind::Msg(reports) => between(sources, reports),
        _ => vec![fault(sources, error, "", None)],
    }
}

/// What is wrong between templates (a block no parent has, an unknown filter, an include of nothing).
/// The engine gives these as one drawn text; each begins `error: message`, then `--> name:line:column`,
/// the column in characters.
fn between(sources: &BTreeMap<String, Source>, reports: &str) -> Vec<Diagnostic> {
    let lines: Vec<&str> = reports.lines().collect();
    let mut notes: Vec<Diagnostic> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(detail) = line.strip_prefix("error: ") else {
            continue;
        };
        let note = Diagnostic::new(Code::TemplateSyntax).with("detail", detail);
        let below = lines.get(at + 1).and_then(|below| located(sources, below));
        notes.push(match below {
            Some((source, start)) => {
                let carets = lines
                    .get(at + 4)
                    .map_or(0, |line| line.matches('^').count());
                let marked = source.text()[start..].chars().take(carets.max(1));
                let len: usize = marked.map(char::len_utf8).sum();
                note.at(source, start..start + len)
            }
            None => note,
        });
    }
    if notes.is_empty() {
        notes.push(Diagnostic::new(Code::TemplateSyntax).with("detail", reports));
    }
    notes
}

/// The place that ` --> name:line:column` names, as a source and a byte of it.
fn located<'s>(sources: &'s BTreeMap<String, Source>, line: &str) -> Option<(&'s Source, usize)> {
    let (name, place) = line.trim_start().strip_prefix("--> ")?.split_once(':')?;
    let (line, column) = place.split_once(':')?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let source = sources.get(name)?;
    let before: usize = source
        .text()
        .split_inclusive('\n')
        .take(line.checked_sub(1)?)
        .map(str::len)
        .sum();
    let rest = &source.text()[before..];
    let (start, _) = rest.char_indices().nth(column.checked_sub(1)?)?;
    Some((source, before + start))
}

/// What the engine could not do, at the template's line; `page` names the page it was drawing, `name` the
/// template, for errors that do not say.
pub fn fault(
    sources: &BTreeMap<String, Source>,
    error: &tera::Error,
    name: &str,
    page: Option<&str>,
) -> Diagnostic {
    let code = if page.is_some() {
        Code::TemplateRender
    } else {
        Code::TemplateSyntax
    };
    let (detail, place) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => (
            report.message().to_string(),
            sources
                .get(report.filename())
                .map(|source| (source, report.span().range.clone())),
        ),
        ErrorKind::MissingParent { current, parent } => (
            format!("it extends `{parent}`, which does not exist"),
            sources
                .get(current)
                .map(|source| (source, at_word(source, parent))),
        ),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => (
            "it leads back to itself".to_string(),
            sources.get(tpl).map(|source| (source, 0..0)),
        ),
        kind => (
            kind.to_string(),
            sources.get(name).map(|source| (source, 0..0)),
        ),
    };
    let diagnostic = misspelt(code, &detail);
    let diagnostic = match page {
        Some(page) => diagnostic.with("page", page),
        None => diagnostic,
    };
    match place {
        Some((source, range)) => diagnostic.at(source, range),
        None => diagnostic,
    }
}

fn at_word(source: &Source, word: &str) -> std::ops::Range<usize> {
    let at = source.text().find(word).unwrap_or(0);
    at..at + word.len()
}

/// The fault itself. The engine lists every field there is when one is missing; the nearest is enough.
fn misspelt(code: Code, detail: &str) -> Diagnostic {
    let suggested = detail
        .split_once(" Available fields: ")
        .and_then(|(said, fields)| {
            let name = said.split('`').nth(1)?;
            let note = Diagnostic::new(code).with("detail", said.trim_end_matches('.'));
            let note = note.suggest(name, fields.split(", "));
            note.did_you_mean.is_some().then_some(note)
        });
    suggested.unwrap_or_else(|| Diagnostic::new(code).with("detail", detail))
}
