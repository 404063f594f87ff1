//! One passage in both scripts, cut where what decided the characters changes.

use std::ops::Range;

use super::gaps::{Gap, Piece};
use crate::diagnostic::{Diagnostic, Language as MessageLanguage, Place, sentence};
use crate::hanzi::{By, QuoteState};
use crate::pipeline::document::markdown::cjk::is_han;
use crate::pipeline::edition::conversion::Converted;
use crate::pipeline::publication::Publication;
use crate::pipeline::review::decision::Decisions;
use crate::pipeline::review::{self, passage::Passage};

/// A passage.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its line in the source, from 1.
    pub line: usize,
    /// Its place in the source.
    pub(super) at: usize,
    /// Whether it stands in the text of the page rather than in its front matter.
    pub in_text: bool,
    /// As written.
    pub source: Vec<Stretch>,
    /// As converted, the same number of stretches.
    pub output: Vec<Stretch>,
    /// What a person should look at.
    pub findings: Vec<Finding>,
}

/// Some characters of a passage and what decided them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The characters.
    pub text: String,
    /// What decided them.
    pub mark: Mark,
    /// Whether one of the row's findings is about them.
    pub open: bool,
}

/// What decided some characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// They are the same in both.
    Same,
    /// The dictionaries.
    Dictionary,
    /// The house style.
    Style,
    /// The quotation marks of the script.
    Quotes,
    /// The author, with `-{…}-`.
    Fixed,
    /// A row of a glossary: its file and line, or the page's own front matter.
    Glossary(String),
}

/// A place to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is the matter.
    pub message: String,
    /// What settles it: where a line goes (a file, or nothing for the text itself), and the line.
    pub remedies: Vec<(Option<String>, String)>,
}

impl Row {
    /// The row that begins with a passage, empty yet.
    pub(super) fn begin(passage: &Passage<'_>) -> Row {
        let at = passage.place(0..0);
        Row {
            line: passage.source().span(at.clone()).line_column().0,
            at: at.start,
            in_text: passage.first_op().is_some(),
            source: Vec::new(),
            output: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Appends what stands between two passages.
    pub(super) fn push_gap(&mut self, gap: &Gap) {
        for piece in &gap.pieces {
            match piece {
                Piece::Same(text) => self.push(text, text, &Mark::Same, false),
                Piece::Fixed([source, output]) => self.push(source, output, &Mark::Fixed, false),
            }
        }
    }

    /// Whether anything in it could be written in another script.
    pub fn says_anything(&self) -> bool {
        let mut stretches = self.source.iter();
        stretches.any(|stretch| stretch.mark != Mark::Same || stretch.text.chars().any(is_han))
    }

    /// Whether the two scripts differ in it, or a person is asked to look.
    pub fn differs(&self) -> bool {
        !self.findings.is_empty() || self.source != self.output
    }
}

/// Writes the rows of a page, from its first to its last.
pub(super) struct Writer<'p> {
    pub publication: &'p Publication,
    pub converted: &'p Converted,
    pub decisions: &'p Decisions,
    pub language: &'p str,
    pub words: MessageLanguage,
    /// Quotations that go on from passage to passage of the text.
    pub quotes: QuoteState,
}

impl Writer<'_> {
    /// Writes a passage at the end of a row.
    pub fn write(&mut self, row: &mut Row, passage: &Passage<'_>) {
        let files = &self.publication.config.convert;
        let findings = review::of_text(passage, &self.converted.converter, self.language, files);
        let open: Vec<Diagnostic> = findings
            .into_iter()
            .filter(|found| !self.decisions.has(&found.key))
            .map(|found| found.diagnostic)
            .collect();
        row.findings
            .extend(open.iter().map(|open| self.finding(open)));
        let aligned = self.converted.converter.align(&passage.text);
        let mut own = QuoteState::default();
        let quotes = if row.in_text {
            &mut self.quotes
        } else {
            &mut own
        };
        // Every quotation mark is as long as the one it becomes, so the alignment still holds.
        let text = match self.converted.quotes {
            Some(marks) => marks.apply(&aligned.text, quotes).into_owned(),
            None => aligned.text,
        };
        for segment in &aligned.segments {
            let (before, after) = (segment.source.clone(), &text[segment.output.clone()]);
            let is_open = |range: Range<usize>| is_open(&open, passage, range);
            match segment.by {
                By::Rule(id) => {
                    let mark = Mark::Glossary(self.place(id, passage));
                    let source = &passage.text[before.clone()];
                    row.push(source, after, &mark, is_open(before));
                }
                by => {
                    let style = matches!(by, By::Style);
                    row.push_by_character(&passage.text, before, after, style, is_open);
                }
            }
        }
    }

