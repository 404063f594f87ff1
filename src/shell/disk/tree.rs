//! The files of a site as they were last read, and what of them has changed since.
//!
//! Hints say where to look; what changed is what reads differently. A file that was touched and not
//! changed has not changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::file::{self, Read};
use super::root::Root;
use super::{Place, list, zone};
use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Noted, Term};
use crate::digest::Digest;
use crate::pipeline::inputs::{Inputs, Options};
use crate::shell::opencc;
use crate::shell::watch::Changed;
use crate::source::{SitePath, Source};

/// A site's files, read.
pub struct Tree {
    root: PathBuf,
    config_path: SitePath,
    options: Options,
    files: BTreeMap<SitePath, Result<Read, Box<Diagnostic>>>,
    /// What listing the folders found wrong.
    listed: Vec<Diagnostic>,
    /// What reading depends on; the configuration's own faults are the pipeline's.
    config: Option<Config>,
    /// The time zone that it names.
    zone: Result<TimeZone, jiff::Error>,
}

impl Tree {
    /// Reads everything.
    ///
    /// # Errors
    /// The folder itself cannot be looked into.
    pub fn read(place: &Place, options: Options) -> io::Result<Tree> {
        let mut tree = Tree {
            root: fs::canonicalize(&place.root)?,
            config_path: SitePath::new(place.config.as_str()),
            options,
            files: BTreeMap::new(),
            listed: Vec::new(),
            config: None,
            zone: Ok(TimeZone::UTC),
        };
        tree.read_everything();
        Ok(tree)
    }

    /// Reads again what may have changed, and tells which files did: those that read differently, came
    /// or went.
    pub fn update(&mut self, changed: &Changed) -> Vec<SitePath> {
        match changed {
            Changed::Everything => self.reread_everything(),
            Changed::Paths(paths) if paths.contains(&self.config_path) => self.reread_everything(),
            Changed::Paths(paths) => self.reread(paths),
        }
    }

    /// The configuration, and the glossary and the file of decided places that it names, whether they exist
    /// or not.
    pub fn single_files(&self) -> Vec<PathBuf> {
        let config = self.config.as_ref();
        let names = [
            self.config_path.as_str(),
            list::glossary(config),
            list::review(config),
        ];
        names.map(PathBuf::from).to_vec()
    }

    /// Moves the moment that the inputs are of.
    pub fn set_now(&mut self, now: Timestamp) {
        self.options.now = now;
    }

    /// The inputs that these files make, and what of them could not be read.
    pub fn inputs(&self) -> Noted<Option<Inputs>> {
        let mut notes = self.listed.clone();
        let config = match self.files.get(&self.config_path) {
            Some(Ok(Read::Config(source))) => source.clone(),
            Some(Err(fault)) => {
                notes.push((**fault).clone());
                return Noted { value: None, notes };
            }
            _ => {
                let missing = Diagnostic::new(Code::MissingConfig)
                    .with("file", self.config_path.as_str())
                    .in_file(&self.config_path);
                notes.push(missing);
                return Noted { value: None, notes };
            }
        };
        notes.extend(self.named_and_missing(&config));
        notes.extend(self.unknown_zone(&config));
        let mut inputs = Inputs {
            config: config.clone(),
            pages: Vec::new(),
            glossaries: Vec::new(),
            review: None,
            templates: Vec::new(),
            assets: Vec::new(),
            static_files: Vec::new(),
            zone: self.zone.clone().unwrap_or(TimeZone::UTC),
            opencc: Some(opencc::engine),
            options: self.options.clone(),
        };
        for read in self.files.values() {
            match read {
                Ok(Read::Page(source)) => inputs.pages.push(source.clone()),
                Ok(Read::Glossary(source)) => inputs.glossaries.push(source.clone()),
                Ok(Read::Review(source)) => inputs.review = Some(source.clone()),
                Ok(Read::Template(source)) => inputs.templates.push(source.clone()),
                Ok(Read::Asset(file)) => inputs.assets.push(file.clone()),
                Ok(Read::Static(file)) => inputs.static_files.push(file.clone()),
                Ok(Read::Config(_)) => {}
                Err(fault) => notes.push((**fault).clone()),
            }
        }
        Noted {
            value: Some(inputs),
            notes,
        }
    }

    /// Files that the configuration names and that are not there.
    fn named_and_missing(&self, source: &Source) -> Vec<Diagnostic> {
        let Some(config) = &self.config else {
            return Vec::new();
        };
        let named = [
            ("glossary", &config.convert.glossary),
            ("review", &config.convert.review),
        ];
        let named = named
            .into_iter()
            .filter_map(|(key, written)| Some((key, written.as_ref()?)));
        named
            .filter(|(_, written)| !self.files.contains_key(written.as_str()))
            .map(|(key, written)| {
                let fault = Diagnostic::new(Code::BadValue)
                    .with("key", key)
                    .with("value", written.as_str())
                    .with("expected", Term::MissingFile);
                fault.at(source, written.range())
            })
            .collect()
    }

