//! Texts, numbers, words and lists of them.

use super::{Fields, Reader, join};
use crate::config::text::{Text, Written};
use crate::config::tree::{Kind, Node};
use crate::diagnostic::Term;
use crate::hanzi::Scheme;

impl Reader<'_> {
    /// A text that is the same in every language.
    pub fn string(&mut self, fields: &Fields<'_>, key: &str) -> Option<Written> {
        let node = fields.get(key)?;
        self.written(node, &fields.name(key), Term::Text)
    }

    /// The text at `node`.
    pub fn written(&mut self, node: &Node, name: &str, expected: Term) -> Option<Written> {
        match &node.kind {
            Kind::Text(text) if text.chars().any(unprintable) => {
                let shown: String = text.chars().filter(|ch| !unprintable(*ch)).collect();
                self.bad_value_at(node.range.clone(), name, shown, Term::Unprintable)
            }
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
}

/// Control characters but for line ends and tabs: neither HTML nor XML can say them, and an escape can.
fn unprintable(ch: char) -> bool {
    ch.is_control() && !matches!(ch, '\n' | '\r' | '\t')
}
