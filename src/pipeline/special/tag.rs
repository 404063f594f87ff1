//! Pages of tags: one for each tag and one that lists them, in each language.
//!
//! They are drawn by `tag.html` like sections: the tagged pages are their list, in parts where the site
//! wants lists so.

use tera::Value;

use super::{Special, render};
use crate::config::LanguageIndex;
use crate::diagnostic::Noted;
use crate::pipeline::catalogue::{Origin, Tag};
use crate::pipeline::edition::Voice;
use crate::pipeline::names;
use crate::pipeline::page::view::{ListView, PageView, PaginationView, Teaser};
use crate::pipeline::page::{Editions, bare, teaser};
use crate::pipeline::publication::Publication;

const TEMPLATE: &str = "tag.html";

/// All of them.
pub fn all(publication: &Publication) -> Vec<(String, Special)> {
    let mut all = Vec::new();
    for language in languages(publication) {
        let tags = publication.catalogue.tags(language);
        for (number, tag) in tags.iter().enumerate() {
            for part in 0..parts(publication, tag) {
                let path = publication
                    .addresses
                    .output(language, &part_path(tag, part));
                let special = Special::Tag {
                    language,
                    number,
                    part,
                };
                all.push((path, special));
            }
        }
        // A page of the site's own at that address is the better list.
        if !tags.is_empty() && !has_own_list(publication) {
            let path = publication.addresses.output(language, names::TAGS);
            all.push((path, Special::Tags(language)));
        }
    }
    all
}

/// The paths of the pages of tags, without further parts, and the languages that each is really in.
pub fn pages(publication: &Publication) -> Vec<(String, Vec<LanguageIndex>)> {
    let mut found = std::collections::BTreeMap::<String, Vec<LanguageIndex>>::new();
    for language in languages(publication) {
        let tags = publication.catalogue.tags(language);
        let own = tags
            .iter()
            .filter(|tag| is_really_in(publication, tag, language));
        for tag in own {
            found.entry(part_path(tag, 0)).or_default().push(language);
            if has_own_list(publication) {
                continue;
            }
            let list = found.entry(names::TAGS.to_string()).or_default();
            if !list.contains(&language) {
                list.push(language);
            }
        }
    }
    found.into_iter().collect()
}

/// Part `part` of the page of tag number `number`.
pub fn make(
    publication: &Publication,
    language: LanguageIndex,
    number: usize,
    part: usize,
) -> Noted<Option<Vec<u8>>> {
    let Some(tag) = publication.catalogue.tags(language).get(number) else {
        return Noted {
            value: None,
            notes: Vec::new(),
        };
    };
    let size = part_size(publication);
    let total = parts(publication, tag);
    let address = |part| publication.addresses.page(language, &part_path(tag, part));
    let shown = tag.pages.iter().skip(part.saturating_mul(size)).take(size);
    let list = ListView {
        pages: shown
            .filter_map(|(id, _)| teaser(publication, *id, language))
            .collect(),
        pagination: (total > 1).then(|| PaginationView {
            current: part + 1,
            total,
            previous: part.checked_sub(1).map(address),
            next: (part + 1 < total).then(|| address(part + 1)),
        }),
    };
    let mut breadcrumbs = home(publication, language);
    breadcrumbs.push(list_teaser(publication, language));
    let page = Shown {
        title: label(publication, tag, language),
        kind: "tag",
        url: address(part),
        path: part_path(tag, 0),
        breadcrumbs,
        list,
        languages: languages(publication)
            .filter(|other| {
                let tags = publication.catalogue.tags(*other);
                let found = tags.binary_search_by(|other| other.key.cmp(&tag.key));
                found.is_ok_and(|at| is_really_in(publication, &tags[at], *other))
            })
            .collect(),
    };
    page.draw(publication, language)
}

