//! The author's own values: whatever is kept under `extra`, for templates.
//!
//! Nothing is known about their keys here; which of the texts are converted, and which maps refer to a
//! page, is for the stages that use them. Order and places are kept.

use super::text::Text;

/// A value of the author's own.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number; always finite.
    Float(f64),
    /// A text, or a map whose keys are all languages of the site.
    Text(Text),
    /// Values in order.
    List(Vec<Value>),
    /// Keys and values, in the order of the file.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The value under `key`, in a map that has it.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Map(entries) => entries
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// Whether it is nothing, or a map or list with nothing in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Null => true,
            Value::List(items) => items.is_empty(),
            Value::Map(entries) => entries.is_empty(),
            _ => false,
        }
    }
}
