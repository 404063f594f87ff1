//! TOML to a [`Node`] tree, every syntax error at its place.
//!
//! The `toml` crate recovers after an error, so one run shows them all. Its tables are sorted by key;
//! here they are put back into the order of the file, which decides the order of languages and menus.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::tree::{Entry, Kind, Node};
use crate::diagnostic::{Code, Diagnostic, Noted, Term};
use crate::source::Source;

/// The longest file read, in bytes: a glossary of twenty thousand rows fits. (Nesting is bounded by
/// the `toml` crate itself.)
const LIMIT: usize = 1 << 20;

/// The tree of a TOML file; none when a part of it could not be read at all.
pub fn parse(source: &Source) -> Noted<Option<Node>> {
    let text = source.text();
    if text.len() > LIMIT {
        let refused = Diagnostic::new(Code::TomlTooLarge)
            .with("detail", Term::TomlTooLong)
            .at(source, 0..0);
        return Noted {
            value: None,
            notes: vec![refused],
        };
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut notes: Vec<Diagnostic> = errors
        .iter()
        .map(|error| {
            let range = error.span().unwrap_or(0..0);
            Diagnostic::new(Code::TomlSyntax)
                .with("detail", error.message())
                .at(source, range)
        })
        .collect();
    notes.dedup_by_key(|note| note.sort_key());
    let value = notes.is_empty().then(|| map(table.span(), table.get_ref()));
    Noted { value, notes }
}

fn map(range: std::ops::Range<usize>, table: &DeTable<'_>) -> Node {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_range: key.span(),
            value: node(value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_range.start);
    Node {
        range,
        kind: Kind::Map(entries),
    }
}

fn node(value: &Spanned<DeValue<'_>>) -> Node {
    let range = value.span();
    let kind = match value.get_ref() {
        DeValue::String(text) => Kind::Text(text.to_string()),
        DeValue::Integer(number) => integer(number.as_str(), number.radix()),
        DeValue::Float(number) => number
            .as_str()
            .parse()
            .ok()
            .filter(|float: &f64| float.is_finite())
            .map_or_else(|| Kind::Text(number.to_string()), Kind::Float),
        DeValue::Boolean(truth) => Kind::Boolean(*truth),
        DeValue::Datetime(date) => Kind::Date(date.to_string()),
        DeValue::Array(items) => Kind::List(items.iter().map(node).collect()),
        DeValue::Table(table) => return map(range, table),
    };
    Node { range, kind }
}

/// Numbers beyond 64 bits stay texts, which every reader of numbers then refuses at their place.
fn integer(digits: &str, radix: u32) -> Kind {
    i64::from_str_radix(digits, radix)
        .map_or_else(|_| Kind::Text(digits.to_string()), Kind::Integer)
}
