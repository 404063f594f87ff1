//! Where an output may be: never on, around or in the author's own folders, never behind a link that
//! leads away. Settled before anything is made.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

use super::error::PublishError;
use super::work::{INSIDE, Unentered, Work};
use crate::diagnostic::{Code, Diagnostic};

/// The folders of a site that hold its sources.
const SOURCES: &[&str] = &[
    "content",
    "templates",
    "static",
    "src",
    ".git",
    ".github",
    ".ci",
];

/// What is to be published, or cleaned, and what it must keep away from.
#[derive(Clone, Debug)]
pub struct Target {
    /// The site's folder.
    pub root: PathBuf,
    /// The output folder; like `root`, a relative one is taken from the current folder.
    pub output: PathBuf,
    /// Folders that the output may neither be, nor hold, nor lie in.
    pub reserved: Vec<PathBuf>,
    /// Folders and files that the output may neither be nor hold; `root` is always one of them.
    pub sheltered: Vec<PathBuf>,
    /// Whether an output folder with files of others in it may be replaced, and they with it.
    pub force: bool,
}

impl Target {
    /// The target that keeps away from the site's sources and from the home folder.
    pub fn new(root: impl Into<PathBuf>, output: impl Into<PathBuf>, force: bool) -> Target {
        let root = root.into();
        Target {
            output: output.into(),
            reserved: SOURCES.iter().map(|name| root.join(name)).collect(),
            sheltered: std::env::home_dir().into_iter().collect(),
            root,
            force,
        }
    }

    /// The same, keeping away from these files too, wherever their author has put them.
    #[must_use]
    pub fn sparing(mut self, files: impl IntoIterator<Item = PathBuf>) -> Target {
        self.sheltered.extend(files);
        self
    }
}

/// Where an output goes, found sound and with its parent open.
pub(super) struct Place {
    pub parent: OwnedFd,
    pub name: String,
    /// Absolute, free of links.
    pub path: PathBuf,
    /// The output folder itself, if it is there.
    pub output: Option<OwnedFd>,
    /// The site's folder, absolute, free of links.
    pub root: PathBuf,
}

/// How the new output takes the old one's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// The two folders change names.
    Exchange,
    /// File by file, where the folder's name cannot be changed.
    Piecewise,
}

impl Place {
    /// Checks the target. With `make`, the folders above the output are made if they are missing;
    /// without, a missing one gives `None`.
    pub fn find(target: &Target, make: bool) -> Result<Option<Place>, PublishError> {
        let asked = &target.output;
        let absolute = std::path::absolute(asked).map_err(PublishError::io(asked))?;
        let root = std::fs::canonicalize(&target.root).map_err(PublishError::io(&target.root))?;
        let refuse = |code| {
            let shown = target.output.display().to_string();
            PublishError::refused(Diagnostic::new(code).with("folder", shown))
        };
        let path = resolve(&absolute).map_err(PublishError::io(&absolute))?;
        if overlaps(&path, &root, target) {
            return Err(refuse(Code::OutputInSite));
        }
        if leads_away(&absolute, &path, target, &root) {
            return Err(refuse(Code::OutputLeadsAway));
        }
        if path.exists() && !path.is_dir() {
            return Err(refuse(Code::OutputNotFolder));
        }
        let (Some(above), Some(name)) = (path.parent(), path.file_name().and_then(|n| n.to_str()))
        else {
            return Err(refuse(Code::OutputNotFolder));
        };
        if make {
            std::fs::create_dir_all(above).map_err(PublishError::io(above))?;
        } else if !path.exists() {
            return Ok(None);
        }
        let parent = std::fs::File::open(above).map_err(PublishError::io(above))?;
        let mut place = Place {
            parent: parent.into(),
            name: name.to_string(),
            path: path.clone(),
            output: None,
            root,
        };
        place.look_again().map_err(PublishError::io(&path))?;
        Ok(Some(place))
    }

