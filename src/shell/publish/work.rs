//! The folder a build works in, which is its lock too.
//!
//! It lies beside the output (or, where that cannot be, inside it), holds a sign that it is ours, and
//! is locked with `flock` on its own handle: a killed build frees the lock by dying and leaves the
//! folder, so the next one enters it and clears up. A file system without locks is used without.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::fs::{AtFlags, FlockOperation, Mode, OFlags};
use rustix::io::Errno;

use super::error::PublishError;
use super::folder;
use crate::diagnostic::{Code, Diagnostic};

/// The name of a working folder inside the output.
pub(super) const INSIDE: &str = ".tongwen.work";

/// How long a second build waits for the first.
const PATIENCE: Duration = Duration::from_secs(5);
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

const SIGN: &str = "working-folder-of-tongwen";

/// An entered, locked working folder; left and removed on drop, unless something is in it.
pub(super) struct Work {
    parent: OwnedFd,
    name: String,
    handle: OwnedFd,
}

/// Why a working folder could not be entered.
pub(super) enum Unentered {
    Publish(PublishError),
    /// This folder may not be written to.
    Forbidden(io::Error),
}

impl Work {
    /// Makes or enters the working folder `name` in `parent`, waiting for another build to leave it.
    /// `output` is the folder it serves, for messages.
    pub fn enter(parent: BorrowedFd<'_>, name: &str, output: &Path) -> Result<Work, Unentered> {
        let until = Instant::now() + PATIENCE;
        let path = output.with_file_name(name);
        loop {
            match Work::try_enter(parent, name, &path) {
                Ok(Some(work)) => return Ok(work),
                Ok(None) if Instant::now() < until => std::thread::sleep(BETWEEN_TRIES),
                Ok(None) => {
                    let folder = output.to_path_buf();
                    return Err(Unentered::Publish(PublishError::Busy { folder }));
                }
                Err(other) => return Err(other),
            }
        }
    }

    fn try_enter(
        parent: BorrowedFd<'_>,
        name: &str,
        path: &Path,
    ) -> Result<Option<Work>, Unentered> {
        let failed = |errno: Errno| {
            let error = io::Error::from(errno);
            match errno {
                Errno::ACCESS | Errno::PERM | Errno::ROFS => Unentered::Forbidden(error),
                _ => Unentered::Publish(PublishError::io(path)(error)),
            }
        };
        match rustix::fs::mkdirat(parent, name, Mode::from_raw_mode(0o700)) {
            Ok(()) | Err(Errno::EXIST) => {}
            Err(errno) => return Err(failed(errno)),
        }
        let handle = match folder::open(parent, name) {
            Ok(handle) => handle,
            Err(error) if folder::is_missing(&error) => return Ok(None),
            Err(error) => match Errno::from_io_error(&error) {
                Some(Errno::LOOP | Errno::NOTDIR | Errno::XDEV) => return Err(not_ours(path)),
                Some(errno) => return Err(failed(errno)),
                None => return Err(Unentered::Publish(PublishError::io(path)(error))),
            },
        };
        match rustix::fs::flock(&handle, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) | Err(Errno::NOTSUP | Errno::NOLCK | Errno::NOSYS) => {}
            Err(Errno::WOULDBLOCK | Errno::INTR) => return Ok(None),
            Err(errno) => return Err(failed(errno)),
        }
        // The build before may have removed the folder between our opening and our locking it.
        let here = rustix::fs::fstat(&handle).map_err(failed)?;
        if !folder::stat(parent, name).is_ok_and(|stat| stat.st_ino == here.st_ino) {
            return Ok(None);
        }
        sign(&handle, path)?;
        Ok(Some(Work {
            parent: parent.try_clone_to_owned().map_err(io_failed(path))?,
            name: name.to_string(),
            handle,
        }))
    }

    /// The folder's handle.
    pub fn handle(&self) -> BorrowedFd<'_> {
        self.handle.as_fd()
    }

    /// Whether `name` is in it.
    pub fn holds(&self, name: &str) -> bool {
        folder::stat(self.handle(), name).is_ok()
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.leave();
    }
}

impl Work {
    /// Removes the folder, unless something is in it.
    pub fn leave(&self) {
        // The sign goes last: a folder with something in it and no sign would be taken for another's.
        let only_sign = self
            .handle
            .try_clone()
            .and_then(folder::entries)
            .is_ok_and(|(entries, _)| entries.len() == 1);
        if only_sign {
            let _ = rustix::fs::unlinkat(&self.handle, SIGN, AtFlags::empty());
            let name = self.name.as_str();
            let _ = rustix::fs::unlinkat(&self.parent, name, AtFlags::REMOVEDIR);
        }
    }
}

/// Leaves the sign in an empty folder; refuses one that holds anything and no sign.
fn sign(handle: &OwnedFd, path: &Path) -> Result<(), Unentered> {
    let (entries, _) = handle
        .try_clone()
        .and_then(folder::entries)
        .map_err(io_failed(path))?;
    if entries.iter().any(|entry| entry.text() == Some(SIGN)) {
        return Ok(());
    }
    if !entries.is_empty() {
        return Err(not_ours(path));
    }
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
    let made = rustix::fs::openat(handle, SIGN, flags, Mode::from_raw_mode(0o600));
    made.map(drop)
        .map_err(|errno| io_failed(path)(errno.into()))
}

fn io_failed(path: &Path) -> impl Fn(io::Error) -> Unentered {
    move |error| Unentered::Publish(PublishError::io(path)(error))
}

fn not_ours(path: &Path) -> Unentered {
    let diagnostic = Diagnostic::new(Code::OutputBesideTaken);
    let diagnostic = diagnostic.with("path", PathBuf::from(path).display().to_string());
    Unentered::Publish(PublishError::refused(diagnostic))
}
