//! Another engine in place of the built-in one, for those who want their system's.
//!
//! Such an engine takes a text and gives a text, nothing more. Rules, style and quotation marks stay ours: the engine sees the runs
//! between rules only. What became of what is derived from lengths. Where a run keeps its number of characters they correspond one
//! to one; otherwise clause by clause between punctuation; and in a clause whose length changes, whatever lies between the common
//! beginning and the common end counts as one phrase. A style's words are looked for in the whole run, as there are no phrases to
//! look inside.

use std::sync::Arc;

use super::engine::{By, Sink};
use super::entry::Entry;
use super::rules::Rules;
use super::scheme::Scheme;
use super::style::StyleTables;

/// Opens an engine for a scheme.
pub type Open = fn(Scheme) -> Result<Arc<dyn Engine>, Unavailable>;

/// Why an engine cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unavailable {
    /// This program was built without it.
    NotBuilt,
    /// What is installed has no such conversion, or lacks its files.
    NoConfiguration(Scheme),
}

/// Converts plain runs of text. Must not fail: an engine that can refuse has to say so when it is made.
pub trait Engine: Send + Sync {
    /// The whole text converted. Called with runs that hold no NUL, if the caller of the converter refuses it.
    fn convert(&self, text: &str) -> String;
}

pub(super) fn run<S: Sink>(
    engine: &dyn Engine,
    style: Option<&StyleTables>,
    rules: &Rules,
    text: &str,
    mut from: usize,
    sink: &mut S,
) {
    let between = |range: std::ops::Range<usize>, sink: &mut S| {
        let source = &text[range.clone()];
        if source.is_empty() {
            return;
        }
        let output = engine.convert(source);
        let output = style
            .and_then(|style| style.apply(&output))
            .unwrap_or(output);
        lay(source, &output, range.start, sink);
    };
    while let Some(found) = rules.next_match(text, from) {
        between(from..found.source.start, sink);
        let kept = &text[found.source.clone()];
        from = found.source.end;
        sink.put(
            found.source,
            found.rule.replacement.as_deref().unwrap_or(kept),
            By::Rule(found.rule.id),
        );
    }
    between(from..text.len(), sink);
}

/// Reports how `source`, which begins at the byte `at`, became `output`.
fn lay<S: Sink>(source: &str, output: &str, at: usize, sink: &mut S) {
    if same_length(source, output) {
        return lay_characters(source, output, at, sink);
    }
    let marks = |text: &str| text.chars().filter(|&c| is_mark(c)).collect::<String>();
    if marks(source) != marks(output) {
        return lay_clause(source, output, at, sink);
    }
    let mut start = 0;
    for (clause, became) in source
        .split_inclusive(is_mark)
        .zip(output.split_inclusive(is_mark))
    {
        lay_clause(clause, became, at + start, sink);
        start += clause.len();
    }
}

fn lay_clause<S: Sink>(source: &str, output: &str, at: usize, sink: &mut S) {
    if same_length(source, output) {
        return lay_characters(source, output, at, sink);
    }
    let common = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum()
    };
    let head = common(&mut source.chars().zip(output.chars()));
    let tail = common(
        &mut source[head..]
            .chars()
            .rev()
            .zip(output[head..].chars().rev()),
    );
    let (source_end, output_end) = (source.len() - tail, output.len() - tail);
    if head < source_end && head < output_end {
        sink.keep(at..at + head);
        sink.put(
            at + head..at + source_end,
            &output[head..output_end],
            By::Phrase,
        );
        sink.keep(at + source_end..at + source.len());
    } else {
        // One side would be empty: the whole clause is the smallest honest piece.
        sink.put(at..at + source.len(), output, By::Phrase);
    }
}

fn lay_characters<S: Sink>(source: &str, output: &str, at: usize, sink: &mut S) {
    for ((start, from), to) in source.char_indices().zip(output.chars()) {
        let place = at + start..at + start + from.len_utf8();
        sink.character(place, Entry::of(from.into(), to.into()));
    }
}

fn same_length(source: &str, output: &str) -> bool {
    source.chars().count() == output.chars().count()
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\n' | '，'
            | '。'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '「'
            | '」'
            | '“'
            | '”'
            | '（'
            | '）'
    )
}
