//! From the tree of `site.toml` to a [`Config`]: every key, its default, its rule.
//!
//! The lists of keys are here, beside the code that reads them; the published JSON Schema is held to
//! them by a test.

mod languages;
mod menus;
mod redirects;
mod sections;

use std::collections::BTreeMap;

use super::reader::{Fields, Reader};
use super::tree::Node;
use super::*;
use crate::diagnostic::{Diagnostic, Noted, Term, any_error};
use crate::source::Source;

/// The keys of `site.toml`.
pub(crate) const KEYS: &[&str] = &[
    "base_url",
    "title",
    "description",
    "author",
    "timezone",
    "default_language",
    "output_dir",
    "relative_links",
    "minify_html",
    "ignored_content",
    "theme_color",
    "pagination",
    "languages",
    "convert",
    "markdown",
    "feed",
    "search",
    "sitemap",
    "redirects",
    "menus",
    "strings",
    "extra",
];
/// The keys of `[convert]`.
pub(crate) const CONVERT_KEYS: &[&str] = &[
    "glossary",
    "quotes",
    "style",
    "ambiguous",
    "engine",
    "review",
];
/// The keys of `[markdown]`.
pub(crate) const MARKDOWN_KEYS: &[&str] = &["html"];
/// The keys of `[feed]`.
pub(crate) const FEED_KEYS: &[&str] = &["enabled", "limit", "full"];
/// The keys of `[search]` and of `[sitemap]`.
pub(crate) const SWITCH_KEYS: &[&str] = &["enabled"];
/// The keys of one of `[[redirects]]`.
pub(crate) const REDIRECT_KEYS: &[&str] = &["from", "to"];

/// What `quotes` can be, here and in front matter.
pub const QUOTES: [(&str, Quotes); 2] = [("auto", Quotes::Auto), ("keep", Quotes::Keep)];
pub(crate) const STYLES: [(&str, Style); 3] = [
    ("press", Style::Press),
    ("school", Style::School),
    ("none", Style::None),
];
pub(crate) const AMBIGUOUS: [(&str, Ambiguous); 3] = [
    ("allow", Ambiguous::Allow),
    ("warn", Ambiguous::Warn),
    ("deny", Ambiguous::Deny),
];
pub(crate) const ENGINES: [(&str, Engine); 2] =
    [("builtin", Engine::Builtin), ("opencc", Engine::Opencc)];

/// Reads `site.toml`. There is a configuration only when the file has no error.
pub fn parse(source: &Source) -> Noted<Option<Config>> {
    let Noted { value, mut notes } = toml::parse(source);
    let mut config = None;
    if let Some(tree) = value {
        config = top(source, &tree, &mut notes);
    }
    notes.sort_by_key(Diagnostic::sort_key);
    if any_error(&notes) {
        config = None;
    }
    Noted {
        value: config,
        notes,
    }
}

