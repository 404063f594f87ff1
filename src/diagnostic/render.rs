//! Diagnostics drawn for a terminal, in the manner of rustc, by its own renderer.
//!
//! The same text appears in the terminal, in the dev server's overlay and in tests.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::code::{Language, Severity};
use super::{Diagnostic, Place, sentence};

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// With ANSI colours.
    pub color: bool,
    /// The language of the sentences.
    pub language: Language,
}

impl Style {
    /// Without colours, in English: what tests and pipes see.
    pub const PLAIN: Style = Style {
        color: false,
        language: Language::English,
    };
}

/// Draws one diagnostic; the text ends without a line break.
pub fn draw(diagnostic: &Diagnostic, style: Style) -> String {
    let renderer = if style.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
    .decor_style(DecorStyle::Ascii);
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Review => Level::NOTE.with_name("review"),
    };
    let headline = sentence::message(diagnostic, style.language);
    let title = level.primary_title(headline).id(diagnostic.code.name());
    let mut groups = vec![place(Group::with_title(title), diagnostic, style)];
    let mut helps: Vec<String> = Vec::new();
    if let Some(name) = &diagnostic.did_you_mean {
        helps.push(sentence::did_you_mean(name, style.language));
    }
    helps.extend(sentence::help(diagnostic, style.language));
    if let Some(first) = groups.pop() {
        let with_help = helps.iter().fold(first, |group, help| {
            group.element(Level::HELP.message(help.as_str()))
        });
        groups.push(with_help);
    }
    renderer.render(&groups)
}

/// Draws several, a blank line between each two and a line break at the end; empty for none.
pub fn draw_all<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>, style: Style) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&draw(diagnostic, style));
        text.push('\n');
    }
    text
}

fn place<'d>(group: Group<'d>, diagnostic: &'d Diagnostic, style: Style) -> Group<'d> {
    let span = match &diagnostic.place {
        Place::Nowhere => return group,
        Place::File(path) => return group.element(Origin::path(path.as_str())),
        Place::Span(span) => span,
    };
    let mut snippet = Snippet::source(span.source.text())
        .path(span.source.path().as_str())
        .annotation(AnnotationKind::Primary.span(visible(span.clamped(), span.source.text())));
    let mut elsewhere = Vec::new();
    for (other, label) in &diagnostic.related {
        let text = sentence::label(*label, style.language);
        if other.source.path() == span.source.path() {
            snippet = snippet.annotation(
                AnnotationKind::Context
                    .span(visible(other.clamped(), other.source.text()))
                    .label(text),
            );
        } else {
            elsewhere.push((other, text));
        }
    }
    let mut group = group.element(snippet);
    for (other, text) in elsewhere {
        group = group.element(
            Snippet::source(other.source.text())
                .path(other.source.path().as_str())
                .annotation(
                    AnnotationKind::Context
                        .span(visible(other.clamped(), other.source.text()))
                        .label(text),
                ),
        );
    }
    group
}

/// An empty range is drawn as one caret; one that runs over a line end is cut at it, since the first
/// line says where to look and twenty more only push it off the screen.
fn visible(range: std::ops::Range<usize>, text: &str) -> std::ops::Range<usize> {
    let line_end = text[range.clone()]
        .find('\n')
        .map_or(range.end, |at| range.start + at);
    range.start..line_end.max(range.start)
}
