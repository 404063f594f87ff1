//! Links of a page, looked up and spelled for its language.

use std::ops::Range;

use super::Composer;
use crate::diagnostic::{Code, Diagnostic};
use crate::pipeline::address::fragment;
use crate::pipeline::catalogue::{Destination, Entry, EntryId, Origin};
use crate::pipeline::document::Document;
use crate::pipeline::document::body::{Link, LinkTarget};
use crate::pipeline::names;

impl Composer<'_> {
    /// The addresses of a document's links, in their order.
    pub(super) fn hrefs(&mut self, document: &Document) -> Vec<String> {
        let from = self.publication.catalogue.entry_of(document);
        let links = &document.markdown.body.links;
        links.iter().map(|link| self.href(from, link)).collect()
    }

    /// The address of a link that stands in a file of `from`.
    fn href(&mut self, from: Option<&Entry>, link: &Link) -> String {
        let place = link.place.start as usize..link.place.end as usize;
        match &link.target {
            LinkTarget::Address(address) => match address.strip_prefix('/') {
                Some(rest) if self.has_own(rest) => {
                    self.publication.addresses.of(self.language, rest)
                }
                Some(rest) if !rest.starts_with('/') => {
                    self.publication.addresses.root_relative(rest)
                }
                _ => address.to_string(),
            },
            LinkTarget::Anchor(anchor) => {
                if !anchor.is_empty() {
                    self.check_anchor(self.id, anchor, place);
                }
                fragment(anchor)
            }
            LinkTarget::File { path, anchor, .. } => {
                match from.and_then(|entry| self.publication.catalogue.resolve(entry, path)) {
                    Some(Destination::Page(id)) => {
                        let mut address = self.link_to(id);
                        if let Some(anchor) = anchor {
                            self.check_anchor(id, anchor, place);
                            address.push_str(&fragment(anchor));
                        }
                        address
                    }
                    Some(Destination::Asset(path)) => {
                        self.publication.addresses.root_relative(&path)
                    }
                    Some(Destination::Unread) => String::new(),
                    None => {
                        self.dead_link(place, path);
                        String::new()
                    }
                }
            }
        }
    }

    /// Whether each language has a file of its own at `path`, and this one has it: then a link from the
    /// site's root leads there, as a link to a page leads to the same edition.
    fn has_own(&self, path: &str) -> bool {
        let publication = self.publication;
        if matches!(path, names::ATOM | names::JSON_FEED) {
            return publication.config.feed.enabled
                && publication.catalogue.has_dated(self.language);
        }
        let section = path
            .strip_suffix(names::CALENDAR)
            .or_else(|| path.strip_suffix(names::DATA))
            .and_then(|path| publication.catalogue.page(&format!("{path}/_index.md")));
        section.is_some_and(|id| {
            let edition = publication.catalogue.edition(id, self.language);
            publication.is_timeline(id)
                && edition.is_some_and(|edition| edition.origin != Origin::Fallback)
        })
    }

    /// The address of a page in this language, or in the first that has it.
    fn link_to(&self, id: EntryId) -> String {
        let catalogue = &self.publication.catalogue;
        let arrangement = catalogue.arrangement();
        let language = if arrangement.is_in(id, self.language) {
            self.language
        } else {
            let original = catalogue.entry(id).original();
            original.map_or(self.language, |(language, _)| language)
        };
        let path = arrangement.path(id);
        self.publication.addresses.page(language, path)
    }

    /// Says so when a page has no such id.
    pub(super) fn check_anchor(&mut self, id: EntryId, anchor: &str, place: Range<usize>) {
        let catalogue = &self.publication.catalogue;
        let Some(edition) = catalogue.edition(id, self.language) else {
            return;
        };
        if self
            .publication
            .anchors(id, edition)
            .any(|known| *known == *anchor)
        {
            return;
        }
        let known: Vec<String> = edition
            .document
            .markdown
            .headings
            .iter()
            .map(|heading| format!("`#{}`", heading.id))
            .collect();
        let known = if known.is_empty() {
            "none".to_string()
        } else {
            known.join(", ")
        };
        let diagnostic = Diagnostic::new(Code::DeadAnchor)
            .with("page", edition.document.source.path().as_str())
            .with("anchor", anchor)
            .with("known", known)
            .at(&self.edition.document.source, place)
            .suggest(anchor, self.publication.anchors(id, edition));
        self.note(diagnostic);
    }
}
