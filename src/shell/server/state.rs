//! What a tab that shows a page must know to tell whether it is out of date.
//!
//! A page's state is the digest of its HTML without the addresses of its stylesheets (and with the
//! digests of the images and scripts it names), the stylesheets one by one, and the report when the
//! page cannot be made at present. A tab reloads when the first differs, and swaps the stylesheets that
//! differ. The state is made of digests alone, so it means the same to a server started anew.

use serde::Serialize;

use super::address::decode_reference;
use super::answers::{Answer, Answers, Found};
use crate::digest::{Digest, Digester};
use crate::pipeline::output::OutputPath;

/// The state of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct State {
    /// The digest of everything but the stylesheets; `None` when there is no page to show.
    pub page: Option<String>,
    /// Each stylesheet's address as written, and its digest.
    pub styles: Vec<(String, String)>,
    /// Why the page cannot be made at present.
    pub broken: Option<String>,
}

/// A page to be shown, and its state.
pub(super) struct Shown {
    pub kind: Kind,
    /// Nothing where the site has never had anything to show here.
    pub found: Option<Found>,
    pub state: State,
}

/// What sort of answer a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Found,
    Missing,
    Broken,
}

/// Asks for what is to be shown at `path`: the output, the site's page for what is missing, or the last
/// good output with a report.
pub(super) fn shown(answers: &dyn Answers, path: &OutputPath, base: &str) -> Shown {
    let (kind, found, place, broken) = match answers.output(path) {
        Answer::Found(found) => (Kind::Found, Some(found), path.clone(), None),
        Answer::Missing => {
            let (found, place) = missing(answers, path);
            (Kind::Missing, found, place, None)
        }
        Answer::Broken { report, last_good } => {
            (Kind::Broken, last_good, path.clone(), Some(report))
        }
    };
    let state = match &found {
        Some(found) if is_page(&place) => state(answers, found, &place, base),
        // Not a page: nobody watches it, and it is not read through.
        Some(_) | None => State::default(),
    };
    Shown {
        kind,
        found,
        state: State { broken, ..state },
    }
}

/// Whether the output at `path` is a page.
pub(super) fn is_page(path: &OutputPath) -> bool {
    super::media::of(path) == super::media::HTML
}

/// The page for what is missing: that of the folder, as each language has one, or else the site's.
fn missing(answers: &dyn Answers, path: &OutputPath) -> (Option<Found>, OutputPath) {
    let mut folder = path.folder();
    loop {
        let page = match folder {
            "" => OutputPath::new("404.html"),
            folder => OutputPath::new(&format!("{folder}/404.html")),
        };
        if let Some(page) = page
            && let Answer::Found(found) = answers.output(&page)
        {
            return (Some(found), page);
        }
        if folder.is_empty() {
            return (None, path.clone());
        }
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
}

fn state(answers: &dyn Answers, found: &Found, path: &OutputPath, base: &str) -> State {
    let digest = |address: &str| {
        let path = resolve(address, path, base)?;
        answers.digest(&path)
    };
    let html = String::from_utf8_lossy(&found.bytes);
    let mut shape = Digester::new();
    let mut styles = Vec::new();
    let mut from = 0;
    for reference in references(&html) {
        let address = &html[reference.range.clone()];
        let digest = digest(address);
        if reference.is_style {
            shape.part(&html.as_bytes()[from..reference.range.start]);
            from = reference.range.end;
            let digest = digest.map(|digest| digest.to_string()).unwrap_or_default();
            styles.push((unescape(address), digest));
        } else if let Some(digest) = digest {
            shape.digest(digest);
        }
    }
    shape.part(&html.as_bytes()[from..]);
    State {
        page: Some(shape.finish().to_string()),
        styles,
        broken: None,
    }
}

struct Reference {
    /// Where the address stands in the page, in bytes, without quotes.
    range: std::ops::Range<usize>,
    is_style: bool,
}

/// The addresses of stylesheets, images and scripts. What a page only points to, such as its feed by
/// `<link rel=alternate>`, is none of what it shows. No full reading of HTML: what it misses costs a
/// reload too few or too many, on the author's own machine.
fn references(html: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    for (start, _) in html.match_indices('<') {
        let tag = &html[start + 1..];
        let name = tag
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        let name = name.to_ascii_lowercase();
        let wanted = match name.as_str() {
            "link" => "href",
            "img" | "script" | "source" | "video" | "audio" | "iframe" => "src",
            _ => continue,
        };
        let mut address = None;
        let mut is_style = false;
        let mut is_shown = name != "link";
        for (key, value) in attributes(html, start + 1 + name.len()) {
            let text = &html[value.clone()];
            if key.eq_ignore_ascii_case(wanted) {
                address = Some(value);
            } else if key.eq_ignore_ascii_case("rel") {
                let is = |wanted: &str| {
                    let mut words = text.split_ascii_whitespace();
                    words.any(|rel| rel.eq_ignore_ascii_case(wanted))
                };
                is_style = is("stylesheet");
                is_shown |= is_style || is("icon");
            }
        }
        if let Some(range) = address
            && is_shown
        {
            found.push(Reference { range, is_style });
        }
    }
    found
}

/// The attributes of the tag whose name ends at `at`.
fn attributes(html: &str, mut at: usize) -> Vec<(&str, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    let bytes = html.as_bytes();
    let skip = |mut at: usize, stop: &dyn Fn(u8) -> bool| {
        while at < bytes.len() && !stop(bytes[at]) {
            at += 1;
        }
        at
    };
    loop {
        at = skip(at, &|byte| !byte.is_ascii_whitespace() && byte != b'/');
        if at >= bytes.len() || bytes[at] == b'>' {
            return found;
        }
        let key = at;
        at = skip(at + 1, &|byte| {
            byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/')
        });
        let key = &html[key..at];
        let equals = skip(at, &|byte| !byte.is_ascii_whitespace());
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        at = skip(equals + 1, &|byte| !byte.is_ascii_whitespace());
        let value = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                let end = skip(at + 1, &|byte| byte == *quote);
                let value = at + 1..end;
                at = (end + 1).min(bytes.len());
                value
            }
            _ => {
                let end = skip(at, &|byte| byte.is_ascii_whitespace() || byte == b'>');
                let value = at..end;
                at = end;
                value
            }
        };
        found.push((key, value));
    }
}

