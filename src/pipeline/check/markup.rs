//! Reading finished HTML the way a browser's first pass does: what is said in which language, which ids
//! there are, and where links lead.
//!
//! It reads what our own templates and the site's wrote, so it must not choke on anything; it is no
//! validator. A tag that is never closed ends with its parent.

use std::borrow::Cow;
use std::collections::BTreeSet;

/// What a page of HTML was found to hold.
#[derive(Debug, Default)]
pub struct Scanned {
    /// Its ids.
    pub ids: BTreeSet<String>,
    /// Addresses of attributes, entities resolved, in order.
    pub links: Vec<String>,
    /// `<link rel="alternate" hreflang>`: language and address.
    pub alternates: Vec<(String, String)>,
    /// `<link rel="canonical">`
    pub canonical: Option<String>,
    /// Texts that people or machines read, each with its language.
    pub words: Vec<Words>,
}

/// A text of a page.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    /// The nearest `lang` around it; empty when there is none.
    pub lang: String,
    /// Its characters, entities resolved.
    pub text: String,
}

/// Attributes whose values are words.
const READABLE: &[&str] = &[
    "alt",
    "title",
    "aria-label",
    "placeholder",
    "summary",
    "label",
];
/// Attributes whose values are addresses.
const ADDRESSES: &[&str] = &["href", "src", "data-search", "data-fold", "poster"];
/// Elements whose content is for machines, or is quoted as it stands.
const FIXED: &[&str] = &["code", "pre", "kbd", "samp", "var", "textarea", "template"];
/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style"];
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

struct Open {
    name: String,
    lang: String,
    fixed: bool,
}

/// Reads a page; `lang` is the language of what stands outside every element with a `lang` of its own.
pub fn scan(html: &str, lang: &str) -> Scanned {
    let mut scanned = Scanned::default();
    let mut open = vec![Open {
        name: String::new(),
        lang: lang.to_string(),
        fixed: false,
    }];
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        say(&mut scanned, &open, &rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            rest = after(rest, "-->");
            continue;
        }
        let Some(end) = tag_end(rest) else {
            return scanned;
        };
        let tag = &rest[1..end - 1];
        rest = &rest[end..];
        if let Some(name) = tag.strip_prefix('/') {
            close(&mut open, name.trim());
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let name = start(&mut scanned, &mut open, tag);
            if RAW.contains(&name.as_str()) {
                let content = rest.find(&format!("</{name}")).unwrap_or(rest.len());
                if tag.contains("ld+json") {
                    let text = json_words(&rest[..content]);
                    say(&mut scanned, &open, &text);
                }
                rest = &rest[content..];
            }
        }
    }
    say(&mut scanned, &open, rest);
    scanned
}

fn start(scanned: &mut Scanned, open: &mut Vec<Open>, tag: &str) -> String {
    let name_end = tag
        .find(|c: char| c.is_ascii_whitespace() || c == '/')
        .unwrap_or(tag.len());
    let name = tag[..name_end].to_ascii_lowercase();
    let attributes = attributes(&tag[name_end..]);
    let get = |key: &str| {
        let found = attributes.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value.as_str())
    };
    let (lang, fixed) = match open.last() {
        Some(outer) => (outer.lang.clone(), outer.fixed),
        None => (String::new(), false),
    };
    let element = Open {
        lang: get("lang").map_or(lang, str::to_string),
        fixed: fixed
            || FIXED.contains(&name.as_str())
            || get("translate").is_some_and(|value| value.eq_ignore_ascii_case("no"))
            || get("class").is_some_and(|value| {
                value
                    .split_ascii_whitespace()
                    .any(|class| class == "notranslate")
            }),
        name: name.clone(),
    };
    scanned.ids.extend(get("id").map(str::to_string));
    for (key, value) in &attributes {
        let words = READABLE.contains(&key.as_str())
            || key == "content" && name == "meta" && !value.contains("://");
        if words && !element.fixed {
            scanned.words.push(Words {
                lang: element.lang.clone(),
                text: value.clone(),
            });
        } else if ADDRESSES.contains(&key.as_str()) || key == "content" {
            scanned.links.push(value.clone());
        } else if key == "srcset" {
            let sources = value
                .split(',')
                .filter_map(|one| one.split_whitespace().next());
            scanned.links.extend(sources.map(str::to_string));
        }
    }
    if name == "link" {
        let rel = get("rel").unwrap_or_default();
        if let (Some(hreflang), Some(href), "alternate") = (get("hreflang"), get("href"), rel) {
            let alternate = (hreflang.to_string(), href.to_string());
            scanned.alternates.push(alternate);
        }
        if rel == "canonical" {
            scanned.canonical = get("href").map(str::to_string);
        }
    }
    if !VOID.contains(&name.as_str()) && !tag.ends_with('/') {
        open.push(element);
    }
    name
}

