//! The files of pages. Where they stand is a function of the arrangement and of how addresses are spelled, so
//! they serve for every edit that leaves these as they were.

use std::sync::Arc;

use rayon::prelude::*;

use super::{OutputPath, Work};
use crate::config::LanguageIndex;
use crate::pipeline::address::Addresses;
use crate::pipeline::catalogue::{Arrangement, EntryId};

/// The files of pages, and what they were planned from.
pub struct Pages {
    arrangement: Arc<Arrangement>,
    addresses: Addresses,
    pagination: usize,
    /// In the order of their paths, each once.
    pub works: Vec<(OutputPath, Work)>,
    /// On the path of another: where, the number of that one, and what.
    pub late: Vec<(usize, Work)>,
    /// With a path that is none.
    pub unsound: Vec<(String, Work)>,
}

impl Pages {
    /// The files of the pages of `arrangement`; those of `before` where they are the same.
    pub fn of(
        arrangement: &Arc<Arrangement>,
        addresses: &Addresses,
        pagination: usize,
        before: Option<&Arc<Pages>>,
    ) -> Arc<Pages> {
        let same = before.filter(|before| {
            Arc::ptr_eq(&before.arrangement, arrangement)
                && before.addresses == *addresses
                && before.pagination == pagination
        });
        same.cloned().unwrap_or_else(|| {
            let mut pages = Pages {
                arrangement: arrangement.clone(),
                addresses: addresses.clone(),
                pagination,
                works: Vec::new(),
                late: Vec::new(),
                unsound: Vec::new(),
            };
            pages.settle();
            Arc::new(pages)
        })
    }

    /// Of two on one path the one that was thought of first stays: pages are, in the order of their stems.
    fn settle(&mut self) {
        let mut found = self.find();
        found.par_sort_by(|(one, _), (other, _)| one.cmp(other));
        self.works.reserve_exact(found.len());
        for (path, work) in found {
            match OutputPath::new(&path) {
                None => self.unsound.push((path, work)),
                Some(path) => match self.works.last() {
                    Some((taken, _)) if *taken == path => {
                        self.late.push((self.works.len() - 1, work));
                    }
                    _ => self.works.push((path, work)),
                },
            }
        }
    }

    fn find(&self) -> Vec<(String, Work)> {
        let arrangement = &self.arrangement;
        let languages = self.addresses.languages();
        let spots: Vec<EntryId> = arrangement.spots().map(|(id, _)| id).collect();
        let spots = spots.into_par_iter();
        spots
            .flat_map_iter(|id| {
                let languages = (0..languages).map(LanguageIndex::new);
                languages
                    .filter(move |language| arrangement.is_in(id, *language))
                    .flat_map(move |language| {
                        let parts = arrangement.parts(id, language, self.pagination);
                        (0..parts).map(move |part| {
                            let path = arrangement.part_path(id, part);
                            let path = self.addresses.output(language, &path);
                            (path, Work::Page { id, language, part })
                        })
                    })
            })
            .collect()
    }
}
