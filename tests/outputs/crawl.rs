//! Every link of the repository's site, followed.

use std::collections::{BTreeMap, BTreeSet};

use tongwen::config::BaseUrl;
use tongwen::pipeline::inputs::Options;

use crate::made::{self, Made};

/// Attributes that hold an address.
const ATTRIBUTES: &[&str] = &[
    "href",
    "src",
    "data-search",
    "data-fold",
    "action",
    "poster",
];

#[test]
fn at_the_root_of_a_domain() {
    crawl("https://x.org", false);
}

#[test]
fn below_a_sub_path() {
    crawl("https://x.org/a/b", false);
}

#[test]
fn on_disk() {
    crawl("https://x.org/a/b", true);
}

#[test]
fn nothing_breaks_the_policy_of_the_headers() {
    let made = made::shipped(made::options());
    let mut wrong = Vec::new();
    for (path, html) in made.pages() {
        for tag in tags(html) {
            for (name, value) in &tag.attributes {
                let inline = *name == "style" || name.starts_with("on");
                let script = *value == "javascript:" || value.starts_with("javascript:");
                if inline || script {
                    wrong.push(format!("{path}: {name}={value:?}"));
                }
            }
            let has = |wanted: &str| tag.attributes.iter().any(|(name, _)| *name == wanted);
            let data = tag.attributes.contains(&("type", "application/ld+json"));
            if tag.name == "style" || tag.name == "script" && !has("src") && !data {
                wrong.push(format!("{path}: an inline {}", tag.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Builds the site for `base` and follows every link of every page.
fn crawl(base: &str, relative_links: bool) {
    let options = Options {
        base_url: Some(BaseUrl::parse(base).expect("it is an address")),
        relative_links,
        ..made::options()
    };
    let made = made::shipped(options);
    let ids: BTreeMap<&str, BTreeSet<String>> = made
        .pages()
        .map(|(path, html)| (path, ids_of(html)))
        .collect();
    let mut followed = 0;
    let mut dead = Vec::new();
    for (path, html) in made.pages() {
        for tag in tags(html) {
            for (name, value) in &tag.attributes {
                let refresh = value.strip_prefix("0; url=").filter(|_| *name == "content");
                let is_page = *name == "content" && value.starts_with(base);
                let address = if ATTRIBUTES.contains(name) || is_page {
                    value
                } else if let Some(address) = refresh {
                    address
                } else {
                    continue;
                };
                let Some((target, fragment)) = resolve(&made, path, address, base, relative_links)
                else {
                    continue;
                };
                followed += 1;
                let Some(target) = target else {
                    dead.push(format!("{path}: {address}"));
                    continue;
                };
                let lands = fragment.is_empty()
                    || fragment == "main"
                    || ids.get(&*target).is_some_and(|ids| ids.contains(&fragment));
                if !lands {
                    dead.push(format!("{path}: {address}: no such id"));
                }
            }
        }
    }
    assert!(dead.is_empty(), "{} dead links: {dead:#?}", dead.len());
    assert!(followed > 3000, "only {followed} links were followed");
}

/// The file and the fragment that `address`, on the page at `path`, leads to; none for other hosts.
fn resolve(
    made: &Made,
    path: &str,
    address: &str,
    base: &str,
    relative_links: bool,
) -> Option<(Option<String>, String)> {
    let (address, fragment) = address.split_once('#').unwrap_or((address, ""));
    let fragment = decoded(fragment);
    let address = address.split('?').next().unwrap_or(address);
    if address.is_empty() {
        return Some((Some(path.to_string()), fragment));
    }
    let base_path = base.trim_start_matches("https://x.org");
    let host_part = address.strip_prefix("https://x.org");
    if address.contains(':') && host_part.is_none() || address.starts_with("//") {
        return None;
    }
    let found = if let Some(below) = host_part.or(Some(address).filter(|a| a.starts_with('/'))) {
        // A browser that opened the page from disk would look for this at the root of the disk.
        let lost = relative_links && host_part.is_none();
        let below = below.strip_prefix(base_path)?;
        served(made, below.strip_prefix('/').unwrap_or(below)).filter(|_| !lost)
    } else {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        joined(folder, address).filter(|path| made.has(path))
    };
    Some((found, fragment))
}

/// The file that a host gives for a path.
fn served(made: &Made, path: &str) -> Option<String> {
    let path = decoded(path);
    let path = match path.strip_suffix('/') {
        Some(folder) => format!("{folder}/index.html"),
        None if path.is_empty() => "index.html".to_string(),
        None => path,
    };
    made.has(&path).then_some(path)
}

fn joined(folder: &str, address: &str) -> Option<String> {
    let mut parts: Vec<String> = folder
        .split('/')
        .filter(|part| !part.is_empty())
        .map(str::to_string)
        .collect();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(decoded(part)),
        }
    }
    Some(parts.join("/"))
}

fn decoded(text: &str) -> String {
    tongwen::pipeline::document::markdown::decode(text)
}

/// A start tag.
struct Tag<'h> {
    name: &'h str,
    attributes: Vec<(&'h str, &'h str)>,
}

/// The start tags of a page, as the theme writes them: attributes in double quotes or without a value.
fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        let end = after
            .find(|ch: char| !ch.is_ascii_alphanumeric() && ch != '-')
            .unwrap_or(after.len());
        let (name, mut inside) = after.split_at(end);
        if name.is_empty() {
            continue;
        }
        let mut attributes = Vec::new();
        loop {
            inside = inside.trim_start();
            if inside.starts_with('>') || inside.starts_with("/>") || inside.is_empty() {
                break;
            }
            let end = inside
                .find(|ch: char| ch.is_ascii_whitespace() || matches!(ch, '=' | '>'))
                .unwrap_or(inside.len());
            let (key, after) = inside.split_at(end);
            match after.strip_prefix("=\"") {
                Some(after) => {
                    let (value, after) = after.split_once('"').expect("the end of a value");
                    attributes.push((key, value));
                    inside = after;
                }
                None => {
                    attributes.push((key, ""));
                    inside = after;
                }
            }
        }
        rest = inside;
        tags.push(Tag { name, attributes });
        if matches!(name, "script" | "style") {
            let end = format!("</{name}");
            rest = rest.split_once(&end).map_or("", |(_, after)| after);
        }
    }
    tags
}

fn ids_of(html: &str) -> BTreeSet<String> {
    let all = tags(html).into_iter().flat_map(|tag| tag.attributes);
    all.filter(|(name, _)| *name == "id")
        .map(|(_, value)| value.to_string())
        .collect()
}