    /// The time zone that the configuration names and the system does not know.
    fn unknown_zone(&self, source: &Source) -> Option<Diagnostic> {
        let error = self.zone.as_ref().err()?;
        let named = &self.config.as_ref()?.timezone;
        let fault = Diagnostic::new(Code::BadValue)
            .with("key", "timezone")
            .with("value", named.as_str())
            .with("expected", error.to_string());
        Some(fault.at(source, named.range()))
    }

    fn read_everything(&mut self) {
        let root = Root::at(self.root.clone());
        let config = self.read_one(&root, self.config_path.clone());
        let source = match &config {
            Ok(Read::Config(source)) => Some(source.clone()),
            _ => None,
        };
        self.config = source.and_then(|source| config::parse(&source).value);
        let named = self.config.as_ref().map(|config| &config.timezone);
        self.zone = named.map_or(Ok(TimeZone::UTC), |named| zone::named(named.as_str()));
        self.listed.clear();
        let found = list::everything(&self.root, self.config.as_ref(), &mut self.listed);
        self.files = found
            .into_par_iter()
            .map(|path| (path.clone(), self.read_one(&root, path)))
            .collect::<Vec<_>>()
            .into_iter()
            .collect();
        if self.root.join(self.config_path.as_str()).exists() {
            self.files.insert(self.config_path.clone(), config);
        }
    }

    fn reread_everything(&mut self) -> Vec<SitePath> {
        let before = std::mem::take(&mut self.files);
        self.read_everything();
        let paths: BTreeSet<SitePath> = before.keys().chain(self.files.keys()).cloned().collect();
        let mut changed = Vec::new();
        for path in paths {
            match (before.get(&path), self.files.get_mut(&path)) {
                // What reads the same stays the same in memory, too: later steps see that at once.
                (Some(before), Some(now)) if facts(Some(before)) == facts(Some(now)) => {
                    *now = before.clone();
                }
                _ => changed.push(path),
            }
        }
        changed
    }

    fn reread(&mut self, hints: &BTreeSet<SitePath>) -> Vec<SitePath> {
        let mut looked_at: BTreeSet<SitePath> = BTreeSet::new();
        for hint in hints {
            let inside = format!("{hint}/");
            looked_at.extend(
                self.files
                    .range(hint.clone()..)
                    .map(|(path, _)| path)
                    .take_while(|path| *path == hint || path.as_str().starts_with(hint.as_str()))
                    .filter(|path| *path == hint || path.as_str().starts_with(&inside))
                    .cloned(),
            );
        }
        let mut notes = Vec::new();
        let mut there: BTreeSet<SitePath> = BTreeSet::new();
        for hint in hints.iter().filter(|hint| self.is_read(hint)) {
            there.extend(list::below(
                &self.root,
                hint.as_str(),
                self.config.as_ref(),
                &mut notes,
            ));
        }
        self.listed.retain(|note| {
            note.path()
                .is_none_or(|path| !hints.iter().any(|hint| covers(hint, path)))
        });
        self.listed.extend(notes);
        let root = Root::at(self.root.clone());
        let read: Vec<_> = there
            .par_iter()
            .map(|path| (path.clone(), self.read_one(&root, path.clone())))
            .collect();
        let mut changed = Vec::new();
        for gone in looked_at.difference(&there) {
            self.files.remove(gone);
            changed.push(gone.clone());
        }
        for (path, read) in read {
            let before = self.files.get(&path);
            if facts(before) != facts(Some(&read)) {
                changed.push(path.clone());
                self.files.insert(path, read);
            }
        }
        changed.sort();
        changed
    }

    /// Whether a path is one the site reads at all.
    fn is_read(&self, path: &SitePath) -> bool {
        let mut parts = path.as_str().split('/');
        let in_folder = parts
            .next()
            .is_some_and(|first| list::FOLDERS.contains(&first));
        let glossary = list::glossary(self.config.as_ref());
        let review = list::review(self.config.as_ref());
        (in_folder || path.as_str() == glossary || path.as_str() == review)
            && !parts.any(|part| part.starts_with('.'))
    }

    fn read_one(&self, root: &Root, path: SitePath) -> Result<Read, Box<Diagnostic>> {
        let named = file::Named {
            config: self.config_path.as_str(),
            glossary: list::glossary(self.config.as_ref()),
            review: list::review(self.config.as_ref()),
        };
        file::read(root, path, &named)
    }
}

/// What must be equal for a file to be as it was.
fn facts(read: Option<&Result<Read, Box<Diagnostic>>>) -> Option<(u8, Option<Digest>, String)> {
    Some(match read? {
        Ok(Read::Config(source)) => (0, Some(source.digest()), String::new()),
        Ok(Read::Page(source)) => (1, Some(source.digest()), String::new()),
        Ok(Read::Glossary(source)) => (2, Some(source.digest()), String::new()),
        Ok(Read::Template(source)) => (3, Some(source.digest()), String::new()),
        Ok(Read::Asset(file)) => (4, Some(file.digest), String::new()),
        Ok(Read::Static(file)) => (5, Some(file.digest), String::new()),
        Ok(Read::Review(source)) => (7, Some(source.digest()), String::new()),
        Err(fault) => (6, None, format!("{:?}", fault.args)),
    })
}

fn covers(hint: &SitePath, path: &SitePath) -> bool {
    let rest = path.as_str().strip_prefix(hint.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
