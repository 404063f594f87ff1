//! Reading a site's folder into [`Inputs`]: the only place where its files are read.
//!
//! Nothing outside the folder is read: a symbolic link may stand for a file or folder inside it, and
//! one that leads out is an error. Names that begin with a dot are passed over, as every generator
//! does, because editors and version control keep their own files there.

mod ignore;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Noted};
use crate::digest::Digest;
use crate::pipeline::inputs::{FileInput, Inputs, Options};
use crate::source::{SitePath, Source};

/// The folders of a site, and what their files are.
const FOLDERS: [&str; 3] = ["content", "templates", "static"];

/// Files larger than this are not texts anybody wrote: 64 MiB.
const MOST_TEXT: u64 = 64 << 20;

/// Where a site lies.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its folder.
    pub root: PathBuf,
    /// Its configuration, inside that folder.
    pub config: String,
}

/// Reads the site. The value is missing when there is no configuration to read.
///
/// # Errors
/// The folder itself cannot be looked into.
pub fn read(place: &Place, options: Options) -> io::Result<Noted<Option<Inputs>>> {
    let root = fs::canonicalize(&place.root)?;
    let mut notes = Vec::new();
    let config = SitePath::new(place.config.as_str());
    if !root.join(config.as_str()).exists() {
        notes.push(Diagnostic::new(Code::MissingConfig).in_file(&config));
        return Ok(Noted { value: None, notes });
    }
    let config = match text(&root, config) {
        Ok(source) => source,
        Err(fault) => {
            notes.push(*fault);
            return Ok(Noted { value: None, notes });
        }
    };
    // The configuration is read here only for what reading depends on; its faults are the pipeline's.
    let parsed = config::parse(&config).value;
    let found = list(&root, parsed.as_ref(), &mut notes);
    let read: Vec<Result<Read, Box<Diagnostic>>> = found
        .into_par_iter()
        .map(|path| read_one(&root, path))
        .collect();
    let mut inputs = Inputs {
        config,
        pages: Vec::new(),
        glossaries: Vec::new(),
        templates: Vec::new(),
        assets: Vec::new(),
        static_files: Vec::new(),
        zone: zone(parsed.as_ref(), &mut notes),
        options,
    };
    for read in read {
        match read {
            Ok(Read::Page(source)) => inputs.pages.push(source),
            Ok(Read::Glossary(source)) => inputs.glossaries.push(source),
            Ok(Read::Template(source)) => inputs.templates.push(source),
            Ok(Read::Asset(file)) => inputs.assets.push(file),
            Ok(Read::Static(file)) => inputs.static_files.push(file),
            Err(fault) => notes.push(*fault),
        }
    }
    Ok(Noted {
        value: Some(inputs),
        notes,
    })
}

/// A file, by what it is to the site.
enum Read {
    Page(Source),
    Glossary(Source),
    Template(Source),
    Asset(FileInput),
    Static(FileInput),
}

fn read_one(root: &Path, path: SitePath) -> Result<Read, Box<Diagnostic>> {
    let folder = path.as_str().split('/').next().unwrap_or_default();
    let is_glossary = path.file_name() == "glossary.toml" || folder == path.as_str();
    match (folder, path.extension()) {
        ("content", Some("md")) => text(root, path).map(Read::Page),
        ("templates", _) => text(root, path).map(Read::Template),
        ("static", _) => file(root, path).map(Read::Static),
        _ if is_glossary => text(root, path).map(Read::Glossary),
        _ => file(root, path).map(Read::Asset),
    }
}

/// The site's files, in the order of their paths.
fn list(root: &Path, config: Option<&Config>, notes: &mut Vec<Diagnostic>) -> Vec<SitePath> {
    let mut found = Vec::new();
    let glossary = config
        .and_then(|config| config.convert.glossary.as_ref())
        .map_or("glossary.toml", |written| written.as_str());
    if root.join(glossary).is_file() {
        found.push(SitePath::new(glossary));
    }
    let ignored = config.map_or(&[][..], |config| &config.ignored_content);
    for folder in FOLDERS {
        let walk = WalkDir::new(root.join(folder))
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    notes.extend(walk_fault(root, &error));
                    continue;
                }
            };
            if entry.file_type().is_dir() {
                continue;
            }
            let Some(path) = site_path(root, entry.path()) else {
                let shown = SitePath::new(entry.path().to_string_lossy());
                notes.push(
                    Diagnostic::new(Code::Unreadable)
                        .with("detail", "its name is not UTF-8")
                        .in_file(&shown),
                );
                continue;
            };
            let below = path.as_str().strip_prefix("content/").unwrap_or("");
            if ignored
                .iter()
                .any(|pattern| ignore::matches(pattern, below))
            {
                continue;
            }
            if !entry.file_type().is_file() {
                let fault = Diagnostic::new(Code::Unreadable)
                    .with("detail", "it is no regular file")
                    .in_file(&path);
                notes.push(fault);
                continue;
            }
            found.push(path);
        }
    }
    found.sort();
    found
}

fn walk_fault(root: &Path, error: &walkdir::Error) -> Option<Diagnostic> {
    // A site without `static/` or `templates/` is complete.
    let missing = error
        .io_error()
        .is_some_and(|error| error.kind() == io::ErrorKind::NotFound);
    if missing && error.depth() == 0 {
        return None;
    }
    let path = error.path().and_then(|path| site_path(root, path));
    let path = path.unwrap_or_else(|| SitePath::new("content"));
    let detail = match error.loop_ancestor() {
        Some(_) => "this symbolic link leads back to a folder above it".to_string(),
        None => error
            .io_error()
            .map_or_else(|| error.to_string(), ToString::to_string),
    };
    Some(
        Diagnostic::new(Code::Unreadable)
            .with("detail", detail)
            .in_file(&path),
    )
}

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

fn bytes(root: &Path, path: &SitePath, most: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
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

fn zone(config: Option<&Config>, notes: &mut Vec<Diagnostic>) -> TimeZone {
    let Some(config) = config else {
        return TimeZone::UTC;
    };
    TimeZone::get(&config.timezone).unwrap_or_else(|error| {
        let fault = Diagnostic::new(Code::BadValue)
            .with("key", "timezone")
            .with("value", &config.timezone)
            .with("expected", error.to_string());
        notes.push(fault);
        TimeZone::UTC
    })
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.to_string_lossy().starts_with('.')
}

fn site_path(root: &Path, path: &Path) -> Option<SitePath> {
    let below = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    Some(SitePath::new(parts?.join("/")))
}
