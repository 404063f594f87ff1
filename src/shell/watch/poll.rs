//! Watching without events: every file's time, length and identity, looked at again and again.
//!
//! Our own, because the watcher library's compares times in whole seconds, which loses the second of
//! two quick saves. A look costs about a microsecond a file; it is taken every 300 ms, or at a tenth
//! of the time where one takes longer than 30 ms.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use walkdir::WalkDir;

use super::{Changed, Watched};

const BETWEEN: Duration = Duration::from_millis(300);
const QUIET: Duration = Duration::from_millis(20);
const SHARE: u32 = 10;

pub(super) struct Polling {
    seen: Seen,
    due: Instant,
}

type Seen = BTreeMap<PathBuf, Facts>;

#[derive(PartialEq, Eq)]
struct Facts {
    inode: u64,
    len: u64,
    modified: (i64, i64),
    /// When its content or its facts last changed, by the system's own clock: a program that puts an old
    /// time on what it writes, as `cp -p` and `rsync -t` do, cannot set this one.
    touched: (i64, i64),
}

impl Polling {
    pub fn begin(watched: &Watched) -> Polling {
        Polling {
            seen: look(watched),
            due: Instant::now() + BETWEEN,
        }
    }

    pub fn next(&mut self, watched: &Watched, patience: Duration) -> Option<Changed> {
        let until = Instant::now() + patience;
        let mut found = None;
        loop {
            let now = Instant::now();
            if self.due > until && found.is_none() {
                std::thread::sleep(until.saturating_duration_since(now));
                return None;
            }
            std::thread::sleep(self.due.saturating_duration_since(now));
            let began = Instant::now();
            let after = look(watched);
            let changed = difference(&self.seen, &after, watched);
            self.seen = after;
            self.due = Instant::now() + BETWEEN.max(began.elapsed() * SHARE);
            // Once something has changed, look again until nothing more does.
            match (found, changed) {
                (None, None) => found = None,
                (Some(found), None) => return Some(found),
                (None, Some(changed)) => found = Some(changed),
                (Some(before), Some(changed)) => return Some(Changed::and(before, changed)),
            }
            if found.is_some() {
                self.due = Instant::now() + QUIET.max(began.elapsed());
            }
        }
    }
}

fn look(watched: &Watched) -> Seen {
    let mut seen = Seen::new();
    // What cannot be read is not there; when it can, it has changed.
    for path in watched.files() {
        if let Ok(facts) = std::fs::metadata(&path) {
            seen.insert(path, Facts::of(&facts));
        }
    }
    for folder in watched.deep() {
        for entry in WalkDir::new(folder)
            .follow_links(true)
            .into_iter()
            .flatten()
        {
            if let Ok(facts) = entry.metadata()
                && !facts.is_dir()
            {
                seen.insert(entry.into_path(), Facts::of(&facts));
            }
        }
    }
    seen
}

impl Facts {
    fn of(facts: &std::fs::Metadata) -> Facts {
        Facts {
            inode: facts.ino(),
            len: facts.len(),
            modified: (facts.mtime(), facts.mtime_nsec()),
            touched: (facts.ctime(), facts.ctime_nsec()),
        }
    }
}

fn difference(before: &Seen, after: &Seen, watched: &Watched) -> Option<Changed> {
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    let other = after
        .iter()
        .filter(|(path, facts)| before.get(*path) != Some(facts))
        .map(|(path, _)| path);
    let hints = gone.chain(other).filter_map(|path| watched.hint(path));
    hints.reduce(Changed::and)
}