fn top(source: &Source, tree: &Node, notes: &mut Vec<Diagnostic>) -> Option<Config> {
    let mut reader = Reader::new(source, &[]);
    let fields = reader.fields(tree, "", KEYS)?;
    let languages = languages::read(&mut reader, &fields);
    notes.append(&mut reader.notes);

    let mut reader = Reader::new(source, &languages);
    let r = &mut reader;
    let base_url = base_url(r, &fields);
    let title = title(r, &fields);
    let convert = sections::convert(r, &fields);
    let markdown = sections::markdown(r, &fields);
    let feed = sections::feed(r, &fields);
    let search = sections::switch(r, &fields, "search");
    let sitemap = sections::switch(r, &fields, "sitemap");
    let redirects = redirects::read(r, &fields);
    let menus = menus::read(r, &fields);
    let strings = strings(r, &fields);
    let description = r.text(&fields, "description");
    let author = r.text(&fields, "author");
    let timezone = timezone(r, &fields);
    let output_dir = output_dir(r, &fields);
    let relative_links = r.bool(&fields, "relative_links").unwrap_or(false);
    let minify_html = r.bool(&fields, "minify_html").unwrap_or(false);
    let ignored_content = r.strings(&fields, "ignored_content");
    let theme_color = theme_color(r, &fields);
    let pagination = r.count(&fields, "pagination", 100_000).unwrap_or(0);
    let extra = fields
        .get("extra")
        .map_or(Value::Map(Vec::new()), |node| r.value(node));
    if fields
        .get("extra")
        .is_some_and(|_| !matches!(extra, Value::Map(_)))
        && let Some(node) = fields.get("extra")
    {
        r.wrong_type::<()>("extra", node, Term::Table);
    }
    notes.append(&mut reader.notes);

    if languages.is_empty() {
        return None;
    }
    Some(Config {
        base_url: base_url?,
        title: title?,
        description: description.unwrap_or_else(|| Text::plain("")),
        author: author.unwrap_or_else(|| Text::plain("")),
        timezone,
        output_dir,
        relative_links,
        minify_html,
        ignored_content: ignored_content.into_iter().map(|w| w.text).collect(),
        theme_color,
        pagination,
        languages,
        convert,
        markdown,
        feed,
        search: Search { enabled: search },
        sitemap: Sitemap { enabled: sitemap },
        redirects,
        menus,
        strings,
        extra,
    })
}

fn base_url(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<BaseUrl> {
    if fields.get("base_url").is_none() {
        reader.missing(fields, "base_url", "base_url = \"https://example.org\"");
    }
    let written = reader.string(fields, "base_url")?;
    BaseUrl::parse(&written.text)
        .or_else(|rule| {
            reader
                .bad_value(fields, "base_url", written.text, rule)
                .ok_or(())
        })
        .ok()
}

fn title(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Text> {
    if fields.get("title").is_none() {
        reader.missing(fields, "title", "title = \"…\"");
    }
    let title = reader.text(fields, "title")?;
    if title.is_empty() {
        return reader.empty_key(fields, "title");
    }
    Some(title)
}

fn timezone(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Written {
    let Some(written) = reader.string(fields, "timezone") else {
        return Written::new("UTC", 0..0);
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte);
    let sound = !written.text.is_empty()
        && written.text.bytes().all(plain)
        && !written.text.starts_with('/');
    if !sound {
        reader.bad_value::<()>(fields, "timezone", written.text.clone(), Term::TimeZone);
    }
    written
}

fn output_dir(reader: &mut Reader<'_>, fields: &Fields<'_>) -> String {
    let Some(written) = reader.string(fields, "output_dir") else {
        return "public".to_string();
    };
    if written.text.trim().is_empty() {
        reader.empty_key::<()>(fields, "output_dir");
    }
    written.text
}

fn theme_color(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<String> {
    let text = reader.string(fields, "theme_color")?.text;
    let digits = text.strip_prefix('#').unwrap_or("");
    let sound = matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    if !sound {
        return reader.bad_value(fields, "theme_color", text, Term::Color);
    }
    Some(text)
}

fn strings(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
) -> BTreeMap<LanguageIndex, BTreeMap<String, Written>> {
    let mut strings = BTreeMap::new();
    let Some(node) = fields.get("strings") else {
        return strings;
    };
    let entries = reader.map(node, "strings", Term::Table).unwrap_or_default();
    for entry in entries {
        let name = format!("strings.{}", entry.key);
        let language = reader.language(&entry.key, entry.key_range.clone());
        let Some(texts) = reader.map(&entry.value, &name, Term::Table) else {
            continue;
        };
        let mut of_language = BTreeMap::new();
        for text in texts {
            let key = format!("{name}.{}", text.key);
            if let Some(written) = reader.written(&text.value, &key, Term::Text) {
                of_language.insert(text.key.clone(), written);
            }
        }
        if let Some(language) = language {
            strings.insert(language, of_language);
        }
    }
    strings
}

#[cfg(test)]
mod tests;
