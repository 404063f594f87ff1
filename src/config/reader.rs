//! Reading a tree strictly: every key known, every value of its type, every fault at its place.
//!
//! A reader never stops at a fault: it notes it, treats the value as absent and goes on, so that one
//! run shows all. Which keys there are and what they mean is left to its callers.

use std::ops::Range;

use super::date::{Moment, PartialDate};
use super::language::{self, Language};
use super::text::{Text, Written};
use super::tree::{Entry, Kind, Node};
use super::value::Value;
use crate::diagnostic::{Arg, Code, Diagnostic, Label, Term};
use crate::hanzi::Scheme;
use crate::source::Source;

/// Reads one source, noting faults.
pub struct Reader<'s> {
    /// The text that all ranges are of.
    pub source: &'s Source,
    /// The languages that a text may be given in.
    pub languages: &'s [Language],
    /// The faults so far, in the order found.
    pub notes: Vec<Diagnostic>,
}

/// A map whose keys are all known.
pub struct Fields<'n> {
    name: String,
    range: Range<usize>,
    entries: &'n [Entry],
}

impl<'n> Fields<'n> {
    /// What `key` is given; a key with nothing after it is given nothing.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The key and its value.
    pub fn entry(&self, key: &str) -> Option<&'n Entry> {
        let entries = self.entries;
        entries
            .iter()
            .find(|entry| entry.key == key && entry.value.kind != Kind::Null)
    }

    /// The full name of `key`, as a sentence says it.
    pub fn name(&self, key: &str) -> String {
        join(&self.name, key)
    }
}

