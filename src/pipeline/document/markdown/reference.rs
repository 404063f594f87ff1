//! What points elsewhere: links, images, citations.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::super::body::{Link, LinkTarget, OpKind};
use super::{Citation, Writer, cjk, link};
use crate::diagnostic::Code;
use crate::pipeline::escape::escaped;

/// An image whose end has not come.
pub(super) struct OpenImage {
    /// The words read so far.
    pub alt: String,
    /// How deep it stands.
    depth: usize,
}

impl Writer<'_> {
    pub(super) fn start_link(
        &mut self,
        link_type: LinkType,
        destination: &str,
        title: &str,
        reference: &str,
        place: Range<usize>,
    ) {
        if destination == "cite:" {
            self.cite(reference, place);
            self.skip_until(TagEnd::Link);
            return;
        }
        let destination = match link_type {
            LinkType::Email => Cow::Owned(format!("mailto:{destination}")),
            _ => cjk::unshield(destination),
        };
        self.tape.markup("<a href=\"");
        self.href(&destination, false, place.clone());
        self.title(title, place);
        self.tape.markup("\">");
        let as_written = matches!(link_type, LinkType::Autolink | LinkType::Email);
        if as_written {
            self.tape.begin_fixed();
        }
        self.open_links.push(as_written);
    }

    pub(super) fn end_link(&mut self) {
        if self.open_links.pop() == Some(true) {
            self.tape.end_fixed();
        }
        self.tape.markup("</a>");
    }

    pub(super) fn start_image(&mut self, destination: &str, title: &str, place: Range<usize>) {
        self.tape.object();
        self.tape.markup("<img src=\"");
        self.href(&cjk::unshield(destination), true, place.clone());
        self.title(title, place);
        self.tape.markup("\" alt=\"");
        self.open_image = Some(OpenImage {
            alt: String::new(),
            depth: self.depth,
        });
    }

    /// The text of an image comes as events; only the words of it go into `alt`. Emphasis, links and
    /// images in it are no more than their words there, and what has none, a citation, is left out.
    pub(super) fn in_image(&mut self, event: Event<'_>, place: Range<usize>) {
        let Some(image) = &mut self.open_image else {
            return;
        };
        match event {
            Event::End(TagEnd::Image) if self.depth == image.depth => {
                self.end(TagEnd::Image, place);
            }
            Event::Start(tag) => {
                self.depth += 1;
                if let Tag::Link { dest_url, .. } = &tag
                    && &**dest_url == "cite:"
                {
                    self.skip_until(tag.to_end());
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            Event::Text(text) => self.text(&text, place),
            Event::Code(code) => self.code(&cjk::unshield(&code)),
            // Said to be wrong, and written nowhere.
            Event::Html(html) | Event::InlineHtml(html) if !self.rules.html => {
                self.raw_html(&html, place);
            }
            _ => {}
        }
    }

    pub(super) fn end_image(&mut self, place: Range<usize>) {
        let alt = self
            .open_image
            .take()
            .map_or_else(String::new, |image| image.alt);
        if alt.trim().is_empty() {
            let place = self.absolute_u32(place.clone());
            self.out.bare_images.push(place);
        }
        self.attribute(&alt, place);
        self.tape.markup("\" loading=\"lazy\">");
        self.tape.object();
    }

    fn title(&mut self, title: &str, place: Range<usize>) {
        if title.is_empty() {
            return;
        }
        self.tape.markup("\" title=\"");
        self.attribute(&cjk::unshield(title), place);
    }

    fn href(&mut self, destination: &str, shown: bool, place: Range<usize>) {
        let target = link::classify(destination, shown).unwrap_or_else(|scheme| {
            self.note(Code::UnsafeLink, place.clone())
                .args
                .push(("scheme", (scheme).into()));
            LinkTarget::Anchor("".into())
        });
        let number = self.tape.body.links.len();
        let place = self.absolute_u32(place);
        self.tape.body.links.push(Link { target, place });
        self.tape.refer(OpKind::Href, number);
    }

    /// `[@a; @b]`: small numbers that lead to the list of sources.
    fn cite(&mut self, reference: &str, place: Range<usize>) {
        self.tape.markup("<sup class=\"cite\">");
        for id in reference.split(';') {
            let id = id.trim().trim_start_matches('@');
            let known = self.out.citations.iter().position(|c| *c.id == *id);
            let number = known.unwrap_or_else(|| {
                let place = self.absolute_u32(place.clone());
                self.out.citations.push(Citation {
                    id: id.into(),
                    place,
                });
                self.out.citations.len() - 1
            });
            self.tape.markup(&format!(
                "<a href=\"#source-{}\" role=\"doc-noteref\">",
                escaped(id)
            ));
            self.tape.refer(OpKind::Cite, number);
            self.tape.markup("</a>");
        }
        self.tape.markup("</sup>");
    }
}