    /// Opens the output folder, if it is there now.
    pub fn look_again(&mut self) -> io::Result<()> {
        let flags = rustix::fs::OFlags::DIRECTORY
            | rustix::fs::OFlags::NOFOLLOW
            | rustix::fs::OFlags::CLOEXEC;
        let none = rustix::fs::Mode::empty();
        self.output = match rustix::fs::openat(&self.parent, self.name.as_str(), flags, none) {
            Ok(output) => Some(output),
            Err(rustix::io::Errno::NOENT) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(())
    }

    /// Enters the working folder, and says how the output will be replaced.
    pub fn enter(&self) -> Result<(Work, Manner), PublishError> {
        let output = self.output.as_ref();
        if let Some(output) = output.filter(|output| is_mount_root(output)) {
            return self.enter_inside(output);
        }
        match Work::enter(self.parent.as_fd(), &self.beside(), &self.path) {
            Ok(work) => Ok((work, Manner::Exchange)),
            Err(Unentered::Publish(error)) => Err(error),
            Err(Unentered::Forbidden(error)) => match output {
                Some(output) => self.enter_inside(output),
                None => Err(PublishError::io(&self.path)(error)),
            },
        }
    }

    /// The name of the working folder beside the output.
    pub fn beside(&self) -> String {
        format!(".{}.tongwen", self.name)
    }

    fn enter_inside(&self, output: &OwnedFd) -> Result<(Work, Manner), PublishError> {
        match Work::enter(output.as_fd(), INSIDE, &self.path) {
            Ok(work) => Ok((work, Manner::Piecewise)),
            Err(Unentered::Publish(error)) => Err(error),
            Err(Unentered::Forbidden(error)) => Err(PublishError::io(&self.path)(error)),
        }
    }
}

/// Resolves links and `..` as far as the path exists; what is missing is taken as written.
fn resolve(absolute: &Path) -> io::Result<PathBuf> {
    let mut path = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::CurDir => {}
            part => path.push(part),
        }
        match std::fs::canonicalize(&path) {
            Ok(real) => path = real,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {}
            Err(error) => return Err(error),
        }
    }
    Ok(path)
}

/// Whether the output is, holds or lies in what it must keep away from. Folders are compared by
/// identity as well as by path, for bind mounts and for file systems that fold case.
fn overlaps(path: &Path, root: &Path, target: &Target) -> bool {
    let held_by = |outer: &Path, inner: &Path| {
        inner.starts_with(outer)
            || identity(outer).is_some_and(|outer| {
                inner
                    .ancestors()
                    .any(|folder| identity(folder) == Some(outer))
            })
    };
    let real = |folder: &PathBuf| std::fs::canonicalize(folder).ok();
    let sheltered = target.sheltered.iter().filter_map(real);
    // That an output is a file is a fault of another name.
    let sheltered = sheltered.filter(|kept| kept != path || kept.is_dir());
    // One that is not there yet is kept free too: it is where the author would put it.
    let to_come = |folder: &PathBuf| match folder.strip_prefix(&target.root) {
        Ok(inside) => root.join(inside),
        Err(_) => folder.clone(),
    };
    let reserved: Vec<PathBuf> = target
        .reserved
        .iter()
        .map(|folder| real(folder).unwrap_or_else(|| to_come(folder)))
        .collect();
    sheltered
        .chain([root.to_path_buf()])
        .chain(reserved.iter().cloned())
        .any(|folder| held_by(path, &folder))
        || reserved.iter().any(|folder| held_by(folder, path))
}

fn identity(path: &Path) -> Option<(u64, u64)> {
    let facts = std::fs::metadata(path).ok()?;
    Some((facts.dev(), facts.ino()))
}

/// Whether the output is a link itself, or was named inside the site and turned out to lie outside.
fn leads_away(absolute: &Path, path: &Path, target: &Target, root: &Path) -> bool {
    let is_link = std::fs::symlink_metadata(absolute).is_ok_and(|facts| facts.is_symlink());
    let climbs = target
        .output
        .components()
        .any(|part| part == Component::ParentDir);
    let named_inside =
        std::path::absolute(&target.root).is_ok_and(|root| absolute.starts_with(root));
    is_link || (named_inside && !climbs && !path.starts_with(root))
}

#[cfg(target_os = "linux")]
fn is_mount_root(folder: &OwnedFd) -> bool {
    use rustix::fs::{AtFlags, StatxAttributes, StatxFlags};
    rustix::fs::statx(folder, c"", AtFlags::EMPTY_PATH, StatxFlags::empty())
        .is_ok_and(|facts| facts.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(target_os = "linux"))]
fn is_mount_root(_: &OwnedFd) -> bool {
    false
}
