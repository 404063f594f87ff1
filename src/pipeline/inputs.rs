//! Everything a site is made from, as one value: what the shell read, and the day it is.
//!
//! The pipeline sees nothing else. Two runs with equal inputs give equal outputs.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::catalogue::Held;
use super::document::Document;
use super::receipt::Due;
use crate::config::{BaseUrl, Config};
use crate::digest::Digest;
use crate::hanzi::Open;
use crate::source::{SitePath, Source};

/// The inputs of one run. Lists are in the order of their paths.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// `site.toml`.
    pub config: Source,
    /// The Markdown files of `content/`.
    pub pages: Vec<Source>,
    /// `glossary.toml` at the top and in section folders.
    pub glossaries: Vec<Source>,
    /// The file of decided places, if the site has one.
    pub review: Option<Source>,
    /// The files of `templates/`.
    pub templates: Vec<Source>,
    /// The other files of `content/`: assets of pages.
    pub assets: Vec<FileInput>,
    /// The files of `static/`.
    pub static_files: Vec<FileInput>,
    /// The time zone that `site.toml` names.
    pub zone: TimeZone,
    /// How the system's OpenCC is opened, for a site that asks for it.
    pub opencc: Option<Open>,
    /// What the command line asked for.
    pub options: Options,
}

/// A file that is copied as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileInput {
    /// Where it lies.
    pub path: SitePath,
    /// The digest of its bytes.
    pub digest: Digest,
}

/// What the command line asked for, over `site.toml`.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether drafts are pages too.
    pub drafts: bool,
    /// Whether pages with a later date are pages too.
    pub future: bool,
    /// The moment of the run: what is later is the future, and feeds are dated by the pages' own dates.
    pub now: Timestamp,
    /// In place of `base_url`.
    pub base_url: Option<BaseUrl>,
    /// Links relative to the page, whatever `site.toml` says.
    pub relative_links: bool,
    /// HTML without needless space, whatever `site.toml` says.
    pub minify: bool,
}

/// What a document says of when it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// Whether it is held back.
    pub draft: bool,
    /// The moment before which it is of the future.
    pub date: Option<Timestamp>,
}

impl Options {
    /// Lays these over what `site.toml` says.
    pub fn apply(&self, config: &mut Config) {
        if let Some(base_url) = &self.base_url {
            config.base_url = base_url.clone();
        }
        config.relative_links |= self.relative_links;
        config.minify_html |= self.minify;
    }

    /// The moments for which [`Options::shows`] would say the same of all that are released so.
    pub fn due(&self, releases: impl Iterator<Item = Release>) -> Due {
        let mut due = Due::default();
        if !self.future {
            let dates = releases.filter_map(|release| release.date);
            dates.for_each(|date| due.note(date, self.now));
        }
        due
    }

    /// Whether a document that is released so is published: no draft, and no page of a later day, unless
    /// asked for.
    pub fn shows(&self, release: Release) -> bool {
        self.holds(release).is_none()
    }

    /// Why a document that is released so is not published.
    pub fn holds(&self, release: Release) -> Option<Held> {
        let is_draft = release.draft && !self.drafts;
        let is_later = release.date.is_some_and(|date| date > self.now) && !self.future;
        match (is_draft, is_later) {
            (true, true) => Some(Held::DraftAndLater),
            (true, false) => Some(Held::Draft),
            (false, true) => Some(Held::Later),
            (false, false) => None,
        }
    }
}

impl Release {
    /// What `document` says of it, its dates read in `zone`.
    pub fn of(document: &Document, zone: &TimeZone) -> Release {
        let front = &document.front;
        Release {
            draft: front.draft,
            date: front.date.map(|date| date.timestamp(zone)),
        }
    }
}

impl Default for Options {
    fn default() -> Options {
        Options {
            drafts: false,
            future: false,
            now: Timestamp::UNIX_EPOCH,
            base_url: None,
            relative_links: false,
            minify: false,
        }
    }
}
