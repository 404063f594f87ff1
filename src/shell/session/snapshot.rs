//! The site at one moment.

use std::collections::HashMap;
use std::fs;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use crate::config::LanguageIndex;
use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::pipeline::compare::{self, Comparison};
use crate::pipeline::document::identity::{CONTENT, Identity};
use crate::pipeline::memo::Memo;
use crate::pipeline::output::{Body, OutputPath};
use crate::pipeline::plan::{self, Plan, Work};
use crate::pipeline::publication::{self, Publication, sorted};
use crate::shell::disk::{self, Place, Tree};
use crate::shell::server::{Bytes, Found};
use crate::shell::vigil;
use crate::source::{SitePath, Source};

/// The site at one moment: what it is made of, its outputs when asked for, what is wrong with it.
pub struct Snapshot {
    /// Counts the snapshots of a session.
    pub number: u64,
    place: Place,
    /// Nothing when the configuration or the templates cannot be read.
    arranged: Option<(Publication, Plan)>,
    notes: Vec<Diagnostic>,
    made: Mutex<HashMap<OutputPath, Made>>,
    /// When its files were read.
    since: SystemTime,
}

/// An output, made.
#[derive(Clone)]
pub struct Made {
    /// The bytes; nothing when a template failed.
    pub found: Option<Found>,
    /// What is wrong with it, its source's own faults included.
    pub notes: Vec<Diagnostic>,
}

impl Snapshot {
    /// The site as the tree has it; the snapshot before it and the memo spare what is as it was.
    pub fn of(
        number: u64,
        tree: &Tree,
        memo: &mut Memo,
        place: &Place,
        before: Option<&Snapshot>,
    ) -> Snapshot {
        let since = SystemTime::now();
        let read = tree.inputs();
        let mut notes = read.notes;
        let arranged = read.value.and_then(|inputs| {
            let made = publication::publish(Arc::new(inputs), memo);
            notes.extend(made.notes);
            let publication = made.value?;
            let before = before.and_then(|before| before.arranged.as_ref());
            let plan = Plan::after(&publication, before.map(|(_, plan)| plan));
            notes.extend(plan.notes);
            Some((publication, plan.value))
        });
        Snapshot {
            number,
            place: place.clone(),
            arranged,
            notes: sorted(notes),
            made: Mutex::default(),
            since,
        }
    }

    /// Whether there is anything to answer with.
    pub fn is_arranged(&self) -> bool {
        self.arranged.is_some()
    }

    /// What is wrong with the site as a whole.
    pub fn notes(&self) -> &[Diagnostic] {
        &self.notes
    }

    /// What of it is an error.
    pub fn errors(&self) -> Vec<Diagnostic> {
        let errors = self.notes.iter();
        errors
            .filter(|note| note.severity() == Severity::Error)
            .cloned()
            .collect()
    }

    /// What is wrong with the page that would stand at `path` if it could be read. Its front matter might have
    /// given it another address; its file's name is all there is to go by.
    pub fn unread_at(&self, path: &OutputPath) -> Vec<Diagnostic> {
        let Some((publication, _)) = &self.arranged else {
            return Vec::new();
        };
        let languages = &publication.config.languages;
        let is_there = |file: &SitePath| {
            let identity = Identity::of(file, languages);
            let output = |position| {
                let language = LanguageIndex::new(position);
                publication
                    .addresses
                    .output(language, identity.default_path())
            };
            let is_page = file.as_str().starts_with(CONTENT) && file.extension() == Some("md");
            is_page && (0..languages.len()).any(|position| output(position) == path.as_str())
        };
        let mut errors = self.errors();
        errors.retain(|error| error.path().is_some_and(is_there));
        errors
    }

    /// The path of the base URL.
    pub fn base_path(&self) -> Option<String> {
        let (publication, _) = self.arranged.as_ref()?;
        Some(publication.addresses.base().to_string())
    }

    /// The paths of all outputs.
    pub fn paths(&self) -> Vec<OutputPath> {
        let plan = self.arranged.iter().flat_map(|(_, plan)| plan.works());
        plan.map(|(path, _)| path.clone()).collect()
    }

    /// Whether there is an output at `path`.
    pub fn has(&self, path: &OutputPath) -> bool {
        let plan = self.arranged.as_ref().map(|(_, plan)| plan);
        plan.is_some_and(|plan| plan.has(path.as_str()))
    }

    /// How many pages there are, in all languages.
    pub fn pages(&self) -> usize {
        let plan = self.arranged.as_ref().map(|(_, plan)| plan);
        plan.map_or(0, Plan::count_pages)
    }

    /// Whether a file is among those it is made of. False of all when nothing can be arranged.
    pub fn has_file(&self, path: &SitePath) -> bool {
        let Some((publication, _)) = &self.arranged else {
            return false;
        };
        let inputs = &publication.inputs;
        // Each list is in the order of its paths.
        let mut sources = [&inputs.pages, &inputs.templates, &inputs.glossaries].into_iter();
        let mut files = [&inputs.assets, &inputs.static_files].into_iter();
        let mut single = inputs.review.iter().chain([&inputs.config]);
        single.any(|source| source.path() == path)
            || sources.any(|list| list.binary_search_by_key(&path, Source::path).is_ok())
            || files.any(|list| list.binary_search_by_key(&path, |file| &file.path).is_ok())
    }

