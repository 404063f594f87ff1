//! The body of a page in its language, with links looked up.

use super::Composer;
use crate::diagnostic::{Code, Diagnostic};
use crate::pipeline::document::Document;
use crate::pipeline::edition::Piece;
use crate::pipeline::edition::body::{Surroundings, play};
use crate::pipeline::render;

/// What a body is played among.
struct Around<'a> {
    hrefs: Vec<String>,
    numbers: Vec<usize>,
    strings: &'a super::view::Strings,
}

impl Surroundings for Around<'_> {
    fn href(&self, number: usize) -> &str {
        self.hrefs.get(number).map_or("", String::as_str)
    }

    fn citation(&self, index: usize) -> usize {
        self.numbers.get(index).copied().unwrap_or(0)
    }

    fn label<'k>(&'k self, key: &'k str) -> &'k str {
        self.strings.get(key).map_or(key, String::as_str)
    }
}

impl Composer<'_> {
    /// Says which components have no template.
    fn check_components(&mut self, document: &Document) {
        for component in &document.markdown.body.components {
            let template = render::component_template(&component.name);
            if self.publication.templates.has(&template) {
                continue;
            }
            let known: Vec<&str> = self.publication.templates.components().collect();
            let place = component.place.start as usize..component.place.end as usize;
            let diagnostic = Diagnostic::new(Code::UnknownComponent)
                .with("name", &*component.name)
                .with("known", known.join(", "))
                .at(&document.source, place)
                .suggest(&component.name, known);
            self.note(diagnostic);
        }
    }

    /// The body of `document`: this page's, or that of an event it lists.
    pub(super) fn body(&mut self, document: &Document) -> Vec<Piece> {
        self.check_components(document);
        let numbers = self.cite(document);
        let around = Around {
            hrefs: self.hrefs(document),
            numbers,
            strings: self.publication.strings(self.language),
        };
        play(document, self.spoken(), &self.conversion, &around)
    }
}
