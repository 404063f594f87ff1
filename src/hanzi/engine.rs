//! One pass over a text: the composition of OpenCC's segmentation and stages.
//!
//! The pass is always between two segments or between two characters that all stages agree to be a border. There it asks the
//! table and the filter of `chain`; nine times in ten they answer that the character stands alone, and its output is known.
//! Otherwise it tries the segmentation dictionary, and only then runs the stages over each other, token by token, until they meet
//! at a common border again (`stages`).

use std::ops::Range;

use super::chain::{Chain, DESCRIPTION, normalized};
use super::characters::{
    ascii_end, cursor, decode, decode_other, raw_cursor, three_bytes, three_bytes_at,
};
use super::entry::Entry;
use super::packed::Pair;
use super::rules::Rules;
use super::stages::Stages;
use super::tables::Match;

/// Takes what the pass finds: every byte of the text, in order.
pub(super) trait Sink {
    /// True when a phrase must arrive whole, even if its characters convert one by one.
    const WHOLE_PHRASES: bool;

    /// The bytes `source` of the text stay as they are, and no dictionary was asked.
    fn keep(&mut self, source: Range<usize>);

    /// The characters of three bytes each in `source` become these.
    fn characters(&mut self, source: Range<usize>, outputs: &[[u8; 3]]);

    /// The one character `source` becomes what `entry` says.
    fn character(&mut self, source: Range<usize>, entry: Entry);

    /// The bytes `source` become `output`, which may be the same text.
    fn put(&mut self, source: Range<usize>, output: &str, by: By);
}

/// What decided an output.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// Nothing: copied as it stood.
    Nothing,
    /// The table of characters.
    Character,
    /// A phrase of a dictionary, or several that overlap from stage to stage.
    Phrase,
    /// A phrase, and then the house style. (A single character the style replaces is [`By::Character`].)
    Style,
    /// The caller's rule of this id.
    Rule(u32),
}

/// Converts `text` from the byte `from` to its end: the rules' matches as they say, what lies between them by the dictionaries.
pub(super) fn run<S: Sink>(
    chain: &Chain,
    rules: &Rules,
    text: &str,
    mut from: usize,
    sink: &mut S,
) {
    while let Some(found) = rules.next_match(text, from) {
        run_between(chain, &text[..found.source.start], from, sink);
        let kept = &text[found.source.clone()];
        from = found.source.end;
        sink.put(
            found.source,
            found.rule.replacement.as_deref().unwrap_or(kept),
            By::Rule(found.rule.id),
        );
    }
    run_between(chain, text, from, sink);
}

/// Converts `text` from the byte `at` to its end.
fn run_between<S: Sink>(chain: &Chain, text: &str, at: usize, sink: &mut S) {
    if chain.opens_rarely {
        run_each::<S, true>(chain, text, at, sink);
    } else {
        run_each::<S, false>(chain, text, at, sink);
    }
}

/// The same; `RARELY` is whether phrases are opened so rarely that it pays to pass over whole stretches without any.
fn run_each<S: Sink, const RARELY: bool>(chain: &Chain, text: &str, mut at: usize, sink: &mut S) {
    let bytes = text.as_bytes();
    let mut pass = Pass {
        chain,
        text,
        bytes,
        sink,
        scratch: String::new(),
        stages: Stages::new(chain, bytes),
    };
    // Every character is looked at twice, as itself and as the one after another, and decoded once.
    let look = |at| match three_bytes_at(bytes, at) {
        Some(code) => (u32::from(code), at + 3, chain.common(code)),
        None => {
            let (code, after) = decode_other(bytes, at);
            (code, after, chain.entry(code))
        }
    };
    let mut here = look(at);
    let mut outputs = [[0; 3]; 128];
    loop {
        let (code, _, entry) = here;
        if code < 0x80 {
            if at == bytes.len() {
                return;
            }
            let end = pass.ascii_end(at);
            if end > at {
                pass.sink.keep(at..end);
                at = end;
                here = look(at);
                continue;
            }
        }
        if RARELY {
            let count = stretch(chain, &bytes[at..], entry, &mut outputs);
            if count > 0 {
                let end = at + 3 * count;
                pass.sink.characters(at..end, &outputs[..count]);
                at = end;
                here = look(at);
            }
        }
        let (code, after, entry) = here;
        let next = look(after);
        let second = if next.2.is_compatibility() {
            normalized(next.0)
        } else {
            next.0
        };
        // One branch and not two: which characters open a phrase is as hard to predict as which pairs do.
        if (entry.opens_alone() | chain.may_open(Pair::of(code, second)))
            && let Some(border) = pass.longer(at, entry, [code, second], next.1)
        {
            at = border;
            here = look(at);
            continue;
        }
        pass.sink.character(at..after, entry);
        (at, here) = (after, next);
    }
}

/// Writes to `outputs` what the characters become that `bytes` begins with, the first of which has `entry`: as far as they are three
/// bytes and become three, begin no phrase, and another one of three bytes follows. Returns how many there are.
///
/// That is most of Traditional text, with a third of the instructions for a character that the loop around it has.
#[inline(always)] // one caller a sink
fn stretch(chain: &Chain, bytes: &[u8], mut entry: Entry, outputs: &mut [[u8; 3]]) -> usize {
    let (characters, _) = bytes.as_chunks();
    let [first, ahead @ ..] = characters else {
        return 0;
    };
    let Some(mut code) = three_bytes(*first) else {
        return 0;
    };
    let mut written = 0;
    for (output, ahead) in outputs.iter_mut().zip(ahead) {
        let Some(next) = three_bytes(*ahead) else {
            break;
        };
        let follows = chain.common(next);
        if entry.asks_before(follows)
            && (entry.stops()
                || follows.is_compatibility()
                || chain.may_open(Pair::of(code.into(), next.into())))
        {
            break;
        }
        output.copy_from_slice(&entry.bytes()[..3]);
        (code, entry) = (next, follows);
        written += 1;
    }
    written
}

