//! Which part of the output belongs to which part of the source.

use std::ops::Range;

use super::engine::{By, Sink};
use super::entry::Entry;
use super::output::Output;

/// A converted text and its correspondence with the source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Aligned {
    pub text: String,
    /// In order and without gaps: together they cover the source and the output.
    pub segments: Vec<Segment>,
}

/// A stretch of the source and what it became. Ranges are bytes of UTF-8, on the borders of characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Segment {
    pub source: Range<usize>,
    pub output: Range<usize>,
    pub by: By,
}

/// The offset in `output` that corresponds to the offset `cut` in `source`: character by character when both have as many,
/// otherwise in proportion, to the nearest character.
pub(super) fn cut_within(source: &str, output: &str, cut: usize) -> usize {
    let whole = source.chars().count();
    let before = source[..cut].chars().count();
    let long = output.chars().count();
    let share = if whole == long {
        before
    } else {
        (before * long + whole / 2) / whole.max(1)
    };
    output
        .char_indices()
        .nth(share)
        .map_or(output.len(), |(at, _)| at)
}

pub(super) struct CutSink<'a> {
    text: &'a str,
    /// What is left of the cuts, and the first of them; greater than any offset when none is left.
    cuts: std::slice::Iter<'a, usize>,
    next: usize,
    output: &'a mut Output,
    /// How much stands before the output where it goes in the end.
    base: usize,
    out_cuts: &'a mut Vec<usize>,
}

impl<'a> CutSink<'a> {
    pub(super) fn new(
        text: &'a str,
        cuts: &'a [usize],
        output: &'a mut Output,
        base: usize,
        out_cuts: &'a mut Vec<usize>,
    ) -> CutSink<'a> {
        let mut cuts = cuts.iter();
        let next = cuts.next().copied().unwrap_or(usize::MAX);
        CutSink {
            text,
            cuts,
            next,
            output,
            base,
            out_cuts,
        }
    }

    pub(super) fn finish(mut self) {
        self.cut_before(usize::MAX);
    }

    /// Notes the cuts before the source's offset `end`, all at the end of the output so far.
    #[cold]
    #[inline(never)] // leaves the pass its registers
    fn cut_before(&mut self, end: usize) {
        self.cut(end, |_, _| 0);
    }

    /// Notes the cuts before the source's offset `end`; `within` says how far behind the end of the output so far.
    fn cut(&mut self, end: usize, within: impl Fn(&Self, usize) -> usize) {
        while self.next < end {
            let end = self.base + self.output.len();
            self.out_cuts.push(end + within(self, self.next));
            self.next = self.cuts.next().copied().unwrap_or(usize::MAX);
        }
    }
}

impl Sink for CutSink<'_> {
    const WHOLE_PHRASES: bool = false;

    fn keep(&mut self, source: Range<usize>) {
        self.cut(source.end, |_, cut| cut - source.start);
        self.output.push_str(&self.text[source]);
    }

    fn characters(&mut self, source: Range<usize>, outputs: &[[u8; 3]]) {
        self.cut(source.end, |_, cut| cut - source.start);
        self.output.push_all(outputs);
    }

    #[inline(always)] // once per character
    fn character(&mut self, source: Range<usize>, entry: Entry) {
        if self.next < source.end {
            self.cut_before(source.end);
        }
        self.output.push(entry);
    }

    fn put(&mut self, source: Range<usize>, output: &str, _: By) {
        self.cut(source.end, |sink, cut| {
            cut_within(&sink.text[source.clone()], output, cut - source.start)
        });
        self.output.push_str(output);
    }
}

pub(super) struct AlignSink<'a> {
    source: &'a str,
    aligned: Aligned,
    copied: usize,
}

impl<'a> AlignSink<'a> {
    pub(super) fn new(source: &'a str) -> AlignSink<'a> {
        AlignSink {
            source,
            aligned: Aligned {
                text: String::with_capacity(source.len()),
                segments: Vec::new(),
            },
            copied: 0,
        }
    }

    pub(super) fn finish(mut self) -> Aligned {
        self.copy_to(self.source.len());
        self.aligned
    }

    fn copy_to(&mut self, end: usize) {
        if self.copied < end {
            let unchanged = self.copied..end;
            self.push(unchanged.clone(), &self.source[unchanged], By::Nothing);
        }
    }

    fn push(&mut self, source: Range<usize>, output: &str, by: By) {
        let start = self.aligned.text.len();
        self.aligned.text.push_str(output);
        self.copied = source.end;
        self.aligned.segments.push(Segment {
            source,
            output: start..self.aligned.text.len(),
            by,
        });
    }
}

impl Sink for AlignSink<'_> {
    const WHOLE_PHRASES: bool = true;

    fn keep(&mut self, _: Range<usize>) {}

    fn characters(&mut self, source: Range<usize>, outputs: &[[u8; 3]]) {
        for (at, output) in source.step_by(3).zip(outputs) {
            let source = at..at + 3;
            if self.source.as_bytes()[source.clone()] != output[..]
                && let Ok(output) = str::from_utf8(output)
            {
                self.put(source, output, By::Character);
            }
        }
    }

    fn character(&mut self, source: Range<usize>, entry: Entry) {
        if entry.changed() {
            let output = entry.output();
            self.put(source, output.encode_utf8(&mut [0; 4]), By::Character);
        }
    }

    fn put(&mut self, source: Range<usize>, output: &str, by: By) {
        self.copy_to(source.start);
        self.push(source, output, by);
    }
}
