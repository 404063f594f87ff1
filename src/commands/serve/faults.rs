//! What has been said of the site's faults: each is shown once for as long as it stands, so that the
//! line of a change is not lost among what was known before it.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::commands::terminal::Terminal;
use crate::diagnostic::{Diagnostic, Phrase, Severity};

/// The faults that stand, as far as they have been said.
pub struct Faults {
    terminal: Terminal,
    said: Mutex<Said>,
}

#[derive(Default)]
struct Said {
    /// The faults, as drawn.
    shown: BTreeSet<String>,
    /// Errors and warnings, as they were last counted.
    counts: Option<(usize, usize)>,
    /// Whether any was shown since.
    shown_since: bool,
}

impl Faults {
    /// Nothing has been said.
    pub fn new(terminal: Terminal) -> Faults {
        Faults {
            terminal,
            said: Mutex::default(),
        }
    }

    /// Shows what is new among the faults of the site as a whole, which are known before any page is made.
    pub fn at_once(&self, notes: &[Diagnostic]) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        self.show_new(&mut said, notes);
    }

    /// Shows what is new among all faults there are, forgets those that are mended, and counts, unless the
    /// count is what it was and nothing is new.
    pub fn in_all(&self, notes: &[Diagnostic]) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let standing: BTreeSet<String> =
            notes.iter().map(|note| self.terminal.draw(note)).collect();
        self.show_new(&mut said, notes);
        said.shown = standing;
        let count = |severity| {
            let notes = notes.iter().filter(|note| note.severity() == severity);
            notes.count()
        };
        let counts = (count(Severity::Error), count(Severity::Warning));
        if said.counts != Some(counts) || std::mem::take(&mut said.shown_since) {
            said.counts = Some(counts);
            said.shown_since = false;
            let (errors, warnings) = (counts.0.to_string(), counts.1.to_string());
            let sentence = match counts {
                (0, 0) => self.terminal.phrase(Phrase::NoFaults, &[]),
                _ => self.terminal.phrase(
                    Phrase::Faults,
                    &[("errors", &errors), ("warnings", &warnings)],
                ),
            };
            self.terminal.say(&sentence);
        }
    }

    fn show_new(&self, said: &mut Said, notes: &[Diagnostic]) {
        let new = |note: &&Diagnostic| said.shown.insert(self.terminal.draw(note));
        let new: Vec<Diagnostic> = notes.iter().filter(new).cloned().collect();
        said.shown_since |= !new.is_empty();
        self.terminal.show(&new);
    }
}
