//! What is the same on all pages and in all files of one language, made once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use tera::{Context, Value};

use super::address::Addresses;
use super::catalogue::{Catalogue, EntryId};
use super::edition::{Conversion, Conversions, Voice};
use super::names;
use super::page::menus::Menus;
use super::page::view::{
    FeedEntry, FeedView, FoundView, LanguageView, SearchView, SiteView, Strings,
};
use crate::config::{Config, LanguageIndex, Text};

/// The shared part of one language's views.
pub struct Shared {
    /// The site.
    pub site: SiteView,
    /// The interface strings.
    pub strings: Strings,
    /// Both, and the rest that does not change from page to page, as templates see it.
    pub context: Context,
    /// What its search finds, once somebody has asked.
    pub found: OnceLock<Vec<FoundView>>,
    /// Its menus, once somebody has asked.
    pub menus: OnceLock<Menus>,
    /// What its feeds tell, once somebody has asked.
    pub told: OnceLock<Told>,
}

/// What the feeds of a language tell.
pub struct Told {
    /// The pages it is told of.
    pub newest_first: Vec<EntryId>,
    /// What is told of each, once somebody has made it; none of a page that has nothing to tell.
    pub entries: BTreeMap<EntryId, OnceLock<Option<FeedEntry>>>,
}

impl Shared {
    /// One for each language, in their order.
    pub fn all(
        config: &Config,
        addresses: &Addresses,
        conversions: &Conversions,
        catalogue: &Catalogue,
        strings: Vec<Strings>,
    ) -> Vec<Shared> {
        strings
            .into_iter()
            .enumerate()
            .map(|(position, strings)| {
                let index = LanguageIndex::new(position);
                let conversion = conversions.of_site(index);
                let has_feeds = config.feed.enabled && catalogue.has_dated(index);
                Shared::of(config, addresses, &conversion, index, strings, has_feeds)
            })
            .collect()
    }

    fn of(
        config: &Config,
        addresses: &Addresses,
        conversion: &Conversion,
        index: LanguageIndex,
        strings: Strings,
        has_feeds: bool,
    ) -> Shared {
        let language = config.language(index);
        let voice = Voice {
            language: index,
            written_in: LanguageIndex::DEFAULT,
            conversion,
        };
        let say = |text: &Text| voice.say(text).into_owned();
        let site = SiteView {
            title: say(&config.title),
            description: say(&config.description),
            author: say(&config.author),
            base_url: config.base_url.as_str().to_string(),
            root_url: addresses.page(index, ""),
            theme_color: config.theme_color.clone(),
        };
        let view = LanguageView {
            tag: language.tag.as_str().to_string(),
            label: language.label.clone(),
            path: language.path.clone(),
            locale: language.locale.clone(),
            is_source: language.derive.is_none(),
        };
        let mut context = Context::new();
        context.insert("lang", &view);
        context.insert("strings", &strings);
        context.insert("feeds", &feeds(addresses, index, &site.title, has_feeds));
        if config.search.enabled {
            let search = SearchView {
                index: addresses.of(index, names::SEARCH_INDEX),
                fold: addresses.root_relative(names::SEARCH_FOLD),
            };
            context.insert("search", &search);
        } else {
            context.insert_value("search", Value::none());
        }
        context.insert("generator", concat!("tongwen ", env!("CARGO_PKG_VERSION")));
        let mut site_map = Value::from_serializable(&site)
            .into_map()
            .unwrap_or_default();
        site_map.insert("extra".into(), own_values(&config.extra, voice));
        context.insert_value("site", Value::from(site_map));
        Shared {
            site,
            strings,
            context,
            menus: OnceLock::new(),
            found: OnceLock::new(),
            told: OnceLock::new(),
        }
    }
}

/// The feeds that all pages of a language name.
fn feeds(
    addresses: &Addresses,
    index: LanguageIndex,
    title: &str,
    has_feeds: bool,
) -> Vec<FeedView> {
    let known = [
        (names::ATOM, "application/atom+xml", "Atom"),
        (names::JSON_FEED, "application/feed+json", "JSON Feed"),
    ];
    known
        .into_iter()
        .filter(|_| has_feeds)
        .map(|(file, kind, format)| FeedView {
            media_type: kind.to_string(),
            title: format!("{title} · {format}"),
            url: addresses.of(index, file),
        })
        .collect()
}

/// The author's values of `site.toml`, converted.
fn own_values(value: &crate::config::Value, voice: Voice<'_>) -> Value {
    use crate::config::Value as Own;
    match value {
        Own::Null => Value::none(),
        Own::Bool(value) => Value::from(*value),
        Own::Integer(value) => Value::from(*value),
        Own::Float(value) => Value::from(*value),
        Own::Text(text) => Value::from(&*voice.say(text)),
        Own::List(items) => Value::from(
            items
                .iter()
                .map(|item| own_values(item, voice))
                .collect::<Vec<_>>(),
        ),
        Own::Map(entries) => {
            let mut map = tera::Map::default();
            for (key, value) in entries {
                map.insert(key.clone().into(), own_values(value, voice));
            }
            Value::from(map)
        }
    }
}
