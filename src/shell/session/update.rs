//! What an update did: which files are others now, and which outputs that concerns.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::snapshot::Snapshot;
use crate::config::{GLOSSARY, REVIEW};
use crate::pipeline::memo::Counters;
use crate::pipeline::output::OutputPath;
use crate::source::SitePath;

/// What an update did.
#[derive(Clone)]
pub struct Update {
    /// The files that read differently, came or went, and the pages whose day came.
    pub changed: Vec<SitePath>,
    /// Of these, the pages that changed only by their day's coming, or by a clock set back before it.
    pub due: Vec<SitePath>,
    /// What was parsed and what was reused.
    pub counters: Counters,
    /// How long it took, from the hint to the new snapshot.
    pub took: Duration,
    pub(super) before: Arc<Snapshot>,
    pub(super) after: Arc<Snapshot>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It reads differently.
    Changed,
    /// It came.
    Added,
    /// It went.
    Removed,
    /// It is as it was; its day has come.
    Due,
}

/// Which outputs are made of what changed. What only shows it (a list, a neighbour's link) is found by
/// rendering and not foretold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Affected {
    /// The site cannot be arranged at present; nothing can be made.
    Nothing,
    /// A template, the configuration or a glossary: all pages, so many.
    Pages(usize),
    /// These, made of the changed files themselves.
    These(Vec<OutputPath>),
}

impl Update {
    /// What became of a file that is among the changed.
    pub fn fate(&self, path: &SitePath) -> Fate {
        if self.due.contains(path) {
            return Fate::Due;
        }
        match (self.before.has_file(path), self.after.has_file(path)) {
            (false, true) => Fate::Added,
            (true, false) => Fate::Removed,
            _ => Fate::Changed,
        }
    }

    /// Which outputs it concerns.
    pub fn affected(&self) -> Affected {
        if !self.after.is_arranged() {
            return Affected::Nothing;
        }
        let everywhere = |path: &SitePath| match kind(path) {
            Kind::Page | Kind::File => false,
            Kind::Template | Kind::Whole => true,
        };
        if self.changed.iter().any(everywhere) {
            return Affected::Pages(self.after.pages());
        }
        let made_of = |path| [self.after.made_of(path), self.before.made_of(path)];
        let found: BTreeSet<OutputPath> = self.changed.iter().flat_map(made_of).flatten().collect();
        Affected::These(found.into_iter().collect())
    }
}

/// What a file is to the outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A page's source.
    Page,
    /// A file that is published as it is.
    File,
    Template,
    /// The configuration or a glossary.
    Whole,
}

pub(super) fn kind(path: &SitePath) -> Kind {
    match path.as_str().split_once('/') {
        Some(("content", _)) if path.file_name() == GLOSSARY => Kind::Whole,
        Some(("content", _)) if path.extension() == Some("md") => Kind::Page,
        Some(("templates", _)) => Kind::Template,
        Some(("content" | "static", _)) => Kind::File,
        // Decided places are for a person's eyes; no output shows them.
        None if path.as_str() == REVIEW => Kind::File,
        _ => Kind::Whole,
    }
}
