//! The references of keys, held to the published schemas, which the parsers' own tests hold to the
//! parsers: every key, every word it can be, every default.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tongwen::config;
use tongwen::source::{SitePath, Source};

use crate::{Document, root};

/// A table of keys: the heading it is under, and its place in the schema. Keys that the place shares
/// with `/$defs/page` are left to that.
type Tables = &'static [(&'static str, &'static str)];

const CONFIGURATION: Tables = &[
    ("The top of the file", ""),
    ("`[languages.<tag>]`", "/$defs/language"),
    ("`derive`", "/$defs/language/properties/derive"),
    ("`[convert]`", "/$defs/convert"),
    ("`[markdown]`", "/$defs/markdown"),
    ("`[feed]`", "/$defs/feed"),
    ("`[search]` and `[sitemap]`", "/$defs/switch"),
    ("`[[redirects]]`", "/$defs/redirect"),
    ("`[[menus.<name>]]`", "/$defs/menu_item"),
];

const FRONT_MATTER: Tables = &[
    ("Every page", "/$defs/page"),
    ("`convert`", "/$defs/rules"),
    ("Events", "/$defs/event"),
    ("`theme`", "/$defs/theme"),
    ("`outcomes`", "/$defs/outcome"),
    ("`aims`", "/$defs/aim"),
    ("`claims`", "/$defs/claim"),
    ("The sources page", "/$defs/sources"),
    ("`entries`", "/$defs/entry"),
    ("`fact_index`", "/$defs/fact"),
    ("`conflicts` of the sources page", "/$defs/conflict"),
    ("`corrections`", "/$defs/correction"),
];

const GLOSSARY: Tables = &[
    ("`glossary.toml`", ""),
    ("`[[term]]` and `[[keep]]`", "/$defs/row"),
    ("`[style.<tag>]`", "/$defs/style"),
];

const GLOSSARY_IN_CHINESE: Tables = &[
    ("`glossary.toml`", ""),
    ("`[[term]]` 和 `[[keep]]`", "/$defs/row"),
    ("`[style.<標籤>]`", "/$defs/style"),
];

#[test]
fn the_documents_have_the_keys_that_the_parsers_have() {
    for (document, schema, tables) in [
        ("configuration.md", "site", CONFIGURATION),
        ("front-matter.md", "front-matter", FRONT_MATTER),
        ("conversion.md", "glossary", GLOSSARY),
        (
            "site/content/conversion.md",
            "glossary",
            GLOSSARY_IN_CHINESE,
        ),
    ] {
        let document = Document::read(document);
        let schema = schema_of(schema);
        let mut wrong = String::new();
        for (heading, pointer) in tables {
            compare(&document, heading, &schema, pointer, &mut wrong);
        }
        assert!(wrong.is_empty(), "docs/{}:\n{wrong}", document.name);
        let listed: BTreeSet<&str> = tables.iter().map(|(_, pointer)| *pointer).collect();
        for pointer in objects(&schema) {
            assert!(listed.contains(&*pointer), "nobody documents {pointer}");
        }
    }
}

fn compare(document: &Document, heading: &str, schema: &Value, pointer: &str, wrong: &mut String) {
    let properties = own_properties(schema, pointer);
    let rows: BTreeMap<&str, Vec<&str>> = document
        .rows_under(heading)
        .into_iter()
        .map(|cells| (cells[0], cells[1..].to_vec()))
        .collect();
    for key in rows.keys().filter(|key| !properties.contains_key(**key)) {
        wrong.push_str(&format!("  {heading}: there is no `{key}`\n"));
    }
    for (key, property) in properties {
        let Some(cells) = rows.get(key) else {
            wrong.push_str(&format!("  {heading}: `{key}` is not in the table\n"));
            continue;
        };
        if let Some(default) = property.get("default") {
            let expected = format!("`{default}`");
            if cells[0] != expected {
                wrong.push_str(&format!("  {heading}: `{key}` is {expected} by default\n"));
            }
        }
        for word in property["enum"].as_array().into_iter().flatten() {
            let word = word.as_str().unwrap_or_default();
            let named = [format!("`{word}`"), format!("`\"{word}\"`")];
            if !cells
                .iter()
                .any(|cell| named.iter().any(|name| cell.contains(name)))
            {
                wrong.push_str(&format!("  {heading}: `{key}` can be `{word}`\n"));
            }
        }
    }
}

