//! A build on its way out: a complete folder in the making, beside the one that readers see.
//!
//! What is put and has not changed costs a look into the previous record and nothing else until
//! [`Staging::commit`]; when everything was so, nothing is touched at all. Otherwise unchanged files
//! are hard-linked into the new folder, so that the exchange stays one system call. That keeps inodes
//! and times and saves the disk the bytes, but not much CPU: making, linking and removing 20,000
//! folders of one file takes the kernel about as long as writing them (2 s on the machine it was
//! measured on, against 0.25 s when nothing changed).
//!
//! Nothing is synced to the disk: after a power failure the output may be incomplete, and is built
//! again from its sources. One `fsync` a file would cost more than everything else together.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use rustix::fs::{AtFlags, Mode, OFlags, Timespec, Timestamps, renameat};
use rustix::io::Errno;

use super::copy::Originals;
use super::error::PublishError;
use super::folders::Folders;
use super::place::{Manner, Place, Target};
use super::previous::{self, Previous, Seen};
use super::record::{MARKER, Record, Row};
use super::work::{INSIDE, Work};
use super::{exchange, folder, piecewise, recover};
use crate::diagnostic::{Code, Diagnostic};
use crate::pipeline::output::{Body, Output, OutputPath};
use crate::pipeline::receipt::Receipt;

/// The folder in the working folder that becomes the output.
pub(super) const NEW: &str = "new";

// What became of a file of the previous output.
const STALE: u8 = 0;
const UNCHANGED: u8 = 1;
const REPLACED: u8 = 2;

/// What a build did to the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or differ.
    pub written: usize,
    /// Files left as they were, inode and time included.
    pub unchanged: usize,
    /// Files of the build before that are no more.
    pub removed: usize,
    /// Bytes written.
    pub bytes: u64,
    /// Where files went that somebody else put into the output while it was being built.
    pub kept: Option<PathBuf>,
}

impl Published {
    /// What the author should know about it.
    pub fn note(&self) -> Option<Diagnostic> {
        let kept = self.kept.as_ref()?.display().to_string();
        Some(Diagnostic::new(Code::OutputKept).with("folder", kept))
    }
}

/// A locked place to build in. Dropped without [`Staging::commit`], it is removed and the previous
/// output stays.
pub struct Staging {
    pub(super) place: Place,
    pub(super) manner: Manner,
    pub(super) previous: Previous,
    pub(super) force: bool,
    pub(super) new: OwnedFd,
    pub(super) work: Work,
    originals: Originals,
    folders: Folders,
    fate: Vec<AtomicU8>,
    written: Mutex<Vec<Row>>,
    receipt: Option<Receipt>,
    staged: bool,
}

impl Staging {
    /// Checks that the target may be replaced, waits for another build of it to end, clears up what a
    /// killed one left, and makes an empty staging folder.
    ///
    /// Errors: the target is refused or busy, or the file system fails.
    pub fn begin(target: &Target) -> Result<Staging, PublishError> {
        let missing = || io::Error::from(io::ErrorKind::NotFound);
        let mut place = Place::find(target, true)?
            .ok_or_else(missing)
            .map_err(PublishError::io(&target.output))?;
        let (work, manner) = place.enter()?;
        let failed = PublishError::io(&place.path);
        let pending = recover::recover(&mut place, &work, manner)?;
        let previous = match &place.output {
            Some(output) => previous::inspect(output.as_fd(), pending.as_ref()).map_err(&failed)?,
            None => Previous::default(),
        };
        refuse_foreign(&place, &previous, target)?;
        recover::settle(&place, &work, &previous, pending.is_some()).map_err(&failed)?;
        rustix::fs::mkdirat(work.handle(), NEW, Mode::from_raw_mode(0o777))
            .map_err(|errno| failed(errno.into()))?;
        let new = folder::open(work.handle(), NEW).map_err(&failed)?;
        Ok(Staging {
            originals: Originals::open(&place.root)?,
            fate: previous.seen.iter().map(|_| AtomicU8::new(STALE)).collect(),
            place,
            manner,
            previous,
            force: target.force,
            new,
            work,
            folders: Folders::default(),
            written: Mutex::default(),
            receipt: None,
            staged: true,
        })
    }

