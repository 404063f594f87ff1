//! Replacing an output file by file, where its folder's name cannot be changed: a mount point, or a
//! folder whose parent is not ours to write.
//!
//! Everything is staged first, inside the output; then each file takes its place by a rename, so that
//! a reader may find old pages among new ones but never half a file or none. Pages come last, after
//! what they refer to. A record left in the working folder says what may already be new if this is cut
//! short.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::fs::{AtFlags, RenameFlags, renameat, renameat_with};
use rustix::io::Errno;

use super::error::PublishError;
use super::folder;
use super::previous::{Previous, Seen};
use super::record::{MARKER, Record, Row};
use super::staging::{NEW, Staging, write_new};

/// The record of the new output, in the working folder, while files are being replaced.
pub(super) const PENDING: &str = "record";

/// Moves the staged files into the output, removes those that are no more, and writes the marker.
pub(super) fn replace(
    staging: &Staging,
    written: &[Row],
    record: &Record,
) -> Result<(), PublishError> {
    let Some(output) = &staging.place.output else {
        return Ok(());
    };
    let pieces = Pieces {
        output: output.as_fd(),
        previous: &staging.previous,
        force: staging.force,
    };
    let path = &staging.place.path;
    let failed = PublishError::io(path);
    for row in written {
        pieces.check(row).map_err(&failed)?;
    }
    write_new(staging.work.handle(), PENDING, &record.to_bytes()).map_err(&failed)?;
    let halfway = |error| PublishError::Halfway {
        path: path.clone(),
        error,
    };
    let is_page = |row: &&Row| row.path.as_str().ends_with(".html");
    let (pages, others): (Vec<&Row>, Vec<&Row>) = written.iter().partition(is_page);
    pieces.remove_stale(record, true).map_err(halfway)?;
    for row in others.into_iter().chain(pages) {
        pieces.place(staging.new.as_fd(), row).map_err(halfway)?;
    }
    pieces.remove_stale(record, false).map_err(halfway)?;
    renameat(staging.work.handle(), PENDING, output, MARKER)
        .map_err(|errno| halfway(errno.into()))?;
    let _ = folder::remove_all(staging.work.handle(), NEW);
    Ok(())
}

struct Pieces<'s> {
    output: BorrowedFd<'s>,
    previous: &'s Previous,
    force: bool,
}

