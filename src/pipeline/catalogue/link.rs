//! Looking up what a file path in a link means.

use memchr::memrchr;

use super::{Arrangement, Catalogue, Entry, EntryId};
use crate::diagnostic::Names;
use crate::pipeline::document::Document;

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A page that is there and cannot be read, which has been said.
    Unread,
    /// A page, in whichever language the reader is.
    Page(EntryId),
    /// A file copied from `content/`, at this path of the published site.
    Asset(Box<str>),
}

impl Catalogue {
    /// What `path`, written in a file of `entry`, leads to: looked for beside that file, then from the
    /// top of `content/`.
    pub fn resolve(&self, entry: &Entry, path: &str) -> Option<Destination> {
        entry.seen_from(path, |path| self.at(path))
    }

    /// The paths that a link can name, below `content/`.
    pub fn names(&self) -> &Names {
        let Arrangement { spots, assets, .. } = &*self.arrangement;
        self.arrangement.names.get_or_init(|| {
            let pages = spots.iter().map(|spot| format!("{}.md", spot.stem));
            let mut files: Vec<String> = assets.keys().map(|path| path.to_string()).collect();
            files.sort();
            Names::of(pages.chain(files))
        })
    }

    /// The page that a document is an edition of.
    pub fn entry_of(&self, document: &Document) -> Option<&Entry> {
        let id = self.arrangement.by_stem.get(&document.identity.stem)?;
        Some(self.entry(*id))
    }

    /// The page at `path`, below `content/`.
    pub fn page(&self, path: &str) -> Option<EntryId> {
        self.arrangement.page(path)
    }

    fn at(&self, path: &str) -> Option<Destination> {
        if let Some(id) = self.page(path) {
            return Some(Destination::Page(id));
        }
        if self.is_unread(path) {
            return Some(Destination::Unread);
        }
        self.arrangement
            .assets
            .get(path)
            .cloned()
            .map(Destination::Asset)
    }

    /// Whether the page at `path`, below `content/`, is there and cannot be read.
    pub fn is_unread(&self, path: &str) -> bool {
        let unread = |stem| self.grounds.unread.contains(stem);
        path.strip_suffix(".md")
            .is_some_and(|stem| unread(stem) || without_language(stem).is_some_and(unread))
    }
}

impl Arrangement {
    /// The page at `path`, below `content/`.
    pub(super) fn page(&self, path: &str) -> Option<EntryId> {
        let stem = path.strip_suffix(".md")?;
        let id = self.by_stem.get(stem);
        id.or_else(|| self.by_stem.get(without_language(stem)?))
            .copied()
    }
}

/// `about.en.md` is the same page as `about.md`.
fn without_language(stem: &str) -> Option<&str> {
    let (rest, ending) = stem.rsplit_once('.')?;
    (!ending.contains('/')).then_some(rest)
}

impl Entry {
    /// What is at `path`, written in a file of this page: looked for beside that file, then from the top of
    /// `content/`.
    pub(super) fn seen_from<T>(&self, path: &str, at: impl Fn(&str) -> Option<T>) -> Option<T> {
        at(&joined(self.folder(), path)?).or_else(|| at(&joined("", path)?))
    }
}

/// `path` as seen from `folder`, without `.` and `..`; none when it leads above the top.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut folder = folder;
    let mut path = path;
    loop {
        if let Some(rest) = path.strip_prefix("./") {
            path = rest;
        } else if let Some(rest) = path.strip_prefix("../") {
            path = rest;
            folder = above(folder)?;
        } else {
            break;
        }
    }
    let mut joined = String::with_capacity(folder.len() + path.len() + 1);
    joined.push_str(folder);
    // Nearly every path is plain now, and is taken whole.
    if !path.starts_with(['/', '.']) && !is_winding(path) {
        join(&mut joined, path);
        return Some(joined);
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => joined.truncate(above(&joined)?.len()),
            part => join(&mut joined, part),
        }
    }
    Some(joined)
}

/// The folder that `folder` lies in; none above the top.
fn above(folder: &str) -> Option<&str> {
    let at = memrchr(b'/', folder.as_bytes()).unwrap_or(0);
    (!folder.is_empty()).then(|| &folder[..at])
}

/// Whether a part after the first may be empty or made of dots.
fn is_winding(path: &str) -> bool {
    let mut pairs = path.as_bytes().windows(2);
    pairs.any(|pair| matches!(pair, b"//" | b"/.")) || path.ends_with('/')
}

fn join(folder: &mut String, part: &str) {
    if !folder.is_empty() && !part.is_empty() {
        folder.push('/');
    }
    folder.push_str(part);
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn joining() {
        assert_eq!(joined("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(joined("", "./c.md").as_deref(), Some("c.md"));
        assert_eq!(joined("a", "../../c.md"), None);
        assert_eq!(joined("a/b", "c/../../d.md").as_deref(), Some("a/d.md"));
        assert_eq!(joined("a", "c/../../../d.md"), None);
        assert_eq!(joined("a", "./.././b//./c.md").as_deref(), Some("b/c.md"));
        assert_eq!(joined("a", "/b.md").as_deref(), Some("a/b.md"));
        assert_eq!(joined("a/b", "..").as_deref(), Some("a"));
        assert_eq!(joined("a/b", "c/").as_deref(), Some("a/b/c"));
        assert_eq!(joined("a", "").as_deref(), Some("a"));
        assert_eq!(joined("a", ".hidden.md").as_deref(), Some("a/.hidden.md"));
    }
}
