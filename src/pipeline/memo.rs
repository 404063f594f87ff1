//! What need not be done again: parsed documents, converted heads and loaded templates, by the digest of
//! what they were made from.
//!
//! The memo is a value that its owner passes in. `build` starts with an empty one; `serve` keeps one.
//! Nothing in it can be stale, because nothing is looked up by anything but a digest of everything the
//! step reads; it can only be larger than need be, and drops what the last run did not use.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::document::markdown::Rules;
use super::document::{self, Document};
use super::edition::Head;
use super::render::Templates;
use crate::config::LanguageIndex;
use crate::diagnostic::{Diagnostic, Noted};
use crate::digest::{Digest, Digester};
use crate::source::{SitePath, Source};

/// Results of earlier steps.
#[derive(Default)]
pub struct Memo {
    documents: FxHashMap<SitePath, Parsed>,
    /// One for each document and language, with the digest of the source it was made from.
    heads: Mutex<FxHashMap<HeadKey, (Digest, Arc<Head>)>>,
    templates: Option<Arc<Templates>>,
    /// The digest of what documents and heads depend on besides their sources.
    rules: Option<Digest>,
    counters: Counters,
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
    digest: Digest,
    document: Option<Arc<Document>>,
    notes: Vec<Diagnostic>,
}

type HeadKey = (SitePath, LanguageIndex);

impl Memo {
    /// Forgets everything when what documents and heads depend on besides their sources is not what it
    /// was.
    pub fn under(&mut self, rules: Digest) {
        if self.rules != Some(rules) {
            self.documents.clear();
            self.heads = Mutex::default();
            self.rules = Some(rules);
        }
    }

    /// The documents of `sources`, in their order; those that cannot be read are left out, and the notes
    /// say why.
    pub fn documents(&mut self, sources: &[Source], rules: Rules<'_>) -> Noted<Vec<Arc<Document>>> {
        let known = &self.documents;
        let is_known = |source: &&Source| {
            let before = known.get(source.path());
            before.is_some_and(|before| before.digest == source.digest())
        };
        let parsed: Vec<(SitePath, Parsed)> = sources
            .par_iter()
            .filter(|source| !is_known(source))
            .map(|source| (source.path().clone(), Parsed::of(source, rules)))
            .collect();
        self.counters.parsed += parsed.len();
        self.counters.reused += sources.len() - parsed.len();
        self.documents.extend(parsed);
        if self.documents.len() > sources.len() {
            let there: HashSet<&SitePath> = sources.iter().map(Source::path).collect();
            self.documents.retain(|path, _| there.contains(path));
            // Of what is gone nothing is kept.
            let heads = self.heads.get_mut().unwrap_or_else(PoisonError::into_inner);
            heads.retain(|(path, _), _| there.contains(path));
        }
        let mut documents = Vec::with_capacity(sources.len());
        let mut notes = Vec::new();
        for source in sources {
            if let Some(parsed) = self.documents.get(source.path()) {
                documents.extend(parsed.document.clone());
                notes.extend_from_slice(&parsed.notes);
            }
        }
        Noted {
            value: documents,
            notes,
        }
    }

    /// The head of a document in `to`; `make` makes it when it is not known.
    pub fn head(
        &self,
        document: &Document,
        to: LanguageIndex,
        make: impl FnOnce() -> Head,
    ) -> Arc<Head> {
        let key = (document.source.path().clone(), to);
        let digest = document.source.digest();
        let heads = || self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, head)) = heads().get(&key)
            && *of == digest
        {
            return head.clone();
        }
        let head = Arc::new(make());
        heads().insert(key, (digest, head.clone()));
        head
    }

    /// The documents that can be read, those included that the site does not show yet.
    pub fn known(&self) -> impl Iterator<Item = &Document> {
        let parsed = self.documents.values();
        parsed.filter_map(|parsed| parsed.document.as_deref())
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

    /// What was done since this was last asked.
    pub fn take_counters(&mut self) -> Counters {
        std::mem::take(&mut self.counters)
    }
}

impl Parsed {
    fn of(source: &Source, rules: Rules<'_>) -> Parsed {
        let Noted { value, notes } = document::parse(source, rules);
        Parsed {
            digest: source.digest(),
            document: value.map(Arc::new),
            notes,
        }
    }
}

/// The digest of what documents and heads depend on besides their sources: the configuration and the
/// glossaries.
pub fn rules_digest(config: &Source, glossaries: &[Source]) -> Digest {
    let mut digester = Digester::new();
    digester.digest(config.digest());
    for glossary in glossaries {
        digester
            .part(glossary.path().as_str().as_bytes())
            .digest(glossary.digest());
    }
    digester.finish()
}
