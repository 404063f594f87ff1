//! Views of pages that no file of the content folder stands for: the 404 page, redirects, tag pages.

use tera::{Context, Value};

use super::Composer;
use super::view::{AlternateView, OpenGraphView, PageView};
use crate::config::LanguageIndex;
use crate::pipeline::publication::Publication;

/// The view of a page in `language` that has only `page`. Its switch leads to the same `path` in the
/// other languages when `everywhere`, and else to their home pages.
pub fn bare(
    publication: &Publication,
    language: LanguageIndex,
    page: PageView,
    everywhere: Option<&str>,
) -> Context {
    let mut view = publication.shared(language).clone();
    let home = publication.catalogue.home();
    let menus = home.and_then(|id| {
        let edition = publication.catalogue.edition(id, language)?;
        Some(Composer::new(publication, id, language, edition).menus_from_nowhere())
    });
    let alternates: Vec<AlternateView> = publication
        .config
        .languages
        .iter()
        .enumerate()
        .map(|(position, other)| {
            let index = LanguageIndex::new(position);
            let url = publication.addresses.page(index, everywhere.unwrap_or(""));
            AlternateView {
                lang: other.tag.as_str().to_string(),
                label: other.label.clone(),
                hreflang: other.hreflang.clone(),
                permalink: publication.addresses.absolute(&url),
                url,
                is_current: index == language,
                is_page: everywhere.is_some(),
            }
        })
        .collect();
    let graph = OpenGraphView {
        title: page.title.clone(),
        description: page.description.clone(),
        kind: "website".to_string(),
        url: page.permalink.clone(),
        locale: publication.config.language(language).locale.clone(),
        ..OpenGraphView::default()
    };
    view.insert("menus", &menus.unwrap_or_default());
    view.insert("alternates", &alternates);
    view.insert("og", &graph);
    for name in ["x_default", "json_ld", "list", "timeline"] {
        view.insert_value(name, Value::none());
    }
    let mut map = Value::from_serializable(&page)
        .into_map()
        .unwrap_or_default();
    map.insert("extra".into(), Value::from(tera::Map::default()));
    map.insert("content".into(), Value::safe_string(""));
    view.insert_value("page", Value::from(map));
    view
}
