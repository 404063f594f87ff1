//! What lies in an output folder: which files still are what the record says, and which are somebody
//! else's. Taken once when a build begins; removal trusts only what was seen then and is so still.
//!
//! Reading every file again would cost more than writing it did. A file is taken for unchanged without
//! reading when its length is the recorded one and its status-change time, which nobody can set, is
//! earlier than that of the marker, which is touched last of all. Whatever is not so (a copied or
//! restored folder, a file changed in the marker's own clock tick, a marker from the future after the
//! clock was set back) is read and compared by digest. Neither inode nor time needs to be recorded.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{BorrowedFd, OwnedFd};
use std::time::{SystemTime, UNIX_EPOCH};

use rustix::fs::{AtFlags, FileType, Mode, OFlags, Stat, Timespec, Timestamps};
use rustix::io::Errno;

use super::folder::{self, Entry};
use super::record::{MARKER, Record, Row};
use super::work::INSIDE;
use crate::digest::{Digest, Running};

/// The state of an output folder.
#[derive(Default)]
pub(super) struct Previous {
    /// The files that this program made and that ought to be there.
    pub record: Record,
    /// For each row of the record: the file, if it is there and is what the row says.
    pub seen: Vec<Option<Seen>>,
    /// Files and folders that this program did not make.
    pub foreign: Vec<String>,
    /// Files that it made and somebody changed.
    pub edited: Vec<String>,
    /// Whether a sound marker is there.
    pub marked: bool,
    /// Whether some file had to be read to know.
    pub reread: bool,
}

/// What identifies a file's state within one run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    inode: u64,
    len: u64,
    modified: (i64, i64),
}

impl Seen {
    /// The state that `stat` tells, if it is a regular file's.
    pub fn of(stat: &Stat) -> Option<Seen> {
        let regular = FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile;
        regular.then_some(Seen {
            inode: stat.st_ino,
            len: stat.st_size as u64,
            modified: (stat.st_mtime, stat.st_mtime_nsec as i64),
        })
    }

    /// Whether `name` in `folder` is in this state.
    pub fn still(&self, folder: BorrowedFd<'_>, name: impl rustix::path::Arg) -> bool {
        folder::stat(folder, name).is_ok_and(|stat| Seen::of(&stat).as_ref() == Some(self))
    }
}

/// Looks through an output folder. `pending` is the record of a file-by-file replacement that was cut
/// short: a file may be as either record says.
pub(super) fn inspect(folder: BorrowedFd<'_>, pending: Option<&Record>) -> io::Result<Previous> {
    let marker = read_marker(folder)?;
    let marked = marker.is_some();
    let (record, sealed) = marker.unwrap_or_default();
    let record = pending.map_or_else(|| record.clone(), |pending| record.joined(pending));
    let mut walk = Walk {
        pending,
        sealed,
        rows: record.rows().to_vec(),
        previous: Previous {
            seen: vec![None; record.rows().len()],
            record,
            marked,
            ..Previous::default()
        },
    };
    walk.visit(folder.try_clone_to_owned()?, "")?;
    let mut previous = walk.previous;
    let receipt = previous.record.receipt().cloned();
    previous.record = Record::new(walk.rows).with_receipt(receipt);
    previous.foreign.sort_unstable();
    previous.edited.sort_unstable();
    Ok(previous)
}

/// Removes from `folder` what was seen to be ours and is so still; with `all`, everything that is not
/// a mount. Returns whether the folder is empty now.
pub(super) fn remove(folder: BorrowedFd<'_>, previous: &Previous, all: bool) -> io::Result<bool> {
    let removal = Removal { previous, all };
    removal.visit(folder.try_clone_to_owned()?, "")
}

/// Makes the marker's status-change time the latest of the output, without changing its own time.
pub(super) fn seal(folder: BorrowedFd<'_>) -> io::Result<()> {
    let stat = folder::stat(folder, MARKER)?;
    let times = Timestamps {
        last_access: Timespec {
            tv_sec: 0,
            tv_nsec: rustix::fs::UTIME_OMIT,
        },
        last_modification: Timespec {
            tv_sec: stat.st_mtime,
            tv_nsec: stat.st_mtime_nsec as _,
        },
    };
    rustix::fs::utimensat(folder, MARKER, &times, AtFlags::SYMLINK_NOFOLLOW)?;
    Ok(())
}

type Instant = (i64, i64);

struct Walk<'p> {
    pending: Option<&'p Record>,
    sealed: Option<Instant>,
    rows: Vec<Row>,
    previous: Previous,
}

