//! Reading one file.

use std::fs;
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic};
use crate::digest::Digest;
use crate::pipeline::inputs::FileInput;
use crate::source::{SitePath, Source};

/// Files larger than this are not texts anybody wrote: 64 MiB.
const MOST_TEXT: u64 = 64 << 20;

/// A file, by what it is to the site.
#[derive(Clone)]
pub enum Read {
    /// The configuration.
    Config(Source),
    /// A page.
    Page(Source),
    /// A glossary.
    Glossary(Source),
    /// The file of decided places.
    Review(Source),
    /// A template.
    Template(Source),
    /// Any other file of `content/`.
    Asset(FileInput),
    /// A file of `static/`.
    Static(FileInput),
}

/// Reads the file at `path`; what it is, its path says. `config` and `review` are the paths of those
/// files.
///
/// # Errors
/// A diagnostic when it cannot be read, is no text though it should be, or lies outside the site.
pub fn read(
    root: &Path,
    path: SitePath,
    config: &str,
    review: &str,
) -> Result<Read, Box<Diagnostic>> {
    let folder = path.as_str().split('/').next().unwrap_or_default();
    let at_top = folder == path.as_str();
    match (folder, path.extension()) {
        _ if path.as_str() == config => text(root, path).map(Read::Config),
        _ if path.as_str() == review => text(root, path).map(Read::Review),
        ("content", Some("md")) => text(root, path).map(Read::Page),
        ("content", _) if path.file_name() == super::list::GLOSSARY => {
            text(root, path).map(Read::Glossary)
        }
        ("templates", _) => text(root, path).map(Read::Template),
        ("static", _) => file(root, path).map(Read::Static),
        _ if at_top => text(root, path).map(Read::Glossary),
        _ => file(root, path).map(Read::Asset),
    }
}

/// The bytes of a file that is published as it is.
///
/// # Errors
/// A diagnostic when it cannot be read or lies outside the site.
fn text(root: &Path, path: SitePath) -> Result<Source, Box<Diagnostic>> {
    let bytes = bytes(root, &path, MOST_TEXT)?;
    match String::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => {
            Err(Box::new(Diagnostic::new(Code::NulCharacter).in_file(&path)))
        }
        Ok(text) => Ok(Source::new(path, text)),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let fault = Diagnostic::new(Code::NotUtf8)
                .with("offset", offset.to_string())
                .in_file(&path);
            Err(Box::new(fault))
        }
    }
}

fn file(root: &Path, path: SitePath) -> Result<FileInput, Box<Diagnostic>> {
    let bytes = bytes(root, &path, u64::MAX)?;
    let digest = Digest::of(&bytes);
    Ok(FileInput { path, digest })
}

pub fn bytes(root: &Path, path: &SitePath, most: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
    let unreadable = |detail: String| {
        Box::new(
            Diagnostic::new(Code::Unreadable)
                .with("detail", detail)
                .in_file(path),
        )
    };
    let full = root.join(path.as_str());
    let real = fs::canonicalize(&full).map_err(|error| unreadable(error.to_string()))?;
    if !real.starts_with(root) {
        return Err(Box::new(Diagnostic::new(Code::LeavesSite).in_file(path)));
    }
    let metadata = fs::metadata(&real).map_err(|error| unreadable(error.to_string()))?;
    if metadata.len() > most {
        return Err(unreadable(format!("it is larger than {} MiB", most >> 20)));
    }
    fs::read(&real).map_err(|error| unreadable(error.to_string()))
}