/// The defaults of the schema, and so of the document, are what the program takes where nothing is
/// said.
#[test]
fn the_defaults_are_what_is_taken_when_nothing_is_said() {
    let schema = schema_of("site");
    let mut spelled = String::new();
    let mut tables: BTreeMap<&str, &str> = BTreeMap::new();
    for (heading, pointer) in CONFIGURATION {
        match *heading {
            "The top of the file" => {
                spelled.push_str(&defaults(&schema, pointer));
            }
            "`[search]` and `[sitemap]`" => {
                tables.extend([("[search]", *pointer), ("[sitemap]", *pointer)]);
            }
            heading if heading.starts_with("`[") && !heading.contains('<') => {
                tables.insert(heading.trim_matches('`'), *pointer);
            }
            _ => {}
        }
    }
    for (table, pointer) in tables {
        if !table.starts_with("[[") {
            spelled.push_str(&format!("{table}\n{}", defaults(&schema, pointer)));
        }
    }
    let head = "base_url = \"https://example.org\"\ntitle = \"同文\"\n";
    let language = "[languages.zh-Hant-HK]\nlabel = \"繁體\"\n";
    let said = read(&format!("{head}{spelled}{language}"));
    let unsaid = read(&format!("{head}{language}"));
    assert!(spelled.lines().count() > 12, "{spelled}");
    // Where the zone is written is no part of its value.
    assert_eq!(said.timezone.text, unsaid.timezone.text);
    let unsaid = config::Config {
        timezone: said.timezone.clone(),
        ..unsaid
    };
    assert_eq!(said, unsaid, "{spelled}");
}

fn read(text: &str) -> config::Config {
    let source = Source::new(SitePath::new("site.toml"), text.to_string());
    let read = config::parse(&source);
    assert!(read.notes.is_empty(), "{text}\n{:?}", read.notes);
    read.value.expect("it has no error")
}

fn defaults(schema: &Value, pointer: &str) -> String {
    let properties = own_properties(schema, pointer);
    let defaults = properties
        .iter()
        .filter_map(|(key, property)| Some((key, property.get("default")?)));
    defaults
        .map(|(key, default)| format!("{key} = {default}\n"))
        .collect()
}

fn schema_of(name: &str) -> Value {
    let path = root().join(format!("docs/schema/{name}.schema.json"));
    let text = std::fs::read_to_string(path).expect("the schema is there");
    serde_json::from_str(&text).expect("a schema is JSON")
}

/// The properties at `pointer`, without those every page has.
fn own_properties<'s>(schema: &'s Value, pointer: &str) -> BTreeMap<&'s str, &'s Value> {
    let of = |pointer: &str| {
        let object = schema
            .pointer(pointer)
            .and_then(|it| it["properties"].as_object());
        object.into_iter().flatten()
    };
    let shared: BTreeSet<&String> = match pointer {
        "/$defs/page" => BTreeSet::new(),
        _ => of("/$defs/page").map(|(key, _)| key).collect(),
    };
    // What is under another kind of thing may have the same name as a page's key.
    let is_page = ["/$defs/event", "/$defs/sources"].contains(&pointer);
    of(pointer)
        .filter(|(key, _)| !is_page || !shared.contains(key))
        .map(|(key, property)| (key.as_str(), property))
        .collect()
}

/// Where the schema has objects with keys of their own, conditions left out.
fn objects(schema: &Value) -> Vec<String> {
    fn walk(value: &Value, pointer: &str, found: &mut Vec<String>) {
        let Some(object) = value.as_object() else {
            return;
        };
        if object.contains_key("additionalProperties") && object.contains_key("properties") {
            found.push(pointer.to_string());
        }
        for (key, value) in object {
            if !["if", "then", "else"].contains(&key.as_str()) {
                walk(value, &format!("{pointer}/{key}"), found);
            }
        }
    }
    let mut found = Vec::new();
    walk(schema, "", &mut found);
    found
}
