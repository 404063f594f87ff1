//! The published JSON Schemas, held to the parsers' own lists of keys and words.
//!
//! Only for tests: the schemas are documents for editors (`docs/schema/`), never read by the program.

use std::collections::BTreeSet;

use serde_json::Value;

/// A schema and where in it a table or a list of words stands.
pub(crate) struct Schema(Value);

impl Schema {
    /// Reads a schema.
    pub(crate) fn new(text: &str) -> Schema {
        Schema(serde_json::from_str(text).expect("a published schema is JSON"))
    }

    /// Holds the properties of the object at `pointer` to `keys`.
    pub(crate) fn has_keys(&self, pointer: &str, keys: &[&str]) {
        let object = self.at(pointer);
        let properties = object["properties"].as_object();
        let names: BTreeSet<&str> = properties
            .into_iter()
            .flatten()
            .map(|(k, _)| k.as_str())
            .collect();
        assert_eq!(names, keys.iter().copied().collect(), "{pointer}");
        assert_eq!(object["additionalProperties"], false, "{pointer}");
        for key in object["required"].as_array().into_iter().flatten() {
            let key = key.as_str().unwrap_or_default();
            assert!(names.contains(key), "{pointer} requires `{key}`");
        }
    }

    /// Holds the words at `pointer` to `choices`.
    pub(crate) fn has_words<T>(&self, pointer: &str, choices: &[(&str, T)]) {
        let listed = self.at(pointer)["enum"].as_array();
        let words: Vec<&str> = listed
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let expected: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        assert_eq!(words, expected, "{pointer}");
    }

    fn at(&self, pointer: &str) -> &Value {
        let found = self.0.pointer(pointer);
        found.unwrap_or_else(|| panic!("the schema has nothing at {pointer}"))
    }
}
