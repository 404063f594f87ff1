//! A site being edited: the publication as it is now, made anew after each change, asked output by
//! output.
//!
//! ```text
//! Tree --update--> Inputs --publish (with the memo)--> Publication --> Snapshot, swapped in as a whole
//! ```
//!
//! There is one path from inputs to outputs, the one `build` takes; the memo makes it short. An answer
//! is made when it is asked for and kept until the next snapshot. What cannot be made is answered with
//! what is wrong and with the last answer that could.

mod side_by_side;
mod snapshot;

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use crate::diagnostic::render::Style;
use crate::diagnostic::{Diagnostic, any_error, render};
use crate::pipeline::inputs::Options;
use crate::pipeline::memo::{Counters, Memo};
use crate::pipeline::output::OutputPath;
use crate::pipeline::publication::sorted;
use crate::shell::disk::{Place, Tree};
use crate::shell::server::{Answer, Answers, Found};
use crate::shell::watch::Changed;
use crate::source::SitePath;
use snapshot::{Made, Snapshot};

/// A site being edited. Shared between the watcher, which updates it, and the server, which asks.
pub struct Session {
    place: Place,
    style: Style,
    /// What only one update at a time may touch.
    desk: Mutex<Desk>,
    current: RwLock<Arc<Snapshot>>,
    /// The last snapshot whose site could be arranged, for answers under a broken one.
    good: RwLock<Option<Arc<Snapshot>>>,
    /// Updates that nobody has been told of.
    untold: Mutex<Vec<Update>>,
    /// The last good answer of everything that was asked for.
    last_good: Mutex<HashMap<OutputPath, Found>>,
}

struct Desk {
    tree: Tree,
    memo: Memo,
}

/// What an update did.
#[derive(Clone, Debug)]
pub struct Update {
    /// The files that read differently, came or went.
    pub changed: Vec<SitePath>,
    /// What was parsed and what was reused.
    pub counters: Counters,
    /// How long it took, from the hint to the new snapshot.
    pub took: Duration,
}

impl Session {
    /// Reads the site. A broken one is a session too: its answers say what is wrong.
    ///
    /// # Errors
    /// The folder itself cannot be looked into.
    pub fn begin(place: Place, options: Options, style: Style) -> io::Result<Session> {
        let tree = Tree::read(&place, options)?;
        let mut desk = Desk {
            tree,
            memo: Memo::default(),
        };
        let snapshot = Arc::new(Snapshot::of(&desk.tree, &mut desk.memo, &place));
        let good = snapshot.is_arranged().then(|| snapshot.clone());
        Ok(Session {
            place,
            style,
            desk: Mutex::new(desk),
            current: RwLock::new(snapshot),
            good: RwLock::new(good),
            untold: Mutex::default(),
            last_good: Mutex::default(),
        })
    }

    /// Takes note of what may have changed, and says whether anything has.
    pub fn update(&self, changed: &Changed) -> bool {
        let started = Instant::now();
        let mut desk = locked(&self.desk);
        let Desk { tree, memo } = &mut *desk;
        let changed = tree.update(changed);
        if changed.is_empty() {
            return false;
        }
        memo.take_counters();
        let snapshot = Arc::new(Snapshot::of(tree, memo, &self.place));
        if snapshot.is_arranged() {
            *write(&self.good) = Some(snapshot.clone());
        }
        *write(&self.current) = snapshot;
        locked(&self.untold).push(Update {
            changed,
            counters: memo.take_counters(),
            took: started.elapsed(),
        });
        true
    }

    /// The updates since this was last asked, whoever caused them: the watcher, or a browser that asked
    /// first.
    pub fn untold(&self) -> Vec<Update> {
        std::mem::take(&mut *locked(&self.untold))
    }

    /// What is wrong with the site as a whole, as it is now.
    pub fn notes(&self) -> Vec<Diagnostic> {
        self.snapshot().notes().to_vec()
    }

    /// The path of the base URL, for the server.
    pub fn base_path(&self) -> String {
        self.snapshot().base_path().unwrap_or_default()
    }

    /// The paths of all outputs, as they are now.
    pub fn paths(&self) -> Vec<OutputPath> {
        self.snapshot().paths()
    }

    /// Makes every output and tells what is wrong with each, until `stop` says that the site has changed
    /// again.
    pub fn sweep(&self, stop: impl Fn() -> bool) -> Vec<Diagnostic> {
        let snapshot = self.snapshot();
        let mut notes = snapshot.notes().to_vec();
        for path in snapshot.paths() {
            if stop() {
                break;
            }
            notes.extend(snapshot.make_anew(&path).notes);
        }
        sorted(notes)
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Looks whether the source of the page at `path` has changed on disk since the last update, and
    /// updates if so: the browser that asks right after a save is not answered with the past.
    fn catch_up(&self, path: &OutputPath) {
        let Some(source) = self.snapshot().source_of(path) else {
            return;
        };
        let hint = Changed::Paths(BTreeSet::from([source]));
        self.update(&hint);
    }

    /// The answer for an output that cannot be made: what is wrong, and the last one that could.
    fn broken(&self, path: &OutputPath, notes: &[Diagnostic]) -> Answer {
        let kept = locked(&self.last_good).get(path).cloned();
        let last_good = kept.or_else(|| {
            let good = self
                .good
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .clone()?;
            match good.made(path)? {
                Made {
                    found: Some(found), ..
                } => Some(found),
                Made { .. } => None,
            }
        });
        Answer::Broken {
            report: render::draw_all(notes, self.style),
            last_good,
        }
    }
}

impl Answers for Session {
    fn side_by_side(&self, path: &OutputPath) -> Option<String> {
        self.catch_up(path);
        let comparison = self.snapshot().compare(path, self.style.language)?;
        Some(side_by_side::html(&comparison))
    }

    fn output(&self, path: &OutputPath) -> Answer {
        self.catch_up(path);
        let snapshot = self.snapshot();
        if !snapshot.is_arranged() {
            return self.broken(path, &sorted(snapshot.notes().to_vec()));
        }
        let Some(made) = snapshot.made(path) else {
            // A page whose front matter cannot be read has no address any more. Where there was one, that
            // is no missing page but a broken one.
            let errors = snapshot.errors();
            let was_there = || {
                let good = self.good.read().unwrap_or_else(PoisonError::into_inner);
                let was = good.as_ref().is_some_and(|good| good.has(path));
                was || locked(&self.last_good).contains_key(path)
            };
            return if !errors.is_empty() && was_there() {
                self.broken(path, &errors)
            } else {
                Answer::Missing
            };
        };
        if any_error(&made.notes) {
            return self.broken(path, &sorted(made.notes));
        }
        match made.found {
            Some(found) => {
                locked(&self.last_good).insert(path.clone(), found.clone());
                Answer::Found(found)
            }
            None => self.broken(path, &sorted(made.notes)),
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
