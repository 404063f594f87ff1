//! How one page's texts become another language's: scheme, glossary, style, quotation marks.

use std::borrow::Cow;
use std::sync::Arc;

use crate::hanzi::{Converter, QuoteState, Quotes};

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

    /// Appends a run of a page's text to `out`, converted. `cuts` are ascending byte offsets in `text`;
    /// `ends` gets for each the offset in `out` where its part ends. `state` goes from run to run, since
    /// a quotation may.
    #[inline(never)]
    pub fn convert_with_cuts(
        &self,
        text: &str,
        cuts: &[usize],
        state: &mut QuoteState,
        out: &mut String,
        ends: &mut Vec<usize>,
    ) {
        let base = out.len();
        let Conversion::Converted(converted) = self else {
            out.push_str(text);
            ends.extend(cuts.iter().map(|cut| base + cut));
            return;
        };
        converted.converter.convert_with_cuts(text, cuts, out, ends);
        if let Some(quotes) = converted.quotes {
            // The marks are all of one length, so the ends stay where they are.
            let quoted = match quotes.apply(&out[base..], state) {
                Cow::Owned(quoted) => Some(quoted),
                Cow::Borrowed(_) => None,
            };
            if let Some(quoted) = quoted {
                out.truncate(base);
                out.push_str(&quoted);
            }
        }
    }
}
