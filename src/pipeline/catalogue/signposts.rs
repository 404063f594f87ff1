//! What a link asks of the page it leads to, for all pages close together.
//!
//! The links of a large site lead everywhere in it. Where a page and its address lie by themselves, each look at one
//! is half a dozen waits for memory; a page takes some twenty bytes here, and tens of thousands of them stay near.

use super::{EntryId, Spot};
use crate::config::LanguageIndex;

/// The paths of all pages, and which languages each is in.
#[derive(Debug, Default)]
pub struct Signposts {
    /// The paths one behind the other, in the order of the pages' numbers.
    paths: String,
    /// Where each path ends.
    ends: Vec<u32>,
    languages: usize,
    /// By page, and within a page by language: whether there is an edition.
    editions: Vec<bool>,
}

impl Signposts {
    pub(super) fn of(spots: &[Spot], languages: usize) -> Signposts {
        let mut posts = Signposts {
            languages,
            ..Signposts::default()
        };
        for spot in spots {
            posts.paths.push_str(&spot.path);
            posts.ends.push(posts.paths.len() as u32);
            posts
                .editions
                .extend(spot.made_from.iter().map(Option::is_some));
        }
        posts
    }

    /// The path of a page's address, as [`Spot::path`].
    pub fn path(&self, id: EntryId) -> &str {
        let start = id
            .number()
            .checked_sub(1)
            .map_or(0, |before| self.ends[before]);
        &self.paths[start as usize..self.ends[id.number()] as usize]
    }

    /// Whether a page has an edition in `language`.
    pub fn is_in(&self, id: EntryId, language: LanguageIndex) -> bool {
        self.editions[id.number() * self.languages + language.position()]
    }
}
