//! Blocks and spans: what is written at each start and end tag.

use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, HeadingLevel, LinkType, Tag, TagEnd,
};

use super::super::body::{Component, Link, LinkTarget, Op, OpKind};
use super::component::{self, Line};
use super::tape::{escape_into, escaped};
use super::{Citation, Heading, Lead, MAX_DEPTH, Writer, cjk, link};
use crate::diagnostic::{Code, Label};

/// A heading whose text is still being read.
pub struct OpenHeading {
    level: u8,
    id: Option<Box<str>>,
    place: Range<usize>,
    reserved: usize,
    /// Its text so far.
    pub text: String,
}

/// A table being read.
pub struct OpenTable {
    alignments: Vec<Alignment>,
    column: usize,
    head: bool,
}

/// Footnotes of the page: written at its end, numbered by first reference.
#[derive(Default)]
pub struct Footnotes {
    /// Labels in the order of their first reference, with how often each was referred to.
    referred: Vec<(Box<str>, usize)>,
    /// Definitions: label and ops.
    defined: Vec<(Box<str>, Vec<Op>)>,
    /// The ops of the page while a definition is being read, and that definition's label.
    diverted: Option<(Box<str>, Vec<Op>)>,
}

impl Writer<'_> {
    pub(super) fn start(&mut self, tag: Tag<'_>, place: Range<usize>) {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            if self.depth == MAX_DEPTH + 1 {
                self.note(Code::TooDeep, place)
                    .args
                    .push(("limit", (MAX_DEPTH.to_string()).into()));
            }
            self.skip_until(tag.to_end());
            return;
        }
        match tag {
            Tag::Paragraph => self.start_paragraph(place),
            Tag::Heading { level, id, .. } => self.start_heading(level, id.as_deref(), place),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::List(first) => self.start_list(first),
            Tag::Item => self.block("<li>"),
            Tag::FootnoteDefinition(label) => {
                self.tape.boundary();
                let ops = std::mem::take(&mut self.tape.body.ops);
                self.footnotes.diverted = Some((label.as_ref().into(), ops));
            }
            Tag::Table(alignments) => {
                self.table = Some(OpenTable {
                    alignments,
                    column: 0,
                    head: false,
                });
                self.block("<div class=\"table\" tabindex=\"0\"><table>\n");
            }
            Tag::TableHead => self.table_head(true),
            Tag::TableRow => {
                self.reset_column();
                self.block("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.tape.markup("<em>"),
            Tag::Strong => self.tape.markup("<strong>"),
            Tag::Strikethrough => self.tape.markup("<del>"),
            Tag::Superscript => self.tape.markup("<sup>"),
            Tag::Subscript => self.tape.markup("<sub>"),
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            } => self.start_link(link_type, &dest_url, &title, &id, place),
            Tag::Image {
                dest_url, title, ..
            } => self.start_image(&dest_url, &title, place),
            Tag::HtmlBlock => self.tape.boundary(),
            // Not enabled.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => {}
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd, place: Range<usize>) {
        self.depth = self.depth.saturating_sub(1);
        match tag {
            TagEnd::Paragraph => {
                self.end_lead();
                self.end_block("</p>\n");
            }
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::BlockQuote(_) => self.end_block("</blockquote>\n"),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.tape.markup("</code></pre>\n");
            }
            TagEnd::List(true) => self.end_block("</ol>\n"),
            TagEnd::List(false) => self.end_block("</ul>\n"),
            TagEnd::Item => self.end_block("</li>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::Table => {
                self.table = None;
                self.end_block("</tbody></table></div>\n");
            }
            TagEnd::TableHead => self.table_head(false),
            TagEnd::TableRow => self.end_block("</tr>\n"),
            TagEnd::TableCell => {
                let head = self.table.as_ref().is_some_and(|table| table.head);
                self.end_block(if head { "</th>" } else { "</td>" });
            }
            TagEnd::Emphasis => self.tape.markup("</em>"),
            TagEnd::Strong => self.tape.markup("</strong>"),
            TagEnd::Strikethrough => self.tape.markup("</del>"),
            TagEnd::Superscript => self.tape.markup("</sup>"),
            TagEnd::Subscript => self.tape.markup("</sub>"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(place),
            TagEnd::HtmlBlock => self.tape.boundary(),
            TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn block(&mut self, html: &str) {
        self.tape.boundary();
        self.tape.markup(html);
    }

    fn end_block(&mut self, html: &str) {
        self.close_open_variant();
        self.tape.boundary();
        self.tape.markup(html);
    }

    fn start_paragraph(&mut self, place: Range<usize>) {
        let text = &self.source.text()[self.absolute(place.clone())];
        if text.starts_with(":::") {
            let line = component::read(text);
            self.component_line(line, place);
            self.skip_until(TagEnd::Paragraph);
            return;
        }
        if matches!(self.lead, Lead::Wanted) && self.footnotes.diverted.is_none() {
            self.lead = Lead::Reading(String::new());
        }
        self.block("<p>");
    }

    fn end_lead(&mut self) {
        if let Lead::Reading(text) = &mut self.lead
            && !text.trim().is_empty()
        {
            self.out.lead = std::mem::take(text).trim().into();
            self.lead = Lead::Found;
        }
    }

    fn component_line(&mut self, line: Result<Line, String>, place: Range<usize>) {
        self.tape.boundary();
        match line {
            Ok(Line::Open { name, args }) => {
                let index = self.tape.body.components.len();
                let component = Component {
                    name,
                    args,
                    place: self.absolute_u32(place.clone()),
                };
                self.tape.body.components.push(component);
                let op = self.tape.refer(OpKind::Open, index, 0);
                self.open_components.push((index, op, place));
            }
            Ok(Line::Close) => match self.open_components.pop() {
                Some((_, op, _)) => self.close_component(op),
                None => {
                    self.note(Code::BadComponent, place)
                        .args
                        .push(("detail", ("it closes nothing".to_string()).into()));
                }
            },
            Err(detail) => {
                self.note(Code::BadComponent, place)
                    .args
                    .push(("detail", (detail).into()));
            }
        }
    }

    pub(super) fn close_component(&mut self, op: usize) {
        let end = self.tape.body.ops.len() as u32;
        if let Some(op) = self.tape.body.ops.get_mut(op) {
            op.end = end;
        }
        // An empty step, or the next block's `<p>` would grow into the component's last one.
        self.tape.refer(OpKind::Fixed, 0, 0);
    }

    fn start_heading(&mut self, level: HeadingLevel, id: Option<&str>, place: Range<usize>) {
        self.tape.boundary();
        let reserved = self.tape.reserve();
        self.open_heading = Some(OpenHeading {
            level: level as u8,
            id: id.filter(|id| !id.is_empty()).map(Into::into),
            place,
            reserved,
            text: String::new(),
        });
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        self.close_open_variant();
        self.tape.boundary();
        let level = level as u8;
        self.tape.markup(&format!("</h{level}>\n"));
        let Some(open) = self.open_heading.take() else {
            return;
        };
        let text: Box<str> = open.text.trim().into();
        let id = match open.id {
            Some(id) => {
                if self.ids.insert(id.clone(), 0).is_some() {
                    let first = self.out.headings.iter().position(|known| known.id == id);
                    let places = &self.heading_places;
                    let span = first
                        .and_then(|index| places.get(index))
                        .map(|place| self.source.span(self.absolute(place.clone())));
                    let note = self.note(Code::DuplicateId, open.place.clone());
                    note.args.push(("id", (id.to_string()).into()));
                    note.related.extend(span.map(|span| (span, Label::First)));
                }
                id
            }
            None => self.free_id(&text),
        };
        let mut html = format!("<h{} id=\"", open.level);
        escape_into(&mut html, &id);
        html.push_str("\">");
        self.tape.fill(open.reserved, &html);
        self.heading_places.push(open.place);
        self.out.headings.push(Heading {
            level: open.level,
            id,
            text,
        });
    }

    /// An id made from a heading's text: letters and digits of any script, `-` for spaces; numbered
    /// when it is taken.
    fn free_id(&mut self, text: &str) -> Box<str> {
        let mut base = String::new();
        for ch in text.chars() {
            if ch.is_alphanumeric() {
                base.extend(ch.to_lowercase());
            } else if (ch.is_whitespace() || ch == '-' || ch == '_') && !base.ends_with('-') {
                base.push('-');
            }
        }
        let base = match base.trim_matches('-') {
            "" => "section",
            base => base,
        };
        let mut id: Box<str> = base.into();
        let mut number = self.ids.get(base).copied().unwrap_or(0);
        while self.ids.contains_key(&id) {
            number += 1;
            id = format!("{base}-{number}").into();
        }
        self.ids.insert(base.into(), number);
        self.ids.insert(id.clone(), 0);
        id
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.tape.boundary();
        let Some(kind) = kind else {
            self.tape.markup("<blockquote>\n");
            return;
        };
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        self.tape.markup(&format!(
            "<blockquote class=\"alert alert-{name}\">\n<p class=\"alert-title\">"
        ));
        self.tape.label(&format!("alert-{name}"));
        self.tape.markup("</p>\n");
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.tape.boundary();
        self.in_code = true;
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or(""),
            CodeBlockKind::Indented => "",
        };
        if language.is_empty() {
            self.tape.markup("<pre><code>");
        } else {
            let language = cjk::unshield(language).into_owned();
            self.tape.markup(&format!(
                "<pre><code class=\"language-{}\">",
                escaped(&language)
            ));
        }
    }

    fn start_list(&mut self, first: Option<u64>) {
        match first {
            None => self.block("<ul>\n"),
            Some(1) => self.block("<ol>\n"),
            Some(first) => self.block(&format!("<ol start=\"{first}\">\n")),
        }
    }

    fn table_head(&mut self, begins: bool) {
        self.reset_column();
        if let Some(table) = &mut self.table {
            table.head = begins;
        }
        if begins {
            self.block("<thead><tr>");
        } else {
            self.end_block("</tr></thead>\n<tbody>\n");
        }
    }

    fn reset_column(&mut self) {
        if let Some(table) = &mut self.table {
            table.column = 0;
        }
    }

    fn start_cell(&mut self) {
        let Some(table) = &mut self.table else { return };
        let name = if table.head { "th scope=\"col\"" } else { "td" };
        let class = match table.alignments.get(table.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::None) | None => "",
        };
        table.column += 1;
        let html = format!("<{name}{class}>");
        self.block(&html);
    }

    fn start_link(
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
            LinkType::Email => format!("mailto:{destination}"),
            _ => cjk::unshield(destination).into_owned(),
        };
        self.tape.markup("<a href=\"");
        self.href(&destination, false, place);
        self.title(title);
        self.tape.markup("\">");
        let as_written = matches!(link_type, LinkType::Autolink | LinkType::Email);
        if as_written {
            self.tape.begin_fixed();
        }
        self.open_links.push(as_written);
    }

    fn end_link(&mut self) {
        if self.open_links.pop() == Some(true) {
            self.tape.end_fixed();
        }
        self.tape.markup("</a>");
    }

    fn start_image(&mut self, destination: &str, title: &str, place: Range<usize>) {
        self.tape.object();
        self.tape.markup("<img src=\"");
        let destination = cjk::unshield(destination).into_owned();
        self.href(&destination, true, place.clone());
        self.title(title);
        self.tape.markup("\" alt=\"");
        self.open_image = Some(String::new());
    }

    /// The text of an image comes as events; only the words of it go into `alt`.
    fn end_image(&mut self, place: Range<usize>) {
        let alt = self.open_image.take().unwrap_or_default();
        if alt.trim().is_empty() {
            let place = self.absolute_u32(place.clone());
            self.out.bare_images.push(place);
        }
        self.tape.boundary();
        self.tape.text(&alt, self.absolute(place).start + 2);
        self.tape.boundary();
        self.tape.markup("\" loading=\"lazy\">");
        self.tape.object();
    }

    fn title(&mut self, title: &str) {
        if title.is_empty() {
            return;
        }
        self.tape.markup("\" title=\"");
        self.tape.boundary();
        self.tape.text(&cjk::unshield(title), 0);
        self.tape.boundary();
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
        self.tape.refer(OpKind::Href, number, 0);
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
            self.tape.refer(OpKind::Cite, number, 0);
            self.tape.markup("</a>");
        }
        self.tape.markup("</sup>");
    }

    pub(super) fn footnote_reference(&mut self, label: &str) {
        let referred = &mut self.footnotes.referred;
        let index = referred
            .iter()
            .position(|(known, _)| **known == *label)
            .unwrap_or_else(|| {
                referred.push((label.into(), 0));
                referred.len() - 1
            });
        referred[index].1 += 1;
        let number = index + 1;
        let again = match referred[index].1 {
            1 => String::new(),
            times => format!("-{times}"),
        };
        self.tape.markup(&format!(
            "<sup class=\"footnote\"><a href=\"#fn-{number}\" id=\"fnref-{number}{again}\" role=\"doc-noteref\">{number}</a></sup>"
        ));
    }

    fn end_footnote(&mut self) {
        self.close_open_variant();
        self.tape.boundary();
        if let Some((label, ops)) = self.footnotes.diverted.take() {
            let definition = std::mem::replace(&mut self.tape.body.ops, ops);
            self.footnotes.defined.push((label, definition));
        }
    }

    pub(super) fn write_footnotes(&mut self) {
        if self.footnotes.referred.is_empty() {
            return;
        }
        let footnotes = std::mem::take(&mut self.footnotes);
        self.tape
            .markup("<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
        for (index, (label, _)) in footnotes.referred.iter().enumerate() {
            let number = index + 1;
            self.tape.markup(&format!("<li id=\"fn-{number}\">"));
            let defined = footnotes.defined.iter().find(|(known, _)| known == label);
            if let Some((_, ops)) = defined {
                let base = self.tape.body.ops.len() as u32;
                self.tape
                    .body
                    .ops
                    .extend(ops.iter().map(|op| match op.kind {
                        OpKind::Variant | OpKind::Open => Op {
                            end: op.end + base,
                            ..*op
                        },
                        _ => *op,
                    }));
            }
            self.tape.refer(OpKind::Boundary, 0, 0);
            self.tape.markup(&format!(
                "<a href=\"#fnref-{number}\" class=\"footnote-back\" role=\"doc-backlink\">↩</a></li>\n"
            ));
        }
        self.tape.markup("</ol>\n</section>\n");
    }
}
