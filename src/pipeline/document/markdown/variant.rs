//! Inline conversion markup: `-{keep}-` and `-{default; lang: text; …}-`.
//!
//! The delimiters are MediaWiki's, without its flags. Inside stands ordinary inline Markdown, so the
//! markup may open in one piece of text and close in a later one; this module only finds the marks in
//! each piece and settles which languages see which arm.

use std::ops::Range;

use crate::config::Language;

/// Languages that may be named whether or not the site has them: a text may be shared between sites.
const CHINESE: &[&str] = &[
    "zh-Hans",
    "zh-Hans-CN",
    "zh-Hans-MY",
    "zh-Hans-SG",
    "zh-Hant",
    "zh-Hant-HK",
    "zh-Hant-MO",
    "zh-Hant-TW",
];

/// The next mark in a piece of text.
#[derive(Debug, PartialEq, Eq)]
pub enum Mark {
    /// `-{`
    Open,
    /// `; lang:` inside an open one
    Arm,
    /// `}-`
    Close,
}

/// Finds the next mark in `text`, and its bytes. `inside` says whether one is open.
pub fn next_mark(text: &str, inside: bool) -> Option<(Mark, Range<usize>)> {
    let open = pair(text, *b"-{").map(|at| (Mark::Open, at..at + 2));
    if !inside {
        return open;
    }
    let close = pair(text, *b"}-").map(|at| (Mark::Close, at..at + 2));
    let arm = text.match_indices(';').find_map(|(at, _)| {
        let label = label(&text[at + 1..])?;
        Some((Mark::Arm, at..at + 1 + label.after))
    });
    [open, close, arm]
        .into_iter()
        .flatten()
        .min_by_key(|(_, range)| range.start)
}

/// Whether anything in `text` opens an inline variant.
pub fn opens_in(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"-{").is_some()
}

/// Where two bytes stand beside each other. (Asked of every piece of text, and `str::find` would first prepare itself
/// for a longer search.)
fn pair(text: &str, [first, second]: [u8; 2]) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(first, bytes).find(|at| bytes.get(at + 1) == Some(&second))
}

/// A language label at the start of an arm.
#[derive(Debug, PartialEq, Eq)]
pub struct Label<'t> {
    /// The tag as written.
    pub tag: &'t str,
    /// Where the arm's text begins, bytes from the start of what was given.
    pub after: usize,
}

/// The `lang:` that `text` begins with, if it does.
pub fn label(text: &str) -> Option<Label<'_>> {
    let trimmed = text.trim_start();
    let (tag, _) = trimmed.split_once(':')?;
    let tag = tag.trim_end();
    let parts_sound = tag.split('-').all(|part| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    let language_sound = tag.split('-').next().is_some_and(|part| {
        (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
    });
    if !parts_sound || !language_sound {
        return None;
    }
    let colon = text.find(':')? + 1;
    let space = text[colon..].len() - text[colon..].trim_start().len();
    Some(Label {
        tag,
        after: colon + space,
    })
}

/// Whether an arm may name `tag`: a language of the site, a shorter form of one, or a form of Chinese.
pub fn is_known(tag: &str, languages: &[Language]) -> bool {
    CHINESE.iter().any(|known| known.eq_ignore_ascii_case(tag))
        || languages
            .iter()
            .any(|language| covers(tag, language.tag.as_str()))
}

/// Which arm each language shows: for every arm a set of languages, a bit each. An arm for the language
/// itself comes first, then one for a shorter form of it, then the default.
///
/// # Errors
/// The tag of a form of Chinese that no arm speaks for.
pub fn assign(arms: &[Option<String>], languages: &[Language]) -> Result<Vec<u64>, String> {
    let mut sets = vec![0u64; arms.len()];
    for (bit, language) in languages.iter().enumerate() {
        let tag = language.tag.as_str();
        let best = arms
            .iter()
            .enumerate()
            .filter(|(_, arm)| arm.as_ref().is_some_and(|arm| covers(arm, tag)))
            .max_by_key(|(_, arm)| arm.as_ref().map_or(0, String::len))
            .or_else(|| arms.iter().enumerate().find(|(_, arm)| arm.is_none()));
        match best {
            Some((index, _)) => sets[index] |= 1 << bit,
            None if tag.starts_with("zh") => return Err(tag.to_string()),
            // A language that is not Chinese has its pages written by hand and never sees this.
            None => {}
        }
    }
    Ok(sets)
}

fn covers(wide: &str, tag: &str) -> bool {
    tag.get(..wide.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(wide))
        && matches!(tag.as_bytes().get(wide.len()), None | Some(b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        assert_eq!(next_mark("a-{b", false), Some((Mark::Open, 1..3)));
        assert_eq!(next_mark("a;b}-", true), Some((Mark::Close, 3..5)));
        assert_eq!(
            next_mark("軟件; zh-Hans-CN: 软件}-", true),
            Some((Mark::Arm, 6..20))
        );
        assert_eq!(next_mark("a; b: c", false), None);
    }

    #[test]
    fn labels() {
        assert_eq!(
            label(" zh-Hans : x"),
            Some(Label {
                tag: "zh-Hans",
                after: 11
            })
        );
        assert_eq!(label("注意：x"), None);
        assert_eq!(label("https://x"), None);
        assert_eq!(label("a: b"), None);
    }
}
