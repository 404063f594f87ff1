//! Ids that a page's template gives to its own values: every `id` under `extra`.

use crate::config::{Text, Value};

/// The values of all keys `id`, at any depth.
pub fn in_extra(value: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    collect(value, &mut found);
    found
}

fn collect<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::List(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Map(entries) => {
            for (key, value) in entries {
                match value {
                    Value::Text(Text::Same(written)) if key == "id" => found.push(written.as_str()),
                    value => collect(value, found),
                }
            }
        }
        _ => {}
    }
}