struct Pass<'a, S> {
    chain: &'a Chain,
    text: &'a str,
    bytes: &'a [u8],
    sink: &'a mut S,
    scratch: String,
    stages: Stages<'a>,
}

impl<S: Sink> Pass<'_, S> {
    /// The end of the ASCII at `at` that no dictionary has to be asked about.
    #[inline(never)] // as `longer`
    fn ascii_end(&self, at: usize) -> usize {
        let end = ascii_end(self.bytes, at);
        if !self.chain.ascii_keys {
            return end;
        }
        let asks = |&c: &u8| {
            let entry = self.chain.common(c.into());
            entry.may_open() | entry.changed()
        };
        let asking = self.bytes[at..end].iter().position(asks);
        asking.map_or(end, |after| at + after)
    }

    /// Converts the phrase at `at`, if there is one, and returns the border after it. `pair` are the two characters there, the
    /// second normalised, and `after` is the offset after both.
    #[inline(never)] // keeps the loop above in registers
    fn longer(&mut self, at: usize, entry: Entry, pair: [u32; 2], after: usize) -> Option<usize> {
        let pair = Pair::of(pair[0], pair[1]);
        let segments = self.chain.segments;
        let found = if entry.opens_alone() {
            segments.longest(cursor(self.bytes, at, self.bytes.len()))
        } else {
            segments.longest_from(pair, after, cursor(self.bytes, after, self.bytes.len()))
        };
        if let Some(found) = found {
            self.segment(at..found.end, found);
            return Some(found.end);
        }
        if let Some(style) = &self.chain.style
            && let Some(word) = style.literal.longest_at(&self.text[at..])
        {
            let end = at + word.pattern.len();
            self.sink.put(
                at..end,
                word.replacement.as_deref().unwrap_or(&word.pattern),
                By::Style,
            );
            return Some(end);
        }
        if !entry.opens_alone() && !self.chain.may_open_late(pair) {
            return None;
        }
        if self.chain.first.is_empty() && self.chain.second.is_empty() {
            let end = description(&mut raw_cursor(self.bytes, at))?;
            self.sink.keep(at..end);
            return Some(end);
        }
        let mut output = std::mem::take(&mut self.scratch);
        output.clear();
        let (end, by) = self.stages.convert(at, &mut output);
        // When it is one character and no phrase the table has it, style and all.
        let is_phrase = by == By::Phrase;
        if is_phrase {
            self.put_phrase(at..end, &output, by);
        }
        self.scratch = output;
        is_phrase.then_some(end)
    }

    /// A key of the segmentation dictionary.
    fn segment(&mut self, source: Range<usize>, found: Match) {
        if !found.is_plain() {
            let output = self.chain.segment_values.of(found);
            return self.put_phrase(source, output, By::Phrase);
        }
        if !S::WHOLE_PHRASES && !self.may_be_styled(source.clone()) {
            let mut at = source.start;
            while at < source.end {
                let (code, after) = decode(self.bytes, at);
                self.sink.character(at..after, self.chain.entry(code));
                at = after;
            }
            return;
        }
        let mut output = std::mem::take(&mut self.scratch);
        output.clear();
        output.extend(self.outputs(source.clone()));
        self.put_phrase(source, &output, By::Phrase);
        self.scratch = output;
    }

    /// False when no word the style avoids can be in the output of this plain phrase.
    fn may_be_styled(&self, source: Range<usize>) -> bool {
        let style = self.chain.style.as_ref().filter(|it| it.has_words());
        style.is_some_and(|style| self.outputs(source).any(|c| style.looks_at(c)))
    }

    /// What the characters of `source` become, each alone.
    fn outputs(&self, source: Range<usize>) -> impl Iterator<Item = char> {
        let mut at = source.start;
        std::iter::from_fn(move || {
            (at < source.end).then(|| {
                let (code, after) = decode(self.bytes, at);
                at = after;
                self.chain.entry(code).output()
            })
        })
    }

    fn put_phrase(&mut self, source: Range<usize>, output: &str, by: By) {
        match self
            .chain
            .style
            .as_ref()
            .and_then(|style| style.apply(output))
        {
            Some(styled) => self.sink.put(
                source,
                &styled,
                if by == By::Phrase { By::Style } else { by },
            ),
            None => self.sink.put(source, output, by),
        }
    }
}

/// The position after the ideographic description sequence that begins with the next character, if one does and it is complete.
/// OpenCC's limits: sixteen levels, sixty-four characters.
pub(super) fn description(next: &mut impl FnMut() -> Option<(u32, usize)>) -> Option<usize> {
    let (operator, _) = next()?;
    let operands = arity(operator);
    if operands == 0 {
        return None;
    }
    let mut seen = 1;
    let mut end = 0;
    for _ in 0..operands {
        end = operand(next, 15, &mut seen)?;
    }
    Some(end)
}

fn operand(
    next: &mut impl FnMut() -> Option<(u32, usize)>,
    depth: usize,
    seen: &mut usize,
) -> Option<usize> {
    if depth == 0 || *seen >= 64 {
        return None;
    }
    let (code, mut end) = next()?;
    *seen += 1;
    for _ in 0..arity(code) {
        end = operand(next, depth - 1, seen)?;
    }
    Some(end)
}

fn arity(code: u32) -> usize {
    match code {
        0x2ff2 | 0x2ff3 => 3,
        0x2ffe | 0x2fff => 1,
        _ if DESCRIPTION.contains(&code) => 2,
        _ => 0,
    }
}
