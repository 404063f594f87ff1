//! Composing a page: everything one template call may see, as one value.
//!
//! A [`Page`] is the complete list of what the finished page depends on. Equal pages under equal
//! templates give equal bytes, so nothing else has to be asked to know whether a page changed.

mod bare;
mod body;
mod cite;
mod date;
pub mod event;
mod extra;
mod json_ld;
mod links;
mod lists;
pub mod menus;
mod meta;
mod numbers;
mod outline;
pub mod teasers;
pub mod view;

use std::borrow::Cow;
use std::sync::Arc;

use tera::{Context, Value};

use crate::config::{LanguageIndex, LanguageTag};
use crate::diagnostic::{Code, Diagnostic, Noted};
use crate::pipeline::catalogue::{Edition, Entry, EntryId, Origin};
use crate::pipeline::document::Document;
use crate::pipeline::document::front_matter::Kind;
use crate::pipeline::document::identity::PagePlace;
use crate::pipeline::document::markdown::Heading;
use crate::pipeline::edition::{Conversion, Piece, Voice};
use crate::pipeline::publication::Publication;
use crate::pipeline::render::{Dear, Keys};
pub use bare::{Editions, bare};
use lists::TimelineView;
pub use lists::events;
use menus::Viewpoint;
pub use meta::menu_faults;
pub use outline::outline;
use view::{PageView, Teaser, TocView};

/// A page ready for its template.
pub struct Page<'p> {
    /// Everything the template sees but `page` and the bodies.
    pub view: Context,
    /// `page`, as its template sees it, without its `content`.
    pub page: PageView<'p>,
    /// The body, to become `page.content`.
    pub body: Body,
    /// The events it lists and their bodies, to become each one's `content`.
    pub timeline: Option<(TimelineView, Vec<Body>)>,
}

/// A body with components still to be drawn, and the document whose they are.
pub struct Body {
    /// The document.
    pub document: Arc<Document>,
    /// The body in the page's language.
    pub pieces: Vec<Piece>,
}

impl Body {
    /// Whether templates have a part in it.
    pub fn has_components(&self) -> bool {
        let mut pieces = self.pieces.iter();
        pieces.any(|piece| matches!(piece, Piece::Component(_)))
    }

    /// How many bytes of HTML it has, components apart.
    pub fn text_len(&self) -> usize {
        let lengths = self.pieces.iter().map(|piece| match piece {
            Piece::Html(html) => html.len(),
            Piece::Component(_) => 0,
        });
        lengths.sum()
    }
}

/// Who is to look at a page's view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Its template: what is dear to make and not looked at by it is `none`, and of the page it gets the keys that
    /// it may look at.
    Template,
    /// Somebody who wants to know what templates can see.
    Author,
}

/// Composes the page of `id` in `language` for `viewer`; `part` is the part of its list, from 0. None when
/// there is no such edition.
pub fn compose(
    publication: &Publication,
    id: EntryId,
    language: LanguageIndex,
    part: usize,
    viewer: Viewer,
) -> Option<Noted<Page<'_>>> {
    let edition = publication.catalogue.edition(id, language)?;
    let mut composer = Composer::new(publication, id, language, edition);
    let value = composer.compose(part, viewer);
    Some(Noted {
        value,
        notes: composer.notes,
    })
}

/// A link to page `id` in `language`, as a [`Teaser`]; none when it has no such edition.
pub fn teaser(publication: &Publication, id: EntryId, language: LanguageIndex) -> Option<Value> {
    let make = || Some(Teaser::of(publication, id, language)?.shown());
    publication.teasers.get(id, language, make)
}

/// The state of one composition.
pub(super) struct Composer<'p> {
    publication: &'p Publication,
    id: EntryId,
    language: LanguageIndex,
    edition: &'p Edition,
    conversion: Conversion,
    notes: Vec<Diagnostic>,
    /// Source ids cited so far, in the order of their numbers.
    cited: Vec<Box<str>>,
    /// The sections above the page, outermost first.
    above: Vec<EntryId>,
}

