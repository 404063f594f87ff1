//! Diagnostics drawn for a terminal, in the manner of rustc, by its own renderer.
//!
//! The same text appears in the terminal, in the dev server's overlay and in tests.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Label, Language, Place, Severity, sentence};
use crate::source::Span;

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
    let related = diagnostic.related.iter();
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        related.partition(|(other, _)| other.source.path() == span.source.path());
    let (excerpt, shift) = excerpt(span, here.iter().map(|(other, _)| other));
    let primary = moved(visible(span.clamped(), span.source.text()), shift);
    let mut snippet = excerpt.annotation(AnnotationKind::Primary.span(primary));
    for (other, label) in here {
        snippet = snippet.annotation(labelled(other, *label, shift, style));
    }
    let mut group = group.element(snippet);
    for (other, label) in elsewhere {
        let (excerpt, shift) = self::excerpt(other, std::iter::empty());
        group = group.element(excerpt.annotation(labelled(other, *label, shift, style)));
    }
    group
}

fn labelled(span: &Span, label: Label, shift: usize, style: Style) -> Annotation<'static> {
    let place = moved(visible(span.clamped(), span.source.text()), shift);
    let text = sentence::label(label, style.language);
    AnnotationKind::Context.span(place).label(text)
}

/// The lines that hold `span` and the `others` of its file, and where they begin. The renderer reads all
/// that it is given for each diagnostic, so that a thousand faults of a long file would take a thousand
/// times its length.
fn excerpt<'d>(
    span: &'d Span,
    others: impl Iterator<Item = &'d Span>,
) -> (Snippet<'d, Annotation<'d>>, usize) {
    let text = span.source.text();
    let own = span.clamped();
    let whole = others.fold(own, |whole, other| {
        let other = other.clamped();
        whole.start.min(other.start)..whole.end.max(other.end)
    });
    let start = text[..whole.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[whole.end..]
        .find('\n')
        .map_or(text.len(), |at| whole.end + at + 1);
    let line = memchr::memchr_iter(b'\n', &text.as_bytes()[..start]).count() + 1;
    let snippet = Snippet::source(&text[start..end])
        .line_start(line)
        .path(span.source.path().as_str());
    (snippet, start)
}

fn moved(range: Range<usize>, shift: usize) -> Range<usize> {
    range.start - shift..range.end - shift
}

/// An empty range is drawn as one caret; one that runs over a line end is cut at it, since the first
/// line says where to look and twenty more only push it off the screen.
fn visible(range: Range<usize>, text: &str) -> Range<usize> {
    let line_end = text[range.clone()]
        .find('\n')
        .map_or(range.end, |at| range.start + at);
    range.start..line_end.max(range.start)
}
