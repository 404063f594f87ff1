//! Why a build could not be published. Whatever it was, the previous output is as it was, but for
//! [`PublishError::Halfway`].

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic};
use crate::pipeline::output::OutputPath;
use crate::source::SitePath;

/// Why publishing, or cleaning, was given up.
#[derive(Debug)]
pub enum PublishError {
    /// The output folder is not one that may be replaced; the diagnostic says why.
    Refused(Box<Diagnostic>),
    /// Another build of the same output was still running after a while.
    Busy {
        /// The output folder.
        folder: PathBuf,
    },
    /// Two outputs have one path, or a path that the file system holds to be the same.
    Twice(OutputPath),
    /// A file to be copied is not what it was when the inputs were read, or can no longer be read.
    Copy {
        /// The file, in the site's folder.
        from: SitePath,
        /// What is wrong with it.
        fault: CopyFault,
    },
    /// The same while files were being replaced one by one, so that some are new already. A later
    /// build takes it from there.
    Halfway {
        /// Where.
        path: PathBuf,
        /// What the file system said.
        error: io::Error,
    },
    /// The file system refused: disk full, permission, and the like.
    Io {
        /// Where.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
}

/// What can be wrong with a file to be copied.
#[derive(Debug)]
pub enum CopyFault {
    /// A symbolic link leads out of the site's folder.
    LeavesSite,
    /// It was changed after the inputs were read.
    Changed,
    /// It cannot be read.
    Unreadable(io::Error),
}

impl PublishError {
    /// The same, to be shown with the rest.
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            PublishError::Refused(diagnostic) => (**diagnostic).clone(),
            PublishError::Busy { folder } => {
                Diagnostic::new(Code::OutputBusy).with("folder", folder.display().to_string())
            }
            PublishError::Twice(path) => {
                Diagnostic::new(Code::OutputTwice).with("path", path.as_str())
            }
            PublishError::Copy { from, fault } => match fault {
                CopyFault::LeavesSite => Diagnostic::new(Code::LeavesSite),
                CopyFault::Changed => Diagnostic::new(Code::CopyChanged),
                CopyFault::Unreadable(error) => {
                    Diagnostic::new(Code::Unreadable).with("detail", error.to_string())
                }
            }
            .in_file(from),
            PublishError::Halfway { path, error } => io(Code::OutputHalfway, path, error),
            PublishError::Io { path, error } => io(Code::OutputIo, path, error),
        }
    }

    /// Whether the site or its configuration is at fault (exit code 1) and not the world (2).
    pub fn is_the_authors(&self) -> bool {
        !matches!(
            self,
            PublishError::Busy { .. } | PublishError::Halfway { .. } | PublishError::Io { .. }
        )
    }

    pub(super) fn refused(diagnostic: Diagnostic) -> PublishError {
        PublishError::Refused(Box::new(diagnostic))
    }

    /// Says where a failure was; allocates, so not for a path that is taken once a file.
    pub(super) fn io(path: &Path) -> impl Fn(io::Error) -> PublishError + use<> {
        let path = path.to_path_buf();
        move |error| PublishError::Io {
            path: path.clone(),
            error,
        }
    }
}

fn io(code: Code, path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::new(code)
        .with("path", path.display().to_string())
        .with("detail", error.to_string())
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use crate::diagnostic::render::{Style, draw};
        f.write_str(&draw(&self.diagnostic(), Style::PLAIN))
    }
}

impl std::error::Error for PublishError {}
