//! The conversions a caller asks for, each a way of collecting what the one pass finds.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::align::{AlignSink, Aligned, CutSink};
use super::chain::Chain;
use super::engine::{self, By, Sink};
use super::entry::Entry;
use super::foreign::{self, Engine};
use super::output::Output;
use super::rules::Rules;
use super::scheme::Scheme;
use super::style::{Style, StyleTables};

/// A stretch of a text that is converted for itself, as a block is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// Bytes of the text, on character borders.
    pub range: Range<usize>,
    /// How many cuts lie in it.
    pub cuts: usize,
}

/// A conversion ready to run. Cheap to make and to clone; many threads may share one.
#[derive(Clone)]
pub struct Converter {
    scheme: Scheme,
    chain: Arc<Chain>,
    rules: Rules,
    /// In place of the built-in engine, if any.
    engine: Option<Arc<dyn Engine>>,
}

impl Converter {
    /// The first converter of a scheme prepares its tables, which takes a fraction of a millisecond; they are kept for the process.
    pub fn new(scheme: Scheme) -> Converter {
        Converter {
            scheme,
            chain: Arc::clone(Chain::of(scheme)),
            rules: Rules::default(),
            engine: None,
        }
    }

    /// A converter with tables of its own, as the first one of a process makes them: for measuring the start.
    #[doc(hidden)]
    pub fn unshared(scheme: Scheme) -> Converter {
        Converter {
            scheme,
            chain: Arc::new(Chain::build(scheme)),
            rules: Rules::default(),
            engine: None,
        }
    }

    /// This converter with rules of the caller's, instead of any it had. Nothing is compiled or copied.
    #[must_use]
    pub fn with_rules(&self, rules: &Rules) -> Converter {
        Converter {
            rules: rules.clone(),
            ..self.clone()
        }
    }

    /// This converter with a house style over its output, instead of any it had. Builds tables of its own (about 400 kB, under a
    /// millisecond): do it once for many texts, and give each its rules afterwards.
    #[must_use]
    pub fn with_style(&self, style: &Style) -> Converter {
        let bare = Chain::of(self.scheme);
        let chain = if style.is_empty() {
            Arc::clone(bare)
        } else {
            Arc::new(bare.styled(StyleTables::new(style, self.spellings(style))))
        };
        Converter {
            chain,
            ..self.clone()
        }
    }

    /// Converts `text` from the byte `from` to its end.
    fn run<S: Sink>(&self, text: &str, from: usize, sink: &mut S) {
        match &self.engine {
            Some(engine) => foreign::run(
                &**engine,
                self.chain.style.as_ref(),
                &self.rules,
                text,
                from,
                sink,
            ),
            None => engine::run(&self.chain, &self.rules, text, from, sink),
        }
    }

    pub(super) fn rules(&self) -> &Rules {
        &self.rules
    }

    /// A text in this converter's style; none when it has none or nothing to change.
    pub(super) fn styled(&self, output: &str) -> Option<String> {
        self.chain
            .style
            .as_ref()
            .and_then(|style| style.apply(output))
    }

    /// How the source spells the words a style avoids: as the word itself, and as the reverse conversion has it, where converting
    /// that gives the word.
    fn spellings(&self, style: &Style) -> Vec<(String, String)> {
        let (there, back) = (
            Converter::new(self.scheme),
            Converter::new(self.scheme.reverse()),
        );
        let mut spellings = Vec::new();
        for (avoid, write) in style.words() {
            for spelling in [avoid.to_owned(), back.convert(avoid).into_owned()] {
                if there.convert(&spelling) == avoid {
                    spellings.push((spelling, write.to_owned()));
                }
            }
        }
        spellings
    }

    /// This converter with another engine in place of the built-in one; its rules and its style stay.
    #[must_use]
    pub fn with_engine(&self, engine: Arc<dyn Engine>) -> Converter {
        Converter {
            engine: Some(engine),
            ..self.clone()
        }
    }

    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The text converted; borrowed when nothing changes.
    pub fn convert<'t>(&self, text: &'t str) -> Cow<'t, str> {
        // Most short texts without Chinese are seen to be so before anything is allocated.
        if text.is_ascii() && self.leaves_ascii() {
            return Cow::Borrowed(text);
        }
        let mut out = String::new();
        self.convert_into(text, &mut out);
        if out == text {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(out)
        }
    }

    /// Appends the text converted to `out`.
    pub fn convert_into(&self, text: &str, out: &mut String) {
        let output = Output::of(text);
        let mut sink = TextSink { text, output };
        self.run(text, 0, &mut sink);
        sink.output.append_to(out);
    }

    fn leaves_ascii(&self) -> bool {
        self.engine.is_none() && self.rules.is_empty() && !self.chain.ascii_keys
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
        let whole = Run {
            range: 0..text.len(),
            cuts: cuts.len(),
        };
        self.convert_runs(text, &[whole], cuts, out, out_cuts);
    }

    /// The same of several runs of `text`, each converted as if nothing else were there, one behind the other in `out`. `cuts` are
    /// those of the first run, then those of the second and so on, all of them offsets in `text`; the runs may come in any order.
    ///
    /// # Panics
    /// When the runs count more cuts than there are.
    pub fn convert_runs(
        &self,
        text: &str,
        runs: &[Run],
        cuts: &[usize],
        out: &mut String,
        out_cuts: &mut Vec<usize>,
    ) {
        let mut output = Output::of(text);
        let mut rest = cuts;
        for run in runs {
            let (cuts, others) = rest.split_at(run.cuts);
            rest = others;
            let text = &text[..run.range.end];
            let mut sink = CutSink::new(text, cuts, &mut output, out.len(), out_cuts);
            self.run(text, run.range.start, &mut sink);
            sink.finish();
        }
        output.append_to(out);
    }

    /// The text converted, with every correspondence between source and output.
    pub fn align(&self, text: &str) -> Aligned {
        let mut sink = AlignSink::new(text);
        self.run(text, 0, &mut sink);
        sink.finish()
    }
}

struct TextSink<'a> {
    text: &'a str,
    output: Output,
}

impl Sink for TextSink<'_> {
    const WHOLE_PHRASES: bool = false;

    fn keep(&mut self, source: Range<usize>) {
        self.output.push_str(&self.text[source]);
    }

    fn characters(&mut self, _: Range<usize>, outputs: &[[u8; 3]]) {
        self.output.push_all(outputs);
    }

    // Writing every character costs less than keeping account of the stretches between those that change.
    #[inline(always)] // once per character
    fn character(&mut self, _: Range<usize>, entry: Entry) {
        self.output.push(entry);
    }

    fn put(&mut self, _: Range<usize>, output: &str, _: By) {
        self.output.push_str(output);
    }
}
