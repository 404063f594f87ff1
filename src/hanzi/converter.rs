//! The conversions a caller asks for, each a way of collecting what the one pass finds.

use std::borrow::Cow;
use std::ops::Range;

use super::align::{AlignSink, Aligned, CutSink};
use super::chain::Chain;
use super::engine::{By, Sink, run};
use super::scheme::Scheme;

/// A conversion ready to run. Cheap to make and to copy; many threads may share one.
#[derive(Clone, Copy)]
pub struct Converter {
    scheme: Scheme,
    chain: &'static Chain,
}

impl Converter {
    /// The first converter of a scheme prepares its tables, which takes a fraction of a millisecond; they are kept for the process.
    pub fn new(scheme: Scheme) -> Converter {
        Converter {
            scheme,
            chain: Chain::of(scheme),
        }
    }

    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The text converted; borrowed when nothing changes.
    pub fn convert<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut out = String::new();
        let mut sink = TextSink {
            text,
            out: &mut out,
            copied: 0,
        };
        run(self.chain, text, &mut sink);
        if sink.copied == 0 {
            return Cow::Borrowed(text);
        }
        sink.finish();
        Cow::Owned(out)
    }

    /// Appends the text converted to `out`.
    pub fn convert_into(&self, text: &str, out: &mut String) {
        let mut sink = TextSink {
            text,
            out,
            copied: 0,
        };
        run(self.chain, text, &mut sink);
        sink.finish();
    }

    /// Appends the text converted to `out` and, for each of `cuts`, the offset in `out` where the output of the text before the cut
    /// ends. All offsets are bytes; `cuts` ascend and lie on character borders of `text`, the results do so in `out`.
    ///
    /// Inside a phrase that keeps its number of characters a cut falls between the corresponding two. Where the number changes
    /// (的士 → 出租车) it falls in proportion, to the nearest character: emphasis on half of a word stays on half of it, and a piece
    /// is emptied only when there are fewer characters than pieces.
    pub fn convert_with_cuts(
        &self,
        text: &str,
        cuts: &[usize],
        out: &mut String,
        out_cuts: &mut Vec<usize>,
    ) {
        let mut sink = CutSink::new(text, cuts, out, out_cuts);
        run(self.chain, text, &mut sink);
        sink.finish();
    }

    /// The text converted, with every correspondence between source and output.
    pub fn align(&self, text: &str) -> Aligned {
        let mut sink = AlignSink::new(text);
        run(self.chain, text, &mut sink);
        sink.finish()
    }
}

struct TextSink<'a> {
    text: &'a str,
    out: &'a mut String,
    /// Up to here the text is in `out`; 0 as long as nothing has changed.
    copied: usize,
}

impl TextSink<'_> {
    fn finish(self) {
        self.out.push_str(&self.text[self.copied..]);
    }
}

impl Sink for TextSink<'_> {
    const WHOLE_PHRASES: bool = false;

    fn put(&mut self, source: Range<usize>, output: &str, _: By) {
        if self.text[source.clone()] == *output {
            return;
        }
        if self.copied == 0 {
            self.out.reserve(self.text.len() + self.text.len() / 8);
        }
        self.out.push_str(&self.text[self.copied..source.start]);
        self.out.push_str(output);
        self.copied = source.end;
    }
}