/// The page that lists the tags.
pub fn list(publication: &Publication, language: LanguageIndex) -> Noted<Option<Vec<u8>>> {
    let tags = publication.catalogue.tags(language);
    let teasers = tags.iter().map(|tag| {
        let title = label(publication, tag, language);
        own_teaser(
            &title,
            "tag",
            publication.addresses.page(language, &part_path(tag, 0)),
        )
    });
    let page = Shown {
        title: publication.string(language, "tags").to_string(),
        kind: "tags",
        url: publication.addresses.page(language, names::TAGS),
        path: names::TAGS.to_string(),
        breadcrumbs: home(publication, language),
        list: ListView {
            pages: teasers.collect(),
            pagination: None,
        },
        languages: languages(publication)
            .filter(|other| {
                let tags = publication.catalogue.tags(*other);
                tags.iter()
                    .any(|tag| is_really_in(publication, tag, *other))
            })
            .collect(),
    };
    page.draw(publication, language)
}

/// What the two kinds of pages differ in.
struct Shown {
    title: String,
    kind: &'static str,
    url: String,
    path: String,
    /// Of each its [`Teaser`].
    breadcrumbs: Vec<Value>,
    list: ListView,
    languages: Vec<LanguageIndex>,
}

impl Shown {
    fn draw(self, publication: &Publication, language: LanguageIndex) -> Noted<Option<Vec<u8>>> {
        let page = PageView {
            menu_title: &self.title,
            title: &self.title,
            kind: self.kind,
            template: TEMPLATE.into(),
            permalink: publication.addresses.absolute(&self.url),
            url: self.url.clone(),
            breadcrumbs: self.breadcrumbs,
            robots: (!self.languages.contains(&language)).then_some("noindex"),
            ..PageView::default()
        };
        let editions = Editions {
            path: &self.path,
            languages: &self.languages,
        };
        let mut view = bare(publication, language, page, Some(editions));
        view.insert("list", &self.list);
        render(publication, TEMPLATE, &view, &self.url)
    }
}

fn languages(publication: &Publication) -> impl Iterator<Item = LanguageIndex> + use<> {
    (0..publication.config.languages.len()).map(LanguageIndex::new)
}

/// The tag's name, as the first of its pages spells it.
fn label(publication: &Publication, tag: &Tag, language: LanguageIndex) -> String {
    let named = tag.pages.first().and_then(|(id, index)| {
        let edition = publication.catalogue.edition(*id, language)?;
        let conversion = publication.conversion(edition, language);
        let voice = Voice {
            language,
            written_in: edition.written_in,
            conversion: &conversion,
        };
        let text = edition.document.front.tags.get(*index)?;
        Some(voice.say(text).into_owned())
    });
    named.unwrap_or_else(|| tag.key.to_string())
}

fn home(publication: &Publication, language: LanguageIndex) -> Vec<Value> {
    let home = publication.catalogue.home();
    home.and_then(|id| teaser(publication, id, language))
        .into_iter()
        .collect()
}

fn list_teaser(publication: &Publication, language: LanguageIndex) -> Value {
    let url = publication.addresses.page(language, names::TAGS);
    own_teaser(publication.string(language, "tags"), "tags", url)
}

/// A link to a page that is not among the catalogue's.
fn own_teaser(title: &str, kind: &str, url: String) -> Value {
    let teaser = Teaser {
        title,
        menu_title: title,
        url,
        description: "",
        date: None,
        kind,
    };
    teaser.shown()
}

/// Whether any page of the tag is in `language` and not only shown in another.
fn is_really_in(publication: &Publication, tag: &Tag, language: LanguageIndex) -> bool {
    tag.pages.iter().any(|(id, _)| {
        let edition = publication.catalogue.edition(*id, language);
        edition.is_some_and(|edition| edition.origin != Origin::Fallback)
    })
}

fn has_own_list(publication: &Publication) -> bool {
    publication.catalogue.page("tags.md").is_some()
        || publication.catalogue.page("tags/_index.md").is_some()
        || publication.catalogue.page("tags/index.md").is_some()
}

fn part_size(publication: &Publication) -> usize {
    match publication.config.pagination {
        0 => usize::MAX,
        size => size,
    }
}

fn parts(publication: &Publication, tag: &Tag) -> usize {
    tag.pages.len().div_ceil(part_size(publication)).max(1)
}

fn part_path(tag: &Tag, part: usize) -> String {
    let path = format!("{}/{}", names::TAGS, tag.key);
    match part {
        0 => path,
        part => format!("{path}/page/{}", part + 1),
    }
}