/// The output that `address`, written on the page at `page`, leads to, if it is one of the site's.
fn resolve(address: &str, page: &OutputPath, base: &str) -> Option<OutputPath> {
    let address = unescape(address);
    let path = address.split(['?', '#']).next()?;
    if path.is_empty() || path.starts_with("//") || path.contains(':') {
        return None;
    }
    let path = decode_reference(path)?;
    let inside = match path.starts_with('/') {
        true => path.strip_prefix(base)?.strip_prefix('/')?.to_string(),
        false => {
            let mut parts: Vec<&str> = page.folder().split('/').filter(|p| !p.is_empty()).collect();
            for part in path.split('/') {
                match part {
                    "." => {}
                    ".." => drop(parts.pop()?),
                    part => parts.push(part),
                }
            }
            parts.join("/")
        }
    };
    OutputPath::new(&inside)
}

fn unescape(attribute: &str) -> String {
    let slashes = attribute.replace("&#x2F;", "/").replace("&#x2f;", "/");
    let quotes = slashes.replace("&quot;", "\"").replace("&#39;", "'");
    quotes.replace("&amp;", "&")
}

/// The digest that stands for an answer's very bytes.
pub(super) fn etag(bytes: &[u8]) -> String {
    format!("\"{}\"", Digest::of(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_html_of_every_style() {
        let html = "<!doctype html><link rel=\"stylesheet\" href=\"/a.css\"><LINK HREF=b.css REL=stylesheet>\
            <link href='/c.css' rel='alternate stylesheet' media=print><link rel=canonical href=/x/>\
            <link rel=alternate type=application/atom+xml href=/feed.xml><link href=/i.svg rel=\"shortcut icon\">\
            <img alt=\"a > b\" src=\"i.png\"><script src=/s.js></script><a href=/no>x</a><link rel=stylesheet";
        let found: Vec<(&str, bool)> = references(html)
            .into_iter()
            .map(|reference| (&html[reference.range], reference.is_style))
            .collect();
        let expected = [
            ("/a.css", true),
            ("b.css", true),
            ("/c.css", true),
            ("/i.svg", false),
            ("i.png", false),
            ("/s.js", false),
        ];
        assert_eq!(found, expected);
        for cut in 0..html.len() {
            references(&html[..cut]);
        }
    }

    #[test]
    fn addresses_resolve_as_in_a_browser() {
        let page = OutputPath::new("zh/a/index.html").expect("a sound path");
        let rows = [
            ("/docs/site.css", Some("site.css")),
            ("/docs/site.css?v=1#x", Some("site.css")),
            ("x.css", Some("zh/a/x.css")),
            ("../x.css", Some("zh/x.css")),
            ("../../x.css", Some("x.css")),
            ("../../../x.css", None),
            ("/other/site.css", None),
            ("//cdn.example/x.css", None),
            ("https://cdn.example/x.css", None),
            ("data:text/css,x", None),
            ("/docs/%E6%99%82.css", Some("時.css")),
            ("&#x2F;docs&#x2F;a&amp;b.css", Some("a&b.css")),
            ("", None),
            ("#x", None),
        ];
        for (address, expected) in rows {
            let found = resolve(address, &page, "/docs");
            assert_eq!(
                found.as_ref().map(OutputPath::as_str),
                expected,
                "{address}"
            );
        }
    }
}
