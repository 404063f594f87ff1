//! `glossary.toml`: the words whose conversion the site has decided.
//!
//! Plain rules with their places; compiling them, choosing among several and noticing the unused is
//! left to the converter and to the stage that calls it. Front matter's `convert.terms` and
//! `convert.keep` become the same rules.

use std::ops::Range;

use super::language::{Language, LanguageIndex};
use super::reader::Reader;
use super::text::Written;
use super::toml;
use super::tree::{Entry, Kind, Node};
use crate::diagnostic::{Code, Diagnostic, Noted, Term};
use crate::source::Source;

/// The keys of a glossary.
pub(crate) const KEYS: &[&str] = &["term", "keep", "style", "one-way"];
/// The keys of a row that are not languages.
pub(crate) const ROW_KEYS: &[&str] = &["is", "note", "source"];
/// The keys of a language's style.
pub(crate) const STYLE_KEYS: &[&str] = &["avoid"];

/// A glossary, of the site or of a section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    /// Its terms and names, in the order of the file, no pattern twice.
    pub rules: Vec<Rule>,
    /// Rules for text written in Simplified characters only.
    pub one_way: Vec<Rule>,
    /// Forms a language avoids, replaced after conversion and reported.
    pub avoid: Vec<Avoid>,
}

/// What becomes of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The word, as the author writes it; never empty. Its place is the row's.
    pub is: Written,
    /// What it becomes in these languages.
    pub given: Vec<(LanguageIndex, Written)>,
    /// What it becomes in all others.
    pub otherwise: Otherwise,
    /// Why, for whoever reads the glossary or a report.
    pub note: Option<Written>,
    /// On whose authority.
    pub source: Option<Written>,
}

/// What becomes of a word in a language that its rule does not name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// It is converted as if there were no rule.
    Convert,
    /// It stays as it is.
    Keep,
    /// It becomes this.
    Become(Written),
}

/// A form that a language avoids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Avoid {
    /// The language.
    pub language: LanguageIndex,
    /// The form avoided; never empty.
    pub form: Written,
    /// The form used instead.
    pub instead: Written,
}

impl Glossary {
    /// All rows that say what becomes of a word.
    pub fn rows(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().chain(&self.one_way)
    }
}

impl Rule {
    /// What the word becomes in `language`; nothing when the rule leaves it to the engine.
    pub fn in_language(&self, language: LanguageIndex) -> Option<&str> {
        let given = self.given.iter().find(|(other, _)| *other == language);
        match (given, &self.otherwise) {
            (Some((_, written)), _) | (None, Otherwise::Become(written)) => Some(written.as_str()),
            (None, Otherwise::Keep) => Some(self.is.as_str()),
            (None, Otherwise::Convert) => None,
        }
    }
}

/// Reads a glossary; what is sound in it stands, whatever is noted of the rest.
pub fn parse(source: &Source, languages: &[Language]) -> Noted<Glossary> {
    let Noted { value, notes } = toml::parse(source);
    let mut reader = Reader::new(source, languages);
    reader.notes = notes;
    let mut glossary = Glossary::default();
    if let Some(tree) = value
        && let Some(fields) = reader.fields(&tree, "", KEYS)
    {
        for (key, kept) in [("term", false), ("keep", true)] {
            let (rows, name) = reader.items(&fields, key, Term::TableList);
            for row in rows {
                glossary.rules.extend(reader.row(row, &name, kept));
            }
        }
        if let Some(node) = fields.get("one-way") {
            glossary.one_way = reader.terms(node, "one-way");
        }
        if let Some(node) = fields.get("style") {
            glossary.avoid = avoid(&mut reader, node);
        }
    }
    glossary.rules.sort_by_key(|rule| rule.is.start);
    reader.drop_duplicates(&mut glossary.rules);
    reader.notes.sort_by_key(Diagnostic::sort_key);
    Noted {
        value: glossary,
        notes: reader.notes,
    }
}

