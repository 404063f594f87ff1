//! From the tree of the YAML to [`FrontMatter`]: every key, its type, its rule.

use std::ops::Range;

use super::{Conversion, FrontMatter, Kind, PageRules, event, registry, yaml};
use crate::config::language::Language;
use crate::config::reader::{Fields, Reader};
use crate::config::tree::{Kind as Shape, Node};
use crate::config::{QUOTES, Text, Value, Written, address};
use crate::diagnostic::{Code, Diagnostic, Noted, Term, any_error};
use crate::source::Source;

/// The keys of every page.
pub(crate) const KEYS: &[&str] = &[
    "title",
    "description",
    "summary",
    "date",
    "updated",
    "as_of",
    "draft",
    "weight",
    "slug",
    "path",
    "aliases",
    "template",
    "kind",
    "tags",
    "menu_title",
    "image",
    "image_alt",
    "toc",
    "search",
    "sitemap",
    "robots",
    "facts",
    "sources",
    "takeaways",
    "convert",
    "extra",
];
/// The kinds that have keys of their own.
const KINDS: [(&str, &[&str]); 2] = [("event", event::KEYS), ("sources", registry::KEYS)];
/// The keys of `convert`.
pub(crate) const CONVERT_KEYS: &[&str] = &["using", "quotes", "keep", "terms"];

/// Reads the front matter at `range` of `source`, as [`split`](super::split) found it. There is one
/// only when it has no error.
pub fn parse(
    source: &Source,
    range: Range<usize>,
    languages: &[Language],
) -> Noted<Option<FrontMatter>> {
    let Noted { value, notes } = yaml::parse(source, range.clone());
    let mut reader = Reader::new(source, languages);
    reader.notes = notes;
    let mut front_matter = None;
    if let Some(mut tree) = value {
        // What is missing is missing from the block as a whole, so that is where it points: its fence.
        if matches!(tree.kind, Shape::Map(_)) {
            tree.range = fence(source, range.start);
        }
        front_matter = top(&mut reader, tree);
    }
    let mut notes = reader.notes;
    notes.sort_by_key(Diagnostic::sort_key);
    if any_error(&notes) {
        front_matter = None;
    }
    Noted {
        value: front_matter,
        notes,
    }
}

fn top(reader: &mut Reader<'_>, mut tree: Node) -> Option<FrontMatter> {
    if !matches!(tree.kind, Shape::Map(_)) {
        let note = Diagnostic::new(Code::YamlSyntax)
            .with("detail", Term::YamlNotMap)
            .at(reader.source, tree.range.clone());
        reader.notes.push(note);
        return None;
    }
    let of_kind = KINDS
        .iter()
        .find(|(kind, _)| Some(*kind) == kind_word(&tree))
        .map_or(&[][..], |(_, keys)| keys);
    note_misplaced(reader, &mut tree, of_kind);
    let known: Vec<&str> = KEYS.iter().chain(of_kind).copied().collect();
    let fields = reader.fields(&tree, "", &known)?;
    let title = title(reader, &fields);
    let kind = kind(reader, &fields);
    let front_matter = FrontMatter {
        title: title.unwrap_or_else(|| Text::plain("")),
        description: reader.text(&fields, "description"),
        summary: reader.text(&fields, "summary"),
        date: reader.moment(&fields, "date"),
        updated: reader.moment(&fields, "updated"),
        as_of: reader.moment(&fields, "as_of"),
        draft: reader.bool(&fields, "draft").unwrap_or(false),
        weight: reader.integer(&fields, "weight"),
        slug: slug(reader, &fields),
        path: path(reader, &fields),
        aliases: aliases(reader, &fields),
        template: template(reader, &fields),
        kind: kind?,
        tags: tags(reader, &fields),
        menu_title: reader.text(&fields, "menu_title"),
        image: reader.text(&fields, "image"),
        image_alt: reader.text(&fields, "image_alt"),
        toc: reader.bool(&fields, "toc"),
        search: reader.bool(&fields, "search").unwrap_or(true),
        sitemap: reader.bool(&fields, "sitemap").unwrap_or(true),
        robots: reader.string(&fields, "robots"),
        facts: reader.strings(&fields, "facts"),
        sources: reader.strings(&fields, "sources"),
        takeaways: reader.texts(&fields, "takeaways"),
        conversion: conversion(reader, &fields),
        extra: extra(reader, &fields),
    };
    Some(front_matter)
}

/// Notes the keys that only another kind of page has, and takes them out.
fn note_misplaced(reader: &mut Reader<'_>, tree: &mut Node, of_kind: &[&str]) {
    let Shape::Map(entries) = &mut tree.kind else {
        return;
    };
    entries.retain(|entry| {
        let key = entry.key.as_str();
        let owner = KINDS.iter().find(|(_, keys)| keys.contains(&key));
        let Some((kind, _)) = owner.filter(|_| !of_kind.contains(&key)) else {
            return true;
        };
        let note = Diagnostic::new(Code::KeyOfKind)
            .with("key", key)
            .with("kind", *kind)
            .at(reader.source, entry.key_range.clone());
        reader.notes.push(note);
        false
    });
}