    fn finding(&self, open: &Diagnostic) -> Finding {
        let help = sentence::help(open, self.words).unwrap_or_default();
        let value = |name: &str| {
            let mut args = open.args.iter();
            let (_, value) = args.find(|(key, _)| *key == name)?;
            Some(value.text(MessageLanguage::English).to_string())
        };
        // Only what the message itself offers.
        let offered = |line: Option<String>| line.filter(|line| help.contains(line.as_str()));
        let remedies = [
            (None, offered(value("inline"))),
            (value("glossary"), offered(value("row"))),
            (value("review"), value("decision")),
        ];
        Finding {
            message: sentence::message(open, self.words),
            remedies: remedies
                .into_iter()
                .filter_map(|(file, line)| Some((file, line?)))
                .collect(),
        }
    }

    fn place(&self, id: u32, passage: &Passage<'_>) -> String {
        match self.publication.glossary_place(id) {
            Some(span) => format!("{}:{}", span.source.path(), span.line_column().0),
            None => passage.source().path().to_string(),
        }
    }
}

/// Whether a finding is about these bytes of a passage.
fn is_open(open: &[Diagnostic], passage: &Passage<'_>, range: Range<usize>) -> bool {
    if open.is_empty() {
        return false;
    }
    let place = passage.place(range);
    open.iter().any(|open| match &open.place {
        Place::Span(span) => span.range.start < place.end && place.start < span.range.end,
        Place::File(_) | Place::Nowhere => false,
    })
}

impl Row {
    /// Within what the dictionaries or the style decided, only the characters that differ are marked.
    fn push_by_character(
        &mut self,
        text: &str,
        range: Range<usize>,
        after: &str,
        style: bool,
        is_open: impl Fn(Range<usize>) -> bool,
    ) {
        let (before, start) = (&text[range.clone()], range.start);
        let decided = if style { Mark::Style } else { Mark::Dictionary };
        if before.chars().count() != after.chars().count() {
            return self.push(before, after, &decided, is_open(range));
        }
        for ((at, one), other) in before.char_indices().zip(after.chars()) {
            let mark = match (one == other, is_quote(one)) {
                (true, _) => &Mark::Same,
                (false, true) => &Mark::Quotes,
                (false, false) => &decided,
            };
            let at = start + at..start + at + one.len_utf8();
            let (mut source, mut output) = ([0; 4], [0; 4]);
            let source = one.encode_utf8(&mut source);
            self.push(source, other.encode_utf8(&mut output), mark, is_open(at));
        }
    }

    fn push(&mut self, before: &str, after: &str, mark: &Mark, open: bool) {
        let joins = |last: &Stretch| {
            let apart = matches!(mark, Mark::Fixed | Mark::Glossary(_));
            last.mark == *mark && last.open == open && !apart
        };
        let joined = self.source.last().is_some_and(joins);
        for (side, text) in [(&mut self.source, before), (&mut self.output, after)] {
            match side.last_mut().filter(|_| joined) {
                Some(last) => last.text.push_str(text),
                None => side.push(Stretch {
                    text: text.to_string(),
                    mark: mark.clone(),
                    open,
                }),
            }
        }
    }
}

fn is_quote(ch: char) -> bool {
    matches!(ch, '「' | '」' | '『' | '』' | '“' | '”' | '‘' | '’')
}
