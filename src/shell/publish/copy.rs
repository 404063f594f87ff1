//! Copying a file of the site's own into the staging folder.
//!
//! The copy is read through once and its digest taken on the way: the record must say what the output
//! holds, and a file changed after the inputs were read would otherwise be taken for unchanged ever
//! after. That is why this is not the kernel's own copying (`copy_file_range`, reflinks), which shows
//! nobody the bytes; the price is one more pass over files that are new, and none over the others,
//! which are hard-linked.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;

use super::error::{CopyFault, PublishError};
use crate::digest::{Digest, Running};
use crate::source::SitePath;

const READ: OFlags = OFlags::RDONLY
    .union(OFlags::NONBLOCK)
    .union(OFlags::NOCTTY)
    .union(OFlags::CLOEXEC);
const PIECE: usize = 128 * 1024;

/// The site's folder, open for copying from.
pub(super) struct Originals {
    /// Absolute, free of links.
    path: PathBuf,
    handle: OwnedFd,
}

impl Originals {
    /// Opens the site's folder; `root` is free of links.
    pub fn open(root: &Path) -> Result<Originals, PublishError> {
        let handle = File::open(root).map_err(PublishError::io(root))?;
        Ok(Originals {
            path: root.to_path_buf(),
            handle: handle.into(),
        })
    }

    /// Copies `from` into `to`; returns the length in bytes. `failed` says where writing failed.
    pub fn copy(
        &self,
        from: &SitePath,
        digest: Digest,
        mut to: File,
        failed: impl Fn(io::Error) -> PublishError,
    ) -> Result<u64, PublishError> {
        let fault = |fault| PublishError::Copy {
            from: from.clone(),
            fault,
        };
        let unreadable = |error| fault(CopyFault::Unreadable(error));
        let mut original = File::from(self.find(from.as_str()).map_err(fault)?);
        if !original.metadata().map_err(unreadable)?.is_file() {
            let error = io::Error::new(io::ErrorKind::InvalidInput, "not a regular file");
            return Err(unreadable(error));
        }
        let mut running = Running::new();
        let mut piece = vec![0; PIECE];
        let mut len = 0;
        loop {
            let read = original.read(&mut piece).map_err(unreadable)?;
            if read == 0 {
                break;
            }
            running.take(&piece[..read]);
            to.write_all(&piece[..read]).map_err(&failed)?;
            len += read as u64;
        }
        if running.finish() != digest {
            return Err(fault(CopyFault::Changed));
        }
        Ok(len)
    }

    /// Opens a file of the site; a link is followed while it stays inside.
    fn find(&self, from: &str) -> Result<OwnedFd, CopyFault> {
        match self.beneath(from) {
            // An absolute link is refused by the kernel wherever it leads.
            Err(Errno::XDEV) => {}
            Err(Errno::NOSYS | Errno::PERM) => {}
            opened => return opened.map_err(|errno| CopyFault::Unreadable(errno.into())),
        }
        let real = std::fs::canonicalize(self.path.join(from)).map_err(CopyFault::Unreadable)?;
        if !real.starts_with(&self.path) {
            return Err(CopyFault::LeavesSite);
        }
        let opened = rustix::fs::open(&real, READ | OFlags::NOFOLLOW, Mode::empty());
        opened.map_err(|errno| CopyFault::Unreadable(errno.into()))
    }

    #[cfg(target_os = "linux")]
    fn beneath(&self, from: &str) -> Result<OwnedFd, Errno> {
        use rustix::fs::ResolveFlags;
        let inside = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
        rustix::fs::openat2(&self.handle, from, READ, Mode::empty(), inside)
    }

    #[cfg(not(target_os = "linux"))]
    fn beneath(&self, _: &str) -> Result<OwnedFd, Errno> {
        Err(Errno::NOSYS)
    }
}
