//! The file system's own events, gathered into batches.
//!
//! Events come in bursts (an editor's save is five or six, a checkout thousands), so a batch waits
//! until 20 ms have been quiet, and never longer than 200 ms. Reading a file is an event too and is
//! dropped at once, or our own reading would wake us.
//!
//! A watch holds on to a folder itself, not to its name: when the folder is renamed away, or deleted
//! and made again, the watch is of no use. So the folders that were armed are compared by identity
//! with what now bears their names, after events at the top and twice a second, and armed anew.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{CreateKind, EventKind, ModifyKind, RenameMode};
use notify::{Config, ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::{Changed, NoEvents, Watched};

const QUIET: Duration = Duration::from_millis(20);
const AT_MOST: Duration = Duration::from_millis(200);
const HEARTBEAT: Duration = Duration::from_millis(500);
/// After a folder has come, files may get into it before it is watched; it is named once more then.
const ECHO: Duration = Duration::from_millis(300);

pub(super) struct Events {
    watcher: RecommendedWatcher,
    queue: Receiver<notify::Result<notify::Event>>,
    armed: BTreeMap<PathBuf, Identity>,
    checked: Instant,
    echo: Option<(Instant, Changed)>,
}

type Identity = Option<(u64, u64)>;

impl Events {
    pub fn begin(watched: &Watched) -> Result<Events, NoEvents> {
        let (sender, queue) = channel();
        let forward = move |event: notify::Result<notify::Event>| {
            let reading = |event: &notify::Event| matches!(event.kind, EventKind::Access(_));
            if !event.as_ref().is_ok_and(reading) {
                // Nobody listens any more: then nobody misses it.
                let _ = sender.send(event);
            }
        };
        let watcher = RecommendedWatcher::new(forward, Config::default()).map_err(no_events)?;
        let mut events = Events {
            watcher,
            queue,
            armed: BTreeMap::new(),
            checked: Instant::now(),
            echo: None,
        };
        events.arm(watched)?;
        Ok(events)
    }

    /// The next batch, or nothing within `patience`; an error means that events are no longer to be
    /// had and the watching must go on some other way.
    pub fn next(
        &mut self,
        watched: &Watched,
        patience: Duration,
    ) -> Result<Option<Changed>, NoEvents> {
        let until = Instant::now() + patience;
        loop {
            let now = Instant::now();
            if let Some((due, _)) = &self.echo
                && *due <= now
            {
                return Ok(self.echo.take().map(|(_, changed)| changed));
            }
            if now >= self.checked + HEARTBEAT && self.arm(watched)? {
                return Ok(Some(Changed::Everything));
            }
            if now >= until {
                return Ok(None);
            }
            let echo = self.echo.as_ref().map(|(due, _)| *due);
            let wake = [Some(until), Some(self.checked + HEARTBEAT), echo];
            let wake = wake.into_iter().flatten().min().unwrap_or(until);
            match self.queue.recv_timeout(wake.saturating_duration_since(now)) {
                Ok(event) => {
                    if let Some(changed) = self.gather(watched, event)? {
                        return Ok(Some(changed));
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(NoEvents("the watcher ended".to_string()));
                }
            }
        }
    }

    /// Takes a first event and those that follow it closely. Events about what the site does not read
    /// start no waiting.
    fn gather(
        &mut self,
        watched: &Watched,
        first: notify::Result<notify::Event>,
    ) -> Result<Option<Changed>, NoEvents> {
        let Some(mut batch) = self.take(watched, first)? else {
            return Ok(None);
        };
        let began = Instant::now();
        loop {
            let left = AT_MOST.saturating_sub(began.elapsed());
            let Ok(event) = self.queue.recv_timeout(QUIET.min(left)) else {
                break;
            };
            if let Some(more) = self.take(watched, event)? {
                batch = batch.and(more);
            }
            if left.is_zero() {
                break;
            }
        }
        if self.arm(watched)? {
            batch = Changed::Everything;
        }
        Ok(Some(batch))
    }

    fn take(
        &mut self,
        watched: &Watched,
        event: notify::Result<notify::Event>,
    ) -> Result<Option<Changed>, NoEvents> {
        let event = match event {
            Ok(event) => event,
            Err(error) if is_exhaustion(&error) => return Err(no_events(error)),
            // Some one thing could not be watched or read: look at all.
            Err(_) => return Ok(Some(Changed::Everything)),
        };
        if event.need_rescan() {
            return Ok(Some(Changed::Everything));
        }
        let mut found: Option<Changed> = None;
        for path in &event.paths {
            if let Some(hint) = watched.hint(path) {
                found = Some(match found {
                    Some(found) => found.and(hint),
                    None => hint,
                });
            }
        }
        if let Some(changed) = &found
            && brings_a_folder(&event)
        {
            let due = Instant::now() + ECHO;
            self.echo = Some(match self.echo.take() {
                Some((_, before)) => (due, before.and(changed.clone())),
                None => (due, changed.clone()),
            });
        }
        Ok(found)
    }

    /// Watches what bears the watched names now. Returns whether any of it is another folder than
    /// before.
    fn arm(&mut self, watched: &Watched) -> Result<bool, NoEvents> {
        self.checked = Instant::now();
        let first = self.armed.is_empty();
        let shallow = watched.shallow().into_iter();
        let shallow = shallow.map(|path| (path, RecursiveMode::NonRecursive));
        let deep = watched.deep().map(|path| (path, RecursiveMode::Recursive));
        let mut another = false;
        for (path, mode) in shallow.chain(deep) {
            let now = identity(&path);
            if self.armed.get(&path) == Some(&now) {
                continue;
            }
            another = true;
            let _ = self.watcher.unwatch(&path);
            match now.map(|_| self.watcher.watch(&path, mode)) {
                Some(Err(error)) if is_exhaustion(&error) => return Err(no_events(error)),
                // Gone again between looking and watching: the next heartbeat looks again.
                Some(Err(_)) => {
                    self.armed.remove(&path);
                }
                Some(Ok(())) | None => {
                    self.armed.insert(path, now);
                }
            }
        }
        Ok(another && !first)
    }
}

fn identity(path: &Path) -> Identity {
    let facts = std::fs::metadata(path).ok()?;
    Some((facts.dev(), facts.ino()))
}

fn brings_a_folder(event: &notify::Event) -> bool {
    let coming = matches!(
        event.kind,
        EventKind::Create(CreateKind::Folder | CreateKind::Any)
            | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Any))
    );
    coming && event.paths.iter().any(|path| path.is_dir())
}

/// Whether the system has no more watches, or handles, to give.
fn is_exhaustion(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::MaxFilesWatch => true,
        ErrorKind::Io(error) => [
            rustix::io::Errno::MFILE,
            rustix::io::Errno::NFILE,
            rustix::io::Errno::NOSPC,
        ]
        .iter()
        .any(|errno| error.raw_os_error() == Some(errno.raw_os_error())),
        _ => false,
    }
}

fn no_events(error: notify::Error) -> NoEvents {
    NoEvents(error.to_string())
}
