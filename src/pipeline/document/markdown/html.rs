//! Raw HTML in a page, taken apart just far enough to tell text from tags.
//!
//! Text between tags and the attributes that people read (`alt`, `title`, …) are converted; tags, other
//! attributes, comments, scripts and styles are copied. This is no HTML parser: it finds the same tag
//! ends as one for any markup that closes its quotes, and takes what it cannot read as a tag for text.

use std::ops::Range;

/// A stretch of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'h> {
    /// Text between tags, entities as written.
    Text(&'h str),
    /// A comment, doctype or processing instruction.
    Comment(&'h str),
    /// A start tag, with the attributes that people read.
    Start {
        /// The whole tag.
        html: &'h str,
        /// The element's name as written.
        name: &'h str,
        /// The bytes of `html` that hold the values of readable attributes.
        readable: Vec<Range<usize>>,
        /// Whether what it holds is to be left as it is.
        fixed: bool,
        /// Whether it has no end tag.
        void: bool,
    },
    /// An end tag.
    End {
        /// The whole tag.
        html: &'h str,
        /// The element's name as written.
        name: &'h str,
    },
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

/// Elements whose content is never converted.
const FIXED: &[&str] = &[
    "script", "style", "pre", "code", "kbd", "samp", "var", "textarea",
];

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Takes `html` apart; the tokens put together are `html` again.
pub fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let token_len = match rest.find('<') {
            Some(0) => {
                let (token, len) = tag(rest);
                tokens.push(token);
                len
            }
            found => {
                let len = found.unwrap_or(rest.len());
                tokens.push(Token::Text(&rest[..len]));
                len
            }
        };
        rest = &rest[token_len..];
    }
    tokens
}

fn tag(html: &str) -> (Token<'_>, usize) {
    if html.starts_with("<!--") {
        let len = html.find("-->").map_or(html.len(), |at| at + 3);
        return (Token::Comment(&html[..len]), len);
    }
    let second = html[1..].chars().next();
    if matches!(second, Some('!' | '?')) {
        let len = html.find('>').map_or(html.len(), |at| at + 1);
        return (Token::Comment(&html[..len]), len);
    }
    let closing = second == Some('/');
    let name_start = if closing { 2 } else { 1 };
    let name_len = html[name_start..]
        .find(|ch: char| !(ch.is_ascii_alphanumeric() || ch == '-'))
        .unwrap_or(html.len() - name_start);
    let len = tag_end(html);
    let (Some(len), true) = (len, name_len > 0) else {
        return (Token::Text(&html[..1]), 1);
    };
    let whole = &html[..len];
    let name = &html[name_start..name_start + name_len];
    if closing {
        return (Token::End { html: whole, name }, len);
    }
    let mut readable = Vec::new();
    let mut fixed = is_one_of(name, FIXED);
    let described =
        name.eq_ignore_ascii_case("meta") && is_description(whole, name_start + name_len);
    for (key, value) in attributes(whole, name_start + name_len) {
        let text = &whole[value.clone()];
        if is_one_of(key, READABLE) || (described && key.eq_ignore_ascii_case("content")) {
            readable.push(value);
        } else if key.eq_ignore_ascii_case("lang")
            || (key.eq_ignore_ascii_case("translate") && text.eq_ignore_ascii_case("no"))
            || (key.eq_ignore_ascii_case("class")
                && text
                    .split_ascii_whitespace()
                    .any(|class| class == "notranslate"))
        {
            fixed = true;
        }
    }
    let token = Token::Start {
        html: whole,
        name,
        readable: if fixed { Vec::new() } else { readable },
        fixed,
        void: is_one_of(name, VOID) || whole.ends_with("/>"),
    };
    (token, len)
}

/// Whether a `meta` element holds words: a description.
fn is_description(tag: &str, from: usize) -> bool {
    attributes(tag, from).into_iter().any(|(key, value)| {
        let name = tag[value].to_ascii_lowercase();
        (key.eq_ignore_ascii_case("name") || key.eq_ignore_ascii_case("property"))
            && (name == "description" || name.ends_with(":description"))
    })
}

/// The length of a tag: to the `>` that stands outside quotes.
fn tag_end(html: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// The quoted attributes of a tag: names, and the bytes of their values without the quotes.
fn attributes(tag: &str, from: usize) -> Vec<(&str, Range<usize>)> {
    let bytes = tag.as_bytes();
    let mut found = Vec::new();
    let mut at = from;
    while let Some(equals) = memchr::memchr(b'=', &bytes[at..]).map(|offset| at + offset) {
        let key = tag[at..equals]
            .trim_end()
            .rsplit(|ch: char| ch.is_ascii_whitespace())
            .next()
            .unwrap_or("");
        let value = equals + 1 + leading_space(&bytes[equals + 1..]);
        let Some(quote) = bytes.get(value).filter(|b| matches!(b, b'"' | b'\'')) else {
            at = value.min(bytes.len());
            continue;
        };
        let Some(end) = memchr::memchr(*quote, &bytes[value + 1..]).map(|o| value + 1 + o) else {
            break;
        };
        found.push((key, value + 1..end));
        at = end + 1;
    }
    found
}

fn leading_space(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_whitespace()).count()
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put_together(html: &str) -> String {
        tokens(html)
            .iter()
            .map(|token| match token {
                Token::Text(html)
                | Token::Comment(html)
                | Token::Start { html, .. }
                | Token::End { html, .. } => *html,
            })
            .collect()
    }

    #[test]
    fn nothing_is_lost() {
        for html in [
            "<p class=\"a\">後<b>裏</b></p>",
            "<!-- 後 --><img alt='裏'>",
            "a < b > c",
            "<a href=\"x>y\">",
            "<unclosed",
            "<a b=c d>",
        ] {
            assert_eq!(put_together(html), html);
        }
    }

    #[test]
    fn what_is_read_and_what_is_fixed() {
        let first = |html| tokens(html).remove(0);
        let Token::Start {
            readable, fixed, ..
        } = first("<img src=\"後.png\" alt=\"裏\">")
        else {
            panic!()
        };
        assert!(!fixed && readable.len() == 1 && readable[0] == (24..27));
        for html in [
            "<span lang=\"ja\">",
            "<i translate=\"no\">",
            "<b class=\"x notranslate\">",
            "<code>",
            "<SCRIPT>",
        ] {
            assert!(
                matches!(first(html), Token::Start { fixed: true, .. }),
                "{html}"
            );
        }
    }
}
