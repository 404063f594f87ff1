//! Dates, and the author's own values.

use super::{Fields, Reader};
use crate::config::date::{Moment, PartialDate};
use crate::config::language::{self, LanguageIndex};
use crate::config::text::{Text, Written};
use crate::config::tree::{Entry, Kind, Node};
use crate::config::value::Value;
use crate::diagnostic::{Code, Diagnostic, Term};

impl Reader<'_> {
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

    fn only_languages(&self, entries: &[Entry]) -> Option<Vec<(LanguageIndex, Written)>> {
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
