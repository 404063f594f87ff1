//! The menus of a language, and how they look from a page.
//!
//! Most pages are in no menu, and the menus of all of those are one value. Of the others', only the items on the
//! way to the page are made for it.

use std::collections::BTreeMap;

use tera::Value;

use super::view::MenuView;
use crate::config::{LanguageIndex, MenuItem, MenuTarget};
use crate::pipeline::address::fragment;
use crate::pipeline::catalogue::EntryId;
use crate::pipeline::publication::Publication;

/// The menus of one language.
pub struct Menus {
    items: BTreeMap<String, Vec<Item>>,
    /// As a page sees them that is in none of them.
    from_nowhere: Value,
}

struct Item {
    title: String,
    url: String,
    /// The page that it leads to; none for a place in a page, and for other addresses.
    target: Option<EntryId>,
    children: Vec<Item>,
    /// As a page sees it that is neither here nor below.
    from_nowhere: Value,
}

/// The page that menus are looked at from.
#[derive(Clone, Copy)]
pub(super) struct Viewpoint<'a> {
    /// The page.
    pub id: EntryId,
    /// The sections above it that can lie on the way to it: those but the home page.
    pub above: &'a [EntryId],
}

impl Menus {
    /// The menus in `language`, without the items that have no page in it.
    pub fn of(publication: &Publication, language: LanguageIndex) -> Menus {
        let menus = publication.config.menus.iter();
        let items: BTreeMap<String, Vec<Item>> = menus
            .map(|(name, items)| (name.clone(), Item::all(publication, language, items)))
            .collect();
        let from_nowhere = shown(&items, |item| item.from_nowhere.clone());
        Menus {
            items,
            from_nowhere,
        }
    }

    /// As a page sees them that is in none of them.
    pub fn from_nowhere(&self) -> Value {
        self.from_nowhere.clone()
    }

    /// As the page at `viewpoint` sees them.
    pub(super) fn seen_from(&self, viewpoint: Viewpoint<'_>) -> Value {
        let mut items = self.items.values().flatten();
        if !items.any(|item| item.is_on_the_way(viewpoint)) {
            return self.from_nowhere.clone();
        }
        shown(&self.items, |item| item.seen_from(viewpoint))
    }
}

fn shown(items: &BTreeMap<String, Vec<Item>>, show: impl Fn(&Item) -> Value) -> Value {
    let menus = items.iter();
    let menus = menus.map(|(name, items)| (name.clone(), items.iter().map(&show).collect()));
    Value::from(menus.collect::<BTreeMap<String, Vec<Value>>>())
}

impl Item {
    fn all(publication: &Publication, language: LanguageIndex, items: &[MenuItem]) -> Vec<Item> {
        let items = items.iter();
        items
            .filter_map(|item| Item::of(publication, language, item))
            .collect()
    }

    fn of(publication: &Publication, language: LanguageIndex, item: &MenuItem) -> Option<Item> {
        let own_title = item
            .title
            .as_ref()
            .map(|title| publication.say_site(title, language));
        let (title, url, target) = match &item.target {
            MenuTarget::Page(written) => {
                let (path, anchor) = match written.as_str().split_once('#') {
                    Some((path, anchor)) => (path, Some(anchor)),
                    None => (written.as_str(), None),
                };
                let catalogue = &publication.catalogue;
                let id = catalogue.page(path)?;
                let head = &catalogue.edition(id, language)?.head;
                let mut url = publication
                    .addresses
                    .page(language, &catalogue.entry(id).path);
                if let Some(anchor) = anchor {
                    url.push_str(&fragment(anchor));
                }
                (
                    own_title.unwrap_or_else(|| head.menu_title.clone()),
                    url,
                    anchor.is_none().then_some(id),
                )
            }
            MenuTarget::Url(written) => {
                let url = match written.as_str().strip_prefix('/') {
                    Some(rest) => publication.addresses.root_relative(rest),
                    None => written.as_str().to_string(),
                };
                (own_title?, url, None)
            }
        };
        let children = Item::all(publication, language, &item.children);
        let view = MenuView {
            title: &title,
            url: &url,
            is_current: false,
            is_ancestor: false,
            children: children
                .iter()
                .map(|child| child.from_nowhere.clone())
                .collect(),
        };
        Some(Item {
            from_nowhere: Value::from_serializable(&view),
            title,
            url,
            target,
            children,
        })
    }

    fn seen_from(&self, viewpoint: Viewpoint<'_>) -> Value {
        if !self.is_on_the_way(viewpoint) {
            return self.from_nowhere.clone();
        }
        let children = self.children.iter();
        Value::from_serializable(&MenuView {
            title: &self.title,
            url: &self.url,
            is_current: self.is_current(viewpoint),
            is_ancestor: self.is_ancestor(viewpoint),
            children: children.map(|child| child.seen_from(viewpoint)).collect(),
        })
    }

    fn is_on_the_way(&self, viewpoint: Viewpoint<'_>) -> bool {
        self.is_current(viewpoint) || self.is_ancestor(viewpoint)
    }

    fn is_current(&self, viewpoint: Viewpoint<'_>) -> bool {
        self.target == Some(viewpoint.id)
    }

    fn is_ancestor(&self, viewpoint: Viewpoint<'_>) -> bool {
        let mut children = self.children.iter();
        children.any(|child| child.is_on_the_way(viewpoint))
            || self.target.is_some_and(|id| viewpoint.above.contains(&id))
    }
}