impl Pieces<'_> {
    /// Refuses, while everything is still old, to replace a file that was not seen to be ours.
    fn check(&self, row: &Row) -> io::Result<()> {
        let (folder, name) = split(row.path.as_str());
        let folder = match self.open(folder) {
            Ok(folder) => folder,
            Err(error) if folder::is_missing(&error) => return Ok(()),
            Err(_) if self.force || self.was_file_above(row.path.as_str()) => return Ok(()),
            Err(error) => return Err(error),
        };
        let there = folder::stat(folder.as_fd(), name).is_ok();
        let was_folder = self.previous.record.has_folder(row.path.as_str());
        let ours = self.is_ours(row.path.as_str(), folder.as_fd(), name);
        if !there || self.force || was_folder || ours {
            return Ok(());
        }
        Err(io::Error::other(format!(
            "`{}` was changed while the site was being built",
            row.path.as_str()
        )))
    }

    fn place(&self, new: BorrowedFd<'_>, row: &Row) -> io::Result<()> {
        let path = row.path.as_str();
        let (above, name) = split(path);
        if self.force {
            self.make_way(path)?;
        }
        let folder = folder::open_deep(self.output, above)?;
        if self.force || self.is_ours(path, folder.as_fd(), name) {
            renameat(new, path, &folder, name)?;
            return Ok(());
        }
        match renameat_with(new, path, &folder, name, RenameFlags::NOREPLACE) {
            // Without that flag there is a moment between looking and renaming, and no way round it.
            Err(Errno::INVAL | Errno::NOSYS) => {
                if folder::stat(folder.as_fd(), name).is_ok() {
                    return Err(Errno::EXIST.into());
                }
                Ok(renameat(new, path, &folder, name)?)
            }
            other => Ok(other?),
        }
    }

    /// Removes what stands where a folder or a file of the new output must go and is of another kind.
    fn make_way(&self, path: &str) -> io::Result<()> {
        let ends = path.match_indices('/').map(|(at, _)| (at, true));
        for (end, is_folder) in ends.chain([(path.len(), false)]) {
            let (above, name) = split(&path[..end]);
            let folder = match self.open(above) {
                Ok(folder) => folder,
                Err(error) if folder::is_missing(&error) => return Ok(()),
                Err(error) => return Err(error),
            };
            let Ok(stat) = folder::stat(folder.as_fd(), name) else {
                return Ok(());
            };
            let kind = rustix::fs::FileType::from_raw_mode(stat.st_mode);
            if is_folder && !kind.is_dir() {
                rustix::fs::unlinkat(&folder, name, AtFlags::empty())?;
            } else if !is_folder && kind.is_dir() {
                folder::remove_all(folder.as_fd(), name)?;
            }
        }
        Ok(())
    }

    /// Whether a file of the previous output stands where `path` needs a folder.
    fn was_file_above(&self, path: &str) -> bool {
        let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
        above.any(|folder| self.previous.record.find(folder).is_some())
    }

    /// Removes the files of the previous output that are no more: first those that are in the way, a
    /// file where a folder goes or a folder where a file goes, and the others last.
    fn remove_stale(&self, record: &Record, in_the_way: bool) -> io::Result<()> {
        for row in self.previous.record.rows() {
            let path = row.path.as_str();
            if record.find(path).is_some() || blocks(path, record) != in_the_way {
                continue;
            }
            let (above, name) = split(path);
            let Ok(folder) = self.open(above) else {
                continue;
            };
            if self.force || self.is_ours(path, folder.as_fd(), name) {
                match rustix::fs::unlinkat(&folder, name, AtFlags::empty()) {
                    Ok(()) | Err(Errno::NOENT | Errno::ISDIR) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            self.remove_empty(above);
        }
        if self.force && !in_the_way {
            for path in &self.previous.foreign {
                let path = path.trim_end_matches('/');
                if record.find(path).is_none() && !record.has_folder(path) {
                    self.remove_foreign(path)?;
                }
            }
        }
        Ok(())
    }

    fn remove_foreign(&self, path: &str) -> io::Result<()> {
        let (above, name) = split(path);
        let Ok(folder) = self.open(above) else {
            return Ok(());
        };
        match rustix::fs::unlinkat(&folder, name, AtFlags::empty()) {
            Err(Errno::ISDIR | Errno::PERM) => folder::remove_all(folder.as_fd(), name),
            Err(Errno::NOENT) => Ok(()),
            other => Ok(other?),
        }
    }

    /// Removes folders that have become empty, from the inside out.
    fn remove_empty(&self, mut folder: &str) {
        while !folder.is_empty() {
            let (above, name) = split(folder);
            let Ok(handle) = self.open(above) else {
                return;
            };
            if rustix::fs::unlinkat(&handle, name, AtFlags::REMOVEDIR).is_err() {
                return;
            }
            folder = above;
        }
    }

    fn is_ours(&self, path: &str, folder: BorrowedFd<'_>, name: &str) -> bool {
        let row = self.previous.record.find(path);
        let seen: Option<Seen> = row.and_then(|row| self.previous.seen[row]);
        seen.is_some_and(|seen| seen.still(folder, name))
    }

    fn open(&self, folder: &str) -> io::Result<OwnedFd> {
        if folder.is_empty() {
            return self.output.try_clone_to_owned();
        }
        folder::open(self.output, folder)
    }
}

/// Whether a file at `path` keeps a file of `record` from its place.
fn blocks(path: &str, record: &Record) -> bool {
    let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
    record.has_folder(path) || above.any(|folder| record.find(folder).is_some())
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}
