//! `[[menus.*]]`: entries that lead to a page or to an address, nested.

use std::collections::BTreeMap;

use crate::config::reader::{Fields, Reader};
use crate::config::text::Written;
use crate::config::tree::{Kind, Node};
use crate::config::{MenuItem, MenuTarget};
use crate::diagnostic::{Code, Diagnostic, Term};

/// The keys of an entry.
pub(crate) const KEYS: &[&str] = &["title", "page", "url", "weight", "children"];

/// The menus by name, each in its order.
pub fn read(reader: &mut Reader<'_>, fields: &Fields<'_>) -> BTreeMap<String, Vec<MenuItem>> {
    let mut menus = BTreeMap::new();
    let Some(node) = fields.get("menus") else {
        return menus;
    };
    let entries = reader.map(node, "menus", Term::Table).unwrap_or_default();
    for entry in entries {
        let name = format!("menus.{}", entry.key);
        menus.insert(entry.key.clone(), list(reader, &entry.value, &name));
    }
    menus
}

fn list(reader: &mut Reader<'_>, node: &Node, name: &str) -> Vec<MenuItem> {
    let Kind::List(nodes) = &node.kind else {
        reader.wrong_type::<()>(name, node, Term::TableList);
        return Vec::new();
    };
    let mut items: Vec<MenuItem> = nodes
        .iter()
        .filter_map(|node| item(reader, node, name))
        .collect();
    items.sort_by_key(|item| item.weight);
    items
}

fn item(reader: &mut Reader<'_>, node: &Node, name: &str) -> Option<MenuItem> {
    let fields = reader.fields(node, name, KEYS)?;
    let title = reader.text(&fields, "title");
    let page = reader.string(&fields, "page");
    let url = reader.string(&fields, "url");
    let weight = reader.integer(&fields, "weight").unwrap_or(0);
    let children = fields.get("children").map_or_else(Vec::new, |node| {
        list(reader, node, &fields.name("children"))
    });
    let target = match (page, url) {
        (Some(page), None) => MenuTarget::Page(check_page(reader, &fields, page)?),
        (None, Some(url)) => {
            if title.is_none() {
                reader.missing(&fields, "title", "title = \"…\"");
            }
            MenuTarget::Url(check_url(reader, &fields, url)?)
        }
        (Some(page), Some(_)) => {
            return reader.bad_value(&fields, "url", page.text, Term::PageOrUrl);
        }
        (None, None) => {
            if fields.get("page").is_none() && fields.get("url").is_none() {
                reader.missing(&fields, "page", "page = \"folder/page.md\"");
            }
            return None;
        }
    };
    Some(MenuItem {
        title,
        target,
        weight,
        children,
    })
}

fn check_page(reader: &mut Reader<'_>, fields: &Fields<'_>, page: Written) -> Option<Written> {
    let path = page.text.split('#').next().unwrap_or("");
    if !path.ends_with(".md") {
        return reader.bad_value(fields, "page", page.text, Term::Reference);
    }
    Some(page)
}

/// Menus are shown on every page, so what a link in the text may not do, a menu may not either.
fn check_url(reader: &mut Reader<'_>, fields: &Fields<'_>, url: Written) -> Option<Written> {
    const SAFE: [&str; 4] = ["http", "https", "mailto", "tel"];
    if url.text.starts_with('/') && !url.text.starts_with("//") || url.text.starts_with('#') {
        return Some(url);
    }
    match url.text.split_once(':') {
        Some((scheme, _)) if SAFE.contains(&scheme.to_ascii_lowercase().as_str()) => Some(url),
        Some((scheme, _)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            let note = Diagnostic::new(Code::UnsafeLink)
                .with("scheme", format!("{scheme}:"))
                .at(reader.source, url.range());
            reader.notes.push(note);
            None
        }
        _ => reader.bad_value(fields, "url", url.text, Term::RootedPathOrAddress),
    }
}
