//! Where the finished pages' links lead: every address of the site itself must be a file of it, every
//! `#anchor` an id of that file.

use std::collections::{BTreeMap, BTreeSet};

use super::Seen;
use crate::diagnostic::{Code, Diagnostic};
use crate::pipeline::plan::Plan;
use crate::pipeline::publication::Publication;

/// A link of a finished page.
enum Link<'l> {
    /// To a file of the site, as a path below its root, with the id behind `#`.
    Inside(String, Option<&'l str>),
    /// To somewhere else.
    Outside,
}

/// What is wrong with the links of all pages.
pub fn check(publication: &Publication, plan: &Plan, seen: &[Seen<'_>]) -> Vec<Diagnostic> {
    let pages: BTreeMap<&str, &Seen<'_>> = seen.iter().map(|page| (page.path, page)).collect();
    let mut notes = Vec::new();
    for page in seen {
        let targets: BTreeSet<&str> = page.scanned.links.iter().map(String::as_str).collect();
        for target in targets {
            let Link::Inside(path, anchor) = read(publication, page.path, target) else {
                continue;
            };
            let Some(file) = file(plan, &path) else {
                notes.push(broken(page, target));
                continue;
            };
            let anchor = anchor.map(decoded).filter(|anchor| !anchor.is_empty());
            if let (Some(anchor), Some(there)) = (anchor, pages.get(file.as_str()))
                && !there.scanned.ids.contains(&anchor)
                && anchor != "top"
            {
                notes.push(broken(page, target));
            }
        }
    }
    notes
}

/// The files of the site that some page links to.
pub fn linked(publication: &Publication, plan: &Plan, seen: &[Seen<'_>]) -> BTreeSet<String> {
    seen.iter()
        .flat_map(|page| page.scanned.links.iter().map(|link| (page.path, link)))
        .filter_map(|(from, link)| match read(publication, from, link) {
            Link::Inside(path, _) => file(plan, &path),
            Link::Outside => None,
        })
        .collect()
}

/// Alternates that are not returned: a page names another language's, and that one does not name it.
pub fn one_sided(seen: &[Seen<'_>]) -> Vec<Diagnostic> {
    let known: BTreeMap<&str, BTreeSet<&str>> = seen
        .iter()
        .filter_map(|page| {
            let own = page.scanned.canonical.as_deref()?;
            let alternates = page.scanned.alternates.iter();
            Some((own, alternates.map(|(_, to)| to.as_str()).collect()))
        })
        .collect();
    let mut notes = Vec::new();
    for page in seen {
        let Some(own) = page.scanned.canonical.as_deref() else {
            continue;
        };
        for (language, to) in &page.scanned.alternates {
            let returned = known
                .get(to.as_str())
                .is_some_and(|back| back.contains(own));
            if !returned && language != "x-default" {
                let note = Diagnostic::new(Code::OneSidedAlternate)
                    .with("page", format!("/{}", page.path))
                    .with("target", to);
                notes.push(page.at(note));
            }
        }
    }
    notes
}

fn broken(page: &Seen<'_>, target: &str) -> Diagnostic {
    let note = Diagnostic::new(Code::BrokenAddress)
        .with("page", format!("/{}", page.path))
        .with("target", target);
    page.at(note)
}

fn read<'l>(publication: &Publication, from: &str, link: &'l str) -> Link<'l> {
    let (address, anchor) = match link.split_once('#') {
        Some((address, anchor)) => (address, Some(anchor)),
        None => (link, None),
    };
    let address = address.split('?').next().unwrap_or("");
    let base = format!("{}/", publication.addresses.base());
    let whole = format!("{}/", publication.config.base_url.as_str());
    if address.is_empty() {
        return match anchor {
            Some(_) => Link::Inside(from.to_string(), anchor),
            None => Link::Outside,
        };
    }
    let below = match address.strip_prefix(&whole) {
        Some(below) => below.to_string(),
        None if address.starts_with("//") || has_scheme(address) => return Link::Outside,
        None => match address.strip_prefix(&base) {
            Some(below) => below.to_string(),
            None if address.starts_with('/') => address.to_string(),
            None => beside(from, address),
        },
    };
    Link::Inside(decoded(&below), anchor)
}

/// The file of the plan that a server answers with for `path`.
fn file(plan: &Plan, path: &str) -> Option<String> {
    let index = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else if plan.has(path) {
        path.to_string()
    } else {
        format!("{path}/index.html")
    };
    plan.has(&index).then_some(index)
}

fn has_scheme(address: &str) -> bool {
    let scheme = address.split([':', '/']).next().unwrap_or("");
    address[scheme.len()..].starts_with(':')
}

fn beside(from: &str, address: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let (folders, name) = address.rsplit_once('/').unwrap_or(("", address));
    for part in folders.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.push(name);
    parts.join("/")
}

/// `address` with `%XX` resolved, where that gives UTF-8.
pub fn decoded(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| address.get(at + 1..at + 3))
            .flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| address.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(decoded("a%E5%BE%8C/%zz"), "a後/%zz");
        assert_eq!(beside("hans/a/index.html", "../b/"), "hans/b/");
        assert_eq!(beside("index.html", "a.png"), "a.png");
        assert!(has_scheme("mailto:a@b") && !has_scheme("a/b:c"));
    }
}
