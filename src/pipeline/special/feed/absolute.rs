//! Links that mean the same wherever a text is read.

use crate::pipeline::address::Addresses;

/// Attributes that hold an address.
const ATTRIBUTES: &[&str] = &["href", "src", "poster"];

/// `html`, part of the page at `permalink`, with its links led by scheme and host.
pub fn links(html: &str, permalink: &str, addresses: &Addresses) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut copied = 0;
    for at in memchr::memchr_iter(b'=', html.as_bytes()) {
        let Some(rest) = html[at + 1..].strip_prefix('"') else {
            continue;
        };
        let before = &html[copied..at];
        out.push_str(before);
        out.push_str("=\"");
        copied = at + 2;
        let name = before
            .rsplit(|ch: char| ch.is_ascii_whitespace())
            .next()
            .unwrap_or("");
        if !ATTRIBUTES.contains(&name) {
            continue;
        }
        let value = &rest[..rest.find('"').unwrap_or(rest.len())];
        if value.starts_with('#') {
            out.push_str(permalink);
        } else {
            let absolute = addresses.absolute(value);
            out.push_str(absolute.strip_suffix(value).unwrap_or(""));
        }
    }
    out.push_str(&html[copied..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;
    use crate::source::{SitePath, Source};

    #[test]
    fn kinds_of_links() {
        let text = "base_url = \"https://a.b/c\"\ntitle = \"…\"\n[languages.en]\nlabel = \"…\"\n";
        let source = Source::new(SitePath::new("site.toml"), text.to_string());
        let addresses = Addresses::new(&config::parse(&source).value.unwrap());
        let html = "<a href=\"/c/d/\">=\"/\"</a><a href=\"#e\"><img alt=\"/x\" src=\"/f.png\"><a href=\"//g/\">";
        assert_eq!(
            links(html, "https://a.b/c/p/", &addresses),
            "<a href=\"https://a.b/c/d/\">=\"/\"</a><a href=\"https://a.b/c/p/#e\">\
             <img alt=\"/x\" src=\"https://a.b/f.png\"><a href=\"//g/\">"
        );
    }
}
