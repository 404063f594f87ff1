//! What holds of every diagnostic.

use tongwen::diagnostic::render::{Style, draw_all};
use tongwen::diagnostic::{Diagnostic, Language, Place};

/// Their places lie in their files, and they can be drawn in both languages.
pub fn sound(notes: &[Diagnostic]) {
    for note in notes {
        if let Place::Span(span) = &note.place {
            assert_eq!(span.range, span.clamped(), "{:?}", note.code);
        }
    }
    let chinese = Style {
        language: Language::Traditional,
        ..Style::PLAIN
    };
    // Drawing costs the length of the file for each fault, so of thousands a few stand for all.
    let few = &notes[..notes.len().min(20)];
    draw_all(few, Style::PLAIN);
    draw_all(few, chinese);
}