/// The word of `kind`, needed before the keys can be judged.
fn kind_word(tree: &Node) -> Option<&str> {
    let Shape::Map(entries) = &tree.kind else {
        return None;
    };
    let entry = entries.iter().find(|entry| entry.key == "kind")?;
    match &entry.value.kind {
        Shape::Text(word) => Some(word),
        _ => None,
    }
}

fn title(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Text> {
    if fields.get("title").is_none() {
        reader.missing(fields, "title", "title: …");
    }
    let title = reader.text(fields, "title")?;
    if title.is_empty() {
        return reader.empty_key(fields, "title");
    }
    Some(title)
}

fn kind(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Kind> {
    if fields.get("kind").is_none() {
        return Some(Kind::Page);
    }
    let word = reader.string(fields, "kind")?;
    match word.as_str() {
        "page" => Some(Kind::Page),
        "event" => event::read(reader, fields).map(|event| Kind::Event(Box::new(event))),
        "sources" => Some(Kind::Sources(Box::new(registry::read(reader, fields)))),
        other => {
            // The word names a template's file.
            let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            if other.is_empty() || !other.bytes().all(|b| plain(b) || b"-_".contains(&b)) {
                return reader.bad_value(fields, "kind", other, Term::KindWord);
            }
            Some(Kind::Other(word))
        }
    }
}

fn slug(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Written> {
    let slug = reader.string(fields, "slug")?;
    match address::check_segment(&slug.text) {
        Ok(()) => Some(slug),
        Err(rule) => bad_address(reader, &slug, rule),
    }
}

fn path(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Written> {
    let path = reader.string(fields, "path")?;
    checked_path(reader, path)
}

fn aliases(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<Written> {
    let aliases = reader.strings(fields, "aliases");
    let mut checked = Vec::with_capacity(aliases.len());
    for alias in aliases {
        match checked_path(reader, alias) {
            Some(alias) if alias.text.is_empty() => {
                let root = Written::new("/", alias.range());
                bad_address(reader, &root, Term::PartRoot);
            }
            alias => checked.extend(alias),
        }
    }
    checked
}

/// The path without the `/` at its ends, when every part of it can be in an address.
fn checked_path(reader: &mut Reader<'_>, mut path: Written) -> Option<Written> {
    match address::check_path(&path.text).map(str::to_string) {
        Ok(text) => {
            path.text = text;
            Some(path)
        }
        Err(rule) => bad_address(reader, &path, rule),
    }
}

fn bad_address(reader: &mut Reader<'_>, written: &Written, rule: Term) -> Option<Written> {
    let note = Diagnostic::new(Code::BadAddress)
        .with("value", written.as_str())
        .with("detail", rule)
        .at(reader.source, written.range());
    reader.notes.push(note);
    None
}

fn template(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Written> {
    let template = reader.string(fields, "template")?;
    let inside = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0', ':']);
    if !template.text.split('/').all(inside) {
        return reader.bad_value(fields, "template", template.text, Term::RelativePath);
    }
    Some(template)
}

fn tags(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<Text> {
    let mut tags = reader.texts(fields, "tags");
    tags.retain(|tag| {
        if !tag.first().trim().is_empty() {
            return true;
        }
        reader.empty::<()>("tags", tag.range());
        false
    });
    tags
}

/// `false`, or the page's own rules.
fn conversion(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Conversion {
    let Some(node) = fields.get("convert") else {
        return Conversion::default();
    };
    match node.kind {
        Shape::Boolean(false) => return Conversion::Off,
        Shape::Map(_) => {}
        _ => {
            reader.wrong_type::<()>("convert", node, Term::FalseOrMap);
            return Conversion::default();
        }
    }
    let Some(fields) = reader.fields(node, "convert", CONVERT_KEYS) else {
        return Conversion::default();
    };
    let using = reader.scheme(&fields, "using");
    let quotes = reader.choice(&fields, "quotes", &QUOTES);
    let keep = reader.strings(&fields, "keep");
    let mut rules = reader.kept(keep, &fields.name("keep"));
    if let Some(node) = fields.get("terms") {
        rules.extend(reader.terms(node, &fields.name("terms")));
    }
    rules.sort_by_key(|rule| rule.is.start);
    reader.drop_duplicates(&mut rules);
    Conversion::On(Box::new(PageRules {
        using,
        quotes,
        rules,
    }))
}

fn extra(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Value {
    let Some(node) = fields.get("extra") else {
        return Value::Map(Vec::new());
    };
    match reader.value(node) {
        map @ Value::Map(_) => map,
        _ => reader
            .wrong_type("extra", node, Term::Map)
            .unwrap_or(Value::Map(Vec::new())),
    }
}

/// The opening `---` before `start`.
fn fence(source: &Source, start: usize) -> Range<usize> {
    let before = source.text().get(..start).unwrap_or("");
    match before.rfind("---") {
        Some(at) => at..at + 3,
        None => start..start,
    }
}