impl<'s> Reader<'s> {
    /// A reader of `source` for a site with these languages.
    pub fn new(source: &'s Source, languages: &'s [Language]) -> Reader<'s> {
        Reader {
            source,
            languages,
            notes: Vec::new(),
        }
    }

    /// The map at `node`, called `name` (empty at the top); keys not in `known` are noted.
    pub fn fields<'n>(&mut self, node: &'n Node, name: &str, known: &[&str]) -> Option<Fields<'n>> {
        let entries = self.map(node, name, Term::Map)?;
        for entry in entries {
            if !known.contains(&entry.key.as_str()) {
                let unknown = Diagnostic::new(Code::UnknownKey)
                    .with("key", join(name, &entry.key))
                    .suggest(&entry.key, known.iter().copied())
                    .at(self.source, entry.key_range.clone());
                self.notes.push(unknown);
            }
        }
        Some(Fields {
            name: name.to_string(),
            range: node.range.clone(),
            entries,
        })
    }

    /// The entries of a map whose keys are names of the author's.
    pub fn map<'n>(&mut self, node: &'n Node, name: &str, expected: Term) -> Option<&'n [Entry]> {
        match &node.kind {
            Kind::Map(entries) => Some(entries),
            _ => self.wrong_type(name, node, expected),
        }
    }

    /// A text that is the same in every language.
    pub fn string(&mut self, fields: &Fields<'_>, key: &str) -> Option<Written> {
        let node = fields.get(key)?;
        self.written(node, &fields.name(key), Term::Text)
    }

    /// The text at `node`.
    pub fn written(&mut self, node: &Node, name: &str, expected: Term) -> Option<Written> {
        match &node.kind {
            Kind::Text(text) | Kind::Date(text) => {
                Some(Written::new(text.clone(), node.range.clone()))
            }
            Kind::Boolean(_) | Kind::Integer(_) | Kind::Float(_) => {
                // A year as a title, `no` as a word: said with the quotation marks it needs.
                let spelled = self.source.text().get(node.range.clone());
                let quoted = spelled.map(|spelled| format!("\"{spelled}\""));
                self.wrong_type::<()>(name, node, expected);
                if let Some(note) = self.notes.last_mut() {
                    note.did_you_mean = quoted;
                }
                None
            }
            _ => self.wrong_type(name, node, expected),
        }
    }

    /// A text, or a map of texts by language.
    pub fn text(&mut self, fields: &Fields<'_>, key: &str) -> Option<Text> {
        let node = fields.get(key)?;
        self.text_at(node, &fields.name(key))
    }

    /// The text, or map of texts by language, at `node`.
    pub fn text_at(&mut self, node: &Node, name: &str) -> Option<Text> {
        let Kind::Map(entries) = &node.kind else {
            return self.written(node, name, Term::TextOrMap).map(Text::Same);
        };
        let mut texts = Vec::with_capacity(entries.len());
        for entry in entries {
            let found = self.language(&entry.key, entry.key_range.clone());
            let written = self.written(&entry.value, &join(name, &entry.key), Term::Text);
            if let (Some(language), Some(written)) = (found, written) {
                texts.push((language, written));
            }
        }
        if entries.is_empty() {
            return self.wrong_type(name, node, Term::TextOrMap);
        }
        (!texts.is_empty()).then_some(Text::ByLanguage(texts))
    }

    /// The language of the site that `tag` names.
    pub fn language(&mut self, tag: &str, range: Range<usize>) -> Option<language::LanguageIndex> {
        let found = language::find(self.languages, tag);
        if found.is_none() {
            let known = self.languages.iter().map(|language| language.tag.as_str());
            let unknown = Diagnostic::new(Code::UnknownLanguage)
                .with("language", tag)
                .with("known", language::list(self.languages))
                .suggest(tag, known)
                .at(self.source, range);
            self.notes.push(unknown);
        }
        found
    }

    /// `true` or `false`.
    pub fn bool(&mut self, fields: &Fields<'_>, key: &str) -> Option<bool> {
        let node = fields.get(key)?;
        match node.kind {
            Kind::Boolean(truth) => Some(truth),
            _ => self.wrong_type(&fields.name(key), node, Term::Boolean),
        }
    }

    /// A whole number.
    pub fn integer(&mut self, fields: &Fields<'_>, key: &str) -> Option<i64> {
        let node = fields.get(key)?;
        match node.kind {
            Kind::Integer(number) => Some(number),
            _ => self.wrong_type(&fields.name(key), node, Term::WholeNumber),
        }
    }

    /// A whole number of things, up to `most`.
    pub fn count(&mut self, fields: &Fields<'_>, key: &str, most: u32) -> Option<usize> {
        let number = self.integer(fields, key)?;
        let rule = match number {
            ..0 => Term::PositiveNumber,
            _ if number > i64::from(most) => Term::NumberTooLarge,
            _ => return usize::try_from(number).ok(),
        };
        self.bad_value(fields, key, number.to_string(), rule)
    }

    /// A list of texts.
    pub fn strings(&mut self, fields: &Fields<'_>, key: &str) -> Vec<Written> {
        let (items, name) = self.items(fields, key, Term::ListOfTexts);
        items
            .iter()
            .filter_map(|item| self.written(item, &name, Term::Text))
            .collect()
    }

    /// A list of texts, each perhaps a map by language.
    pub fn texts(&mut self, fields: &Fields<'_>, key: &str) -> Vec<Text> {
        let (items, name) = self.items(fields, key, Term::ListOfTexts);
        items
            .iter()
            .filter_map(|item| self.text_at(item, &name))
            .collect()
    }

    /// The items of a list, with the name to call each by.
    pub fn items<'n>(
        &mut self,
        fields: &Fields<'n>,
        key: &str,
        expected: Term,
    ) -> (&'n [Node], String) {
        let name = fields.name(key);
        let items = match fields.get(key) {
            None => &[],
            Some(node) => match &node.kind {
                Kind::List(items) => items.as_slice(),
                _ => self.wrong_type(&name, node, expected).unwrap_or_default(),
            },
        };
        (items, name)
    }

    /// One of the words in `choices`.
    pub fn choice<T: Copy>(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let written = self.string(fields, key)?;
        let found = choices.iter().find(|(word, _)| *word == written.text);
        if found.is_none() {
            self.bad_choice(
                &fields.name(key),
                &written,
                choices.iter().map(|(word, _)| *word),
            );
        }
        found.map(|(_, value)| *value)
    }

    /// The name of a conversion.
    pub fn scheme(&mut self, fields: &Fields<'_>, key: &str) -> Option<Scheme> {
        self.choice(
            fields,
            key,
            &Scheme::ALL.map(|scheme| (scheme.as_str(), scheme)),
        )
    }

    /// Notes that `written` is none of `words`.
    fn bad_choice<'k>(
        &mut self,
        name: &str,
        written: &Written,
        words: impl Iterator<Item = &'k str> + Clone,
    ) {
        let quoted: Vec<String> = words.clone().map(|word| format!("`{word}`")).collect();
        let note = Diagnostic::new(Code::BadValue)
            .with("key", name)
            .with("value", written.as_str())
            .with("expected", quoted.join(", "))
            .suggest(written.as_str(), words)
            .at(self.source, written.range());
        self.notes.push(note);
    }

    /// A day, perhaps with a time.
    pub fn moment(&mut self, fields: &Fields<'_>, key: &str) -> Option<Moment> {
        let node = fields.get(key)?;
        let read = self.spelled(node, &fields.name(key))?;
        let moment = Moment::parse(&read);
        if moment.is_none() {
            self.bad_value(fields, key, read, Term::DateTime)
        } else {
            moment
        }
    }

    /// A date of which the day, or the month too, may be left out.
    pub fn partial_date(&mut self, fields: &Fields<'_>, key: &str) -> Option<PartialDate> {
        let node = fields.get(key)?;
        self.partial_date_at(node, &fields.name(key))
    }

    /// The date at `node`.
    pub fn partial_date_at(&mut self, node: &Node, name: &str) -> Option<PartialDate> {
        let read = self.spelled(node, name)?;
        let date = PartialDate::parse(&read);
        if date.is_none() {
            let bad = Diagnostic::new(Code::BadDate)
                .with("value", read)
                .at(self.source, node.range.clone());
            self.notes.push(bad);
        }
        date
    }

    /// Any value of the author's own; a map whose keys are all languages is a text.
    pub fn value(&self, node: &Node) -> Value {
        match &node.kind {
            Kind::Null => Value::Null,
            Kind::Boolean(truth) => Value::Bool(*truth),
            Kind::Integer(number) => Value::Integer(*number),
            Kind::Float(number) => Value::Float(*number),
            Kind::Text(text) | Kind::Date(text) => {
                Value::Text(Text::Same(Written::new(text.clone(), node.range.clone())))
            }
            Kind::List(items) => Value::List(items.iter().map(|item| self.value(item)).collect()),
            Kind::Map(entries) => self.only_languages(entries).map_or_else(
                || {
                    let own = |entry: &Entry| (entry.key.clone(), self.value(&entry.value));
                    Value::Map(entries.iter().map(own).collect())
                },
                |texts| Value::Text(Text::ByLanguage(texts)),
            ),
        }
    }

    /// Notes that `key` of `fields` is needed and not there.
    pub fn missing(&mut self, fields: &Fields<'_>, key: &str, example: &str) {
        let note = Diagnostic::new(Code::MissingKey)
            .with("key", fields.name(key))
            .with("example", example)
            .at(self.source, fields.range.clone());
        self.notes.push(note);
    }

    /// Notes a value that is of the right type and breaks a rule.
    pub fn bad_value<T>(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        value: impl Into<Arg>,
        rule: impl Into<Arg>,
    ) -> Option<T> {
        let range = fields
            .get(key)
            .map_or(fields.range.clone(), |node| node.range.clone());
        self.bad_value_at(range, &fields.name(key), value, rule)
    }

    /// Notes a value at `range` that is of the right type and breaks a rule.
    pub fn bad_value_at<T>(
        &mut self,
        range: Range<usize>,
        name: &str,
        value: impl Into<Arg>,
        rule: impl Into<Arg>,
    ) -> Option<T> {
        let note = Diagnostic::new(Code::BadValue)
            .with("key", name)
            .with("value", value)
            .with("expected", rule)
            .at(self.source, range);
        self.notes.push(note);
        None
    }

    /// Notes a value of another type than `expected`.
    pub fn wrong_type<T>(&mut self, name: &str, node: &Node, expected: Term) -> Option<T> {
        let note = Diagnostic::new(Code::WrongType)
            .with("key", name)
            .with("expected", expected)
            .with("found", node.found())
            .at(self.source, node.range.clone());
        self.notes.push(note);
        None
    }

    /// Notes that what stands at `second` already stands at `first`.
    pub fn twice(&mut self, duplicate: Diagnostic, first: Range<usize>, second: Range<usize>) {
        let note = duplicate
            .at(self.source, second)
            .related(self.source.span(first), Label::First);
        self.notes.push(note);
    }

    /// A date as it is spelled: YAML reads `1989` as a number and TOML reads days as dates.
    fn spelled(&mut self, node: &Node, name: &str) -> Option<String> {
        match &node.kind {
            Kind::Text(text) | Kind::Date(text) => Some(text.clone()),
            Kind::Integer(_) => self
                .source
                .text()
                .get(node.range.clone())
                .map(str::to_string),
            _ => self.wrong_type(name, node, Term::Date),
        }
    }

    fn only_languages(&self, entries: &[Entry]) -> Option<Vec<(language::LanguageIndex, Written)>> {
        if entries.is_empty() {
            return None;
        }
        entries
            .iter()
            .map(|entry| {
                let language = language::find(self.languages, &entry.key)?;
                match &entry.value.kind {
                    Kind::Text(text) => Some((
                        language,
                        Written::new(text.clone(), entry.value.range.clone()),
                    )),
                    _ => None,
                }
            })
            .collect()
    }
}

fn join(name: &str, key: &str) -> String {
    if name.is_empty() {
        key.to_string()
    } else {
        format!("{name}.{key}")
    }
}
