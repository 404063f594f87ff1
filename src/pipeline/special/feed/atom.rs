//! A feed as Atom, RFC 4287.

use std::fmt::Write as _;

use super::super::xml::{element, escaped};
use super::{Channel, Entry};

/// The document.
pub fn write(channel: &Channel<'_>) -> String {
    let publication = channel.publication;
    let site = publication.site(channel.language);
    let tag = publication.config.language(channel.language).tag.as_str();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    // Writing into a string cannot fail, here and below.
    let _ = writeln!(
        out,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{tag}\">"
    );
    element(&mut out, "id", &channel.own);
    element(&mut out, "title", &site.title);
    if !site.description.is_empty() {
        element(&mut out, "subtitle", &site.description);
    }
    let newest = channel.entries.iter().max_by_key(|entry| entry.instant);
    element(
        &mut out,
        "updated",
        newest.map_or("1970-01-01T00:00:00Z", |entry| &entry.updated),
    );
    let own = escaped(&channel.own);
    let home = escaped(&channel.home);
    let _ = writeln!(
        out,
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>"
    );
    let _ = writeln!(
        out,
        "<link rel=\"alternate\" type=\"text/html\" hreflang=\"{tag}\" href=\"{home}\"/>"
    );
    out.push_str("<author>");
    let author = if site.author.is_empty() {
        &site.title
    } else {
        &site.author
    };
    let _ = writeln!(out, "<name>{}</name></author>", escaped(author));
    let _ = writeln!(
        out,
        "<generator version=\"{}\">tongwen</generator>",
        env!("CARGO_PKG_VERSION")
    );
    for entry in &channel.entries {
        write_entry(&mut out, entry, tag);
    }
    out.push_str("</feed>\n");
    out
}

fn write_entry(out: &mut String, entry: &Entry, tag: &str) {
    out.push_str("<entry>\n");
    element(out, "id", &entry.permalink);
    element(out, "title", &entry.title);
    let _ = writeln!(
        out,
        "<link rel=\"alternate\" type=\"text/html\" hreflang=\"{tag}\" href=\"{}\"/>",
        escaped(&entry.permalink)
    );
    element(out, "published", &entry.published);
    element(out, "updated", &entry.updated);
    for tag in &entry.tags {
        let _ = writeln!(out, "<category term=\"{}\"/>", escaped(tag));
    }
    if !entry.summary.is_empty() {
        element(out, "summary", &entry.summary);
    }
    if let Some(content) = &entry.content {
        element(out, "content type=\"html\"", content);
    }
    out.push_str("</entry>\n");
}
