//! What is said of YAML that cannot be read, and where: the parser notices a fault where it can go no
//! further, which is often a line below the one to mend.

use std::ops::Range;

use saphyr_parser::{ScanError, Tag};

use super::{Builder, Open};
use crate::diagnostic::{Code, Diagnostic, Label, Term};

/// The parser's common complaints, in this program's words.
const WORDS: [(&str, Term); 14] = [
    ("mapping values are not allowed", Term::YamlColon),
    ("illegal placement of ':'", Term::YamlColon),
    ("simple key expect", Term::YamlNoColon),
    ("quoted scalar, found unexpected", Term::YamlUnclosedText),
    ("indentation in quoted scalar", Term::YamlUnclosedText),
    ("trailing content after double-quoted", Term::YamlAfterText),
    ("misplaced bracket", Term::YamlMark),
    ("did not find expected key", Term::YamlIndent),
    ("did not find expected '-'", Term::YamlIndent),
    ("indent", Term::YamlIndent),
    ("block sequence entries", Term::YamlIndent),
    ("escape", Term::YamlEscape),
    ("unexpected character", Term::YamlMark),
    ("cannot start with", Term::YamlMark),
];

impl Builder<'_> {
    /// Notes an anchor or a tag.
    pub(super) fn refuse(&mut self, anchor: usize, tag: Option<&Tag>, range: &Range<usize>) {
        let text = self.source.text();
        if anchor != 0 {
            let at = before(text, range.start, '&');
            self.note_at(Diagnostic::new(Code::YamlAnchor), at);
        }
        if let Some(tag) = tag {
            let at = before(text, range.start, '!');
            let written = text.get(at.clone()).unwrap_or("").to_string();
            let shown = if written.is_empty() {
                format!("!{}", tag.suffix)
            } else {
                written
            };
            self.note_at(Diagnostic::new(Code::YamlTag).with("tag", shown), at);
        }
    }

    /// Notes a syntax error.
    pub(super) fn syntax(&mut self, error: &ScanError) {
        let at = self.places.byte(error.marker());
        let text = self.source.text();
        let info = error.info();
        if info.contains("unknown anchor") {
            let at = before(text, at, '*');
            self.note_at(Diagnostic::new(Code::YamlAnchor), at);
        } else if let Some(tab) = indenting_tab(text, at) {
            self.note_at(Diagnostic::new(Code::YamlTab), tab..tab + 1);
        } else {
            self.complain(info, at);
        }
    }

    fn complain(&mut self, info: &str, at: usize) {
        let text = self.source.text();
        let start = self.open.last().map_or(at, Open::start);
        let unclosed = match text.as_bytes().get(start) {
            Some(b'[') => Some(Term::YamlUnclosedList),
            Some(b'{') => Some(Term::YamlUnclosedMap),
            _ => None,
        };
        let common = WORDS.iter().find(|(part, _)| info.contains(part));
        let in_flow = info.contains("flow") || text[start..at].contains('\n');
        let mut note = Diagnostic::new(Code::YamlSyntax);
        let mut range = at..at;
        match (unclosed, common) {
            // Whatever is wrong on a later line is wrong because the bracket is still open.
            (Some(term), _) if in_flow => {
                let opened = self.source.span(start..start + 1);
                note = note.with("detail", term).related(opened, Label::Opened);
            }
            (_, Some((_, Term::YamlNoColon))) => {
                // Noticed on the next line, of which the text could still have been the beginning.
                let before = text[..at].trim_end();
                let line = before.rfind('\n').map_or(0, |end| end + 1);
                range = line..before.len();
                note = note.with("detail", Term::YamlNoColon);
            }
            (_, Some((_, term))) => note = note.with("detail", *term),
            (_, None) => note = note.with("detail", info),
        }
        self.note_at(note, range);
    }
}

/// The word beginning with `mark` that ends before `at` or begins there: an anchor or a tag stands
/// before its value, which is where the parser says the value begins.
fn before(text: &str, at: usize, mark: char) -> Range<usize> {
    let at = text.floor_char_boundary(at.min(text.len()));
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let found = if text[at..].starts_with(mark) {
        Some(at)
    } else {
        text[line..at].rfind(mark).map(|start| line + start)
    };
    let Some(start) = found else {
        return at..at;
    };
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}');
    let length = text[start..].find(ends).unwrap_or(text.len() - start);
    start..start + length
}

/// The first tab among the white space that begins the line of `at`, or the line before it.
fn indenting_tab(text: &str, at: usize) -> Option<usize> {
    let at = text.floor_char_boundary(at.min(text.len()));
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let indent = |start: usize| {
        let blank = text[start..].find(|c| c != ' ' && c != '\t')?;
        text[start..start + blank].find('\t').map(|tab| start + tab)
    };
    indent(line).or_else(|| {
        let previous = text[..line.saturating_sub(1)].rfind('\n');
        indent(previous.map_or(0, |end| end + 1))
    })
}
