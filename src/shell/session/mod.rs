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

mod due;
mod history;
mod side_by_side;
mod snapshot;
mod update;

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Instant;

use jiff::Timestamp;

use crate::diagnostic::render::Style;
use crate::diagnostic::{Diagnostic, any_error, render};
use crate::digest::Digest;
use crate::pipeline::inputs::Options;
use crate::pipeline::memo::Memo;
use crate::pipeline::output::OutputPath;
use crate::pipeline::publication::sorted;
use crate::shell::disk::{Place, Tree};
use crate::shell::server::{Answer, Answers, Found, SIDE_BY_SIDE};
use crate::shell::watch::Changed;
use crate::source::SitePath;
use history::History;
pub use history::{Rendered, Why};
use snapshot::{Made, Snapshot};
pub use update::{Affected, Fate, Update};

/// A site being edited. Shared between the watcher, which updates it, and the server, which asks.
pub struct Session {
    place: Place,
    style: Style,
    /// What only one update at a time may touch.
    desk: Mutex<Desk>,
    current: RwLock<Arc<Snapshot>>,
    /// The last snapshot without errors, or else the first that could be arranged: for answers under a broken
    /// one.
    good: RwLock<Option<Arc<Snapshot>>>,
    /// Updates that nobody has been told of.
    untold: Mutex<Vec<Update>>,
    /// The last good answer of everything that was asked for, and the number of its snapshot.
    last_good: Mutex<HashMap<OutputPath, (Found, u64)>>,
    history: Mutex<History>,
    /// What came out when all was last made.
    swept: Mutex<Option<HashMap<OutputPath, Digest>>>,
    frozen: bool,
    clock: Option<Clock>,
    listener: Option<Listener>,
}

/// Tells the time.
type Clock = Box<dyn Fn() -> Timestamp + Send + Sync>;

/// Hears of pages that are rendered.
type Listener = Box<dyn Fn(&Rendered) + Send + Sync>;

struct Desk {
    tree: Tree,
    memo: Memo,
    /// The moment the current snapshot is of.
    now: Timestamp,
    /// Whether pages of a later day are shown; then no day's coming changes anything.
    future: bool,
    /// When the next page's day comes.
    due: Option<Timestamp>,
}

/// How many outputs are made before it is asked whether the site has changed: a few milliseconds' work.
const AT_ONCE: usize = 16;

/// What came of making everything.
pub struct Swept {
    /// What is wrong, with all of it.
    pub notes: Vec<Diagnostic>,
    /// How many outputs were made.
    pub made: usize,
    /// Those that are not what they were when all was last made; nothing the first time.
    pub differing: Option<Vec<OutputPath>>,
}

impl Session {
    /// Reads the site. A broken one is a session too: its answers say what is wrong.
    ///
    /// # Errors
    /// The folder itself cannot be looked into.
    pub fn begin(place: Place, options: Options, style: Style) -> io::Result<Session> {
        let (now, future) = (options.now, options.future);
        let tree = Tree::read(&place, options)?;
        let mut desk = Desk {
            tree,
            memo: Memo::default(),
            now,
            future,
            due: None,
        };
        let snapshot = Arc::new(Snapshot::of(0, &desk.tree, &mut desk.memo, &place, None));
        let good = snapshot.is_arranged().then(|| snapshot.clone());
        Ok(Session {
            place,
            style,
            desk: Mutex::new(desk),
            current: RwLock::new(snapshot),
            good: RwLock::new(good),
            untold: Mutex::default(),
            last_good: Mutex::default(),
            history: Mutex::default(),
            swept: Mutex::default(),
            frozen: false,
            clock: None,
            listener: None,
        })
    }

