//! Blocks and spans: what is written at each start and end tag.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Tag, TagEnd};

use super::super::body::{Component, OpKind};
use super::component::{self, Line};
use super::table::OpenTable;
use super::{Lead, MAX_DEPTH, OpenComponent, Writer, cjk};
use crate::diagnostic::{Arg, Code, Term};
use crate::pipeline::escape::escaped;

impl Writer<'_> {
    pub(super) fn start(&mut self, tag: Tag<'_>, place: Range<usize>) {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            if self.depth == MAX_DEPTH + 1 {
                self.too_deep(place);
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
            Tag::FootnoteDefinition(label) => self.start_footnote(&label),
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
            Tag::HtmlBlock => self.begin_block(),
            // Not enabled.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => {}
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd, place: Range<usize>) {
        self.depth = self.depth.saturating_sub(1);
        if let TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition = tag {
            self.unclosed_components(self.depth + 1);
        }
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

    pub(super) fn block(&mut self, html: &str) {
        self.begin_block();
        self.tape.markup(html);
    }

    /// A block begins. The text of a tight list item has no paragraph of its own that would have ended.
    pub(super) fn begin_block(&mut self) {
        self.close_open_variant();
        self.tape.boundary();
    }

    pub(super) fn end_block(&mut self, html: &str) {
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
        if matches!(self.lead, Lead::Wanted) && self.footnotes.diverted.is_empty() {
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

    fn component_line(&mut self, line: Result<Line, Arg>, place: Range<usize>) {
        self.begin_block();
        match line {
            Ok(Line::Open { .. }) if self.open_components.len() >= MAX_DEPTH => {
                if self.components_left_out == 0 {
                    self.too_deep(place);
                }
                self.components_left_out += 1;
            }
            Ok(Line::Close) if self.components_left_out > 0 => self.components_left_out -= 1,
            Ok(Line::Open { name, args }) => {
                let index = self.tape.body.components.len();
                let component = Component {
                    name,
                    args,
                    place: self.absolute_u32(place.clone()),
                };
                self.tape.body.components.push(component);
                let op = self.tape.refer(OpKind::Open, index);
                self.open_components.push(OpenComponent {
                    index,
                    op,
                    place,
                    depth: self.depth,
                });
            }
            Ok(Line::Close) => {
                let depth = self.depth;
                match self.open_components.pop_if(|open| open.depth == depth) {
                    Some(open) => self.close_component(open.op),
                    None => {
                        let detail = match self.open_components.is_empty() {
                            true => Term::ClosesNothing,
                            false => Term::ClosesNothingHere,
                        };
                        self.note(Code::BadComponent, place)
                            .args
                            .push(("detail", detail.into()));
                    }
                }
            }
            Err(detail) => {
                self.note(Code::BadComponent, place)
                    .args
                    .push(("detail", detail));
            }
        }
    }

    fn too_deep(&mut self, place: Range<usize>) {
        let note = self.note(Code::TooDeep, place);
        note.args.push(("limit", MAX_DEPTH.to_string().into()));
    }

    /// Says of the components opened deeper than `depth` that they are not closed, and closes them: what
    /// they stand in ends here, and a footnote's steps with it.
    pub(super) fn unclosed_components(&mut self, depth: usize) {
        while let Some(open) = self.open_components.pop_if(|open| open.depth > depth) {
            self.close_component(open.op);
            let name = self.tape.body.components[open.index].name.to_string();
            let note = self.note(Code::UnclosedComponent, open.place);
            note.args.push(("name", name.into()));
        }
    }

    fn close_component(&mut self, op: usize) {
        self.tape.close(op);
        // Or the next block's `<p>` would grow into the component's last step.
        self.tape.part();
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.begin_block();
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
        self.begin_block();
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
}
