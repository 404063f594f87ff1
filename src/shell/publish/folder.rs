//! Open folders, and steps from one into the next that nothing can lead astray.
//!
//! Everything below the output's own folder is reached from an open handle, one name at a time, never
//! through a symbolic link and never onto another file system mounted there. So a folder that
//! somebody swaps for a link while a build runs is met as an error, not followed.

use std::ffi::CString;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, Stat};
use rustix::io::Errno;

const FOLDER: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC);

/// An entry of a folder, with its own type (a link is a link).
pub(super) struct Entry {
    pub name: CString,
    pub kind: FileType,
}

impl Entry {
    /// The name as text, if it is UTF-8.
    pub fn text(&self) -> Option<&str> {
        self.name.to_str().ok()
    }

    /// The name, in some form that can be shown.
    pub fn shown(&self) -> String {
        self.name.to_string_lossy().into_owned()
    }
}

/// Opens the folder `name` inside `parent`.
///
/// Errors: `LOOP` or `NOTDIR` if it is a link or no folder, `XDEV` if something is mounted on it.
pub(super) fn open<N: rustix::path::Arg + Copy>(
    parent: BorrowedFd<'_>,
    name: N,
) -> io::Result<OwnedFd> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::ResolveFlags;
        let strict = ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_XDEV | ResolveFlags::BENEATH;
        match rustix::fs::openat2(parent, name, FOLDER, Mode::empty(), strict) {
            // An old kernel, or a container that forbids the call: the plain one still follows no link.
            Err(Errno::NOSYS | Errno::PERM) => {}
            other => return Ok(other?),
        }
    }
    Ok(rustix::fs::openat(parent, name, FOLDER, Mode::empty())?)
}

/// Opens a path of folders inside `top`, making those that are missing.
pub(super) fn open_deep(top: BorrowedFd<'_>, folders: &str) -> io::Result<OwnedFd> {
    let mut at = top.try_clone_to_owned()?;
    for name in folders.split('/').filter(|name| !name.is_empty()) {
        match rustix::fs::mkdirat(&at, name, Mode::from_raw_mode(0o777)) {
            Ok(()) | Err(Errno::EXIST) => {}
            Err(error) => return Err(error.into()),
        }
        at = open(at.as_fd(), name)?;
    }
    Ok(at)
}

/// What an open folder holds, but for `.` and `..`, and the handle back.
pub(super) fn entries(folder: OwnedFd) -> io::Result<(Vec<Entry>, Dir)> {
    let mut stream = Dir::new(folder)?;
    // A copied handle shares its place in the list with the one it was copied from.
    stream.rewind();
    let mut found = Vec::new();
    while let Some(entry) = stream.read() {
        let entry = entry?;
        let name = entry.file_name();
        if name == c"." || name == c".." {
            continue;
        }
        let kind = match entry.file_type() {
            // Some file systems leave the type to stat.
            FileType::Unknown => {
                let stat = stat(stream.fd()?, name)?;
                FileType::from_raw_mode(stat.st_mode)
            }
            kind => kind,
        };
        found.push(Entry {
            name: name.to_owned(),
            kind,
        });
    }
    Ok((found, stream))
}

/// The facts about `name` itself, not about what it may link to.
pub(super) fn stat<N: rustix::path::Arg>(folder: BorrowedFd<'_>, name: N) -> io::Result<Stat> {
    Ok(rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?)
}

/// Removes the folder `name` and everything in it, following nothing.
pub(super) fn remove_all<N: rustix::path::Arg + Copy>(
    parent: BorrowedFd<'_>,
    name: N,
) -> io::Result<()> {
    let (found, inside) = entries(open(parent, name)?)?;
    for entry in found {
        let name = entry.name.as_c_str();
        if entry.kind == FileType::Directory {
            remove_all(inside.fd()?, name)?;
        } else {
            rustix::fs::unlinkat(inside.fd()?, name, AtFlags::empty())?;
        }
    }
    Ok(rustix::fs::unlinkat(parent, name, AtFlags::REMOVEDIR)?)
}

/// Whether `error` says that there is nothing of that name.
pub(super) fn is_missing(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
}
