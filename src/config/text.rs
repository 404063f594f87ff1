//! Texts that a reader of the site will see: written once and converted, or given for each language.

use std::ops::Range;

use super::language::LanguageIndex;
use crate::source::Source;

/// A text as it was written, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Written {
    /// The characters, escapes resolved.
    pub text: String,
    /// The bytes of the source it was read from, quotation marks included.
    pub start: u32,
    /// Where those bytes end.
    pub end: u32,
}

/// A text, or a map of texts by language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Text {
    /// Written in the file's own language, converted for the others.
    Same(Written),
    /// Given for these languages, in the order of the file; never empty, no language twice.
    ByLanguage(Vec<(LanguageIndex, Written)>),
}

impl Written {
    /// A text with its place in bytes.
    pub fn new(text: impl Into<String>, range: Range<usize>) -> Written {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Written {
            text: text.into(),
            start: clamp(range.start),
            end: clamp(range.end),
        }
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where it was written, in bytes of the source.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Where the bytes `inside` of the text stand in `source`, across the line breaks and indents of a
    /// YAML text of several lines. What is spelled with escapes has no such place of its own: then it
    /// is the whole of it.
    pub fn range_of(&self, source: &Source, inside: Range<usize>) -> Range<usize> {
        let whole = self.range();
        let spelled = source.text().get(whole.clone()).unwrap_or("");
        match spelled_range(spelled, &self.text, &inside) {
            Some(found) => whole.start + found.start..whole.start + found.end,
            None => whole,
        }
    }
}

/// Walks along `text` and its spelling together; white space in the one may be any in the other.
fn spelled_range(spelled: &str, text: &str, inside: &Range<usize>) -> Option<Range<usize>> {
    let quoted = spelled.starts_with(['"', '\'']) && !text.starts_with(['"', '\'']);
    let mut at = usize::from(quoted);
    let mut found = None;
    for (position, character) in text.char_indices() {
        if position >= inside.end {
            break;
        }
        let rest = spelled.get(at..)?;
        let skipped = rest.len() - rest.trim_start().len();
        if character.is_whitespace() {
            at += skipped;
            continue;
        }
        at += skipped;
        if !spelled[at..].starts_with(character) {
            return None;
        }
        if position >= inside.start && found.is_none() {
            found = Some(at);
        }
        at += character.len_utf8();
    }
    found.map(|start| start..at)
}

impl Text {
    /// A text of no file's, such as a default.
    pub fn plain(text: impl Into<String>) -> Text {
        Text::Same(Written::new(text, 0..0))
    }

    /// What is given for `language`: the text itself where it is the same for all.
    pub fn get(&self, language: LanguageIndex) -> Option<&Written> {
        match self {
            Text::Same(written) => Some(written),
            Text::ByLanguage(texts) => texts
                .iter()
                .find(|(other, _)| *other == language)
                .map(|(_, written)| written),
        }
    }

    /// Where it was written, in bytes of the source; of several, the first.
    pub fn range(&self) -> Range<usize> {
        match self {
            Text::Same(written) => written.range(),
            Text::ByLanguage(texts) => texts.first().map_or(0..0, |(_, first)| first.range()),
        }
    }

    /// The text, or the first of several: for a report, or an order that needs one.
    pub fn first(&self) -> &str {
        match self {
            Text::Same(written) => written.as_str(),
            Text::ByLanguage(texts) => texts.first().map_or("", |(_, written)| written.as_str()),
        }
    }

    /// Whether there is nothing to show in any language.
    pub fn is_empty(&self) -> bool {
        match self {
            Text::Same(written) => written.text.is_empty(),
            Text::ByLanguage(texts) => texts.iter().all(|(_, written)| written.text.is_empty()),
        }
    }
}
