//! Views of pages that no file of the content folder stands for: the 404 page, redirects, tag pages.

use tera::{Context, Value};

use super::meta;
use super::view::{AlternateView, OpenGraphView, PageView};
use crate::config::LanguageIndex;
use crate::pipeline::publication::Publication;

/// A page's editions, when no file of the content folder says which there are.
pub struct Editions<'a> {
    /// The path of its address below each language's folder, without a `/` at the end.
    pub path: &'a str,
    /// The languages it is in.
    pub languages: &'a [LanguageIndex],
}

/// The view of a page in `language` that has only `page`. Its switch leads to its other `editions`, and
/// where there are none to the home page of the language.
pub fn bare(
    publication: &Publication,
    language: LanguageIndex,
    mut page: PageView<'_>,
    editions: Option<Editions<'_>>,
) -> Context {
    let mut view = publication.shared(language).clone();
    let home = publication.catalogue.home();
    let home_here = home.and_then(|id| publication.catalogue.edition(id, language));
    let menus = home_here.map(|_| publication.menus(language).from_nowhere());
    let alternates: Vec<AlternateView> = publication
        .config
        .languages
        .iter()
        .enumerate()
        .filter_map(|(position, other)| {
            let index = LanguageIndex::new(position);
            let own = editions
                .as_ref()
                .filter(|editions| editions.languages.contains(&index));
            if own.is_none() {
                publication.catalogue.edition(home?, index)?;
            }
            let path = own.map_or("", |editions| editions.path);
            let url = publication.addresses.page(index, path);
            Some(AlternateView {
                lang: other.tag.as_str(),
                label: &other.label,
                hreflang: &other.hreflang,
                permalink: publication.addresses.absolute(&url),
                url,
                is_current: index == language,
                is_page: own.is_some(),
            })
        })
        .collect();
    let graph = OpenGraphView {
        title: page.title,
        description: page.description,
        kind: "website",
        url: &page.permalink,
        locale: &publication.config.language(language).locale,
        ..OpenGraphView::default()
    };
    let none = || Value::from(tera::Map::default());
    view.insert_value("menus", menus.unwrap_or_else(none));
    view.insert("x_default", &meta::x_default(&alternates));
    view.insert("alternates", &alternates);
    view.insert("og", &graph);
    for name in ["json_ld", "list", "timeline"] {
        view.insert_value(name, Value::none());
    }
    page.content = Some(Value::safe_string(""));
    view.insert("page", &page);
    view
}
