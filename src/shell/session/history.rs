//! Why a page is rendered: it was never asked for, or something changed since it was last.
//!
//! Nothing is decided by this. Whatever is asked for after a change is rendered anew; here it is only
//! said which change that was, and the next one's digest says whether it mattered.

use std::collections::VecDeque;
use std::time::Duration;

use super::update::{Kind, kind};
use crate::pipeline::output::OutputPath;
use crate::source::SitePath;

/// How many changes are remembered.
const REMEMBERED: usize = 256;

/// A page that was rendered because it was asked for.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// Where it stands.
    pub path: OutputPath,
    /// Why.
    pub why: Why,
    /// Whether it came out as it was; nothing when it could not be made, or never was before.
    pub as_before: Option<bool>,
    /// How long it took.
    pub took: Duration,
}

/// Why a page was rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It was asked for and had not been before.
    First,
    /// Its own source changed.
    Source(SitePath),
    /// A template changed.
    Template(SitePath),
    /// The configuration or a glossary changed.
    Whole(SitePath),
    /// Another file changed, which it may show something of.
    Other(SitePath),
    /// It could not be made when it was last tried, or that is too long ago to tell.
    Again,
}

/// The last changes, by the number of the snapshot they led to.
#[derive(Default)]
pub(super) struct History(VecDeque<(u64, Vec<SitePath>)>);

impl History {
    /// Takes note of a change.
    pub fn note(&mut self, number: u64, changed: &[SitePath]) {
        if self.0.len() == REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back((number, changed.to_vec()));
    }

    /// Why a page, made from `source` if from one, is rendered that was last rendered in snapshot `last`.
    /// The nearest cause is named.
    pub fn why(&self, last: Option<u64>, source: Option<&SitePath>) -> Why {
        let Some(last) = last else {
            return Why::First;
        };
        let since = self.0.iter().filter(|(number, _)| *number > last);
        let changed: Vec<&SitePath> = since.flat_map(|(_, changed)| changed).collect();
        let of = |wanted: Kind| changed.iter().find(|path| kind(path) == wanted);
        if let Some(source) = source.filter(|source| changed.contains(source)) {
            return Why::Source(source.clone());
        }
        if let Some(path) = of(Kind::Template) {
            return Why::Template((*path).clone());
        }
        if let Some(path) = of(Kind::Whole) {
            return Why::Whole((*path).clone());
        }
        match changed.first() {
            Some(path) => Why::Other((*path).clone()),
            None => Why::Again,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_cause_is_named() {
        let path = SitePath::new;
        let mut history = History::default();
        history.note(1, &[path("templates/page.html")]);
        history.note(2, &[path("content/a.md"), path("site.toml")]);
        history.note(3, &[path("content/b.md")]);
        let (a, b) = (path("content/a.md"), path("content/b.md"));
        let rows = [
            (None, Some(&a), Why::First),
            (Some(0), Some(&a), Why::Source(a.clone())),
            (Some(0), None, Why::Template(path("templates/page.html"))),
            (Some(1), None, Why::Whole(path("site.toml"))),
            (Some(2), Some(&a), Why::Other(b)),
            (Some(3), Some(&a), Why::Again),
        ];
        for (last, source, expected) in rows {
            assert_eq!(history.why(last, source), expected);
        }
    }

    #[test]
    fn only_so_much_is_remembered() {
        let mut history = History::default();
        for number in 0..10_000 {
            history.note(number, &[SitePath::new("content/a.md")]);
        }
        assert_eq!(history.0.len(), REMEMBERED);
    }
}