impl<'p> Composer<'p> {
    fn new(
        publication: &'p Publication,
        id: EntryId,
        language: LanguageIndex,
        edition: &'p Edition,
    ) -> Composer<'p> {
        Composer {
            publication,
            id,
            language,
            edition,
            conversion: publication.conversion(edition, language),
            notes: Vec::new(),
            cited: Vec::new(),
            above: publication.catalogue.ancestors(id),
        }
    }

    fn compose(&mut self, part: usize, viewer: Viewer) -> Page<'p> {
        self.check_numbers();
        let document = &self.edition.document;
        let body = Body {
            pieces: self.body(document),
            document: document.clone(),
        };
        let mut view = self.publication.shared(self.language).clone();
        let event = match &document.front.kind {
            Kind::Event(event) => Some(self.event(self.id, event)),
            _ => None,
        };
        let timeline = self
            .publication
            .is_timeline(self.id)
            .then(|| self.timeline());
        match self.list(part) {
            Some(list) => view.insert("list", &list),
            None => view.insert_value("list", Value::none()),
        }
        let mut page = self.page(event, part, viewer);
        view.insert_value("menus", self.menus());
        let alternates = self.alternates();
        view.insert("x_default", &meta::x_default(&alternates));
        view.insert("alternates", &alternates);
        let templates = &self.publication.templates;
        let may_read = |dear| viewer == Viewer::Author || templates.may_read(&page.template, dear);
        let og = may_read(Dear::OpenGraph).then(|| self.open_graph(&page));
        view.insert(Dear::OpenGraph.name(), &og);
        let json_ld = may_read(Dear::JsonLd).then(|| self.json_ld(&page, &alternates));
        view.insert_value(Dear::JsonLd.name(), Value::from(json_ld));
        page.extra = self.extra();
        Page {
            view,
            page,
            body,
            timeline,
        }
    }

    fn entry(&self) -> &'p Entry {
        self.publication.catalogue.entry(self.id)
    }

    fn voice(&self) -> Voice<'_> {
        Voice {
            language: self.spoken(),
            written_in: self.edition.written_in,
            conversion: &self.conversion,
        }
    }

    /// The language the page's own texts are in: another than the page's for a fallback.
    fn spoken(&self) -> LanguageIndex {
        match self.edition.origin {
            Origin::Fallback => self.edition.written_in,
            Origin::HandWritten | Origin::Derived => self.language,
        }
    }

    fn tag(&self) -> &'p LanguageTag {
        &self.publication.config.language(self.language).tag
    }

    fn address(&self, id: EntryId) -> String {
        let entry = self.publication.catalogue.entry(id);
        self.publication.addresses.page(self.language, &entry.path)
    }

    /// A link to another page in the same language; none when it has no such edition.
    pub(super) fn teaser(&self, id: EntryId) -> Option<Value> {
        teaser(self.publication, id, self.language)
    }

    /// The menus, with the page's own place in them.
    fn menus(&self) -> Value {
        // All pages lie below the home page.
        let home = self.publication.catalogue.home();
        let above = self.above.as_slice();
        let above = match above.first() {
            Some(first) if Some(*first) == home => &above[1..],
            _ => above,
        };
        let menus = self.publication.menus(self.language);
        menus.seen_from(Viewpoint { id: self.id, above })
    }

    fn template(&self) -> Cow<'p, str> {
        let front = &self.edition.document.front;
        if let Some(template) = &front.template {
            return Cow::Borrowed(template.as_str());
        }
        Cow::Borrowed(match &front.kind {
            _ if self.publication.is_timeline(self.id) => "timeline.html",
            Kind::Event(_) => "event.html",
            Kind::Sources(_) => "sources.html",
            Kind::Other(name) => {
                let template = format!("{}.html", name.as_str());
                if self.publication.templates.has(&template) {
                    return Cow::Owned(template);
                }
                "page.html"
            }
            Kind::Page => match self.entry().place {
                PagePlace::Home => "index.html",
                PagePlace::Section => "section.html",
                PagePlace::Folder | PagePlace::File => "page.html",
            },
        })
    }

    fn page(
        &mut self,
        event: Option<event::EventView>,
        part: usize,
        viewer: Viewer,
    ) -> PageView<'p> {
        let edition = self.edition;
        let document = &*edition.document;
        let front = &document.front;
        let head = &edition.head;
        let catalogue = &self.publication.catalogue;
        let (previous, next) = catalogue.neighbours(self.id, self.language);
        let above = self.above.iter();
        let breadcrumbs = above.filter_map(|id| self.teaser(*id)).collect();
        let day = |moment: crate::config::Moment| date::day(moment.date, self.tag());
        // Its own teaser, which its neighbours show, has the date already.
        let own = self.teaser(self.id);
        let date = own.and_then(|own| own.get_from_path("date").cloned());
        let url = self.part_address(part);
        let (citations, sources) = self.source_lists(document);
        let template = self.template();
        let mut view = PageView {
            seen: match viewer {
                Viewer::Template => self.publication.templates.keys(&template),
                Viewer::Author => Keys::ALL,
            },
            title: &head.title,
            menu_title: &head.menu_title,
            description: &head.description,
            summary: &head.summary,
            permalink: self.canonical(&url),
            url,
            kind: front.kind.name(),
            template,
            date: date.filter(|date| !date.is_none()),
            updated: front.updated.map(day),
            as_of: front.as_of.map(day),
            draft: front.draft,
            tags: self.tags(document),
            image: self.image(document),
            image_alt: front
                .image_alt
                .as_ref()
                .map_or(Cow::Borrowed(""), |alt| self.voice().say(alt)),
            show_toc: front.toc.unwrap_or(true),
            takeaways: front
                .takeaways
                .iter()
                .map(|line| self.voice().say(line))
                .collect(),
            breadcrumbs,
            previous: previous.and_then(|id| self.teaser(id)),
            next: next.and_then(|id| self.teaser(id)),
            section: self.entry().section.and_then(|id| self.teaser(id)),
            citations,
            sources,
            facts: front.facts.iter().map(|fact| fact.as_str()).collect(),
            downloads: self.downloads(),
            event,
            is_home: self.entry().place == PagePlace::Home,
            robots: front.robots.as_ref().map(|robots| robots.as_str()),
            fallback: (edition.origin == Origin::Fallback).then(|| {
                let written = self.publication.config.language(edition.written_in);
                written.tag.as_str()
            }),
            is_derived: edition.origin == Origin::Derived,
            source_path: document.source.path().as_str(),
            ..PageView::default()
        };
        if view.is_seen("toc") {
            view.toc = self.toc(&document.markdown.headings);
        }
        if view.is_seen("words") || view.is_seen("minutes") {
            let words = document.words();
            (view.words, view.minutes) = (words.total(), words.minutes());
        }
        view
    }

    fn toc<'h>(&self, headings: &'h [Heading]) -> Vec<TocView<'h>> {
        let voice = self.voice();
        let mut top: Vec<TocView<'h>> = Vec::new();
        for heading in headings.iter().filter(|heading| heading.level >= 2) {
            let item = TocView {
                level: heading.level,
                id: &heading.id,
                title: voice.convert(&heading.text),
                children: Vec::new(),
            };
            let mut list = &mut top;
            while list.last().is_some_and(|last| last.level < item.level) {
                let last = list.len() - 1;
                list = &mut list[last].children;
            }
            list.push(item);
        }
        top
    }

    pub(super) fn dead_link(&mut self, range: std::ops::Range<usize>, target: &str) {
        let document = &self.edition.document;
        let catalogue = &self.publication.catalogue;
        let from = catalogue.entry_of(document);
        let fault = match from.and_then(|from| catalogue.held_from(from, target)) {
            Some(held) => held.fault(),
            None => Diagnostic::new(Code::DeadLink)
                .with("target", target)
                .suggest_of(target, catalogue.names()),
        };
        self.note(fault.at(&document.source, range));
    }

    fn note(&mut self, diagnostic: Diagnostic) {
        // The same fault in every edition is said once, with the one that is not converted.
        if self.edition.origin == Origin::HandWritten {
            self.notes.push(diagnostic);
        }
    }
}
