//! Every file of the finished site, and what makes each.
//!
//! The plan is small: an output path and a word about what stands there. The file itself is made when
//! somebody asks, so that a build can write and forget and a server can make only what is looked at.

mod clashes;
mod links;

use std::borrow::Cow;

use rayon::prelude::*;

use super::catalogue::EntryId;
use super::inputs::FileInput;
use super::output::{Body, Output, OutputPath};
use super::publication::{Publication, static_path};
use super::{draw, page, special};
use crate::config::LanguageIndex;
use crate::config::address::check_file;
use crate::diagnostic::{Code, Diagnostic, Noted, Place, Term};
use crate::theme;

/// The files of a site.
pub struct Plan {
    /// In the order of their paths, each once.
    works: Vec<(OutputPath, Work)>,
}

/// What stands at a path.
#[derive(Clone, Debug)]
pub enum Work {
    /// A page, or a part of a section's list.
    Page {
        /// Which.
        id: EntryId,
        /// In which language.
        language: LanguageIndex,
        /// Which part of its list, from 0.
        part: usize,
    },
    /// One of the files made from the whole site.
    Special(special::Special),
    /// A file of the built-in theme.
    Theme(&'static [u8]),
    /// A file of the site's own.
    Copy(FileInput),
}

impl Plan {
    /// The plan of a publication, and what of it collides.
    pub fn of(publication: &Publication) -> Noted<Plan> {
        let mut planner = Planner {
            publication,
            works: pages(publication),
        };
        planner.specials();
        planner.files();
        let (plan, mut notes) = planner.settle();
        notes.extend(clashes::find(publication, &plan.works));
        notes.extend(links::dead(publication, &plan));
        Noted { value: plan, notes }
    }

    /// All files, in the order of their paths.
    pub fn works(&self) -> impl Iterator<Item = (&OutputPath, &Work)> {
        self.works.iter().map(|(path, work)| (path, work))
    }

    /// All files, the editions of a page beside each other, for whoever makes them all: what the second one
    /// is made from is then still near. (In the order of their paths the scripts lie a whole site apart, and
    /// ten thousand pages do not fit into a cache.)
    pub fn works_by_page(&self) -> Vec<(&OutputPath, &Work)> {
        let mut works: Vec<_> = self.works().collect();
        works.sort_by_key(|(_, work)| match work {
            Work::Page { id, .. } => Some(*id),
            _ => None,
        });
        works
    }

    /// What stands at `path`.
    pub fn get(&self, path: &str) -> Option<(&OutputPath, &Work)> {
        let works = &self.works;
        let at = works.binary_search_by(|(known, _)| known.as_str().cmp(path));
        works.get(at.ok()?).map(|(path, work)| (path, work))
    }

    /// Whether a file stands at `path`.
    pub fn has(&self, path: &str) -> bool {
        self.get(path).is_some()
    }
}

/// Makes the file at `path`. The value is missing when a template fails.
pub fn make(publication: &Publication, path: &OutputPath, work: &Work) -> Noted<Option<Output>> {
    let (bytes, notes) = match work {
        Work::Page { id, language, part } => {
            let Some(composed) = page::compose(publication, *id, *language, *part) else {
                return Noted {
                    value: None,
                    notes: Vec::new(),
                };
            };
            let mut notes = composed.notes;
            match draw::draw(composed.value, &publication.templates) {
                Ok(html) => (Some(html), notes),
                Err(fault) => {
                    notes.push(*fault);
                    (None, notes)
                }
            }
        }
        Work::Special(special) => {
            let made = special.make(publication);
            (made.value, made.notes)
        }
        Work::Theme(bytes) => {
            let output = Output {
                path: path.clone(),
                body: Body::Bytes(Cow::Borrowed(bytes)),
            };
            return Noted {
                value: Some(output),
                notes: Vec::new(),
            };
        }
        Work::Copy(file) => {
            let output = Output {
                path: path.clone(),
                body: Body::Copy {
                    from: file.path.clone(),
                    digest: file.digest,
                },
            };
            return Noted {
                value: Some(output),
                notes: Vec::new(),
            };
        }
    };
    Noted {
        value: bytes.map(|bytes| Output {
            path: path.clone(),
            body: Body::Bytes(Cow::Owned(super::finish::finish(publication, path, bytes))),
        }),
        notes,
    }
}

struct Planner<'p> {
    publication: &'p Publication,
    /// In the order they were thought of.
    works: Vec<(String, Work)>,
}

