//! A parsed file before anything is known about its keys: values, and where each stands.
//!
//! TOML and YAML both become this tree, so that configuration, glossary and front matter are read by
//! the same strict reader ([`super::reader`]) and point the same way. What a key means is left to that
//! reader's callers.

use std::ops::Range;

use crate::diagnostic::Term;

/// A value and its place in the text (bytes, quotation marks included).
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it stands; for a table with a header of its own, the header.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// YAML's `null`, or a key with nothing after it.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction or an exponent; always finite.
    Float(f64),
    /// A text, with escapes resolved.
    Text(String),
    /// A date or time of TOML, as written.
    Date(String),
    /// Values in order.
    List(Vec<Node>),
    /// Keys and values, in the order of the file.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key, with escapes resolved.
    pub key: String,
    /// Where the key stands.
    pub key_range: Range<usize>,
    /// What it is given.
    pub value: Node,
}

impl Node {
    /// The kind of value found, in words.
    pub fn found(&self) -> Term {
        match self.kind {
            Kind::Null => Term::Nothing,
            Kind::Boolean(_) => Term::BooleanFound,
            Kind::Integer(_) => Term::Number,
            Kind::Float(_) => Term::Fraction,
            Kind::Text(_) => Term::Text,
            Kind::Date(_) => Term::Date,
            Kind::List(_) => Term::List,
            Kind::Map(_) => Term::Map,
        }
    }
}
