//! Who a page is: what its file's path says, before anything in the file is read.
//!
//! All editions of a page have one identity, and with it one address but for the language's folder.

use crate::config::{Language, LanguageIndex};
use crate::source::SitePath;

/// The folder of pages.
pub const CONTENT: &str = "content/";

/// The identity of a page, and which edition of it a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The path below `content/` without language and ending: `about`, `timeline/_index`.
    pub stem: Box<str>,
    /// What the file's name makes of it.
    pub place: PagePlace,
    /// The language its file's name gives; none for the default.
    pub language: Option<LanguageIndex>,
}

/// A page's place in the tree of folders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagePlace {
    /// `content/index.md` (or `_index.md`): the home page.
    Home,
    /// `_index.md`: the page of a section.
    Section,
    /// `index.md` in a folder of its own, with assets beside it.
    Folder,
    /// `name.md`.
    File,
}

impl Identity {
    /// The identity of the file at `path`, which lies below [`CONTENT`] and ends in `.md`.
    pub fn of(path: &SitePath, languages: &[Language]) -> Identity {
        let path = path.as_str();
        let path = path.strip_prefix(CONTENT).unwrap_or(path);
        let stem = path.strip_suffix(".md").unwrap_or(path);
        let (stem, language) = split_language(stem, languages);
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let place = match (folder, name) {
            ("", "index" | "_index") => PagePlace::Home,
            (_, "_index") => PagePlace::Section,
            (_, "index") => PagePlace::Folder,
            _ => PagePlace::File,
        };
        Identity {
            stem: stem.into(),
            place,
            language,
        }
    }

    /// The folder of the page's own assets, below `content/`; none for a page that is a single file.
    pub fn own_folder(&self) -> Option<&str> {
        match self.place {
            PagePlace::File => None,
            _ => Some(self.folder()),
        }
    }

    /// The folder the file lies in, below `content/`.
    pub fn folder(&self) -> &str {
        self.stem.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The folder of the section it belongs to; none for the home page.
    pub fn section_folder(&self) -> Option<&str> {
        let folder = self.folder();
        match self.place {
            PagePlace::Home => None,
            PagePlace::File => Some(folder),
            PagePlace::Section | PagePlace::Folder => {
                Some(folder.rsplit_once('/').map_or("", |(parent, _)| parent))
            }
        }
    }

    /// The segments of its address when its front matter does not give others: `a/b` for `/a/b/`.
    pub fn default_path(&self) -> &str {
        match self.place {
            PagePlace::Home => "",
            PagePlace::Section | PagePlace::Folder => self.folder(),
            PagePlace::File => &self.stem,
        }
    }
}

fn split_language<'p>(stem: &'p str, languages: &[Language]) -> (&'p str, Option<LanguageIndex>) {
    let name_start = stem.rfind('/').map_or(0, |at| at + 1);
    let Some((_, ending)) = stem[name_start..].rsplit_once('.') else {
        return (stem, None);
    };
    let position = languages
        .iter()
        .position(|language| language.tag.as_str().eq_ignore_ascii_case(ending));
    match position {
        Some(position) => (
            &stem[..stem.len() - ending.len() - 1],
            Some(LanguageIndex::new(position)),
        ),
        None => (stem, None),
    }
}
