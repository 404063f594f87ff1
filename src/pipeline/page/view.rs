//! What a template may see, as one serialisable value. The documentation of the template variables is
//! made from these types.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use tera::Value;

use super::extra::Extra;
use crate::pipeline::render::Keys;

/// Defines a struct that a template sees as a map of its fields, but for those it does not look at. One field may be
/// left out where it has no value.
macro_rules! seen_in_part {
    (
        $(#[$of_struct:meta])*
        pub struct $name:ident<$life:lifetime> {
            $($(#[$of_field:meta])* pub $field:ident: $type:ty,)*
        }
        when there is one: $optional:ident;
    ) => {
        $(#[$of_struct])*
        pub struct $name<$life> {
            /// Which of the other fields are looked at.
            pub seen: Keys,
            $($(#[$of_field])* pub $field: $type,)*
        }

        impl $name<'_> {
            /// The fields that there are to see, in their order.
            pub const KEYS: &'static [&'static str] = &[$(stringify!($field)),*];

            /// Whether the field `key` is looked at.
            pub fn is_seen(&self, key: &str) -> bool {
                let place = Self::KEYS.iter().position(|known| *known == key);
                place.is_some_and(|place| self.seen.has(place))
            }
        }

        impl Serialize for $name<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let count = self.seen.count(Self::KEYS.len());
                let mut map = serializer.serialize_struct(stringify!($name), count)?;
                let mut places = 0..;
                $(
                    let is_there = stringify!($field) != stringify!($optional)
                        || self.$optional.is_some();
                    if places.next().is_some_and(|place| self.seen.has(place)) && is_there {
                        map.serialize_field(stringify!($field), &self.$field)?;
                    }
                )*
                map.end()
            }
        }
    };
}

/// The language of the page.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageView {
    /// `zh-Hant-HK`
    pub tag: String,
    /// Its name in itself.
    pub label: String,
    /// The folder of its addresses, empty at the root.
    pub path: String,
    /// `zh_HK`
    pub locale: String,
    /// Whether it is written by hand rather than converted.
    pub is_source: bool,
}

/// The site, in the page's language.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// Its name.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Who writes it.
    pub author: String,
    /// Where it stands, without a `/` at the end.
    pub base_url: String,
    /// The address of the home page in this language.
    pub root_url: String,
    /// The colour of the browser's frame.
    pub theme_color: Option<String>,
}

/// A date for machines and for people.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct DateView {
    /// `2026-02-10`
    pub iso: String,
    /// `2026年2月10日`
    pub text: String,
}

/// A link to a page.
#[derive(Clone, Debug, Serialize)]
pub struct Teaser<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its title in menus.
    pub menu_title: &'a str,
    /// Its address.
    pub url: String,
    /// What it is about.
    pub description: &'a str,
    /// Its date.
    pub date: Option<DateView>,
    /// Its kind.
    pub kind: &'a str,
}

impl<'a> Teaser<'a> {
    /// Stands for a page that is not there, so that a template does not fail on top of it.
    pub(super) fn placeholder(path: &'a str) -> Teaser<'a> {
        Teaser {
            title: path,
            menu_title: path,
            url: String::new(),
            description: "",
            date: None,
            kind: "page",
        }
    }

    /// As templates see it.
    pub fn shown(&self) -> Value {
        Value::from_serializable(self)
    }
}

/// A heading in the table of contents.
#[derive(Clone, Debug, Serialize)]
pub struct TocView<'a> {
    /// 1 to 6.
    pub level: u8,
    /// Its id.
    pub id: &'a str,
    /// Its text.
    pub title: Cow<'a, str>,
    /// The headings below it.
    pub children: Vec<TocView<'a>>,
}

/// A tag of the page.
#[derive(Clone, Debug, Serialize)]
pub struct TagView<'a> {
    /// Its name.
    pub label: Cow<'a, str>,
    /// The address of its page.
    pub url: String,
}

/// A source of the page.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    /// Its number among those cited; 0 for one that is only listed.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The language of the title, where it is not the page's.
    pub lang: Option<String>,
    /// Who published it.
    pub publisher: String,
    /// When, as written.
    pub date: String,
    /// Where to read it; the first, if there are several.
    pub url: Option<String>,
    /// All places to read it.
    pub urls: Vec<String>,
    /// What to know about it.
    pub note: String,
}

/// The same page in another language.
#[derive(Clone, Debug, Serialize)]
pub struct AlternateView<'a> {
    /// `zh-Hans-CN`
    pub lang: &'a str,
    /// The language's name in itself.
    pub label: &'a str,
    /// As search engines are told.
    pub hreflang: &'a str,
    /// Its address.
    pub url: String,
    /// Its address with scheme and host.
    pub permalink: String,
    /// Whether it is the page being shown.
    pub is_current: bool,
    /// Whether the page exists in that language; otherwise the address is that of its home page.
    pub is_page: bool,
}

/// An item of a menu.
#[derive(Clone, Debug, Serialize)]
pub struct MenuView<'a> {
    /// Its title.
    pub title: &'a str,
    /// Where it leads.
    pub url: &'a str,
    /// Whether it leads to the page being shown.
    pub is_current: bool,
    /// Whether the page being shown lies below it.
    pub is_ancestor: bool,
    /// The items below it, each of them such a view.
    pub children: Vec<Value>,
}