    /// Takes one file of the new output; any thread may call it.
    ///
    /// Errors: a second file of one path, a file to copy that is not as it was, or the file system's.
    /// After an error the staging is to be dropped.
    pub fn put(&self, output: &Output) -> Result<(), PublishError> {
        let path = &output.path;
        let top = path.as_str().split('/').next().unwrap_or_default();
        if top == MARKER || top == INSIDE {
            return Err(PublishError::Twice(path.clone()));
        }
        let digest = output.digest();
        if let Some(index) = self.previous.record.find(path.as_str()) {
            let same = self.previous.record.rows()[index].digest == digest;
            let unchanged = same && self.previous.seen[index].is_some();
            let fate = if unchanged { UNCHANGED } else { REPLACED };
            if self.fate[index].swap(fate, Ordering::Relaxed) != STALE {
                return Err(PublishError::Twice(path.clone()));
            }
            if unchanged {
                return Ok(());
            }
        }
        let mut file = self.create(path)?;
        let failed = |error| self.explain(path, error);
        let len = match &output.body {
            Body::Bytes(bytes) => {
                file.write_all(bytes).map_err(failed)?;
                bytes.len() as u64
            }
            Body::Copy { from, digest } => self.originals.copy(from, *digest, file, failed)?,
        };
        let row = Row {
            path: path.clone(),
            digest,
            len,
        };
        self.written
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(row);
        Ok(())
    }

    /// Leaves `receipt` in the output.
    #[must_use]
    pub fn with_receipt(mut self, receipt: Option<Receipt>) -> Staging {
        self.receipt = receipt;
        self
    }

    /// Puts the new output in the old one's place.
    ///
    /// Errors: the file system's, and files of the previous output that were changed meanwhile. The
    /// previous output is then as it was ([`PublishError::Halfway`] apart).
    pub fn commit(mut self) -> Result<Published, PublishError> {
        let written = std::mem::take(&mut self.written)
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let mut published = Published {
            written: written.len(),
            bytes: written.iter().map(|row| row.len).sum(),
            ..Published::default()
        };
        for (fate, seen) in self.fate.iter().zip(&self.previous.seen) {
            match fate.load(Ordering::Relaxed) {
                UNCHANGED => published.unchanged += 1,
                STALE if seen.is_some() => published.removed += 1,
                _ => {}
            }
        }
        if self.is_as_before(&published) {
            if self.previous.record.receipt() != self.receipt.as_ref() {
                self.renew_marker()?;
            } else if self.previous.reread {
                self.seal()?;
            }
            return Ok(published);
        }
        let unchanged: Vec<usize> = (0..self.fate.len())
            .filter(|index| self.fate[*index].load(Ordering::Relaxed) == UNCHANGED)
            .collect();
        let rows = unchanged
            .iter()
            .map(|index| self.previous.record.rows()[*index].clone());
        let record = Record::new(rows.chain(written.iter().cloned()).collect());
        let record = record.with_receipt(self.receipt.take());
        match self.manner {
            Manner::Exchange => {
                self.link(&unchanged)?;
                self.write_marker(&record)?;
                exchange::exchange(&self)?;
                self.staged = false;
                published.kept = exchange::clear_up(&self);
            }
            Manner::Piecewise => piecewise::replace(&self, &written, &record)?,
        }
        // Past this point the output is published; an unsealed marker only costs a reading.
        let _ = self.seal();
        Ok(published)
    }

    fn is_as_before(&self, published: &Published) -> bool {
        self.previous.marked
            && published.written == 0
            && published.unchanged == self.previous.record.rows().len()
            && self.previous.foreign.is_empty()
            && self.previous.edited.is_empty()
    }

    fn create(&self, path: &OutputPath) -> Result<File, PublishError> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let made = self
            .folders
            .make(self.new.as_fd(), path.folder())
            .and_then(|()| {
                let mode = Mode::from_raw_mode(0o666);
                Ok(rustix::fs::openat(&self.new, path.as_str(), flags, mode)?)
            });
        made.map(File::from)
            .map_err(|error| self.explain(path, error))
    }

    fn explain(&self, path: &OutputPath, error: io::Error) -> PublishError {
        match Errno::from_io_error(&error) {
            Some(Errno::EXIST | Errno::NOTDIR | Errno::ISDIR) => PublishError::Twice(path.clone()),
            _ => PublishError::io(&self.place.path.join(path.as_str()))(error),
        }
    }

    /// Links the unchanged files of the previous output into the new one.
    fn link(&self, unchanged: &[usize]) -> Result<(), PublishError> {
        let Some(old) = self.place.output.as_ref().map(OwnedFd::as_fd) else {
            return Ok(());
        };
        unchanged.par_iter().try_for_each(|index| {
            let path = &self.previous.record.rows()[*index].path;
            let seen = self.previous.seen[*index];
            self.folders
                .make(self.new.as_fd(), path.folder())
                .and_then(|()| link_or_copy(old, self.new.as_fd(), path.as_str(), seen))
                .map_err(|error| self.explain(path, error))
        })
    }

    fn write_marker(&self, record: &Record) -> Result<(), PublishError> {
        let path = self.place.path.join(MARKER);
        write_new(self.new.as_fd(), MARKER, &record.to_bytes()).map_err(PublishError::io(&path))
    }

    /// The files are the same and what they were made from is not: the marker alone is replaced.
    fn renew_marker(&self) -> Result<(), PublishError> {
        const RENEWED: &str = "marker";
        let Some(output) = &self.place.output else {
            return Ok(());
        };
        let rows = self.previous.record.rows().to_vec();
        let record = Record::new(rows).with_receipt(self.receipt.clone());
        let path = self.place.path.join(MARKER);
        // One may be left of a build that was killed here.
        let _ = rustix::fs::unlinkat(self.work.handle(), RENEWED, AtFlags::empty());
        write_new(self.work.handle(), RENEWED, &record.to_bytes())
            .and_then(|()| Ok(renameat(self.work.handle(), RENEWED, output, MARKER)?))
            .map_err(PublishError::io(&path))?;
        self.seal()
    }

    fn seal(&self) -> Result<(), PublishError> {
        let output = match (self.staged, self.manner) {
            (false, Manner::Exchange) => self.new.as_fd(),
            _ => match &self.place.output {
                Some(output) => output.as_fd(),
                None => return Ok(()),
            },
        };
        previous::seal(output).map_err(PublishError::io(&self.place.path))
    }
}

