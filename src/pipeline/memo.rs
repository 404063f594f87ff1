//! What need not be done again: parsed documents, conversions, the catalogue and loaded templates, by all
//! that they were made from.
//!
//! The memo is a value that its owner passes in. `build` starts with an empty one; `serve` keeps one.
//! Nothing in it can be stale, because nothing is taken from it but for an equal of everything the
//! step reads; it can only be larger than need be, and drops what the last run did not use.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::catalogue::Catalogue;
use super::document::markdown::Rules;
use super::document::{self, Document};
use super::edition::Conversions;
use super::inputs::Release;
use super::render::Templates;
use crate::diagnostic::{Diagnostic, Noted};
use crate::digest::{Digest, Digester};
use crate::source::{SitePath, Source};

/// Results of earlier steps; those of steps that may be done at the same time lie apart.
#[derive(Default)]
pub struct Memo {
    /// What the sources of pages were parsed to.
    parsed: ParsedSources,
    /// What is made of the configuration, the glossaries and the templates.
    tools: Tools,
    catalogue: Option<Arc<Catalogue>>,
}

/// Sources of pages, parsed.
#[derive(Default)]
pub struct ParsedSources {
    /// In the order of the sources.
    documents: Vec<Parsed>,
    /// The digest of what documents depend on besides their sources.
    rules: Option<Digest>,
    counters: Counters,
}

/// What documents are turned into pages with.
#[derive(Default)]
pub struct Tools {
    conversions: Option<(Digest, Noted<Arc<Conversions>>)>,
    templates: Option<Arc<Templates>>,
}

/// How much was done since the counters were last taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Documents parsed.
    pub parsed: usize,
    /// Documents that were as before.
    pub reused: usize,
}

struct Parsed {
    source: Source,
    document: Option<(Arc<Document>, Release)>,
    notes: Vec<Diagnostic>,
}

/// What became of the sources of pages.
#[derive(Default)]
pub struct Documents {
    /// Those that can be read, and when each may be shown.
    pub read: Vec<(Arc<Document>, Release)>,
    /// Those that cannot; the notes say why.
    pub unread: Vec<SitePath>,
}

impl ParsedSources {
    /// The documents of `sources`, in their order. `config` stands for what they depend on besides their
    /// sources: the rules and the zone.
    pub fn documents(
        &mut self,
        sources: &[Source],
        config: Digest,
        rules: Rules<'_>,
        zone: &TimeZone,
    ) -> Noted<Documents> {
        if self.rules != Some(config) {
            self.documents.clear();
            self.rules = Some(config);
        }
        let mut known = std::mem::take(&mut self.documents).into_iter().peekable();
        let matched: Vec<Result<Parsed, &Source>> = sources
            .iter()
            .map(|source| {
                // Both are in the order of their paths; what is not found is parsed.
                while known.next_if(|known| known.is_before(source)).is_some() {}
                known.next_if(|known| known.source == *source).ok_or(source)
            })
            .collect();
        let is_new = |matched: &&Result<Parsed, &Source>| matched.is_err();
        let parsed = matched.iter().filter(is_new).count();
        self.counters.parsed += parsed;
        self.counters.reused += sources.len() - parsed;
        let parse = |source| Parsed::of(source, rules, zone);
        self.documents = if parsed < FEW {
            let documents = matched.into_iter();
            documents.map(|it| it.unwrap_or_else(parse)).collect()
        } else {
            let documents = matched.into_par_iter().with_max_len(1);
            documents.map(|it| it.unwrap_or_else(parse)).collect()
        };
        let mut documents = Documents::default();
        let mut notes = Vec::new();
        for parsed in &self.documents {
            match &parsed.document {
                Some(document) => documents.read.push(document.clone()),
                None => documents.unread.push(parsed.source.path().clone()),
            }
            notes.extend_from_slice(&parsed.notes);
        }
        Noted {
            value: documents,
            notes,
        }
    }
}

impl Tools {
    /// The conversions that `voices` stands for; `make` makes them when they are not those of the run before.
    pub fn conversions(
        &mut self,
        voices: Digest,
        make: impl FnOnce() -> Noted<Arc<Conversions>>,
    ) -> Noted<Arc<Conversions>> {
        let known = self.conversions.take().filter(|(of, _)| *of == voices);
        let (_, made) = self
            .conversions
            .insert(known.unwrap_or_else(|| (voices, make())));
        Noted {
            value: made.value.clone(),
            notes: made.notes.clone(),
        }
    }

    /// The templates that `digest` stands for; `load` loads them when they are not those of the run before.
    pub fn templates(
        &mut self,
        digest: Digest,
        load: impl FnOnce() -> Noted<Option<Templates>>,
    ) -> Noted<Option<Arc<Templates>>> {
        let known = self.templates.as_ref();
        let known = known.filter(|known| known.digest() == digest).cloned();
        let notes = if known.is_some() {
            Vec::new()
        } else {
            let loaded = load();
            self.templates = loaded.value.map(Arc::new);
            loaded.notes
        };
        Noted {
            value: self.templates.clone(),
            notes,
        }
    }
}

impl Memo {
    /// Does two steps, each with its part of the memo: at the same time when nothing is known yet. Later on nearly all is, and
    /// to tell another thread would take longer.
    pub fn both<A: Send, B: Send>(
        &mut self,
        parse: impl FnOnce(&mut ParsedSources) -> A + Send,
        prepare: impl FnOnce(&mut Tools) -> B + Send,
    ) -> (A, B) {
        let Memo { parsed, tools, .. } = self;
        if parsed.documents.is_empty() {
            rayon::join(|| parse(parsed), || prepare(tools))
        } else {
            (parse(parsed), prepare(tools))
        }
    }

    /// The catalogue that `make` makes with the help of the one of the run before.
    pub fn catalogue(
        &mut self,
        make: impl FnOnce(Option<&Catalogue>) -> Noted<Catalogue>,
    ) -> Noted<Arc<Catalogue>> {
        let made = make(self.catalogue.as_deref());
        let catalogue = Arc::new(made.value);
        self.catalogue = Some(catalogue.clone());
        Noted {
            value: catalogue,
            notes: made.notes,
        }
    }

    /// The dates of the documents that can be read, those included that the site does not show yet.
    pub fn dates(&self) -> impl Iterator<Item = (&SitePath, Timestamp)> {
        self.parsed.documents.iter().filter_map(|parsed| {
            let (_, release) = parsed.document.as_ref()?;
            Some((parsed.source.path(), release.date?))
        })
    }

    /// What was done since this was last asked.
    pub fn take_counters(&mut self) -> Counters {
        std::mem::take(&mut self.parsed.counters)
    }
}

/// Up to how many documents one thread parses sooner than several could be told to.
const FEW: usize = 4;

impl Parsed {
    fn of(source: &Source, rules: Rules<'_>, zone: &TimeZone) -> Parsed {
        let Noted { value, notes } = document::parse(source, rules);
        let document = value.map(|document| {
            let release = Release::of(&document, zone);
            (Arc::new(document), release)
        });
        Parsed {
            source: source.clone(),
            document,
            notes,
        }
    }

    fn is_before(&self, source: &Source) -> bool {
        self.source != *source && self.source.path() < source.path()
    }
}

/// The digest of what conversions, and with them heads, depend on besides documents: the configuration and
/// the glossaries.
pub fn voices_digest(config: &Source, glossaries: &[Source]) -> Digest {
    let mut digester = Digester::new();
    digester.digest(config.digest());
    for glossary in glossaries {
        digester
            .part(glossary.path().as_str().as_bytes())
            .digest(glossary.digest());
    }
    digester.finish()
}
