//! Markdown to a [`Body`]: CommonMark with tables, footnotes, strikethrough, task lists, alerts, heading
//! ids, citations, components, inline variants, and what Chinese needs.
//!
//! One pass over the parser's events writes the tape. The parser is `pulldown-cmark`; nothing here
//! reads Markdown by itself except the four things Markdown does not have: `[@id]`, `:::`, `-{…}-` and
//! the shielded marks of [`cjk`].

mod blocks;
pub mod cjk;
mod component;
mod footnote;
mod heading;
mod html;
mod inline;
mod link;
mod reference;
mod table;
pub mod tape;
mod variant;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, TagEnd};

use super::body::Body;
use crate::config::Language;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Source;
pub use link::decode;
use tape::Tape;

/// Block nesting beyond this is refused: no text needs it, and readers of the HTML choke on it.
const MAX_DEPTH: usize = 64;

/// What the reader of a body must know of the site.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// The languages that inline variants may name.
    pub languages: &'a [Language],
    /// Whether raw HTML is let through.
    pub html: bool,
}

/// A heading of the page, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id, the same in every edition.
    pub id: Box<str>,
    /// Its text without markup.
    pub text: Box<str>,
}

/// A source cited in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The id of the source.
    pub id: Box<str>,
    /// Where it is first cited, bytes of the source.
    pub place: Range<u32>,
}

/// All that is read from a page's Markdown.
#[derive(Clone, Debug, Default)]
pub struct Markdown {
    /// The tape.
    pub body: Body,
    /// The headings in order.
    pub headings: Vec<Heading>,
    /// The sources cited, each once, in the order of their first citation.
    pub citations: Vec<Citation>,
    /// The text of the first paragraph, for a summary.
    pub lead: Box<str>,
    /// Images without a text alternative, as places.
    pub bare_images: Vec<Range<u32>>,
    /// What was noticed.
    pub notes: Vec<Diagnostic>,
}

/// Reads the Markdown of `source` that stands in `range` (bytes).
pub fn read(source: &Source, range: Range<usize>, rules: Rules<'_>) -> Markdown {
    let text = &source.text()[range.clone()];
    let shielded = cjk::shield(text);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let cited = |broken: BrokenLink<'_>| {
        broken
            .reference
            .starts_with('@')
            .then(|| (CowStr::from("cite:"), CowStr::from("")))
    };
    let events = Parser::new_with_broken_link_callback(&shielded, options, Some(cited));
    let mut writer = Writer::new(source, range, rules);
    for (event, place) in events.into_offset_iter() {
        writer.event(event, place);
    }
    writer.finish()
}

/// The state of one reading.
struct Writer<'a> {
    source: &'a Source,
    /// Where the Markdown begins in the source; the parser's offsets count from here.
    offset: usize,
    rules: Rules<'a>,
    /// Whether the Markdown has a mark that opens an inline variant; most has none.
    has_variants: bool,
    tape: Tape<'a>,
    out: Markdown,
    depth: usize,
    /// What to do with events until an end tag comes.
    skipping: Option<Skipping>,
    ids: BTreeMap<Box<str>, usize>,
    open_heading: Option<heading::OpenHeading>,
    open_image: Option<reference::OpenImage>,
    /// Cell alignments of the open table, the column now open, and whether it is the head.
    table: Option<table::OpenTable>,
    /// Components that are open, the innermost last.
    open_components: Vec<OpenComponent>,
    /// How many were opened beyond the depth that is allowed, and are left out.
    components_left_out: usize,
    /// For each open link, whether its text stands as written.
    open_links: Vec<bool>,
    /// Where the headings stand, in their order.
    heading_places: Vec<Range<usize>>,
    in_code: bool,
    open_variant: Option<inline::OpenVariant>,
    /// Names of raw elements whose content is not converted.
    fixed_elements: Vec<String>,
    footnotes: footnote::Footnotes,
    /// While a first paragraph is being read, its text.
    lead: Lead,
}

/// A component whose end has not come. It ends in the list item, quote or footnote it began in.
struct OpenComponent {
    /// Its number among the components of the body.
    index: usize,
    /// Its step.
    op: usize,
    place: Range<usize>,
    /// How deep it stands.
    depth: usize,
}

/// Events that are left out until `until` ends.
struct Skipping {
    until: TagEnd,
    depth: usize,
}

enum Lead {
    Wanted,
    Reading(String),
    Found,
}

impl<'a> Writer<'a> {
    fn new(source: &'a Source, range: Range<usize>, rules: Rules<'a>) -> Writer<'a> {
        Writer {
            source,
            offset: range.start,
            rules,
            has_variants: variant::opens_in(&source.text()[range.clone()]),
            tape: Tape::new(source.text(), range.len()),
            out: Markdown::default(),
            depth: 0,
            skipping: None,
            ids: BTreeMap::new(),
            open_heading: None,
            open_image: None,
            table: None,
            open_components: Vec::new(),
            components_left_out: 0,
            open_links: Vec::new(),
            heading_places: Vec::new(),
            in_code: false,
            open_variant: None,
            fixed_elements: Vec::new(),
            footnotes: footnote::Footnotes::default(),
            lead: Lead::Wanted,
        }
    }

    fn event(&mut self, event: Event<'_>, place: Range<usize>) {
        if self.skip(&event) {
            return;
        }
        if self.open_image.is_some() {
            self.in_image(event, place);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, place),
            Event::End(tag) => self.end(tag, place),
            Event::Text(text) => self.text(&text, place),
            Event::Code(code) => self.code(&cjk::unshield(&code)),
            Event::SoftBreak => self.tape.soft_break(),
            Event::HardBreak => {
                self.tape.boundary();
                self.tape.markup("<br>\n");
            }
            Event::Rule => {
                self.begin_block();
                self.tape.markup("<hr>\n");
            }
            Event::TaskListMarker(done) => self.tape.markup(if done {
                "<input type=\"checkbox\" disabled checked> "
            } else {
                "<input type=\"checkbox\" disabled> "
            }),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::Html(html) | Event::InlineHtml(html) => {
                self.raw_html(&cjk::unshield(&html), place);
            }
            // Not enabled.
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn skip(&mut self, event: &Event<'_>) -> bool {
        let Some(skipping) = &mut self.skipping else {
            return false;
        };
        match event {
            Event::Start(_) => skipping.depth += 1,
            Event::End(tag) if skipping.depth == 0 && *tag == skipping.until => {
                self.skipping = None;
                self.depth = self.depth.saturating_sub(1);
            }
            Event::End(_) => skipping.depth = skipping.depth.saturating_sub(1),
            _ => {}
        }
        true
    }

    /// Leaves out everything up to the end of the tag just begun.
    fn skip_until(&mut self, until: TagEnd) {
        self.skipping = Some(Skipping { until, depth: 0 });
    }

    fn note(&mut self, code: Code, place: Range<usize>) -> &mut Diagnostic {
        let diagnostic = Diagnostic::new(code).at(self.source, self.absolute(place));
        self.out.notes.push(diagnostic);
        let last = self.out.notes.len() - 1;
        &mut self.out.notes[last]
    }

    fn absolute(&self, place: Range<usize>) -> Range<usize> {
        place.start + self.offset..place.end + self.offset
    }

    fn absolute_u32(&self, place: Range<usize>) -> Range<u32> {
        let place = self.absolute(place);
        place.start as u32..place.end as u32
    }

    fn finish(mut self) -> Markdown {
        self.close_open_variant();
        self.tape.boundary();
        self.unclosed_components(0);
        self.write_footnotes();
        self.out.body = self.tape.body;
        self.out
    }
}
