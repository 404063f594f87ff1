//! A source as its author wrote it: front matter, Markdown, and who it is. The same for every edition.

pub mod body;
pub mod front_matter;
pub mod identity;
pub mod markdown;

use std::sync::OnceLock;

use crate::config::address;
use crate::diagnostic::{Code, Diagnostic, Noted};
use crate::source::Source;

use body::OpKind;
use front_matter::FrontMatter;
use identity::Identity;
use markdown::cjk;
use markdown::{Markdown, Rules};

/// A parsed page.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text it was read from.
    pub source: Source,
    /// Who it is.
    pub identity: Identity,
    /// Its front matter.
    pub front: FrontMatter,
    /// Its Markdown.
    pub markdown: Markdown,
    words: OnceLock<Words>,
}

/// The length of a text in the units its readers count in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Han characters.
    pub han: usize,
    /// Words of other scripts.
    pub other: usize,
}

impl Document {
    /// Its length, counted when it is first asked for.
    pub fn words(&self) -> Words {
        *(self.words).get_or_init(|| {
            let body = &self.markdown.body;
            let texts = body.ops.iter().filter_map(|op| match op.kind() {
                OpKind::Text | OpKind::Respelled => Some(body.text(*op, &self.source)),
                OpKind::Boundary => Some("\n"),
                _ => None,
            });
            Words::of(&texts.collect::<String>()) + Words::of(&body.fixed)
        })
    }
}

/// Reads a page. The value is missing when its front matter cannot be read; its body's faults are
/// found even then.
// Not inlined, so that benches/instructions can count it; so are the other steps counted there.
#[inline(never)]
pub fn parse(source: &Source, rules: Rules<'_>) -> Noted<Option<Document>> {
    let (range, front, mut notes) = match front_matter::split(source) {
        Ok((front, body)) => {
            let front = front_matter::parse(source, front, rules.languages);
            (body, front.value, front.notes)
        }
        Err(fault) => (source.text().len()..source.text().len(), None, vec![*fault]),
    };
    let mut markdown = markdown::read(source, range, rules);
    notes.append(&mut markdown.notes);
    markdown.body.shrink();
    let identity = Identity::of(source.path(), rules.languages);
    notes.extend(unsuitable_name(source, &identity, front.as_ref()));
    let value = front.map(|front| Document {
        source: source.clone(),
        identity,
        front,
        markdown,
        words: OnceLock::new(),
    });
    Noted { value, notes }
}

/// What of the file's name becomes part of the address, and cannot.
fn unsuitable_name(
    source: &Source,
    identity: &Identity,
    front: Option<&FrontMatter>,
) -> Option<Diagnostic> {
    let named = match front {
        Some(front) if front.path.is_some() => "",
        Some(front) if front.slug.is_some() => identity.section_folder().unwrap_or(""),
        _ => identity.default_path(),
    };
    let rule = address::check_path(named).err()?;
    let note = Diagnostic::new(Code::BadAddress)
        .with("value", named)
        .with("detail", rule);
    Some(note.in_file(source.path()))
}

impl Words {
    /// Counts a text.
    pub fn of(text: &str) -> Words {
        let mut words = Words::default();
        let mut in_word = false;
        let mut rest = text;
        loop {
            // What nearly every character of a Chinese text is, before the longer questions.
            let (han, len) = common(rest.as_bytes());
            if len > 0 {
                words.han += han;
                in_word = false;
                rest = &rest[len..];
            }
            let mut chars = rest.chars();
            let Some(ch) = chars.next() else {
                return words;
            };
            rest = chars.as_str();
            if cjk::is_han(ch) {
                words.han += 1;
                in_word = false;
            } else if !cjk::is_full_width_mark(ch) && ch.is_alphanumeric() {
                words.other += usize::from(!in_word);
                in_word = true;
            } else if !matches!(ch, '\'' | '’' | '-' | '.' | ',') {
                in_word = false;
            }
        }
    }

    /// Characters and words together.
    pub fn total(self) -> usize {
        self.han + self.other
    }

    /// Minutes of reading, at least one: 400 Han characters or 220 other words a minute, about what
    /// adults read of expository prose.
    pub fn minutes(self) -> usize {
        (self.han as f64 / 400.0 + self.other as f64 / 220.0)
            .ceil()
            .max(1.0) as usize
    }
}

/// How many Han characters a text of UTF-8 begins with, the commonest full-width marks among them not counted,
/// and how many bytes both have together.
fn common(text: &[u8]) -> (usize, usize) {
    let (mut han, mut others) = (0, 0);
    for [first, second, third] in text.as_chunks::<3>().0 {
        if matches!(first, 0xE5..=0xE9) || (*first == 0xE4 && *second >= 0xB8) {
            // U+4E00 to U+9FFF.
            han += 1;
        } else if matches!(
            (first, second, third),
            // 、 to 〃, 〈 to 】; ！ to ／, ： to ？.
            (0xE3, 0x80, 0x81..=0x83 | 0x88..=0x91) | (0xEF, 0xBC, 0x81..=0x8F | 0x9A..=0x9F)
        ) {
            others += 1;
        } else {
            break;
        }
    }
    (han, (han + others) * 3)
}

impl std::ops::Add for Words {
    type Output = Words;

    fn add(self, other: Words) -> Words {
        Words {
            han: self.han + other.han,
            other: self.other + other.other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn counting() {
        let words = Words::of("APEC「中國年」2026年 don't 16.9%");
        assert_eq!((words.han, words.other), (4, 4));
        let words = Words::of("a、b：「c」，〇々！d2");
        assert_eq!((words.han, words.other), (2, 4));
        assert_eq!(Words { han: 401, other: 0 }.minutes(), 2);
    }
}
