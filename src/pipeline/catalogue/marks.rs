//! What the whole-site steps ask of every page, answered when the page is read: among ten thousand pages they
//! visit the few that have an alias, and not all of them to find that out.

use super::{Edition, Entry, Origin};
use crate::pipeline::document::Document;
use crate::pipeline::document::body::LinkTarget;
use crate::pipeline::document::front_matter::Conversion;

/// The answers for one page, in all its editions together.
#[derive(Clone, Copy, Debug)]
pub struct Marks {
    /// Whether old addresses lead to it.
    pub has_aliases: bool,
    /// Whether it has a date.
    pub is_dated: bool,
    /// Whether it has links written from the site's root.
    pub has_rooted_links: bool,
    /// Whether it asks for a conversion of its own.
    pub names_scheme: bool,
    /// In how many languages search engines are told of it.
    pub listed: u8,
}

impl Marks {
    /// The marks of a page.
    pub(super) fn of(entry: &Entry) -> Marks {
        let any = |has: fn(&Document) -> bool| {
            let mut editions = entry.editions.iter().flatten();
            editions.any(|edition| has(&edition.document))
        };
        let listed = entry.editions.iter().flatten();
        let listed = listed.filter(|edition| edition.is_listed()).count();
        Marks {
            has_aliases: any(|document| !document.front.aliases.is_empty()),
            is_dated: any(|document| document.front.date.is_some()),
            has_rooted_links: any(|document| rooted_links(document).next().is_some()),
            names_scheme: any(|document| match &document.front.conversion {
                Conversion::On(rules) => rules.using.is_some(),
                Conversion::Off => false,
            }),
            // A site has 64 languages at most.
            listed: u8::try_from(listed).unwrap_or(u8::MAX),
        }
    }
}

impl Edition {
    /// Whether search engines are told of it: it is really in its language, and its front matter does not
    /// keep it from them.
    pub fn is_listed(&self) -> bool {
        let front = &self.document.front;
        let robots = front.robots.as_ref().map_or("", |robots| robots.as_str());
        let turned_away = robots.split(',').any(|word| {
            let word = word.trim();
            ["noindex", "none"]
                .iter()
                .any(|no| word.eq_ignore_ascii_case(no))
        });
        self.origin != Origin::Fallback && front.sitemap && !turned_away
    }
}

/// The links of a document that are written from the site's root, without the `/`, and where each stands.
pub fn rooted_links(document: &Document) -> impl Iterator<Item = (&str, std::ops::Range<usize>)> {
    document.markdown.body.links.iter().filter_map(|link| {
        let LinkTarget::Address(address) = &link.target else {
            return None;
        };
        let place = link.place.start as usize..link.place.end as usize;
        from_root(address).map(|_| (&**address, place))
    })
}

/// What follows the `/` of an address that is written from the site's root.
pub fn from_root(address: &str) -> Option<&str> {
    address
        .strip_prefix('/')
        .filter(|path| !path.starts_with('/'))
}
