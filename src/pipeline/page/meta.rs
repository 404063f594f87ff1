//! What machines are told about a page: alternates and Open Graph; and where menus lead.

use super::Composer;
use super::view::{AlternateView, OpenGraphView, PageView, TagView};
use crate::config::{LanguageIndex, MenuItem, MenuTarget};
use crate::diagnostic::{Code, Diagnostic};
use crate::pipeline::catalogue::arrange::tag_key;
use crate::pipeline::catalogue::{Destination, Origin};
use crate::pipeline::document::Document;
use crate::pipeline::names;
use crate::pipeline::publication::Publication;

impl<'p> Composer<'p> {
    /// The editions of the page, for the switch and for search engines. A language that has no such
    /// page leads to its home page, and says so.
    pub(super) fn alternates(&self) -> Vec<AlternateView<'p>> {
        let publication = self.publication;
        let languages = publication.config.languages.iter().enumerate();
        languages
            .filter_map(|(position, language)| {
                let index = LanguageIndex::new(position);
                let edition = publication.catalogue.edition(self.id, index);
                let (path, is_page) = match edition {
                    Some(edition) => (&*self.entry().path, edition.origin != Origin::Fallback),
                    None => {
                        publication
                            .catalogue
                            .edition(publication.catalogue.home()?, index)?;
                        ("", false)
                    }
                };
                let url = publication.addresses.page(index, path);
                Some(AlternateView {
                    lang: language.tag.as_str(),
                    label: &language.label,
                    hreflang: &language.hreflang,
                    permalink: publication.addresses.absolute(&url),
                    url,
                    is_current: index == self.language,
                    is_page,
                })
            })
            .collect()
    }

    /// The address that search engines should know this page by: a fallback gives the page it shows.
    pub(super) fn canonical(&self, url: &str) -> String {
        let addresses = &self.publication.addresses;
        match self.edition.origin {
            Origin::Fallback => {
                addresses.absolute(&addresses.page(self.edition.written_in, &self.entry().path))
            }
            Origin::HandWritten | Origin::Derived => addresses.absolute(url),
        }
    }

    /// What social networks are told.
    pub(super) fn open_graph<'a>(&self, page: &'a PageView<'p>) -> OpenGraphView<'a> {
        let language = self.publication.config.language(self.language);
        let others = self.publication.config.languages.iter().enumerate();
        OpenGraphView {
            title: page.title,
            description: page.description,
            image: page
                .image
                .as_ref()
                .map(|image| self.publication.addresses.absolute(image)),
            kind: if page.is_home { "website" } else { "article" },
            url: &page.permalink,
            locale: &language.locale,
            alternates: others
                .filter(|(position, _)| {
                    let index = LanguageIndex::new(*position);
                    index != self.language
                        && self.publication.catalogue.edition(self.id, index).is_some()
                })
                .map(|(_, language)| &*language.locale)
                .collect(),
        }
    }

    /// The page's tags.
    pub(super) fn tags<'d>(&self, document: &'d Document) -> Vec<TagView<'d>> {
        let tags = document.front.tags.iter();
        tags.map(|tag| (self.voice().say(tag), tag_key(tag.first())))
            .filter(|(_, key)| !key.is_empty())
            .map(|(label, key)| TagView {
                label,
                url: (self.publication.addresses)
                    .page(self.language, &format!("{}/{key}", names::TAGS)),
            })
            .collect()
    }

    /// The page's image, as an address: a file beside it, or one of `static/`.
    pub(super) fn image(&mut self, document: &Document) -> Option<String> {
        let image = document.front.image.as_ref()?;
        let given = image.get(self.language);
        let written = given.or_else(|| image.get(self.edition.written_in))?;
        let path = written.as_str();
        if path.contains("://") {
            return Some(path.to_string());
        }
        let addresses = &self.publication.addresses;
        if let Some(Destination::Asset(path)) =
            self.publication.catalogue.resolve(self.entry(), path)
        {
            return Some(addresses.root_relative(&path));
        }
        let path = path.trim_start_matches('/');
        if self.publication.has_static(path) {
            return Some(addresses.root_relative(path));
        }
        self.dead_link(written.range(), path);
        None
    }
}

/// The edition for readers of no language the site has: the first.
pub(super) fn x_default<'a>(alternates: &'a [AlternateView<'_>]) -> Option<&'a str> {
    let mut pages = alternates.iter().filter(|alternate| alternate.is_page);
    let first = pages.next()?;
    pages.next().map(|_| &*first.permalink)
}

/// Menu entries that lead to no page.
pub fn menu_faults(publication: &Publication) -> Vec<Diagnostic> {
    fn look(items: &[MenuItem], publication: &Publication, faults: &mut Vec<Diagnostic>) {
        for item in items {
            if let MenuTarget::Page(written) = &item.target {
                let path = written.as_str().split('#').next().unwrap_or_default();
                if publication.catalogue.page(path).is_none()
                    && !publication.catalogue.is_unread(path)
                {
                    let catalogue = &publication.catalogue;
                    let fault = match catalogue.held_page(path) {
                        Some(held) => held.fault(),
                        None => Diagnostic::new(Code::DeadLink)
                            .with("target", path)
                            .suggest_of(path, catalogue.names()),
                    };
                    faults.push(fault.at(&publication.inputs.config, written.range()));
                }
            }
            look(&item.children, publication, faults);
        }
    }
    let mut faults = Vec::new();
    for items in publication.config.menus.values() {
        look(items, publication, &mut faults);
    }
    faults
}
