//! Which templates are running now.
//!
//! A template is a program of the author's, and the engine has no limit on what a loop in a loop may take.
//! Here is no clock to hold one against; whoever has one looks in from outside (`shell::vigil`).

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::source::SitePath;

/// The templates that are running, on all threads.
#[derive(Default)]
pub struct Underway(Mutex<Runs>);

#[derive(Default)]
struct Runs {
    /// The number of the next.
    next: u64,
    running: BTreeMap<u64, Run>,
}

/// A run of a template.
#[derive(Clone, Debug)]
pub struct Run {
    /// The template's file; none when it is not among those that were loaded.
    pub template: Option<SitePath>,
    /// The page it is run for.
    pub page: String,
}

/// Ends its entry when it is let go.
pub(super) struct Running<'u> {
    underway: &'u Underway,
    number: u64,
}

impl Underway {
    /// Enters a run.
    pub(super) fn begin(&self, template: Option<&SitePath>, page: &str) -> Running<'_> {
        let run = Run {
            template: template.cloned(),
            page: page.to_string(),
        };
        let mut runs = self.runs();
        let number = runs.next;
        runs.next += 1;
        runs.running.insert(number, run);
        Running {
            underway: self,
            number,
        }
    }

    /// The runs there are now, by numbers that no other run will have.
    pub fn now(&self) -> BTreeMap<u64, Run> {
        self.runs().running.clone()
    }

    fn runs(&self) -> MutexGuard<'_, Runs> {
        // Entries are whole whatever a panicking thread did.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.underway.runs().running.remove(&self.number);
    }
}
