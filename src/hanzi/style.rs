//! A house style, laid over what the dictionaries produce and over nothing else.
//!
//! OpenCC writes Hong Kong text by the list of characters taught at school (説 温 啓); newspapers do not. A style replaces
//! characters, and words, in the engine's output only: what a rule has fixed stays fixed. Replaced characters cost nothing, since they
//! go into the table of characters; words are looked for inside a phrase of the dictionaries, whose output they are part of, and
//! where the source already holds them.
//!
//! Words are compared after characters are replaced, and only inside one phrase: 修明瞭望台 is 修明 and 瞭望台, not a 明瞭.

use std::collections::BTreeMap;

use super::charset::CharSet;
use super::rules::{Rule, Rules};

/// Replacements in the output. Empty by default.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Style {
    characters: BTreeMap<char, char>,
    /// By the word to avoid.
    words: BTreeMap<String, String>,
}

/// Pairs of forms: as OpenCC has it, as Hong Kong newspapers print it.
const PRESS_CHARACTERS: &str =
    "説說温溫啓啟藴蘊税稅醖醞峯峰羣群户戶閲閱脱脫鋭銳悦悅兑兌麪麵鈎鉤衞衛";

const PRESS_WORDS: [(&str, &str); 12] = [
    ("瞭解", "了解"),
    ("明瞭", "明了"),
    ("藉助", "借助"),
    ("宣佈", "宣布"),
    ("公佈", "公布"),
    ("發佈", "發布"),
    ("頒佈", "頒布"),
    ("彙報", "匯報"),
    ("儘快", "盡快"),
    ("儘早", "盡早"),
    ("儘量", "盡量"),
    ("儘可能", "盡可能"),
];

impl Style {
    /// Hong Kong newspapers; for Hong Kong output only, since 温 and 税 are right elsewhere. 衞 becomes 衛; [`Style::without`] keeps it, as the government's own texts do.
    pub fn press() -> Style {
        let mut style = Style::default();
        let mut forms = PRESS_CHARACTERS.chars();
        while let (Some(school), Some(press)) = (forms.next(), forms.next()) {
            style.characters.insert(school, press);
        }
        for (avoid, write) in PRESS_WORDS {
            style.words.insert(avoid.into(), write.into());
        }
        style
    }

    /// The forms taught at school, which are OpenCC's: nothing is replaced.
    pub fn school() -> Style {
        Style::default()
    }

    /// Adds a word to avoid, as the dictionaries would write it, and what to write instead; a single character is replaced everywhere.
    #[must_use]
    pub fn avoiding(mut self, avoid: &str, write: &str) -> Style {
        let (mut from, mut to) = (avoid.chars(), write.chars());
        match (from.next(), from.next(), to.next(), to.next()) {
            (None, ..) => {}
            (Some(from), None, Some(to), None) => {
                self.characters.insert(from, to);
            }
            _ => {
                self.words.insert(avoid.into(), write.into());
            }
        }
        self
    }

    /// Takes a character or word to avoid out of the style.
    #[must_use]
    pub fn without(mut self, avoid: &str) -> Style {
        self.words.remove(avoid);
        let mut chars = avoid.chars();
        if let (Some(only), None) = (chars.next(), chars.next()) {
            self.characters.remove(&only);
        }
        self
    }

    pub fn is_empty(&self) -> bool {
        self.characters.is_empty() && self.words.is_empty()
    }

    /// Every replacement, characters first.
    pub fn entries(&self) -> impl Iterator<Item = (String, String)> {
        let characters = self
            .characters
            .iter()
            .map(|(from, to)| (from.to_string(), to.to_string()));
        characters.chain(
            self.words
                .iter()
                .map(|(from, to)| (from.clone(), to.clone())),
        )
    }

    pub(super) fn words(&self) -> impl Iterator<Item = (&str, &str)> {
        self.words
            .iter()
            .map(|(avoid, write)| (avoid.as_str(), write.as_str()))
    }

    fn restyled(&self, c: char) -> char {
        self.characters.get(&c).copied().unwrap_or(c)
    }
}

/// A style made ready: what to look at, and the words as they stand once characters are replaced.
#[derive(Clone)]
pub(super) struct StyleTables {
    style: Style,
    words: Vec<(String, String)>,
    marks: CharSet,
    /// Words in the source itself, where no segment of the dictionaries begins.
    pub(super) literal: Rules,
}

impl StyleTables {
    /// `spellings` are the source's spellings of words to avoid that no phrase covers.
    pub(super) fn new(
        style: &Style,
        spellings: impl IntoIterator<Item = (String, String)>,
    ) -> StyleTables {
        let words: Vec<(String, String)> = style
            .words
            .iter()
            .map(|(avoid, write)| {
                (
                    avoid.chars().map(|c| style.restyled(c)).collect(),
                    write.clone(),
                )
            })
            .collect();
        let mut marks = CharSet::default();
        style.characters.keys().for_each(|&c| marks.add(c));
        words
            .iter()
            .filter_map(|(avoid, _)| avoid.chars().next())
            .for_each(|c| marks.add(c));
        let literal = spellings.into_iter().map(|(pattern, write)| Rule {
            pattern,
            replacement: Some(write),
            level: 0,
            id: 0,
        });
        StyleTables {
            style: style.clone(),
            words,
            marks,
            literal: Rules::compile(literal),
        }
    }

    pub(super) fn has_words(&self) -> bool {
        !self.words.is_empty()
    }

    /// False when no replacement begins with this character.
    pub(super) fn looks_at(&self, c: char) -> bool {
        self.marks.may_hold(c)
    }

    pub(super) fn character(&self, c: char) -> char {
        if self.looks_at(c) {
            self.style.restyled(c)
        } else {
            c
        }
    }

    /// A phrase's output in this style; none when it stays as it is.
    pub(super) fn apply(&self, output: &str) -> Option<String> {
        if !output.chars().any(|c| self.looks_at(c)) {
            return None;
        }
        let mut styled: String = output.chars().map(|c| self.style.restyled(c)).collect();
        for (avoid, write) in &self.words {
            if styled.contains(avoid.as_str()) {
                styled = styled.replace(avoid.as_str(), write);
            }
        }
        (styled != output).then_some(styled)
    }
}
