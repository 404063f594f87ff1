//! Sources: the numbers of those cited, the list of the others, and whether each exists.

use super::Composer;
use super::view::SourceView;
use crate::diagnostic::{Code, Diagnostic};
use crate::pipeline::document::Document;

impl Composer<'_> {
    /// Numbers the citations of a document, going on from those numbered before, and says which of
    /// its sources and facts do not exist.
    pub(super) fn cite(&mut self, document: &Document) -> Vec<usize> {
        let mut numbers = Vec::new();
        for citation in &document.markdown.citations {
            let known = self.cited.iter().position(|id| *id == citation.id);
            let index = known.unwrap_or_else(|| {
                self.cited.push(citation.id.clone());
                self.cited.len() - 1
            });
            numbers.push(index + 1);
            let place = citation.place.start as usize..citation.place.end as usize;
            self.check_source(document, &citation.id, place);
        }
        for written in &document.front.sources {
            self.check_source(document, written.as_str(), written.range());
        }
        for written in &document.front.facts {
            self.check_fact(document, written.as_str(), written.range());
        }
        numbers
    }

    /// The sources cited on the page, and those only named in front matter.
    pub(super) fn source_lists(&self, document: &Document) -> (Vec<SourceView>, Vec<SourceView>) {
        let cited = self
            .cited
            .iter()
            .enumerate()
            .filter_map(|(index, id)| {
                let source = self.source(id)?;
                Some(SourceView {
                    number: index + 1,
                    ..source.clone()
                })
            })
            .collect();
        let further = document
            .front
            .sources
            .iter()
            .filter(|written| !self.cited.iter().any(|id| **id == *written.as_str()))
            .filter_map(|written| self.source(written.as_str()).cloned())
            .collect();
        (cited, further)
    }

    /// The source with this id, in this language.
    pub(super) fn source(&self, id: &str) -> Option<&SourceView> {
        self.publication.registry()?.source(self.language, id)
    }

    /// A site without a page of sources has neither sources nor facts.
    fn check_fact(&mut self, document: &Document, id: &str, place: std::ops::Range<usize>) {
        let registry = self.publication.registry();
        if registry.is_some_and(|registry| registry.has_fact(id)) {
            return;
        }
        let known = registry.map(|registry| registry.fact_names());
        let diagnostic = Diagnostic::new(Code::UnknownFact)
            .with("id", id)
            .at(&document.source, place)
            .suggest_of(id, known);
        self.note(diagnostic);
    }

    fn check_source(&mut self, document: &Document, id: &str, place: std::ops::Range<usize>) {
        let registry = self.publication.registry();
        if registry.is_some_and(|registry| registry.has_source(id)) {
            return;
        }
        let known = registry.map(|registry| registry.source_names());
        let diagnostic = Diagnostic::new(Code::UnknownSource)
            .with("id", id)
            .at(&document.source, place)
            .suggest_of(id, known);
        self.note(diagnostic);
    }
}