impl Staging {
    /// Takes the staged files away while other threads may still be adding to them, because the process is
    /// about to end. What is left then, the next build clears up.
    pub fn abandon(&self) {
        const TRIES: usize = 100;
        for _ in 0..TRIES {
            match folder::remove_all(self.work.handle(), NEW) {
                Err(error) if !folder::is_missing(&error) => {}
                _ => break,
            }
        }
        self.work.leave();
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if self.staged {
            let _ = folder::remove_all(self.work.handle(), NEW);
        }
    }
}

/// Writes a file that must not be there yet.
pub(super) fn write_new(folder: BorrowedFd<'_>, name: &str, bytes: &[u8]) -> io::Result<()> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
    let file = rustix::fs::openat(folder, name, flags, Mode::from_raw_mode(0o666))?;
    File::from(file).write_all(bytes)
}

/// Refuses a folder that holds what this program did not make, unless that is allowed.
pub(super) fn refuse_foreign(
    place: &Place,
    previous: &Previous,
    target: &Target,
) -> Result<(), PublishError> {
    let refuse = |code, example: &str| {
        let diagnostic = Diagnostic::new(code)
            .with("folder", place.path.display().to_string())
            .with("example", example);
        Err(PublishError::refused(diagnostic))
    };
    let is_repository =
        |name: &&String| matches!(name.as_str(), ".git" | ".git/" | ".hg/" | ".svn/");
    if let Some(name) = previous.foreign.iter().find(is_repository) {
        return refuse(Code::OutputHoldsRepository, name);
    }
    match (previous.foreign.first(), previous.edited.first()) {
        _ if target.force => Ok(()),
        (Some(example), _) => refuse(Code::OutputNotOurs, example),
        (None, Some(example)) => refuse(Code::OutputEdited, example),
        (None, None) => Ok(()),
    }
}

/// Gives `path` of the old output its place in the new one, and makes sure that it is the file that
/// was seen.
fn link_or_copy(
    old: BorrowedFd<'_>,
    new: BorrowedFd<'_>,
    path: &str,
    seen: Option<Seen>,
) -> io::Result<()> {
    let changed = || io::Error::other("changed while the site was being built; build again");
    let seen = seen.ok_or_else(changed)?;
    match rustix::fs::linkat(old, path, new, path, AtFlags::empty()) {
        Ok(()) if seen.still(new, path) => Ok(()),
        Ok(()) => Err(changed()),
        // No hard links here, too many already, or (protected_hardlinks) another owner's file.
        Err(Errno::PERM | Errno::MLINK | Errno::NOTSUP | Errno::XDEV | Errno::NOSYS) => {
            if !seen.still(old, path) {
                return Err(changed());
            }
            copy_with_time(old, new, path)
        }
        Err(error) => Err(error.into()),
    }
}

fn copy_with_time(old: BorrowedFd<'_>, new: BorrowedFd<'_>, path: &str) -> io::Result<()> {
    let read = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let mut from = File::from(rustix::fs::openat(old, path, read, Mode::empty())?);
    let stat = rustix::fs::fstat(&from)?;
    let write = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
    let mode = Mode::from_raw_mode(0o666);
    let mut to = File::from(rustix::fs::openat(new, path, write, mode)?);
    io::copy(&mut from, &mut to)?;
    let at = Timespec {
        tv_sec: stat.st_mtime,
        tv_nsec: stat.st_mtime_nsec as _,
    };
    let times = Timestamps {
        last_access: at,
        last_modification: at,
    };
    Ok(rustix::fs::futimens(&to, &times)?)
}
