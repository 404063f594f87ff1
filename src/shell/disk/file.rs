//! Reading one file.

use std::io::{self, Read as _};

use super::root::Root;
use crate::config::GLOSSARY;
use crate::diagnostic::{Arg, Code, Diagnostic, Term};
use crate::digest::Running;
use crate::pipeline::inputs::FileInput;
use crate::source::{SitePath, Source};

/// Files larger than this are not texts anybody wrote: 64 MiB.
const MOST_TEXT: u64 = 64 << 20;
const PIECE: usize = 128 * 1024;

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

/// The files that are known by their whole path and not by the folder they lie in.
pub struct Named<'a> {
    /// The configuration.
    pub config: &'a str,
    /// The site's glossary.
    pub glossary: &'a str,
    /// The file of decided places.
    pub review: &'a str,
}

/// Reads the file at `path`; what it is, its path says.
///
/// # Errors
/// A diagnostic when it cannot be read, is no text though it should be, or lies outside the site.
pub fn read(root: &Root, path: SitePath, named: &Named<'_>) -> Result<Read, Box<Diagnostic>> {
    let folder = path.as_str().split('/').next().unwrap_or_default();
    match (folder, path.extension()) {
        _ if path.as_str() == named.config => text(root, path).map(Read::Config),
        _ if path.as_str() == named.review => text(root, path).map(Read::Review),
        _ if path.as_str() == named.glossary => text(root, path).map(Read::Glossary),
        ("content", Some("md")) => text(root, path).map(Read::Page),
        ("content", _) if path.file_name() == GLOSSARY => text(root, path).map(Read::Glossary),
        ("templates", _) => text(root, path).map(Read::Template),
        ("static", _) => file(root, path).map(Read::Static),
        _ => file(root, path).map(Read::Asset),
    }
}

fn text(root: &Root, path: SitePath) -> Result<Source, Box<Diagnostic>> {
    let bytes = bytes(root, &path, MOST_TEXT)?;
    match simdutf8::compat::from_utf8(&bytes) {
        Ok(_) if memchr::memchr(0, &bytes).is_some() => {
            Err(Box::new(Diagnostic::new(Code::NulCharacter).in_file(&path)))
        }
        Ok(text) => Ok(Source::new(path, text.to_string())),
        Err(error) => {
            let offset = error.valid_up_to();
            let fault = Diagnostic::new(Code::NotUtf8)
                .with("offset", offset.to_string())
                .in_file(&path);
            Err(Box::new(fault))
        }
    }
}

fn file(root: &Root, path: SitePath) -> Result<FileInput, Box<Diagnostic>> {
    let unreadable = |error: io::Error| unreadable(&path, error.to_string());
    let (mut file, _) = root.open(&path)?;
    let mut running = Running::new();
    // A film may lie in `static/`: it is read through, not held.
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece).map_err(unreadable)? {
            0 => break,
            read => running.take(&piece[..read]),
        }
    }
    let digest = running.finish();
    Ok(FileInput { path, digest })
}

/// The bytes of a file of the site.
///
/// # Errors
/// A diagnostic when it cannot be read, lies outside the site or is longer than `most`.
pub fn bytes(root: &Root, path: &SitePath, most: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
    let (file, len) = root.open(path)?;
    let mut bytes = Vec::with_capacity(len.min(most) as usize + 1);
    // Bounded by what is read and not by what the system says beforehand: the file may be growing.
    let read = file.take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(path, error.to_string()))?;
    if bytes.len() as u64 > most {
        let detail = Arg::About(Term::FileTooLarge, (most >> 20).to_string());
        return Err(unreadable(path, detail));
    }
    Ok(bytes)
}

pub(super) fn unreadable(path: &SitePath, detail: impl Into<Arg>) -> Box<Diagnostic> {
    let note = Diagnostic::new(Code::Unreadable).with("detail", detail);
    Box::new(note.in_file(path))
}
