//! The conversions of a site: one for each derived language, with the glossaries that are in force in
//! each folder, and what a page's front matter adds.
//!
//! The nearest rule wins: a page's own, its section's, the site's, the style's, the engine's.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::conversion::{Conversion, Converted};
use super::engine::Engines;
use crate::config::glossary::{self, Avoid, Glossary};
use crate::config::{self, Config, Language, LanguageIndex};
use crate::diagnostic::Diagnostic;
use crate::hanzi::{Converter, Quotes, Rule, Rules, Scheme, Style};
use crate::pipeline::document::Document;
use crate::pipeline::document::front_matter;
use crate::pipeline::document::identity::CONTENT;
use crate::source::{SitePath, Source, Span};

/// The level of a page's own rules; a section's is its depth, the site's is 0.
const PAGE_LEVEL: u8 = u8::MAX;

/// The conversions of a site.
pub struct Conversions {
    /// By language; none for those written by hand.
    languages: Vec<Option<Derived>>,
    /// Where each rule of the glossaries stands, by its id. A page's own rules have the ids after these.
    places: Vec<Span>,
    /// What the languages' styles avoid, and where that stands.
    avoided: Vec<(Avoid, Span)>,
    /// By language: what the rows of all glossaries write in it.
    pinned: Vec<Vec<String>>,
}

/// The conversion of one derived language.
struct Derived {
    language: LanguageIndex,
    engines: Engines,
    converter: Converter,
    style: Style,
    quotes: Option<Quotes>,
    marks: Quotes,
    /// The rules in force in each folder that has a glossary of its own; the site's under "".
    rules: BTreeMap<String, Rules>,
    /// The conversion of pages that add nothing, by the same folders.
    plain: BTreeMap<String, Conversion>,
}

impl Conversions {
    /// The conversions that the configuration and the glossaries describe, and what is wrong with the
    /// glossaries.
    pub fn new(
        config: &Config,
        sources: &[Source],
        engines: Engines,
    ) -> (Conversions, Vec<Diagnostic>) {
        let mut notes = Vec::new();
        let mut glossaries: Vec<(String, Glossary, &Source)> = Vec::new();
        for source in sources {
            let read = glossary::parse(source, &config.languages);
            notes.extend(read.notes);
            // The one that the configuration names is the whole site's, wherever it lies.
            let named = config.convert.glossary.as_ref();
            let is_named = named.is_some_and(|named| named.as_str() == source.path().as_str());
            let folder = if is_named {
                String::new()
            } else {
                folder(source.path())
            };
            glossaries.push((folder, read.value, source));
        }
        // Outer folders first, so that an inner one lays its rules over theirs.
        glossaries.sort_by_key(|(folder, _, _)| (depth(folder), folder.clone()));
        let places = glossaries
            .iter()
            .flat_map(|(_, glossary, source)| {
                glossary.rows().map(|row| source.span(row.is.range()))
            })
            .collect();
        let avoided = glossaries
            .iter()
            .flat_map(|(_, glossary, source)| {
                let avoided = glossary.avoid.iter();
                avoided.map(|avoid| (avoid.clone(), source.span(avoid.form.range())))
            })
            .collect();
        let languages = config
            .languages
            .iter()
            .enumerate()
            .map(|(position, language)| {
                let index = LanguageIndex::new(position);
                Derived::of(config, language, index, &glossaries, engines)
            })
            .collect();
        let pinned = (0..config.languages.len())
            .map(LanguageIndex::new)
            .map(|language| {
                let rows = glossaries.iter().flat_map(|(_, it, _)| it.rows());
                rows.filter_map(|rule| rule.in_language(language).map(str::to_string))
                    .collect()
            })
            .collect();
        let conversions = Conversions {
            languages,
            places,
            avoided,
            pinned,
        };
        (conversions, notes)
    }

    /// The words that rows of glossaries write in `language`, whatever script they are of.
    pub fn pinned(&self, language: LanguageIndex) -> impl Iterator<Item = &str> {
        let words = self.pinned.get(language.position());
        words.into_iter().flatten().map(String::as_str)
    }

    /// How texts of `site.toml` become `language`.
    pub fn of_site(&self, language: LanguageIndex) -> Conversion {
        self.at(language, "")
    }

    /// How texts in `folder`, below `content/`, become `language`.
    pub fn of_folder(&self, language: LanguageIndex, folder: &str) -> Conversion {
        self.at(language, folder)
    }

    /// How the texts of `document`, written in `from`, become `to`.
    pub fn of_page(
        &self,
        document: &Document,
        from: LanguageIndex,
        to: LanguageIndex,
    ) -> Conversion {
        if from == to {
            return Conversion::AsWritten;
        }
        let Some(Some(derived)) = self.languages.get(to.position()) else {
            return Conversion::AsWritten;
        };
        let folder = document.identity.folder();
        match &document.front.conversion {
            front_matter::Conversion::Off => Conversion::AsWritten,
            front_matter::Conversion::On(rules)
                if **rules == front_matter::PageRules::default() =>
            {
                self.at(to, folder)
            }
            front_matter::Conversion::On(rules) => {
                derived.for_page(folder, rules, self.first_of_page())
            }
        }
    }

    /// Where the rule of a glossary with this id stands.
    pub fn place(&self, id: u32) -> Option<&Span> {
        self.places.get(id as usize)
    }

    /// Where every rule of the glossaries stands, in the order of their ids, which count from 0.
    pub fn places(&self) -> &[Span] {
        &self.places
    }

    /// What the glossaries' styles avoid, and where that stands.
    pub fn avoided(&self) -> &[(Avoid, Span)] {
        &self.avoided
    }