/// The pages, and the parts of their lists.
fn pages(publication: &Publication) -> Vec<(String, Work)> {
    let entries: Vec<_> = publication.catalogue.entries().collect();
    entries
        .into_par_iter()
        .flat_map_iter(|(id, entry)| {
            let editions = entry.editions.iter().enumerate();
            editions
                .filter(|(_, edition)| edition.is_some())
                .map(|(position, _)| LanguageIndex::new(position))
                .flat_map(move |language| {
                    (0..publication.parts(id, language)).map(move |part| {
                        let path = publication.part_path(id, part);
                        let path = publication.addresses.output(language, &path);
                        (path, Work::Page { id, language, part })
                    })
                })
        })
        .collect()
}

impl Planner<'_> {
    fn specials(&mut self) {
        for (path, special) in special::all(self.publication) {
            self.add(&path, Work::Special(special));
        }
    }

    fn files(&mut self) {
        let publication = self.publication;
        for file in &publication.inputs.assets {
            let path = publication.catalogue.asset(&file.path);
            self.add(&path, Work::Copy(file.clone()));
        }
        for file in &publication.inputs.static_files {
            self.add(&static_path(&file.path), Work::Copy(file.clone()));
        }
        for (path, bytes) in theme::STATIC {
            if !publication
                .inputs
                .static_files
                .iter()
                .any(|file| static_path(&file.path) == *path)
            {
                self.add(path, Work::Theme(bytes));
            }
        }
    }

    fn add(&mut self, path: &str, work: Work) {
        self.works.push((path.to_string(), work));
    }

    /// The works in the order of their paths, and what of them collides: of two on one path the one that was
    /// thought of first stays.
    fn settle(self) -> (Plan, Vec<Diagnostic>) {
        let Planner {
            publication,
            mut works,
        } = self;
        let mut notes = Vec::new();
        works.par_sort_by(|one, other| one.0.cmp(&other.0));
        let mut settled: Vec<(OutputPath, Work)> = Vec::with_capacity(works.len());
        for (path, work) in works {
            let named = match &work {
                Work::Copy(_) => check_file(&path),
                Work::Page { .. } | Work::Special(_) | Work::Theme(_) => Ok(()),
            };
            let made = named.and_then(|()| OutputPath::new(&path).ok_or(Term::PartEmpty));
            let path = match made {
                Ok(path) => path,
                Err(detail) => {
                    let mut note = Diagnostic::new(Code::BadAddress)
                        .with("value", path)
                        .with("detail", detail);
                    note.place = place(publication, &work);
                    notes.push(note);
                    continue;
                }
            };
            match settled.last() {
                Some((taken, first)) if *taken == path => {
                    notes.extend(collision(publication, &path, first, &work));
                }
                _ => settled.push((path, work)),
            }
        }
        (Plan { works: settled }, notes)
    }
}

/// What is wrong with `work` on the path of `first`.
fn collision(
    publication: &Publication,
    path: &OutputPath,
    first: &Work,
    work: &Work,
) -> Option<Diagnostic> {
    // Two pages on one path: the catalogue has said so, once for all languages.
    if same_path(publication, first, work) {
        return None;
    }
    let address = format!("/{}", path.as_str().trim_end_matches("index.html"));
    let mut note = Diagnostic::new(Code::AddressTaken)
        .with("address", address)
        .with("other", name(publication, first));
    note.place = match place(publication, work) {
        Place::Nowhere => place(publication, first),
        place => place,
    };
    Some(note)
}

fn same_path(publication: &Publication, one: &Work, other: &Work) -> bool {
    let path = |work: &Work| match work {
        Work::Page { id, .. } => Some(&publication.catalogue.entry(*id).path),
        _ => None,
    };
    path(one).is_some() && path(one) == path(other)
}

/// What makes a file, as an author knows it.
fn name(publication: &Publication, work: &Work) -> String {
    match place(publication, work) {
        Place::File(path) => path.to_string(),
        Place::Span(span) => span.source.path().to_string(),
        Place::Nowhere => "tongwen".to_string(),
    }
}

fn place(publication: &Publication, work: &Work) -> Place {
    match work {
        Work::Page { id, .. } => match publication.catalogue.entry(*id).original() {
            Some((_, edition)) => Place::File(edition.document.source.path().clone()),
            None => Place::Nowhere,
        },
        Work::Copy(file) => Place::File(file.path.clone()),
        Work::Special(special) => special.place(publication),
        Work::Theme(_) => Place::Nowhere,
    }
}
