//! The author's own values, in the language of the page.
//!
//! Texts are converted, but for those under keys that hold addresses and ids. A map with a key `page`
//! refers to a page of the site: what the template gets there is that page's title and address in the
//! same edition.

use serde::Serialize;
use tera::Value as View;
use tera::value::Key;

use super::Composer;
use super::view::Teaser;
use crate::config::{Text, Value, Written};
use crate::pipeline::catalogue::Destination;
use crate::pipeline::document::body::is_identifier_key;
use crate::pipeline::document::front_matter::Kind;
use crate::pipeline::registry;

/// The key under which a map refers to a page.
const REFERENCE: &str = "page";

/// What templates see as `page.extra`; no values by default.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Extra(View);

impl Default for Extra {
    fn default() -> Extra {
        Extra(View::from(tera::Map::default()))
    }
}

impl Composer<'_> {
    /// The author's own values, and the lists that a kind of page has besides.
    pub(super) fn extra(&mut self) -> Extra {
        let front = &self.edition.document.front;
        let own = self.keyed("", &front.extra);
        let Kind::Sources(registry) = &front.kind else {
            return Extra(own);
        };
        let mut map = own.into_map().unwrap_or_default();
        let entries: Vec<_> = match self.publication.registry() {
            Some(registry) => registry.all(self.language).collect(),
            None => Vec::new(),
        };
        map.insert(Key::from("entries"), View::from_serializable(&entries));
        for (name, list) in registry::lists(registry, self.voice()) {
            map.insert(Key::from(name), View::from_serializable(&list));
        }
        Extra(View::from(map))
    }

    fn keyed(&mut self, key: &str, value: &Value) -> View {
        match value {
            Value::Null => View::none(),
            Value::Bool(value) => View::from(*value),
            Value::Integer(value) => View::from(*value),
            Value::Float(value) => View::from(*value),
            Value::Text(Text::Same(written)) if key == REFERENCE => self.reference(written),
            Value::Text(Text::Same(written)) if is_identifier_key(key) => {
                View::from(written.as_str())
            }
            Value::Text(text) => View::from(&*self.voice().say(text)),
            Value::List(items) => {
                let items: Vec<View> = items.iter().map(|item| self.keyed(key, item)).collect();
                View::from(items)
            }
            Value::Map(entries) => {
                let mut map = tera::Map::default();
                for (key, value) in entries {
                    map.insert(Key::from(key.clone()), self.keyed(key, value));
                }
                View::from(map)
            }
        }
    }

    /// A page named by its file; a file that is no page is named in a diagnostic.
    fn reference(&mut self, written: &Written) -> View {
        let (path, anchor) = match written.as_str().split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (written.as_str(), None),
        };
        let found = self.publication.catalogue.resolve(self.entry(), path);
        let id = match found {
            Some(Destination::Page(id)) => id,
            Some(Destination::Unread) => {
                return Teaser::placeholder(path).shown();
            }
            Some(Destination::Asset(_)) | None => {
                self.dead_link(written.range(), path);
                return Teaser::placeholder(path).shown();
            }
        };
        if let Some(anchor) = anchor {
            self.check_anchor(id, anchor, written.range());
        }
        let Some(mut teaser) = Teaser::of(self.publication, id, self.language) else {
            return View::none();
        };
        if let Some(anchor) = anchor {
            let fragment = crate::pipeline::address::fragment(anchor);
            teaser.url.push_str(&fragment);
        }
        teaser.shown()
    }
}