    /// The id of the first of a page's own rules; the others follow in their order.
    pub fn first_of_page(&self) -> u32 {
        number(self.places.len())
    }

    fn at(&self, language: LanguageIndex, folder: &str) -> Conversion {
        match self.languages.get(language.position()) {
            Some(Some(derived)) => nearest(&derived.plain, folder)
                .cloned()
                .unwrap_or(Conversion::AsWritten),
            _ => Conversion::AsWritten,
        }
    }
}

impl Derived {
    fn of(
        config: &Config,
        language: &Language,
        index: LanguageIndex,
        glossaries: &[(String, Glossary, &Source)],
        engines: Engines,
    ) -> Option<Derived> {
        let derive = language.derive.as_ref()?;
        let style = style(config, language, index, glossaries);
        let converter = engines.converter(derive.using).with_style(&style);
        let marks = match language.tag.script() {
            Some("Hans") => Quotes::Curly,
            Some("Hant") => Quotes::Corner,
            _ if writes_simplified(derive.using) => Quotes::Curly,
            _ => Quotes::Corner,
        };
        let mut derived = Derived {
            language: index,
            engines,
            converter,
            style,
            quotes: (config.convert.quotes == config::Quotes::Auto).then_some(marks),
            marks,
            rules: BTreeMap::new(),
            plain: BTreeMap::new(),
        };
        derived.rules.insert(String::new(), Rules::default());
        let mut id = 0;
        for (folder, glossary, _) in glossaries {
            let level = depth(folder).min(usize::from(PAGE_LEVEL) - 1) as u8;
            let numbered: Vec<(&glossary::Rule, u32)> = glossary.rows().zip(id..).collect();
            id += number(numbered.len());
            let applies = if writes_simplified(derive.using) {
                glossary.rules.len()
            } else {
                numbered.len()
            };
            let rules: Vec<Rule> = numbered[..applies]
                .iter()
                .filter_map(|(rule, id)| compiled(rule, index, level, *id))
                .collect();
            let outer = nearest(&derived.rules, folder).cloned().unwrap_or_default();
            derived.rules.insert(folder.clone(), outer.overlay(rules));
        }
        for (folder, rules) in &derived.rules {
            let converted = Converted {
                converter: derived.converter.with_rules(rules),
                quotes: derived.quotes,
            };
            let conversion = Conversion::Converted(Arc::new(converted));
            derived.plain.insert(folder.clone(), conversion);
        }
        Some(derived)
    }

    fn for_page(&self, folder: &str, page: &front_matter::PageRules, first: u32) -> Conversion {
        let outer = nearest(&self.rules, folder).cloned().unwrap_or_default();
        let numbered = page.rules.iter().zip(first..);
        let own = numbered.filter_map(|(rule, id)| compiled(rule, self.language, PAGE_LEVEL, id));
        let converter = match &page.using {
            Some(scheme) => self.engines.converter(*scheme).with_style(&self.style),
            None => self.converter.clone(),
        };
        Conversion::Converted(Arc::new(Converted {
            converter: converter.with_rules(&outer.overlay(own)),
            quotes: match page.quotes {
                None => self.quotes,
                Some(config::Quotes::Auto) => Some(self.marks),
                Some(config::Quotes::Keep) => None,
            },
        }))
    }
}

/// A rule as the engine takes it; none when it leaves the word to the engine.
fn compiled(rule: &glossary::Rule, language: LanguageIndex, level: u8, id: u32) -> Option<Rule> {
    let becomes = rule.in_language(language)?;
    Some(Rule {
        pattern: rule.is.as_str().to_string(),
        replacement: (becomes != rule.is.as_str()).then(|| becomes.to_string()),
        level,
        id,
    })
}

/// The house style of a language: Hong Kong's as configured, and the forms its glossaries avoid.
fn style(
    config: &Config,
    language: &Language,
    index: LanguageIndex,
    glossaries: &[(String, Glossary, &Source)],
) -> Style {
    let is_hong_kong = matches!(language.tag.region(), Some("HK" | "MO"));
    let style = match config.convert.style {
        config::Style::Press if is_hong_kong => Style::press(),
        _ => Style::school(),
    };
    let avoided = glossaries
        .iter()
        .flat_map(|(_, glossary, _)| &glossary.avoid);
    avoided
        .filter(|avoid| avoid.language == index)
        .fold(style, |style, avoid| {
            style.avoiding(avoid.form.as_str(), avoid.instead.as_str())
        })
}

/// A count as ids have it; no glossary comes near the limit.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn writes_simplified(scheme: Scheme) -> bool {
    matches!(
        scheme,
        Scheme::Hk2s | Scheme::T2s | Scheme::Tw2s | Scheme::Tw2sp | Scheme::Hk2sp
    )
}

/// The folder that a glossary speaks for, below `content/`.
fn folder(path: &SitePath) -> String {
    let folder = format!("{}/", path.folder());
    let below = folder.strip_prefix(CONTENT).unwrap_or("");
    below.trim_end_matches('/').to_string()
}

fn depth(folder: &str) -> usize {
    if folder.is_empty() {
        0
    } else {
        folder.matches('/').count() + 1
    }
}

/// What is kept for `folder`, or for the nearest one above it.
fn nearest<'m, V>(by_folder: &'m BTreeMap<String, V>, folder: &str) -> Option<&'m V> {
    let mut folder = folder;
    loop {
        if let Some(value) = by_folder.get(folder) {
            return Some(value);
        }
        if folder.is_empty() {
            return None;
        }
        folder = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
    }
}
