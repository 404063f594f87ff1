//! Watching a site's sources: which paths may have changed since last asked.
//!
//! What comes out are hints. A path that is named may not have changed at all, a folder that is named
//! stands for everything in it, and [`Changed::Everything`] asks for a new reading of the whole site;
//! digests decide what is true. So every doubt is settled by naming more: a queue that overflowed, a
//! folder that was moved away and back, a folder that was filled before it could be watched.
//!
//! Only what a site reads is watched, not its whole folder, which may hold a large `target` or
//! `node_modules` and does hold the output. Where the system gives no events, or no more watches, the
//! files' times are looked at again and again instead.

mod events;
mod poll;

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::SitePath;
use events::Events;
use poll::Polling;

/// What to watch.
#[derive(Clone, Debug)]
pub struct Watched {
    /// The site's folder.
    pub root: PathBuf,
    /// Names of folders in it, watched with all that is in them, whether they exist yet or not.
    pub folders: Vec<String>,
    /// Files: names in the root, or paths anywhere (a configuration kept elsewhere).
    pub files: Vec<PathBuf>,
}

/// What may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// These files, and everything in these folders; never empty.
    Paths(BTreeSet<SitePath>),
    /// Anything.
    Everything,
}

/// One batch.
#[derive(Clone, Debug)]
pub struct News {
    /// What to look at again.
    pub changed: Changed,
    /// What the user should know about the watching itself.
    pub notes: Vec<Diagnostic>,
}

/// A watch over a site's sources.
pub struct Watch {
    watched: Watched,
    manner: Manner,
    notes: Vec<Diagnostic>,
}

enum Manner {
    Events(Events),
    Polling(Polling),
}

/// Why events cannot be had.
struct NoEvents(String);

impl Watch {
    /// Starts watching; what changes from here on will be told. With `poll`, or where there are no
    /// events to be had, by looking at every file's time and length.
    pub fn begin(watched: Watched, poll: bool) -> Watch {
        let watched = Watched {
            root: std::path::absolute(&watched.root).unwrap_or(watched.root),
            ..watched
        };
        let mut notes = Vec::new();
        let manner = if poll {
            Manner::Polling(Polling::begin(&watched))
        } else {
            match Events::begin(&watched) {
                Ok(events) => Manner::Events(events),
                Err(why) => {
                    notes.push(falling_back(&why));
                    Manner::Polling(Polling::begin(&watched))
                }
            }
        };
        Watch {
            watched,
            manner,
            notes,
        }
    }

    /// What there is to say about how the watch began.
    pub fn notes(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.notes)
    }

    /// Watches these files from now on, in place of those before.
    pub fn set_files(&mut self, files: Vec<PathBuf>) {
        self.watched.files = files;
    }

    /// Whether files are looked at instead of events awaited.
    pub fn is_polling(&self) -> bool {
        matches!(self.manner, Manner::Polling(_))
    }

    /// Waits until something may have changed and it has been quiet for a moment (20 ms, at most
    /// 200 ms in all); `None` when nothing has within `patience`.
    pub fn next(&mut self, patience: Duration) -> Option<News> {
        let changed = match &mut self.manner {
            Manner::Polling(polling) => polling.next(&self.watched, patience)?,
            Manner::Events(events) => match events.next(&self.watched, patience) {
                Ok(changed) => changed?,
                Err(why) => {
                    self.notes.push(falling_back(&why));
                    self.manner = Manner::Polling(Polling::begin(&self.watched));
                    Changed::Everything
                }
            },
        };
        Some(News {
            changed,
            notes: self.notes(),
        })
    }
}

impl Watched {
    /// The folder or file to look at again because of `path`; `None` if the site does not read it.
    fn hint(&self, path: &Path) -> Option<Changed> {
        let is_file = self.files().any(|file| file == path);
        let Ok(inside) = path.strip_prefix(&self.root) else {
            return is_file.then_some(Changed::Everything);
        };
        let Some(Component::Normal(first)) = inside.components().next() else {
            return Some(Changed::Everything);
        };
        let in_folder = self.folders.iter().any(|folder| first == folder.as_str());
        if !in_folder && !is_file {
            return None;
        }
        // A name that is no text cannot be a page's; its folder can be looked at.
        let text = inside.ancestors().find_map(Path::to_str)?;
        Some(Changed::Paths(BTreeSet::from([SitePath::new(text)])))
    }

    /// The folders that are watched themselves, without what is in them, for the files they hold and
    /// for the coming and going of the folders.
    fn shallow(&self) -> BTreeSet<PathBuf> {
        let parents = self
            .files()
            .filter_map(|file| file.parent().map(Path::to_path_buf));
        parents.chain([self.root.clone()]).collect()
    }

    fn files(&self) -> impl Iterator<Item = PathBuf> {
        self.files.iter().map(|file| self.root.join(file))
    }

    fn deep(&self) -> impl Iterator<Item = PathBuf> {
        self.folders.iter().map(|folder| self.root.join(folder))
    }
}

impl Changed {
    fn and(self, other: Changed) -> Changed {
        match (self, other) {
            (Changed::Paths(mut paths), Changed::Paths(more)) => {
                paths.extend(more);
                Changed::Paths(paths)
            }
            _ => Changed::Everything,
        }
    }
}

fn falling_back(why: &NoEvents) -> Diagnostic {
    Diagnostic::new(Code::WatchFallsBack).with("detail", why.0.clone())
}
