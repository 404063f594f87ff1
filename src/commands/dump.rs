//! `tongwen build --dump page.md`: the exact view that templates get of a page, in each of its languages.

use serde_json::{Map, Value};

use super::Ending;
use super::report::json;
use super::site::Prepared;
use super::terminal::Terminal;
use crate::config::LanguageIndex;
use crate::diagnostic::Phrase;
use crate::pipeline::draw;
use crate::pipeline::page;
use crate::pipeline::publication::sorted;

/// Prints the view of the page at `path`, a file of the content folder, as JSON by language.
pub fn run(prepared: &Prepared, path: &str, terminal: &Terminal) -> Ending {
    let publication = &prepared.publication;
    let path = path.trim_start_matches("./");
    let path = path.strip_prefix("content/").unwrap_or(path);
    let Some(id) = publication.catalogue.page(path) else {
        if let Some(held) = publication.catalogue.held_page(path) {
            let said = [("value", path), ("options", held.options())];
            terminal.fail(&terminal.phrase(Phrase::PageHeldBack, &said));
            return Ending::CouldNotRun;
        }
        terminal.fail(&terminal.phrase(Phrase::NoSuchPage, &[("value", path)]));
        if let Some(near) = publication.catalogue.names().nearest(path) {
            terminal.fail(&terminal.phrase(Phrase::NearestName, &[("name", near)]));
        }
        return Ending::CouldNotRun;
    };
    let mut views = Map::new();
    for (position, language) in publication.config.languages.iter().enumerate() {
        let index = LanguageIndex::new(position);
        let Some(composed) = page::compose(publication, id, index, 0, page::Viewer::Author) else {
            continue;
        };
        match draw::view(composed.value, &publication.templates) {
            Ok((template, view)) => {
                let mut view = view;
                if let Value::Object(entries) = &mut view {
                    entries.insert("template".to_string(), Value::from(template));
                }
                views.insert(language.tag.as_str().to_string(), view);
            }
            Err(fault) => {
                terminal.show(&sorted(vec![*fault]));
                return Ending::SiteHasErrors;
            }
        }
    }
    terminal.answer(&json(&Value::Object(views)));
    Ending::Fine
}
