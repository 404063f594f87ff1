//! Which files a site has.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::ignore;
use crate::config::{Config, GLOSSARY, REVIEW};
use crate::diagnostic::{Arg, Code, Diagnostic, Term};
use crate::source::SitePath;

/// The folders of a site.
pub const FOLDERS: [&str; 3] = ["content", "templates", "static"];

/// All files of the site but its configuration.
pub fn everything(
    root: &Path,
    config: Option<&Config>,
    notes: &mut Vec<Diagnostic>,
) -> Vec<SitePath> {
    let glossary = glossary(config);
    let mut found = Vec::new();
    // Whatever lies there; reading it says what is wrong with it.
    let is_there = |path: &str| root.join(path).symlink_metadata().is_ok();
    if is_there(glossary) {
        found.push(SitePath::new(glossary));
    }
    let review = review(config);
    if is_there(review) {
        found.push(SitePath::new(review));
    }
    for folder in FOLDERS {
        if root.join(folder).is_file() {
            let note = Diagnostic::new(Code::Unreadable).with("detail", Term::NoFolder);
            notes.push(note.in_file(&SitePath::new(folder)));
            continue;
        }
        found.extend(below(root, folder, config, notes));
    }
    found
}

/// The path of the site's glossary.
pub fn glossary(config: Option<&Config>) -> &str {
    config.map_or(GLOSSARY, |config| config.convert.glossary_file())
}

/// The path of the site's file of decided places.
pub fn review(config: Option<&Config>) -> &str {
    config.map_or(REVIEW, |config| config.convert.review_file())
}

/// The files of the site that lie where its configuration says.
pub fn named(config: &Config) -> [&str; 2] {
    [glossary(Some(config)), review(Some(config))]
}

/// The files at and below `path`, a path of the site; none when it is not there.
pub fn below(
    root: &Path,
    path: &str,
    config: Option<&Config>,
    notes: &mut Vec<Diagnostic>,
) -> Vec<SitePath> {
    let ignored = config.map_or(&[][..], |config| &config.ignored_content);
    let mut found = Vec::new();
    let mut outside = Vec::new();
    let walk = WalkDir::new(root.join(path))
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| {
            let shown = entry.depth() == 0 || !is_hidden(entry.file_name());
            shown && !leads_out(root, entry, &mut outside)
        });
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                notes.extend(fault(root, path, &error));
                continue;
            }
        };
        if entry.file_type().is_dir() {
            continue;
        }
        let unreadable = |detail: Term| Diagnostic::new(Code::Unreadable).with("detail", detail);
        let Some(file) = site_path(root, entry.path()) else {
            let shown = SitePath::new(entry.path().to_string_lossy());
            notes.push(unreadable(Term::NameNotUtf8).in_file(&shown));
            continue;
        };
        let in_content = file.as_str().strip_prefix("content/").unwrap_or("");
        if ignored
            .iter()
            .any(|pattern| ignore::matches(pattern, in_content))
        {
            continue;
        }
        if !entry.file_type().is_file() {
            notes.push(unreadable(Term::NoRegularFile).in_file(&file));
            continue;
        }
        found.push(file);
    }
    let leaving = |path: PathBuf| {
        let path = site_path(root, &path)?;
        Some(Diagnostic::new(Code::LeavesSite).in_file(&path))
    };
    notes.extend(outside.into_iter().filter_map(leaving));
    found
}

/// Whether a symbolic link stands for a folder outside the site. Such a folder is not walked: it may be
/// the whole disk.
fn leads_out(root: &Path, entry: &DirEntry, outside: &mut Vec<PathBuf>) -> bool {
    if !entry.path_is_symlink() || !entry.file_type().is_dir() {
        return false;
    }
    let inside = entry
        .path()
        .canonicalize()
        .is_ok_and(|real| real.starts_with(root));
    if !inside {
        outside.push(entry.path().to_path_buf());
    }
    !inside
}

fn fault(root: &Path, walked: &str, error: &walkdir::Error) -> Option<Diagnostic> {
    // A site without `static/` or `templates/` is complete, and what vanished is not there.
    let missing = error
        .io_error()
        .is_some_and(|error| error.kind() == io::ErrorKind::NotFound);
    let is_link = error.path().is_some_and(Path::is_symlink);
    if missing && !is_link {
        return None;
    }
    let path = error.path().and_then(|path| site_path(root, path));
    let path = path.unwrap_or_else(|| SitePath::new(walked));
    let detail = match error.loop_ancestor() {
        Some(_) => Arg::from(Term::LinkCircle),
        None => Arg::from(
            error
                .io_error()
                .map_or_else(|| error.to_string(), ToString::to_string),
        ),
    };
    Some(
        Diagnostic::new(Code::Unreadable)
            .with("detail", detail)
            .in_file(&path),
    )
}

fn is_hidden(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with('.')
}

fn site_path(root: &Path, path: &Path) -> Option<SitePath> {
    let below = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    Some(SitePath::new(parts?.join("/")))
}
