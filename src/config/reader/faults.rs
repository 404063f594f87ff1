//! What is noted of a value that cannot be read.

use std::ops::Range;

use super::{Fields, Reader};
use crate::config::text::Written;
use crate::config::tree::Node;
use crate::diagnostic::{Arg, Code, Diagnostic, Label, Term};

impl Reader<'_> {
    /// Notes that `key` of `fields` is needed and not there.
    pub fn missing(&mut self, fields: &Fields<'_>, key: &str, example: &str) {
        let note = Diagnostic::new(Code::MissingKey)
            .with("key", fields.name(key))
            .with("example", example)
            .at(self.source, fields.range.clone());
        self.notes.push(note);
    }

    /// Notes a text at `range` with nothing in it.
    pub fn empty<T>(&mut self, name: &str, range: Range<usize>) -> Option<T> {
        let note = Diagnostic::new(Code::EmptyValue)
            .with("key", name)
            .at(self.source, range);
        self.notes.push(note);
        None
    }

    /// Notes that what `key` is given is empty.
    pub fn empty_key<T>(&mut self, fields: &Fields<'_>, key: &str) -> Option<T> {
        let range = fields.get(key).map_or(0..0, |node| node.range.clone());
        self.empty(&fields.name(key), range)
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

    /// Notes that `written` is none of `words`.
    pub fn bad_choice<'k>(
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
}