fn close(open: &mut Vec<Open>, name: &str) {
    let found = open
        .iter()
        .rposition(|element| element.name.eq_ignore_ascii_case(name));
    if let Some(at) = found.filter(|at| *at > 0) {
        open.truncate(at);
    }
}

fn say(scanned: &mut Scanned, open: &[Open], text: &str) {
    let Some(around) = open.last().filter(|around| !around.fixed) else {
        return;
    };
    if text.is_ascii() {
        return;
    }
    scanned.words.push(Words {
        lang: around.lang.clone(),
        text: unescaped(text).into_owned(),
    });
}

/// The length of the tag that `html` begins with: to the `>` outside quotes.
fn tag_end(html: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

fn attributes(mut rest: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let end = rest
            .find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/')
            .unwrap_or(rest.len());
        if end == 0 {
            return found;
        }
        let key = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let Some(value) = rest.strip_prefix('=') else {
            found.push((key, String::new()));
            continue;
        };
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inside = &value[1..];
                let end = inside.find(quote).unwrap_or(inside.len());
                (&inside[..end], inside.get(end + 1..).unwrap_or(""))
            }
            _ => value.split_at(
                value
                    .find(|c: char| c.is_ascii_whitespace())
                    .unwrap_or(value.len()),
            ),
        };
        found.push((key, unescaped(value).into_owned()));
        rest = after;
    }
}

fn after<'h>(html: &'h str, mark: &str) -> &'h str {
    html.find(mark).map_or("", |at| &html[at + mark.len()..])
}

/// The values of a JSON text that are words, one to a line: no keys, no addresses.
pub fn json_words(json: &str) -> String {
    fn walk(value: &serde_json::Value, out: &mut String) {
        match value {
            serde_json::Value::String(text)
                if !text.contains("://") && !text.starts_with(['/', '.']) =>
            {
                out.push_str(text);
                out.push('\n');
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| walk(item, out)),
            serde_json::Value::Object(entries) => {
                entries.values().for_each(|value| walk(value, out));
            }
            _ => {}
        }
    }
    let mut out = String::new();
    if let Ok(value) = serde_json::from_str(json) {
        walk(&value, &mut out);
    }
    out
}

/// `text` with the entities resolved that this program writes, and character references.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest
            .find(';')
            .filter(|end| *end < 12)
            .map(|end| &rest[1..end]);
        match entity.and_then(|name| Some((name, character(name)?))) {
            Some((name, c)) => {
                out.push(c);
                rest = &rest[name.len() + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(html: &str) -> Vec<(String, String)> {
        let words = scan(html, "zh-Hans").words;
        words
            .into_iter()
            .map(|words| (words.lang, words.text))
            .collect()
    }

    #[test]
    fn words_and_their_languages() {
        let pair = |lang: &str, text: &str| (lang.to_string(), text.to_string());
        for (html, expected) in [
            (
                "<p>后<b lang=\"ja\">後<i>裏</i></b>里",
                vec![
                    pair("zh-Hans", "后"),
                    pair("ja", "後"),
                    pair("ja", "裏"),
                    pair("zh-Hans", "里"),
                ],
            ),
            (
                "<img src=\"後.png\" alt='后&#x5f8c;'>",
                vec![pair("zh-Hans", "后後")],
            ),
            (
                "<code>後</code><span translate=no>後</span><!-- 後 -->",
                vec![],
            ),
            (
                "<script>var a = '後 < 1';</script><p>后",
                vec![pair("zh-Hans", "后")],
            ),
            (
                "<script type=\"application/ld+json\">{\"後\":\"后\",\"u\":\"/後/\"}</script>",
                vec![pair("zh-Hans", "后\n")],
            ),
            (
                "<meta content=\"后\"><meta content=\"https://x/後\">",
                vec![pair("zh-Hans", "后")],
            ),
            (
                "<br/>后<a title=\"里>\">",
                vec![pair("zh-Hans", "后"), pair("zh-Hans", "里>")],
            ),
            ("<unclosed", vec![]),
        ] {
            assert_eq!(said(html), expected, "{html}");
        }
    }

    #[test]
    fn links_and_ids() {
        let scanned = scan(
            "<link rel=canonical href=/a/><link rel=\"alternate\" hreflang=\"en\" href=\"/en/\">\
             <h2 id=\"一\">x</h2><a href=\"/b/?c&amp;d#一\">",
            "zh",
        );
        assert_eq!(scanned.canonical.as_deref(), Some("/a/"));
        assert_eq!(scanned.alternates, [("en".to_string(), "/en/".to_string())]);
        assert!(scanned.ids.contains("一"));
        assert_eq!(scanned.links, ["/a/", "/en/", "/b/?c&d#一"]);
    }
}