    /// The outputs that are made of `file`.
    pub fn made_of(&self, file: &SitePath) -> Vec<OutputPath> {
        let Some((publication, plan)) = &self.arranged else {
            return Vec::new();
        };
        let is_made_of = |work: &Work| match work {
            Work::Copy(copied) => copied.path == *file,
            work => source_of(publication, work) == Some(file),
        };
        let paths = publication.paths_of(file);
        let found = paths.iter().filter_map(|path| plan.get(path));
        found
            .filter(|(_, work)| is_made_of(work))
            .map(|(path, _)| path.clone())
            .collect()
    }

    /// The source of the page at `path`.
    pub fn source_of(&self, path: &OutputPath) -> Option<&SitePath> {
        let (publication, plan) = self.arranged.as_ref()?;
        let (_, work) = plan.get(path.as_str())?;
        source_of(publication, work)
    }

    /// The source of the page at `path`, when it was changed on disk after the files were read.
    pub fn changed_source_of(&self, path: &OutputPath) -> Option<SitePath> {
        let source = self.source_of(path)?;
        let changed = fs::metadata(self.place.root.join(source.as_str()))
            .and_then(|metadata| metadata.modified())
            .is_ok_and(|modified| modified >= self.since);
        changed.then(|| source.clone())
    }

    /// The page at `path` in two scripts.
    pub fn compare(&self, path: &OutputPath, words: Language) -> Option<Comparison> {
        let (publication, plan) = self.arranged.as_ref()?;
        let (_, Work::Page { id, language, .. }) = plan.get(path.as_str())? else {
            return None;
        };
        compare::compare(publication, *id, *language, words)
    }

    /// The output at `path`, if it has been made already.
    pub fn made(&self, path: &OutputPath) -> Option<Made> {
        self.kept().get(path).cloned()
    }

    /// The output at `path`, made now and kept, unless it is too long for that.
    pub fn make(self: &Arc<Snapshot>, path: &OutputPath) -> Made {
        let made = self.make_anew(path);
        if made.found.as_ref().is_none_or(Found::may_be_kept) {
            self.kept().insert(path.clone(), made.clone());
        }
        made
    }

    /// The output at `path`, made now and not kept. A template that runs away is a fault like others.
    pub fn make_anew(self: &Arc<Snapshot>, path: &OutputPath) -> Made {
        let (snapshot, path) = (self.clone(), path.clone());
        self.unless_runaway(move || snapshot.make_here(&path))
            .unwrap_or_else(|fault| Made {
                found: None,
                notes: vec![*fault],
            })
    }

    /// The outputs at `paths`, made now and not kept.
    ///
    /// # Errors
    /// A template that ran away.
    pub fn make_all(
        self: &Arc<Snapshot>,
        paths: Vec<OutputPath>,
    ) -> Result<Vec<(OutputPath, Made)>, Box<Diagnostic>> {
        let snapshot = self.clone();
        let make = move |path: OutputPath| {
            let made = snapshot.make_here(&path);
            (path, made)
        };
        self.unless_runaway(move || paths.into_iter().map(make).collect())
    }

    fn unless_runaway<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Box<Diagnostic>> {
        match &self.arranged {
            Some((publication, _)) => vigil::unless_runaway(publication.templates.underway(), work),
            None => Ok(work()),
        }
    }

    fn make_here(&self, path: &OutputPath) -> Made {
        let nothing = Made {
            found: None,
            notes: Vec::new(),
        };
        let Some((publication, plan)) = &self.arranged else {
            return nothing;
        };
        let Some((path, work)) = plan.get(path.as_str()) else {
            return nothing;
        };
        let made = plan::make(publication, path, work);
        let mut notes = made.notes;
        let found = made.value.and_then(|output| match output.body {
            Body::Bytes(bytes) => Some(Found::new(Bytes::from(bytes.into_owned()))),
            Body::Copy { from, .. } => match disk::bytes(&self.place, &from) {
                Ok(bytes) => Some(Found::new(bytes)),
                Err(fault) => {
                    notes.push(*fault);
                    None
                }
            },
        });
        notes.extend(self.faults_of(publication, work));
        Made { found, notes }
    }

    /// The errors that stand in the source of a page.
    fn faults_of(&self, publication: &Publication, work: &Work) -> Vec<Diagnostic> {
        let Some(source) = source_of(publication, work) else {
            return Vec::new();
        };
        self.errors()
            .into_iter()
            .filter(|note| note.path() == Some(source))
            .collect()
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, HashMap<OutputPath, Made>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The file that a page is written in; none of what is no page.
fn source_of<'p>(publication: &'p Publication, work: &Work) -> Option<&'p SitePath> {
    let Work::Page { id, language, .. } = work else {
        return None;
    };
    let edition = publication.catalogue.edition(*id, *language)?;
    Some(edition.document.source.path())
}
