//! TOML to a [`Node`] tree, every syntax error at its place.
//!
//! The `toml` crate recovers after an error, so one run shows them all. Its tables are sorted by key;
//! here they are put back into the order of the file, which decides the order of languages and menus.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::tree::{Entry, Kind, Node};
use crate::diagnostic::{Arg, Code, Diagnostic, Noted, Term};
use crate::source::Source;

/// The longest file read, in bytes: a glossary of twenty thousand rows fits.
const LIMIT: usize = 1 << 20;

/// The deepest nesting read. The `toml` crate bounds brackets and dotted keys each by itself; together
/// they make trees that overflow a worker's stack when they are dropped.
const DEPTH: usize = 64;

/// The tree of a TOML file; none when a part of it could not be read at all.
pub fn parse(source: &Source) -> Noted<Option<Node>> {
    let text = source.text();
    let refused = if text.len() > LIMIT {
        Some((Term::TomlTooLong, 0))
    } else {
        too_deep(text).map(|at| (Term::TomlTooDeep, at))
    };
    if let Some((detail, at)) = refused {
        let note = Diagnostic::new(Code::TomlTooLarge)
            .with("detail", detail)
            .at(source, at..at);
        return Noted {
            value: None,
            notes: vec![note],
        };
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut notes = Vec::new();
    for error in &errors {
        let at = error.span().map_or(0, |span| span.start);
        if error.message().starts_with("missing comma") && begins_line(text, at) {
            // A bracket left open takes the rest of the file for its items, and what is said of them
            // is noise.
            let above = Diagnostic::new(Code::TomlSyntax).with("detail", Term::TomlOpenAbove);
            notes.push(above.at(source, at..at));
            break;
        }
        notes.push(syntax(source, error));
    }
    notes.dedup_by_key(|note| note.sort_key());
    let value = notes.is_empty().then(|| map(table.span(), table.get_ref()));
    Noted { value, notes }
}

/// What is said of a syntax error: the common ones in this program's words, the others in the crate's.
fn syntax(source: &Source, error: &toml::de::Error) -> Diagnostic {
    const WORDS: [(&str, Term); 13] = [
        ("string values must be quoted", Term::TomlUnquoted),
        ("invalid basic string", Term::TomlUnclosedText),
        ("invalid multi-line basic string", Term::TomlUnclosedText),
        ("invalid literal string", Term::TomlUnclosedText),
        ("invalid multi-line literal string", Term::TomlUnclosedText),
        ("unclosed", Term::TomlUnclosed),
        ("missing value", Term::TomlNoValue),
        ("key with no value", Term::TomlNoEquals),
        ("missing assignment", Term::TomlNoEquals),
        ("missing comma", Term::TomlNoComma),
        ("extra comma", Term::TomlExtraComma),
        ("invalid unquoted key", Term::TomlKey),
        ("unexpected leading zero", Term::TomlZero),
    ];
    let range = error.span().unwrap_or(0..0);
    let message = error.message();
    if message.starts_with("duplicate key") {
        let key = source.text().get(range.clone()).unwrap_or("");
        return Diagnostic::new(Code::DuplicateKey)
            .with("key", key)
            .at(source, range);
    }
    let words = if range.is_empty() && message.starts_with("string values") {
        Some(&("", Term::TomlNoValue))
    } else {
        WORDS.iter().find(|(start, _)| message.starts_with(start))
    };
    let detail = words.map_or_else(|| Arg::from(message), |(_, term)| Arg::Term(*term));
    Diagnostic::new(Code::TomlSyntax)
        .with("detail", detail)
        .at(source, range)
}

/// Whether only white space stands before `at` on its line.
fn begins_line(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    before[line..].trim().is_empty()
}

/// The byte at which the nesting passes [`DEPTH`]. Each bracket counts, and each dot that can be of a
/// key; what stands in texts and comments does not.
fn too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open: Vec<usize> = Vec::new();
    let mut nested = 0;
    let mut dots = 0;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'#' => at += memchr::memchr(b'\n', &bytes[at..]).unwrap_or(bytes.len() - at) - 1,
            b'"' | b'\'' => at = text_end(bytes, at) - 1,
            b'.' => dots += 1,
            b',' | b'\n' => dots = 0,
            b'[' | b'{' => {
                open.push(1 + dots);
                nested += 1 + dots;
                dots = 0;
            }
            b']' | b'}' => {
                nested -= open.pop().unwrap_or(0);
                dots = 0;
            }
            _ => {}
        }
        if nested + dots > DEPTH {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Where the text that begins at `start` ends: behind its closing marks, or at the end of its line
/// where they are missing.
fn text_end(bytes: &[u8], start: usize) -> usize {
    let mark = bytes[start];
    let long = bytes[start..].starts_with(&[mark; 3]);
    let mut at = start + if long { 3 } else { 1 };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if mark == b'"' => at += 1,
            b'\n' if !long => return at,
            byte if byte == mark && !long => return at + 1,
            byte if byte == mark && bytes[at..].starts_with(&[mark; 3]) => return at + 3,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
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

#[cfg(test)]
mod tests {
    use super::too_deep;

    #[test]
    fn depth_counts_brackets_and_dots_together() {
        for (text, refused) in [
            ("a = [1, 2.5]".to_string(), false),
            ("[".repeat(64), false),
            ("[".repeat(65), true),
            ("a.".repeat(64), false),
            ("a.".repeat(65), true),
            ("a.b.c = {".repeat(30), true),
            ("a = [[]]\n".repeat(100), false),
            ("[a.b.c]\nd.e = 1.5\n".repeat(100), false),
            (format!("a = \"{}\"", "[".repeat(99)), false),
            (format!("a = '{}'", "[".repeat(99)), false),
            (format!("a = \"\\\"{}\"", "[".repeat(99)), false),
            (
                format!("a = \"\"\"\"{}\n{}\"\"\"", "[".repeat(99), "[".repeat(99)),
                false,
            ),
            (format!("# {}\nb = 1", "[".repeat(99)), false),
            (format!("# {}", "[".repeat(99)), false),
            (format!("a = \"\n{}", "[".repeat(99)), true),
        ] {
            assert_eq!(too_deep(&text).is_some(), refused, "{text}");
        }
    }
}
