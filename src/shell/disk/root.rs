//! Opening files of a site, and none outside it.

use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::path::PathBuf;

use rustix::fs::{Mode, OFlags};

use super::file::unreadable;
use crate::diagnostic::{Code, Diagnostic, Term};
use crate::source::SitePath;

/// How a file is opened: never waiting for somebody at its other end, should it be a pipe after all.
const READING: OFlags = OFlags::RDONLY
    .union(OFlags::NONBLOCK)
    .union(OFlags::NOCTTY)
    .union(OFlags::CLOEXEC);

/// How the folder itself is opened.
#[cfg(target_os = "linux")]
const FOLDER: OFlags = OFlags::DIRECTORY.union(OFlags::CLOEXEC);

/// The site's folder, held open while files of it are read. Not longer: `serve` must see another folder put in its place.
pub struct Root {
    /// The real path, without links.
    path: PathBuf,
    #[cfg(target_os = "linux")]
    folder: Option<OwnedFd>,
}

impl Root {
    /// The folder at `path`, which has no links in it.
    pub fn at(path: PathBuf) -> Root {
        Root {
            #[cfg(target_os = "linux")]
            folder: rustix::fs::open(&path, FOLDER, Mode::empty()).ok(),
            path,
        }
    }

    /// Opens a regular file; with its length in bytes. Opening anything else could wait for ever (a pipe) or have
    /// effects (a device), so what was opened is looked at as well as what lay there before.
    ///
    /// # Errors
    /// A diagnostic when there is none, it may not be read, or a link leads out of the site.
    pub fn open(&self, path: &SitePath) -> Result<(fs::File, u64), Box<Diagnostic>> {
        let failed = |error: io::Error| unreadable(path, error.to_string());
        let file = match self.beneath(path) {
            Some(file) => fs::File::from(file),
            None => self.following_links(path)?,
        };
        let facts = file.metadata().map_err(failed)?;
        match facts.is_file() {
            true => Ok((file, facts.len())),
            false => Err(unreadable(path, Term::NoRegularFile)),
        }
    }

    /// Opens a file that lies there itself, where the kernel can see to it that no folder on the way leads out: two
    /// calls, where [`Root::following_links`] asks about every folder. `None` says nothing of the file.
    #[cfg(target_os = "linux")]
    fn beneath(&self, path: &SitePath) -> Option<OwnedFd> {
        use rustix::fs::{AtFlags, FileType, ResolveFlags, openat2, statat};
        let folder = self.folder.as_ref()?;
        let there = statat(folder, path.as_str(), AtFlags::SYMLINK_NOFOLLOW).ok()?;
        if FileType::from_raw_mode(there.st_mode) != FileType::RegularFile {
            return None;
        }
        let inside = ResolveFlags::BENEATH;
        openat2(folder, path.as_str(), READING, Mode::empty(), inside).ok()
    }

    #[cfg(not(target_os = "linux"))]
    fn beneath(&self, _: &SitePath) -> Option<OwnedFd> {
        None
    }

    /// Opens what lies at the real path of the file, if that is in the site.
    fn following_links(&self, path: &SitePath) -> Result<fs::File, Box<Diagnostic>> {
        let failed = |error: io::Error| unreadable(path, error.to_string());
        let real = fs::canonicalize(self.path.join(path.as_str())).map_err(failed)?;
        if !real.starts_with(&self.path) {
            return Err(Box::new(Diagnostic::new(Code::LeavesSite).in_file(path)));
        }
        if !fs::metadata(&real).map_err(failed)?.is_file() {
            return Err(unreadable(path, Term::NoRegularFile));
        }
        let opened = rustix::fs::open(&real, READING, Mode::empty());
        opened
            .map(fs::File::from)
            .map_err(|errno| failed(errno.into()))
    }
}
