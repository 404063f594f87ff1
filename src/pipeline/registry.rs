//! The site's sources and facts, in every language: what citations and fact ids are checked against.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use super::document::front_matter::{Kind, Reference};
use super::edition::Voice;
use super::page::view::SourceView;
use super::publication::Publication;
use crate::config::{LanguageIndex, Text};
use crate::diagnostic::Names;

/// The list of sources, in every language.
pub struct Registry {
    /// The ids in the order of the page.
    order: Vec<String>,
    /// By language: the sources by id.
    sources: Vec<HashMap<String, SourceView>>,
    facts: BTreeSet<String>,
    /// The ids of sources and of facts, once a wrong one is to be told what was meant.
    source_names: OnceLock<Names>,
    fact_names: OnceLock<Names>,
}

impl Registry {
    /// The registry of the page that has one.
    pub fn of(publication: &Publication) -> Option<Registry> {
        let id = publication.catalogue.registry()?;
        let languages = publication.config.languages.len();
        let (_, original) = publication.catalogue.entry(id).original()?;
        let Kind::Sources(registry) = &original.document.front.kind else {
            return None;
        };
        let sources = (0..languages).map(LanguageIndex::new).map(|language| {
            // A language without such a page shows the sources as the original names them.
            let edition = publication
                .catalogue
                .edition(id, language)
                .unwrap_or(original);
            let Kind::Sources(registry) = &edition.document.front.kind else {
                return HashMap::new();
            };
            let conversion = publication.conversion(edition, language);
            let voice = Voice {
                language,
                written_in: edition.written_in,
                conversion: &conversion,
            };
            let entries = registry.entries.iter();
            entries
                .map(|entry| (entry.id.as_str().to_string(), source(entry, voice)))
                .collect()
        });
        Some(Registry {
            order: registry
                .entries
                .iter()
                .map(|entry| entry.id.as_str().to_string())
                .collect(),
            sources: sources.collect(),
            facts: registry.facts.keys().cloned().collect(),
            source_names: OnceLock::new(),
            fact_names: OnceLock::new(),
        })
    }

    /// The source with this id.
    pub fn source(&self, language: LanguageIndex, id: &str) -> Option<&SourceView> {
        self.sources.get(language.position())?.get(id)
    }

    /// All sources, in the order of the page.
    pub fn all(&self, language: LanguageIndex) -> impl Iterator<Item = &SourceView> {
        self.order
            .iter()
            .filter_map(move |id| self.source(language, id))
    }

    /// Whether there is such a source.
    pub fn has_source(&self, id: &str) -> bool {
        self.sources
            .first()
            .is_some_and(|sources| sources.contains_key(id))
    }

    /// Whether there is such a fact.
    pub fn has_fact(&self, id: &str) -> bool {
        self.facts.contains(id)
    }

    /// The ids of all sources.
    pub fn source_ids(&self) -> impl Iterator<Item = &str> {
        self.order.iter().map(String::as_str)
    }

    /// The ids of all sources, for finding what was meant by another.
    pub fn source_names(&self) -> &Names {
        let make = || Names::of(self.source_ids());
        self.source_names.get_or_init(make)
    }

    /// The ids of all facts, likewise.
    pub fn fact_names(&self) -> &Names {
        let make = || Names::of(self.facts.iter().map(String::as_str));
        self.fact_names.get_or_init(make)
    }

    /// The ids that the sources page has beside its headings.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        let fixed = ["entries", "conflicts", "corrections"];
        self.source_ids().chain(fixed)
    }
}

/// The further lists of the sources page, for its template.
pub fn lists(
    registry: &super::document::front_matter::Registry,
    voice: Voice<'_>,
) -> BTreeMap<&'static str, serde_json::Value> {
    use serde_json::json;
    let ids = |written: &[crate::config::Written]| -> Vec<String> {
        written.iter().map(|id| id.as_str().to_string()).collect()
    };
    let conflicts: Vec<_> = registry
        .conflicts
        .iter()
        .map(|conflict| {
            json!({"question": voice.say(&conflict.question), "decision": voice.say(&conflict.decision),
                   "sources": ids(&conflict.sources)})
        })
        .collect();
    let corrections: Vec<_> = registry
        .corrections
        .iter()
        .map(|correction| {
            json!({"date": correction.date.to_iso(), "was": voice.say(&correction.was),
                   "now": voice.say(&correction.now),
                   "reason": correction.reason.as_ref().map(|reason| voice.say(reason))})
        })
        .collect();
    BTreeMap::from([
        ("conflicts", json!(conflicts)),
        ("corrections", json!(corrections)),
    ])
}

fn source(entry: &Reference, voice: Voice<'_>) -> SourceView {
    let may = |text: &Option<Text>| {
        text.as_ref()
            .map_or(String::new(), |text| voice.say(text).into_owned())
    };
    let urls: Vec<String> = entry
        .urls
        .iter()
        .map(|url| url.as_str().to_string())
        .collect();
    SourceView {
        number: 0,
        id: entry.id.as_str().to_string(),
        title: voice.say(&entry.title).into_owned(),
        // A title given by language is in the page's own.
        lang: match &entry.title {
            Text::Same(_) => entry.lang.as_ref().map(ToString::to_string),
            Text::ByLanguage(_) => None,
        },
        publisher: may(&entry.publisher),
        date: entry.date.map_or(String::new(), |date| date.to_iso()),
        url: urls.first().cloned(),
        urls,
        note: may(&entry.note),
    }
}
