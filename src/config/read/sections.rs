//! The tables that switch and tune: `[convert]`, `[markdown]`, `[feed]`, `[search]`, `[sitemap]`.

use super::{
    AMBIGUOUS, CONVERT_KEYS, ENGINES, FEED_KEYS, MARKDOWN_KEYS, QUOTES, STYLES, SWITCH_KEYS,
};
use crate::config::reader::{Fields, Reader};
use crate::config::{Convert, Feed, Markdown, Written};
use crate::diagnostic::Term;

/// The table at `key`, or none when it is absent or no table.
fn table<'n>(
    reader: &mut Reader<'_>,
    fields: &Fields<'n>,
    key: &str,
    known: &[&str],
) -> Option<Fields<'n>> {
    let node = fields.get(key)?;
    reader.map(node, key, Term::Table)?;
    reader.fields(node, key, known)
}

pub fn convert(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Convert {
    let Some(table) = table(reader, fields, "convert", CONVERT_KEYS) else {
        return Convert::default();
    };
    Convert {
        glossary: site_file(reader, &table, "glossary"),
        quotes: reader.choice(&table, "quotes", &QUOTES).unwrap_or_default(),
        style: reader.choice(&table, "style", &STYLES).unwrap_or_default(),
        ambiguous: reader
            .choice(&table, "ambiguous", &AMBIGUOUS)
            .unwrap_or_default(),
        engine: reader
            .choice(&table, "engine", &ENGINES)
            .unwrap_or_default(),
        review: site_file(reader, &table, "review"),
    }
}

/// A path of a file inside the site's folder.
fn site_file(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str) -> Option<Written> {
    let written = reader.string(fields, key)?;
    let inside = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0', ':']);
    if !written.text.split('/').all(inside) {
        return reader.bad_value(fields, key, written.text, Term::RelativePath);
    }
    Some(written)
}

pub fn markdown(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Markdown {
    let table = table(reader, fields, "markdown", MARKDOWN_KEYS);
    let mut is = |key, default| {
        let given = table.as_ref().and_then(|table| reader.bool(table, key));
        given.unwrap_or(default)
    };
    Markdown {
        html: is("html", false),
    }
}

pub fn feed(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Feed {
    let defaults = Feed {
        enabled: true,
        limit: 20,
        full: true,
    };
    let Some(table) = table(reader, fields, "feed", FEED_KEYS) else {
        return defaults;
    };
    Feed {
        enabled: reader.bool(&table, "enabled").unwrap_or(defaults.enabled),
        limit: reader
            .count(&table, "limit", 10_000)
            .unwrap_or(defaults.limit),
        full: reader.bool(&table, "full").unwrap_or(defaults.full),
    }
}

/// `[search]` or `[sitemap]`: on unless switched off.
pub fn switch(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str) -> bool {
    table(reader, fields, key, SWITCH_KEYS)
        .and_then(|table| reader.bool(&table, "enabled"))
        .unwrap_or(true)
}
