//! Reading a site's folder into [`Inputs`]: the only place where its files are read.
//!
//! Nothing outside the folder is read but the system's table of the time zone: a symbolic link may stand for a file or folder inside it, and
//! one that leads out is an error. Names that begin with a dot are passed over, as every generator
//! does, because editors and version control keep their own files there.

mod file;
mod ignore;
mod list;
mod root;
mod tree;
mod zone;

use std::io;
use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, Noted};
use crate::pipeline::inputs::{Inputs, Options};

pub use list::{FOLDERS, named};
pub use tree::Tree;

/// Where a site lies.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its folder.
    pub root: PathBuf,
    /// Its configuration, inside that folder.
    pub config: String,
}

/// Reads the site once. The value is missing when there is no configuration to read.
///
/// # Errors
/// The folder itself cannot be looked into.
pub fn read(place: &Place, options: Options) -> io::Result<Noted<Option<Inputs>>> {
    Ok(Tree::read(place, options)?.inputs())
}

/// The bytes of a file of the site, which may have changed since its digest was taken.
///
/// # Errors
/// A diagnostic when it cannot be read or lies outside the site.
pub fn bytes(place: &Place, path: &crate::source::SitePath) -> Result<Vec<u8>, Box<Diagnostic>> {
    let root = place
        .root
        .canonicalize()
        .unwrap_or_else(|_| place.root.clone());
    file::bytes(&root::Root::at(root), path, u64::MAX)
}
