//! Every file of the finished site, and what makes each.
//!
//! The plan is small: an output path and a word about what stands there. The file itself is made when
//! somebody asks, so that a build can write and forget and a server can make only what is looked at.

mod clashes;
mod links;
mod pages;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use super::catalogue::EntryId;
use super::draw;
use super::inputs::FileInput;
use super::output::{Body, Output, OutputPath};
use super::page::{self, Viewer};
use super::publication::{Publication, static_path};
use super::special::{self, Special};
use crate::config::LanguageIndex;
use crate::config::address::check_file;
use crate::diagnostic::{Code, Diagnostic, Noted, Place, Term};
use crate::theme;
use pages::Pages;

/// The files of a site.
pub struct Plan {
    pages: Arc<Pages>,
    /// The other files, in the order of their paths, each once and none on the path of a page.
    others: Vec<(OutputPath, Work)>,
}

/// When a file is made, among them all.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    First,
    Pages,
    Feeds,
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
    Special(Special),
    /// A file of the built-in theme.
    Theme(&'static [u8]),
    /// A file of the site's own.
    Copy(FileInput),
}

impl Plan {
    /// The plan of a publication, and what of it collides.
    pub fn of(publication: &Publication) -> Noted<Plan> {
        Plan::after(publication, None)
    }

    /// The same, with the help of the plan before it.
    pub fn after(publication: &Publication, before: Option<&Plan>) -> Noted<Plan> {
        let arrangement = publication.catalogue.arrangement();
        let pages = Pages::of(
            arrangement,
            &publication.addresses,
            publication.config.pagination,
            before.map(|before| &before.pages),
        );
        let mut notes = Vec::new();
        for (path, work) in &pages.unsound {
            notes.push(unsound(publication, path, work, Term::PartEmpty));
        }
        for (first, work) in &pages.late {
            let (path, first) = &pages.works[*first];
            notes.extend(collision(publication, path, first, work));
        }
        let mut planner = Planner {
            publication,
            works: Vec::new(),
        };
        planner.specials();
        planner.files();
        let plan = planner.settle(pages, &mut notes);
        notes.extend(clashes::find(publication, &plan));
        notes.extend(links::dead(publication, &plan));
        Noted { value: plan, notes }
    }

    /// All files, in the order of their paths.
    pub fn works(&self) -> impl Iterator<Item = (&OutputPath, &Work)> {
        let mut pages = self.pages.works.iter().peekable();
        let mut others = self.others.iter().peekable();
        let next = move || {
            let (page, other) = (pages.peek(), others.peek());
            let is_page = other.is_none_or(|(other, _)| page.is_some_and(|(page, _)| page < other));
            if is_page { pages.next() } else { others.next() }
        };
        std::iter::from_fn(next).map(|(path, work)| (path, work))
    }

    /// How many pages there are, in all languages, the further parts of lists among them.
    pub fn count_pages(&self) -> usize {
        self.pages.works.len()
    }

    /// All files, the editions of a page beside each other, for whoever makes them all: what the second one
    /// is made from is then still near. (In the order of their paths the scripts lie a whole site apart, and
    /// ten thousand pages do not fit into a cache.) What is made of the whole site comes first, since it takes longest,
    /// but for the feeds, to which the pages leave what is told of them.
    pub fn works_by_page(&self) -> Vec<(&OutputPath, &Work)> {
        let mut works: Vec<_> = self.works().collect();
        works.sort_by_key(|(_, work)| match work {
            Work::Page { id, .. } => (Turn::Pages, Some(*id)),
            Work::Special(Special::Feed(..)) => (Turn::Feeds, None),
            _ => (Turn::First, None),
        });
        works
    }

    /// What stands at `path`.
    pub fn get(&self, path: &str) -> Option<(&OutputPath, &Work)> {
        let find = |works: &'_ [(OutputPath, Work)]| {
            works.binary_search_by(|(known, _)| known.as_str().cmp(path))
        };
        let (works, at) = match find(&self.pages.works) {
            Ok(at) => (&self.pages.works, at),
            Err(_) => (&self.others, find(&self.others).ok()?),
        };
        works.get(at).map(|(path, work)| (path, work))
    }

    /// Whether a file stands at `path`.
    pub fn has(&self, path: &str) -> bool {
        self.get(path).is_some()
    }

    /// What stands first in `folder`, which ends in `/`.
    fn first_in(&self, folder: &str) -> Option<&Work> {
        let lists = [&self.pages.works, &self.others];
        let firsts = lists.into_iter().filter_map(|works| {
            let at = works.partition_point(|(path, _)| path.as_str() < folder);
            works.get(at)
        });
        let (path, work) = firsts.min_by(|(one, _), (other, _)| one.cmp(other))?;
        path.as_str().starts_with(folder).then_some(work)
    }
}

/// Makes the file at `path`. The value is missing when a template fails.
pub fn make(publication: &Publication, path: &OutputPath, work: &Work) -> Noted<Option<Output>> {
    let (bytes, notes) = match work {
        Work::Page { id, language, part } => {
            let drawn = |viewer| {
                let mut composed = page::compose(publication, *id, *language, *part, viewer)?;
                if *part == 0 {
                    special::tell(publication, *id, *language, &mut composed.value);
                }
                let html = draw::draw(composed.value, &publication.templates);
                Some((html, composed.notes))
            };
            let drawn = match drawn(Viewer::Template) {
                // What is said of a fault may list all that there is to see.
                Some((Err(_), _)) => drawn(Viewer::Author),
                drawn => drawn,
            };
            match drawn {
                Some((Ok(html), notes)) => (Some(html), notes),
                Some((Err(fault), mut notes)) => {
                    notes.push(*fault);
                    (None, notes)
                }
                None => (None, Vec::new()),
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
        let own = &publication.inputs.static_files;
        let own: HashSet<String> = own.iter().map(|file| static_path(&file.path)).collect();
        for (path, bytes) in theme::STATIC {
            if !own.contains(*path) {
                self.add(path, Work::Theme(bytes));
            }
        }
    }

    fn add(&mut self, path: &str, work: Work) {
        self.works.push((path.to_string(), work));
    }

    /// The works beside the pages, in the order of their paths: of two on one path the one that was thought of
    /// first stays.
    fn settle(self, pages: Arc<Pages>, notes: &mut Vec<Diagnostic>) -> Plan {
        let Planner {
            publication,
            mut works,
        } = self;
        works.sort_by(|one, other| one.0.cmp(&other.0));
        let mut plan = Plan {
            pages,
            others: Vec::with_capacity(works.len()),
        };
        for (path, work) in works {
            let named = match &work {
                Work::Copy(_) => check_file(&path),
                Work::Page { .. } | Work::Special(_) | Work::Theme(_) => Ok(()),
            };
            let made = named.and_then(|()| OutputPath::new(&path).ok_or(Term::PartEmpty));
            let path = match made {
                Ok(path) => path,
                Err(detail) => {
                    notes.push(unsound(publication, &path, &work, detail));
                    continue;
                }
            };
            match plan.get(path.as_str()) {
                Some((_, first)) => notes.extend(collision(publication, &path, first, &work)),
                None => plan.others.push((path, work)),
            }
        }
        plan
    }
}

/// What is wrong with a path that is none.
fn unsound(publication: &Publication, path: &str, work: &Work, detail: Term) -> Diagnostic {
    let mut note = Diagnostic::new(Code::BadAddress)
        .with("value", path)
        .with("detail", detail);
    note.place = place(publication, work);
    note
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
