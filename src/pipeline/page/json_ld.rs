//! A page for search engines, in the vocabulary of schema.org.
//!
//! The objects borrow all they say and are written once, straight into the text: through a tree of JSON
//! values every page cost a twentieth of a build. Their fields stand in the order of the alphabet, as a
//! map would write them.

use serde::Serialize;
use tera::Value;

use super::Composer;
use super::event::EventView;
use super::view::{AlternateView, PageView};
use crate::config::Value as Own;
use crate::pipeline::document::front_matter::Kind;

const CONTEXT: &str = "https://schema.org";

#[derive(Serialize)]
#[serde(untagged)]
enum Object<'a> {
    Site(Site<'a>),
    Article(Box<Article<'a>>),
    Breadcrumbs(Breadcrumbs<'a>),
    Event(Box<Event<'a>>),
    Questions(Questions<'a>),
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "Organization")]
struct Organization<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Site<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    description: &'a str,
    #[serde(rename = "inLanguage")]
    language: &'a str,
    name: &'a str,
    publisher: Organization<'a>,
    url: &'a str,
}

#[derive(Serialize)]
struct Article<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    author: Organization<'a>,
    #[serde(rename = "dateModified", skip_serializing_if = "Option::is_none")]
    modified: Option<&'a str>,
    #[serde(rename = "datePublished", skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
    description: &'a str,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(rename = "inLanguage")]
    language: &'a str,
    #[serde(rename = "mainEntityOfPage")]
    main_entity_of: &'a str,
    publisher: Organization<'a>,
    url: &'a str,
    #[serde(rename = "workTranslation", skip_serializing_if = "Vec::is_empty")]
    translations: Vec<Translation<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "Article")]
struct Translation<'a> {
    #[serde(rename = "inLanguage")]
    language: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Breadcrumbs<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    items: Vec<Crumb<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "ListItem")]
struct Crumb<'a> {
    item: String,
    name: &'a str,
    position: usize,
}

#[derive(Serialize)]
struct Event<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    description: &'a str,
    #[serde(rename = "endDate", skip_serializing_if = "Option::is_none")]
    end: Option<&'a str>,
    #[serde(rename = "eventAttendanceMode")]
    attendance: &'static str,
    #[serde(rename = "eventStatus")]
    status: &'static str,
    #[serde(rename = "inLanguage")]
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location<'a>>,
    name: &'a str,
    #[serde(rename = "startDate")]
    start: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "Place")]
struct Location<'a> {
    address: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Questions<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "inLanguage")]
    language: &'a str,
    #[serde(rename = "mainEntity")]
    questions: Vec<Question>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct Question {
    #[serde(rename = "acceptedAnswer")]
    answer: Answer,
    name: String,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct Answer {
    text: String,
}

impl Composer<'_> {
    /// What search engines are told of the page, as the text of a script element.
    pub(super) fn json_ld(&self, page: &PageView<'_>, alternates: &[AlternateView<'_>]) -> Value {
        let site = self.publication.site(self.language);
        // A fallback is in the language it was written in, whatever page it stands on.
        let language = page.fallback.unwrap_or(self.tag().as_str());
        let name = match site.author.as_str() {
            "" => &site.title,
            author => author,
        };
        let mut objects = Vec::with_capacity(3);
        if page.is_home {
            objects.push(Object::Site(Site {
                context: CONTEXT,
                kind: "WebSite",
                description: page.description,
                language,
                name: &site.title,
                publisher: Organization { name },
                url: &page.permalink,
            }));
        } else {
            let article = self.article(page, alternates, language, name);
            objects.push(Object::Article(Box::new(article)));
            objects.push(Object::Breadcrumbs(self.breadcrumb_list(page)));
        }
        if let Some(event) = &page.event {
            objects.push(Object::Event(Box::new(event.json_ld(page, language))));
        }
        if let Kind::Other(name) = &self.edition.document.front.kind
            && name.as_str() == "faq"
        {
            objects.extend(self.questions().map(Object::Questions));
        }
        // Strings and numbers, written to memory: that cannot fail.
        let text = serde_json::to_string(&objects).unwrap_or_default();
        if text.contains('<') {
            // It could end the script element or open a comment in it; JSON has another spelling for it.
            return Value::safe_string(&text.replace('<', "\\u003c"));
        }
        Value::safe_string(&text)
    }

    fn article<'a>(
        &self,
        page: &'a PageView<'a>,
        alternates: &'a [AlternateView<'a>],
        language: &'a str,
        name: &'a str,
    ) -> Article<'a> {
        let iso = |date: Option<&'a Value>| date?.get_from_path("iso")?.as_str();
        let published = iso(page.date.as_ref());
        let updated = page.updated.as_ref().map(|date| &*date.iso);
        let others = alternates.iter();
        Article {
            context: CONTEXT,
            kind: "Article",
            author: Organization { name },
            modified: published.and(updated.or(published)),
            published,
            description: page.description,
            headline: page.title,
            image: page
                .image
                .as_ref()
                .map(|image| self.publication.addresses.absolute(image)),
            language,
            main_entity_of: &page.permalink,
            publisher: Organization { name },
            url: &page.permalink,
            translations: others
                .filter(|alternate| alternate.is_page && !alternate.is_current)
                .map(|alternate| Translation {
                    language: alternate.lang,
                    url: &alternate.permalink,
                })
                .collect(),
        }
    }

    fn breadcrumb_list<'a>(&'a self, page: &'a PageView<'a>) -> Breadcrumbs<'a> {
        let catalogue = &self.publication.catalogue;
        let addresses = &self.publication.addresses;
        let above = self.above.iter().filter_map(|id| {
            let edition = catalogue.edition(*id, self.language)?;
            Some((&*edition.head.title, addresses.absolute(&self.address(*id))))
        });
        let own = (page.title, addresses.absolute(&page.url));
        let items = above
            .chain([own])
            .enumerate()
            .map(|(index, (name, item))| Crumb {
                item,
                name,
                position: index + 1,
            });
        Breadcrumbs {
            context: CONTEXT,
            kind: "BreadcrumbList",
            items: items.collect(),
        }
    }

    /// Questions and answers, from `extra.items` of a page of the kind `faq`.
    fn questions(&self) -> Option<Questions<'_>> {
        let Some(Own::List(items)) = self.edition.document.front.extra.get("items") else {
            return None;
        };
        let say = |item: &Own, key| match item.get(key) {
            Some(Own::Text(text)) => Some(self.voice().say(text).into_owned()),
            _ => None,
        };
        let questions: Vec<Question> = items
            .iter()
            .filter_map(|item| {
                Some(Question {
                    name: say(item, "q")?,
                    answer: Answer {
                        text: say(item, "a")?,
                    },
                })
            })
            .collect();
        (!questions.is_empty()).then(|| Questions {
            context: CONTEXT,
            kind: "FAQPage",
            language: self.tag().as_str(),
            questions,
        })
    }
}

impl EventView {
    fn json_ld<'a>(&'a self, page: &'a PageView<'a>, language: &'a str) -> Event<'a> {
        Event {
            context: CONTEXT,
            kind: "Event",
            description: page.description,
            end: self.end.as_ref().map(|end| &*end.iso),
            attendance: "https://schema.org/OfflineEventAttendanceMode",
            status: match self.status.as_str() {
                "cancelled" => "https://schema.org/EventCancelled",
                _ => "https://schema.org/EventScheduled",
            },
            language,
            location: (!self.city.is_empty()).then_some(Location {
                address: &self.city,
                name: &self.city,
            }),
            name: &self.title,
            start: &self.start.iso,
            url: &page.permalink,
        }
    }
}
