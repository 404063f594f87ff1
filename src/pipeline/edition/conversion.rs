//! How one page's texts become another language's: scheme, glossary, style, quotation marks.

use std::borrow::Cow;
use std::sync::Arc;

use crate::hanzi::{Converter, QuoteState, Quotes, Run};

/// The conversion of a page's texts, or none where they are shown as written. Cheap to clone.
#[derive(Clone)]
pub enum Conversion {
    /// Shown as written.
    AsWritten,
    /// Converted.
    Converted(Arc<Converted>),
}

/// The parts of a conversion.
pub struct Converted {
    /// The engine, with its rules and style.
    pub converter: Converter,
    /// The quotation marks to write; none to leave them.
    pub quotes: Option<Quotes>,
}

impl Conversion {
    /// A text of its own (a title, a menu item), converted.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Conversion::Converted(converted) = self else {
            return Cow::Borrowed(text);
        };
        let text = converted.converter.convert(text);
        let Some(quotes) = converted.quotes else {
            return text;
        };
        match quotes.apply(&text, &mut QuoteState::default()) {
            Cow::Owned(quoted) => Cow::Owned(quoted),
            Cow::Borrowed(_) => text,
        }
    }
}

impl Converted {
    /// The runs of a page's text, converted, one behind the other. `cuts` are those of the first run, then those of the second, all
    /// of them byte offsets in `text`, and every run ends with one; beside the text stands for each where its part ends there.
    #[inline(never)] // so that benches/instructions can count it
    pub fn convert(&self, text: &str, runs: &[Run], cuts: &[usize]) -> (String, Vec<usize>) {
        let mut out = String::with_capacity(text.len());
        let mut ends = Vec::with_capacity(cuts.len());
        (self.converter).convert_runs(text, runs, cuts, &mut out, &mut ends);
        let Some(quotes) = self.quotes else {
            return (out, ends);
        };
        // The marks are all of one length, so the ends stay where they are. A quotation may go from run to run.
        let mut quoted = String::with_capacity(out.len());
        let mut state = QuoteState::default();
        let mut count = 0;
        for run in runs {
            count += run.cuts;
            let end = ends[count - 1];
            quotes.apply_into(&out[quoted.len()..end], &mut state, &mut quoted);
        }
        (quoted, ends)
    }
}
