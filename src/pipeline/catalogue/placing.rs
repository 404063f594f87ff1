//! All that arranging may know of a document.
//!
//! Arranging gets these and no documents, so that it cannot read anything else of them. Documents that are
//! equal in this are arranged alike, whatever else was edited: that is how one arrangement serves for many
//! edits, without a list of what an arrangement depends on.

use jiff::civil::{Date, Time};

use crate::config::PartialDate;
use crate::pipeline::document::Document;
use crate::pipeline::document::front_matter::Kind;
use crate::pipeline::document::identity::{Identity, PagePlace};

/// A document as arranging sees it: texts without their places, which move with every word before them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placing<'d> {
    /// Who it is.
    pub identity: &'d Identity,
    path: Option<&'d str>,
    slug: Option<&'d str>,
    /// What its place in lists goes by.
    pub role: Role,
    weight: Option<i64>,
    date: Option<(Date, Option<Time>)>,
    /// Its tags as written first.
    pub tags: Vec<&'d str>,
}

/// What kind of page it is, as far as that moves any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// One like others.
    Page,
    /// An event, and when it began.
    Event(PartialDate),
    /// The list of sources.
    Sources,
}

impl<'d> Placing<'d> {
    /// What arranging may know of `document`.
    pub fn of(document: &'d Document) -> Placing<'d> {
        let front = &document.front;
        Placing {
            identity: &document.identity,
            path: front.path.as_ref().map(|path| path.as_str()),
            slug: front.slug.as_ref().map(|slug| slug.as_str()),
            role: match &front.kind {
                Kind::Event(event) => Role::Event(event.start),
                Kind::Sources(_) => Role::Sources,
                Kind::Page | Kind::Other(_) => Role::Page,
            },
            weight: front.weight,
            date: front.date.map(|moment| (moment.date, moment.time)),
            tags: front.tags.iter().map(|tag| tag.first()).collect(),
        }
    }

    /// The path of its address, from its source alone.
    pub fn address(&self) -> String {
        let default = self.identity.default_path();
        if let Some(path) = self.path {
            return path.trim_matches('/').to_string();
        }
        match self.slug {
            Some(slug) if self.identity.place != PagePlace::Home => {
                match default.rsplit_once('/') {
                    Some((folder, _)) => format!("{folder}/{slug}"),
                    None => slug.to_string(),
                }
            }
            _ => default.to_string(),
        }
    }

    /// Its rank in lists: by weight, the heavier later and the unweighted last; events by when they begin;
    /// then the newest first; then by path.
    pub fn rank(&self) -> impl Ord + use<'d> {
        let start = match self.role {
            Role::Event(start) => Some(start),
            Role::Page | Role::Sources => None,
        };
        let weight = match start {
            Some(_) => 0,
            None => self.weight.unwrap_or(i64::MAX),
        };
        (
            weight,
            start,
            std::cmp::Reverse(self.date),
            &*self.identity.stem,
        )
    }
}
