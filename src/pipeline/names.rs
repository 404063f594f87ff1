//! The names of the files made from the whole site: pages link to them, and later stages make them.

/// The search index, in the folder of its language.
pub const SEARCH_INDEX: &str = "search.json";
/// The table that makes the scripts one for the search, at the root.
pub const SEARCH_FOLD: &str = "search-fold.json";
/// The Atom feed, in the folder of its language.
pub const ATOM: &str = "feed.xml";
/// The JSON feed, in the folder of its language.
pub const JSON_FEED: &str = "feed.json";
/// The site map, at the root.
pub const SITEMAP: &str = "sitemap.xml";
/// The folder of the pages of tags, in the folder of each language.
pub const TAGS: &str = "tags";
/// What the file of a timeline for calendars has in place of the `/` of its page.
pub const CALENDAR: &str = ".ics";
/// What the file of a timeline for programs has in place of the `/` of its page.
pub const DATA: &str = ".json";
/// The script of the page that leads to an edition, at the root.
pub const ENTRY_SCRIPT: &str = "entry.js";