/// A feed, or another file that says what a page says.
#[derive(Clone, Debug, Serialize)]
pub struct FeedView {
    /// Its media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
}

/// The search index.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// The address of this language's index.
    pub index: String,
    /// The address of the table that makes the scripts one.
    pub fold: String,
}

/// A page as the search finds it.
#[derive(Clone, Debug, Serialize)]
pub struct FoundView {
    /// The address, seen from the index.
    #[serde(rename = "u")]
    pub url: String,
    /// The title.
    #[serde(rename = "t")]
    pub title: String,
    /// The words.
    #[serde(rename = "x")]
    pub words: String,
}

/// A page as feeds tell it.
pub struct FeedEntry {
    /// Its title.
    pub title: String,
    /// Its address with scheme and host.
    pub permalink: String,
    /// Its date, as RFC 3339 has it.
    pub published: String,
    /// When it was last changed, likewise.
    pub updated: String,
    /// The instant of `updated`.
    pub instant: jiff::Timestamp,
    /// Its beginning.
    pub summary: String,
    /// The whole text as HTML, where the site wants it in its feeds.
    pub content: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its image, with scheme and host.
    pub image: Option<String>,
}

/// What social networks are told.
#[derive(Clone, Debug, Default, Serialize)]
pub struct OpenGraphView<'a> {
    /// The page's title.
    pub title: &'a str,
    /// What it is about.
    pub description: &'a str,
    /// An image, with scheme and host.
    pub image: Option<String>,
    /// `article` or `website`.
    #[serde(rename = "type")]
    pub kind: &'a str,
    /// The page's address with scheme and host.
    pub url: &'a str,
    /// `zh_HK`
    pub locale: &'a str,
    /// The locales of the other languages.
    pub alternates: Vec<&'a str>,
}

seen_in_part! {
    /// The page.
    #[derive(Clone, Debug, Default)]
    pub struct PageView<'a> {
        /// Its title.
        pub title: &'a str,
        /// Its title in menus.
        pub menu_title: &'a str,
        /// What it is about.
        pub description: &'a str,
        /// Its beginning.
        pub summary: &'a str,
        /// Its address.
        pub url: String,
        /// Its address with scheme and host, as search engines should know it.
        pub permalink: String,
        /// Its kind.
        pub kind: &'a str,
        /// The template that draws it.
        pub template: Cow<'a, str>,
        /// The [`DateView`] of its date.
        pub date: Option<Value>,
        /// When it was last changed.
        pub updated: Option<DateView>,
        /// The day up to which it is right.
        pub as_of: Option<DateView>,
        /// Whether it is a draft.
        pub draft: bool,
        /// Its tags.
        pub tags: Vec<TagView<'a>>,
        /// Its image, as an address.
        pub image: Option<String>,
        /// What the image shows.
        pub image_alt: Cow<'a, str>,
        /// Its length in Han characters and words.
        pub words: usize,
        /// Minutes of reading.
        pub minutes: usize,
        /// Its headings.
        pub toc: Vec<TocView<'a>>,
        /// Whether its table of contents is shown.
        pub show_toc: bool,
        /// The lines to remember.
        pub takeaways: Vec<Cow<'a, str>>,
        /// The sections above it: of each its [`Teaser`].
        pub breadcrumbs: Vec<Value>,
        /// The [`Teaser`] of the page before it.
        pub previous: Option<Value>,
        /// The [`Teaser`] of the page after it.
        pub next: Option<Value>,
        /// The [`Teaser`] of the section it belongs to.
        pub section: Option<Value>,
        /// The sources cited in its text.
        pub citations: Vec<SourceView>,
        /// Further sources.
        pub sources: Vec<SourceView>,
        /// The facts it rests on.
        pub facts: Vec<&'a str>,
        /// The files that the page is also offered as: a timeline's calendar and data.
        pub downloads: Vec<FeedView>,
        /// The event, on an event's page.
        pub event: Option<super::event::EventView>,
        /// Whether it is the home page.
        pub is_home: bool,
        /// What robots are told.
        pub robots: Option<&'a str>,
        /// The language of the text, when it is not the page's: a fallback.
        pub fallback: Option<&'a str>,
        /// Whether it is converted.
        pub is_derived: bool,
        /// The file it is written in.
        pub source_path: &'a str,
        /// The author's own values.
        pub extra: Extra,
        /// The body as HTML; not there for components, which are part of it.
        pub content: Option<Value>,
    }
    when there is one: content;
}

// They are bits of one word, beside what is dear to make.
const _: () = assert!(PageView::KEYS.len() <= 60);

/// A list of pages.
#[derive(Clone, Debug, Serialize)]
pub struct ListView {
    /// The [`Teaser`]s of the pages of this part of the list.
    pub pages: Vec<Value>,
    /// Which part this is; none for a list in one piece.
    pub pagination: Option<PaginationView>,
}

/// Which part of a list a page shows.
#[derive(Clone, Debug, Serialize)]
pub struct PaginationView {
    /// From 1.
    pub current: usize,
    /// How many there are.
    pub total: usize,
    /// The address of the part before.
    pub previous: Option<String>,
    /// The address of the part after.
    pub next: Option<String>,
}

/// Interface strings by key.
pub type Strings = BTreeMap<String, String>;