impl Reader<'_> {
    /// One of `[[term]]` or `[[keep]]`.
    fn row(&mut self, node: &Node, name: &str, kept: bool) -> Option<Rule> {
        let entries = self.map(node, name, Term::Table)?;
        let own: Vec<Entry> = entries.iter().filter(|e| is_own(e)).cloned().collect();
        let own = Node {
            range: node.range.clone(),
            kind: Kind::Map(own),
        };
        let fields = self.fields(&own, name, ROW_KEYS)?;
        if fields.get("is").is_none() {
            self.missing(&fields, "is", "is = \"…\"");
        }
        let given = self.by_language(entries.iter().filter(|entry| !is_own(entry)), name);
        let is = self.string(&fields, "is");
        if is.is_some() && given.is_empty() && !kept && entries.iter().all(is_own) {
            let tag = self.languages.last().map_or("en", |last| last.tag.as_str());
            self.missing(&fields, tag, &format!("{tag} = \"…\""));
        }
        let note = self.string(&fields, "note");
        let source = self.string(&fields, "source");
        let is = self.pattern(is?, &fields.name("is"))?;
        Some(Rule {
            is,
            given,
            otherwise: if kept {
                Otherwise::Keep
            } else {
                Otherwise::Convert
            },
            note,
            source,
        })
    }

    /// A map of words to what they become: a text for every language, or a map by language.
    pub fn terms(&mut self, node: &Node, name: &str) -> Vec<Rule> {
        let entries = self.map(node, name, Term::Map).unwrap_or_default();
        let mut rules = Vec::with_capacity(entries.len());
        for entry in entries {
            let name = format!("{name}.{}", entry.key);
            let key = Written::new(entry.key.clone(), entry.key_range.clone());
            let Some(is) = self.pattern(key, &name) else {
                continue;
            };
            let (given, otherwise) = match &entry.value.kind {
                Kind::Map(by_language) => {
                    let given = self.by_language(by_language.iter(), &name);
                    (given, Otherwise::Convert)
                }
                _ => match self.written(&entry.value, &name, Term::TextOrMap) {
                    Some(written) => (Vec::new(), Otherwise::Become(written)),
                    None => continue,
                },
            };
            rules.push(Rule {
                is,
                given,
                otherwise,
                note: None,
                source: None,
            });
        }
        rules
    }

    /// Words that stay as they are in every language.
    pub fn kept(&mut self, words: Vec<Written>, name: &str) -> Vec<Rule> {
        words
            .into_iter()
            .filter_map(|word| {
                Some(Rule {
                    is: self.pattern(word, name)?,
                    given: Vec::new(),
                    otherwise: Otherwise::Keep,
                    note: None,
                    source: None,
                })
            })
            .collect()
    }

    /// Notes each rule whose pattern an earlier one has, and drops it.
    pub fn drop_duplicates(&mut self, rules: &mut Vec<Rule>) {
        let mut seen: std::collections::BTreeMap<String, Range<usize>> = Default::default();
        rules.retain(|rule| {
            let Some(first) = seen.get(&rule.is.text) else {
                seen.insert(rule.is.text.clone(), rule.is.range());
                return true;
            };
            let duplicate = Diagnostic::new(Code::GlossaryDuplicate).with("term", rule.is.as_str());
            self.twice(duplicate, first.clone(), rule.is.range());
            false
        });
    }

    fn by_language<'e>(
        &mut self,
        entries: impl Iterator<Item = &'e Entry>,
        name: &str,
    ) -> Vec<(LanguageIndex, Written)> {
        let mut given = Vec::new();
        for entry in entries {
            let language = self.language(&entry.key, entry.key_range.clone());
            let name = format!("{name}.{}", entry.key);
            let written = self.written(&entry.value, &name, Term::Text);
            given.extend(language.zip(written));
        }
        given
    }

    fn pattern(&mut self, word: Written, name: &str) -> Option<Written> {
        if word.text.is_empty() {
            return self.empty(name, word.range());
        }
        Some(word)
    }
}

/// `[style.<tag>]`: what a language avoids.
fn avoid(reader: &mut Reader<'_>, node: &Node) -> Vec<Avoid> {
    let mut avoided = Vec::new();
    let entries = reader.map(node, "style", Term::Table).unwrap_or_default();
    for entry in entries {
        let name = format!("style.{}", entry.key);
        let language = reader.language(&entry.key, entry.key_range.clone());
        let Some(fields) = reader.fields(&entry.value, &name, STYLE_KEYS) else {
            continue;
        };
        let Some(forms) = fields.get("avoid") else {
            continue;
        };
        let name = fields.name("avoid");
        let forms = reader.map(forms, &name, Term::Table).unwrap_or_default();
        for form in forms {
            let name = format!("{name}.{}", form.key);
            let key = Written::new(form.key.clone(), form.key_range.clone());
            let key = reader.pattern(key, &name);
            let instead = reader.written(&form.value, &name, Term::Text);
            if let (Some(language), Some(form), Some(instead)) = (language, key, instead) {
                avoided.push(Avoid {
                    language,
                    form,
                    instead,
                });
            }
        }
    }
    avoided
}

/// Whether a key of a row is one of the row's own. A tag always has a capital or a digit, or is two or
/// three letters; whatever is none of these is taken for a slip of one of our own keys.
fn is_own(entry: &Entry) -> bool {
    ROW_KEYS.contains(&entry.key.as_str()) || super::LanguageTag::canonical(&entry.key).is_none()
}

#[cfg(test)]
mod tests;