impl Walk<'_> {
    fn visit(&mut self, folder: OwnedFd, prefix: &str) -> io::Result<()> {
        let (entries, folder) = folder::entries(folder)?;
        for entry in entries {
            let shown = format!("{prefix}{}", entry.shown());
            if prefix.is_empty() && self.is_own_machinery(&entry) {
                continue;
            }
            let known = entry.text().is_some();
            match entry.kind {
                FileType::RegularFile if known => {
                    match self.previous.record.find(&shown) {
                        Some(row) => self.check(row, folder.fd()?, &entry, shown)?,
                        None => self.previous.foreign.push(shown),
                    };
                }
                FileType::Directory if known && self.previous.record.has_folder(&shown) => {
                    match folder::open(folder.fd()?, entry.name.as_c_str()) {
                        Ok(inside) => self.visit(inside, &format!("{shown}/"))?,
                        Err(error) if is_mount(&error) => self.previous.foreign.push(shown),
                        Err(error) => return Err(error),
                    }
                }
                FileType::Directory => self.previous.foreign.push(format!("{shown}/")),
                _ => self.previous.foreign.push(shown),
            }
        }
        Ok(())
    }

    fn is_own_machinery(&self, entry: &Entry) -> bool {
        match entry.text() {
            Some(MARKER) => self.previous.marked,
            // Entered, and so checked, before the walk began.
            Some(INSIDE) => self.pending.is_some(),
            _ => false,
        }
    }

    fn check(
        &mut self,
        index: usize,
        folder: BorrowedFd<'_>,
        entry: &Entry,
        shown: String,
    ) -> io::Result<()> {
        let stat = folder::stat(folder, entry.name.as_c_str())?;
        let Some(seen) = Seen::of(&stat) else {
            self.previous.foreign.push(shown);
            return Ok(());
        };
        let row = &self.rows[index];
        let changed = (stat.st_ctime, stat.st_ctime_nsec as i64);
        let untouched = self.sealed.is_some_and(|sealed| changed < sealed);
        if untouched && seen.len == row.len {
            self.previous.seen[index] = Some(seen);
            return Ok(());
        }
        let other = self.pending.and_then(|pending| {
            let at = pending.find(row.path.as_str())?;
            pending.rows().get(at)
        });
        let candidates: Vec<&Row> = [Some(row), other]
            .into_iter()
            .flatten()
            .filter(|row| row.len == seen.len)
            .collect();
        if !candidates.is_empty() {
            self.previous.reread = true;
            let digest = digest_of(folder, entry)?;
            let found = candidates.into_iter().find(|row| row.digest == digest);
            if let Some(row) = found.cloned() {
                self.rows[index] = row;
                self.previous.seen[index] = Some(seen);
                return Ok(());
            }
        }
        self.previous.edited.push(shown);
        Ok(())
    }
}

struct Removal<'p> {
    previous: &'p Previous,
    all: bool,
}

impl Removal<'_> {
    fn visit(&self, folder: OwnedFd, prefix: &str) -> io::Result<bool> {
        let (entries, folder) = folder::entries(folder)?;
        let mut empty = true;
        for entry in entries {
            let name = entry.name.as_c_str();
            let gone = if entry.kind == FileType::Directory {
                self.remove_folder(&entry, folder.fd()?, prefix)?
            } else if self.is_ours(&entry, folder.fd()?, prefix) {
                rustix::fs::unlinkat(folder.fd()?, name, AtFlags::empty())?;
                true
            } else {
                false
            };
            empty &= gone;
        }
        Ok(empty)
    }

    fn remove_folder(
        &self,
        entry: &Entry,
        parent: BorrowedFd<'_>,
        prefix: &str,
    ) -> io::Result<bool> {
        let path = format!("{prefix}{}", entry.shown());
        let ours = entry.text().is_some() && self.previous.record.has_folder(&path);
        if !ours && !self.all {
            return Ok(false);
        }
        let inside = match folder::open(parent, entry.name.as_c_str()) {
            Ok(inside) => inside,
            Err(error) if is_mount(&error) => return Ok(false),
            Err(error) => return Err(error),
        };
        if !self.visit(inside, &format!("{path}/"))? {
            return Ok(false);
        }
        match rustix::fs::unlinkat(parent, entry.name.as_c_str(), AtFlags::REMOVEDIR) {
            Ok(()) => Ok(true),
            // Somebody put a file there this instant.
            Err(Errno::NOTEMPTY | Errno::EXIST) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn is_ours(&self, entry: &Entry, folder: BorrowedFd<'_>, prefix: &str) -> bool {
        let Some(name) = entry.text() else {
            return self.all;
        };
        if self.all || (prefix.is_empty() && name == MARKER && self.previous.marked) {
            return true;
        }
        let row = self.previous.record.find(&format!("{prefix}{name}"));
        row.and_then(|row| self.previous.seen[row])
            .is_some_and(|seen| seen.still(folder, name))
    }
}

/// The record in `folder`, and since when nothing ought to have changed: `None` in its place when the
/// marker's time cannot be believed.
fn read_marker(folder: BorrowedFd<'_>) -> io::Result<Option<(Record, Option<Instant>)>> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = match rustix::fs::openat(folder, MARKER, flags, Mode::empty()) {
        Ok(file) => file,
        Err(Errno::NOENT | Errno::LOOP | Errno::NXIO) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let stat = rustix::fs::fstat(&file)?;
    if Seen::of(&stat).is_none() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    File::from(file).read_to_end(&mut bytes)?;
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let sealed = (stat.st_ctime, stat.st_ctime_nsec as i64);
    let believed = sealed <= (now.as_secs() as i64, now.subsec_nanos().into());
    Ok(Record::parse(&bytes).map(|record| (record, believed.then_some(sealed))))
}

fn digest_of(folder: BorrowedFd<'_>, entry: &Entry) -> io::Result<Digest> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let name = entry.name.as_c_str();
    let mut file = File::from(rustix::fs::openat(folder, name, flags, Mode::empty())?);
    let mut running = Running::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(running.finish()),
            read => running.take(&piece[..read]),
        }
    }
}

fn is_mount(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::XDEV.raw_os_error())
}
