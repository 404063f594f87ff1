//! Saying a text in a language: given for it, or converted from what is given.

use std::borrow::Cow;

use super::conversion::Conversion;
use crate::config::{LanguageIndex, Text};

/// One language's way of saying a document's texts.
#[derive(Clone, Copy)]
pub struct Voice<'a> {
    /// The language spoken.
    pub language: LanguageIndex,
    /// The language the document is written in.
    pub written_in: LanguageIndex,
    /// How the one becomes the other.
    pub conversion: &'a Conversion,
}

impl Voice<'_> {
    /// The text in this language: as given for it, or converted from the language it is written in.
    pub fn say<'t>(&self, text: &'t Text) -> Cow<'t, str> {
        match text {
            Text::Same(written) => self.convert(written.as_str()),
            Text::ByLanguage(texts) => {
                let given = |wanted| texts.iter().find(|(language, _)| *language == wanted);
                match (given(self.language), given(self.written_in)) {
                    (Some((_, written)), _) => Cow::Borrowed(written.as_str()),
                    (None, Some((_, written))) => self.convert(written.as_str()),
                    (None, None) => Cow::Borrowed(text.first()),
                }
            }
        }
    }

    /// A text in the language the document is written in, converted.
    pub fn convert<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.conversion.text(text)
    }
}