    /// The same, with the time going on by `clock`, where it stood at the moment that the options name.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Session {
        self.clock = Some(Box::new(clock));
        self
    }

    /// The same, with every page that is rendered because it was asked for told to `listener`.
    #[must_use]
    pub fn with_listener(
        mut self,
        listener: impl Fn(&Rendered) + Send + Sync + 'static,
    ) -> Session {
        self.listener = Some(Box::new(listener));
        self
    }

    /// The same, left as it was read whatever is asked for.
    #[must_use]
    pub fn frozen(mut self) -> Session {
        self.frozen = true;
        self
    }

    /// Takes note of what may have changed, and of the time; says whether anything has.
    pub fn update(&self, changed: &Changed) -> bool {
        self.renew(|tree| tree.update(changed))
    }

    /// Takes note of the time alone.
    pub fn pass_time(&self) -> bool {
        self.renew(|_| Vec::new())
    }

    fn renew(&self, look: impl FnOnce(&mut Tree) -> Vec<SitePath>) -> bool {
        let started = Instant::now();
        let mut desk = locked(&self.desk);
        let mut changed = look(&mut desk.tree);
        let due = self.come_due(&mut desk);
        changed.extend(due.iter().cloned());
        if changed.is_empty() {
            return false;
        }
        changed.sort();
        changed.dedup();
        let Desk { tree, memo, .. } = &mut *desk;
        memo.take_counters();
        let before = self.snapshot();
        let number = before.number + 1;
        let after = Snapshot::of(number, tree, memo, &self.place, Some(&before));
        let after = Arc::new(after);
        locked(&self.history).note(number, &changed);
        if after.is_arranged() && (after.errors().is_empty() || read(&self.good).is_none()) {
            *write(&self.good) = Some(after.clone());
        }
        *write(&self.current) = after.clone();
        locked(&self.untold).push(Update {
            changed,
            due,
            counters: memo.take_counters(),
            took: started.elapsed(),
            before,
            after,
        });
        true
    }

    /// The updates since this was last asked, whoever caused them: the watcher, or a browser that asked
    /// first.
    pub fn untold(&self) -> Vec<Update> {
        std::mem::take(&mut *locked(&self.untold))
    }

    /// The files outside the folders that the site is made of, as they are named now.
    pub fn single_files(&self) -> Vec<PathBuf> {
        locked(&self.desk).tree.single_files()
    }

    /// What is wrong with the site as a whole, as it is now.
    pub fn notes(&self) -> Vec<Diagnostic> {
        self.snapshot().notes().to_vec()
    }

    /// The paths of all outputs, as they are now.
    pub fn paths(&self) -> Vec<OutputPath> {
        self.snapshot().paths()
    }

    /// Makes every output and tells what is wrong with each; nothing when `stop` said, on the way, that
    /// the site has changed again.
    pub fn sweep(&self, stop: impl Fn() -> bool) -> Option<Swept> {
        let snapshot = self.snapshot();
        let mut notes = snapshot.notes().to_vec();
        let mut digests = HashMap::new();
        for paths in snapshot.paths().chunks(AT_ONCE) {
            if stop() {
                return None;
            }
            match snapshot.make_all(paths.to_vec()) {
                Ok(made) => {
                    for (path, made) in made {
                        notes.extend(made.notes);
                        digests.extend(made.found.map(|found| (path, found.digest)));
                    }
                }
                Err(fault) => {
                    // It would run away from page after page.
                    notes.push(*fault);
                    return Some(Swept {
                        notes: sorted(notes),
                        made: digests.len(),
                        differing: None,
                    });
                }
            }
        }
        let notes = sorted(notes);
        if !any_error(&notes) {
            // What has gone for good need not be kept for a day when it cannot be made.
            locked(&self.last_good).retain(|path, _| digests.contains_key(path));
        }
        let made = digests.len();
        let mut swept = locked(&self.swept);
        let differing = swept.as_ref().map(|before| {
            let paths: BTreeSet<&OutputPath> = digests.keys().chain(before.keys()).collect();
            let differs = |path: &&OutputPath| digests.get(*path) != before.get(*path);
            paths.into_iter().filter(differs).cloned().collect()
        });
        *swept = Some(digests);
        Some(Swept {
            notes,
            made,
            differing,
        })
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        read(&self.current).clone()
    }

    /// Looks whether the source of the page at `path` has changed on disk since the last update, and
    /// updates if so: the browser that asks right after a save is not answered with the past.
    fn catch_up(&self, path: &OutputPath) {
        if self.frozen {
            return;
        }
        let Some(source) = self.snapshot().changed_source_of(path) else {
            return;
        };
        let hint = Changed::Paths(BTreeSet::from([source]));
        self.update(&hint);
    }

    /// The output at `path`, made in `snapshot`; told, if it is a page.
    fn make(&self, snapshot: &Arc<Snapshot>, path: &OutputPath) -> Made {
        let started = Instant::now();
        let made = snapshot.make(path);
        let Some(listener) = &self.listener else {
            return made;
        };
        if let Some(source) = snapshot.source_of(path) {
            let took = started.elapsed();
            let last = locked(&self.last_good).get(path).cloned();
            let number = last.as_ref().map(|(_, number)| *number);
            let as_before = made.found.as_ref().zip(last.as_ref());
            listener(&Rendered {
                path: path.clone(),
                why: locked(&self.history).why(number, Some(source)),
                as_before: as_before.map(|(found, (last, _))| found.digest == last.digest),
                took,
            });
        }
        made
    }

    /// The answer for an output that cannot be made: what is wrong, and the last one that could.
    fn broken(&self, path: &OutputPath, notes: &[Diagnostic]) -> Answer {
        let kept = locked(&self.last_good).get(path).cloned();
        let last_good = kept.map(|(found, _)| found).or_else(|| {
            let good = read(&self.good).clone()?;
            good.has(path).then(|| good.make_anew(path))?.found
        });
        Answer::Broken {
            report: render::draw_all(notes, self.style),
            last_good,
        }
    }
}

impl Answers for Session {
    fn base_path(&self) -> String {
        let now = self.snapshot().base_path();
        let good = || read(&self.good).as_ref()?.base_path();
        now.or_else(good).unwrap_or_default()
    }

    fn side_by_side(&self, path: &OutputPath) -> Option<String> {
        self.catch_up(path);
        let comparison = self.snapshot().compare(path, self.style.language)?;
        let base = self.base_path();
        Some(side_by_side::html(
            &comparison,
            &base,
            SIDE_BY_SIDE,
            self.style.language,
        ))
    }

    fn output(&self, path: &OutputPath) -> Answer {
        self.catch_up(path);
        let snapshot = self.snapshot();
        if !snapshot.is_arranged() {
            return self.broken(path, &sorted(snapshot.notes().to_vec()));
        }
        if !snapshot.has(path) {
            // A page whose front matter cannot be read has no address any more. Where there was one, that
            // is no missing page but a broken one.
            let unread = snapshot.unread_at(path);
            if !unread.is_empty() {
                return self.broken(path, &unread);
            }
            let errors = snapshot.errors();
            let was_there = || {
                let was = read(&self.good).as_ref().is_some_and(|good| good.has(path));
                was || locked(&self.last_good).contains_key(path)
            };
            return if !errors.is_empty() && was_there() {
                self.broken(path, &errors)
            } else {
                Answer::Missing
            };
        }
        let made = snapshot.made(path);
        let made = made.unwrap_or_else(|| self.make(&snapshot, path));
        if any_error(&made.notes) {
            return self.broken(path, &sorted(made.notes));
        }
        match made.found {
            Some(found) => {
                if found.may_be_kept() {
                    let last = (found.clone(), snapshot.number);
                    locked(&self.last_good).insert(path.clone(), last);
                }
                Answer::Found(found)
            }
            None => self.broken(path, &sorted(made.notes)),
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
