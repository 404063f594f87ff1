//! The site described: `site.toml`, read strictly, and what front matter shares with it.
//!
//! [`parse`] turns a source into a [`Config`], with every fault of the file at once. All here is pure:
//! finding the file, and joining it with the command line, is the shell's.

pub mod address;
pub mod base_url;
pub mod date;
pub mod glossary;
pub mod language;
mod read;
pub mod reader;
#[cfg(test)]
pub(crate) mod schema;
pub mod text;
pub mod toml;
pub mod tree;
pub mod value;

use std::collections::BTreeMap;

pub use base_url::BaseUrl;
pub use date::{Moment, PartialDate, Precision};
pub use language::{Derive, Language, LanguageIndex, LanguageTag, Missing};
pub use read::{QUOTES, parse};
pub use text::{Text, Written};
pub use value::Value;

/// What `site.toml` says, defaults filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Where the site will stand.
    pub base_url: BaseUrl,
    /// The site's name.
    pub title: Text,
    /// What it is about, for search engines and feeds; empty when not given.
    pub description: Text,
    /// Who writes it; empty when not given.
    pub author: Text,
    /// The IANA name of the zone that dates without an offset are in; the shell looks it up.
    pub timezone: Written,
    /// The folder that is published, relative to the site's.
    pub output_dir: String,
    /// Whether links are written relative to the page, so that the site can be opened from disk.
    pub relative_links: bool,
    /// Whether needless space is taken out of the HTML.
    pub minify_html: bool,
    /// Patterns of content files that are not read.
    pub ignored_content: Vec<String>,
    /// The colour of the browser's frame.
    pub theme_color: Option<String>,
    /// How many pages a list shows at once; 0 for all.
    pub pagination: usize,
    /// The languages: the default first, then in the order of the file. Never empty.
    pub languages: Vec<Language>,
    /// How text is converted.
    pub convert: Convert,
    /// How Markdown is read.
    pub markdown: Markdown,
    /// The feeds.
    pub feed: Feed,
    /// The search index.
    pub search: Search,
    /// The site map.
    pub sitemap: Sitemap,
    /// Addresses that lead elsewhere.
    pub redirects: Vec<Redirect>,
    /// The menus by name.
    pub menus: BTreeMap<String, Vec<MenuItem>>,
    /// Interface texts by language and key, over those of the theme.
    pub strings: BTreeMap<LanguageIndex, BTreeMap<String, Written>>,
    /// The author's own values.
    pub extra: Value,
}

/// How text is converted: `[convert]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Convert {
    /// The glossary's path; when not given, `glossary.toml` if there is one.
    pub glossary: Option<Written>,
    /// Whether quotation marks follow the edition.
    pub quotes: Quotes,
    /// Which forms Hong Kong text takes.
    pub style: Style,
    /// What becomes of a place no rule decides.
    pub ambiguous: Ambiguous,
    /// Who converts.
    pub engine: Engine,
    /// The path of the file of decided places.
    pub review: Option<Written>,
}

/// The glossary of a site that names no other, and of every folder.
pub const GLOSSARY: &str = "glossary.toml";

/// The file of decided places of a site that names no other.
pub const REVIEW: &str = "review.toml";

impl Convert {
    /// The path of the site's glossary, whether there is one or not.
    pub fn glossary_file(&self) -> &str {
        let given = self.glossary.as_ref();
        given.map_or(GLOSSARY, |written| written.as_str())
    }

    /// The path of the site's file of decided places, whether there is one or not.
    pub fn review_file(&self) -> &str {
        let given = self.review.as_ref();
        given.map_or(REVIEW, |written| written.as_str())
    }
}

/// Whether quotation marks follow the edition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Quotes {
    /// 「」 in Traditional, “” in mainland Simplified.
    #[default]
    Auto,
    /// As written.
    Keep,
}

/// Which forms Hong Kong text takes after conversion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// As newspapers write: 說, 溫, 啟.
    #[default]
    Press,
    /// As schools teach: 説, 温, 啓.
    School,
    /// As the engine gives it.
    None,
}

/// What becomes of a place that no rule decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ambiguous {
    /// It is only listed by `check` when asked.
    #[default]
    Allow,
    /// It is a warning.
    Warn,
    /// It fails the build.
    Deny,
}

/// Who converts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Engine {
    /// The program itself.
    #[default]
    Builtin,
    /// The system's OpenCC library.
    Opencc,
}

/// How Markdown is read: `[markdown]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markdown {
    /// Whether raw HTML is let through.
    pub html: bool,
}

/// The feeds: `[feed]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Whether there are any.
    pub enabled: bool,
    /// How many entries one holds.
    pub limit: usize,
    /// Whether entries carry the whole text, or only the summary.
    pub full: bool,
}

/// The search index: `[search]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// Whether there is one.
    pub enabled: bool,
}

/// The site map: `[sitemap]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitemap {
    /// Whether there is one.
    pub enabled: bool,
}

/// An address that leads elsewhere: one of `[[redirects]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The old address: segments below the site's root, without a `/` at either end.
    pub from: Written,
    /// Where it leads: a path below the site's root beginning with `/`, or a whole address.
    pub to: Written,
}

/// An entry of a menu.
#[derive(Clone, Debug, PartialEq)]
pub struct MenuItem {
    /// What it says; the page's own title when not given.
    pub title: Option<Text>,
    /// Where it leads.
    pub target: MenuTarget,
    /// Its place among its neighbours: lighter first, then in the order of the file.
    pub weight: i64,
    /// The entries below it.
    pub children: Vec<MenuItem>,
}

/// Where an entry of a menu leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MenuTarget {
    /// A page, as a path of the content folder, perhaps with `#anchor`.
    Page(Written),
    /// A whole address, or a path below the site's root beginning with `/`.
    Url(Written),
}

impl Config {
    /// The default language: the one whose files have no language in their name.
    pub fn default_language(&self) -> LanguageIndex {
        LanguageIndex::DEFAULT
    }

    /// The language at `index`.
    pub fn language(&self, index: LanguageIndex) -> &Language {
        &self.languages[index.position()]
    }
}
