//! The property that matters most: whatever anybody puts around an output, into it, or over our own
//! files in it, before a build or in the middle of one, is never changed and never lost.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tongwen::shell::publish::{Staging, clean};

use crate::desk::{Desk, made};

/// Where a stranger may put something, from the desk's folder.
const PLACES: &[&str] = &[
    "root/public/index.html",
    "root/public/a/index.html",
    "root/public/a/b/index.html",
    "root/public/a/mine",
    "root/public/mine/deep/mine",
    "root/public/.hidden",
    "root/public/a.html",
    "root/.public.tongwen/mine",
    "root/.public.tongwen/new/mine",
    "root/public.kept-1/mine",
    "root/content/index.md",
    "beside/mine",
];

const PAGES: &[&str] = &[
    "index.html",
    "a/index.html",
    "a/b/index.html",
    "a/c/index.html",
    "a.html",
];

#[derive(Clone, Debug)]
enum Deed {
    /// Somebody writes a file (over ours, perhaps).
    Write(usize, usize),
    /// Somebody renames one of their own files.
    Rename(usize, usize),
    /// We build these pages; somebody writes while we do.
    Build(Vec<usize>, usize, Option<(usize, usize)>),
    /// We begin and give up.
    Abandon(usize),
    Clean,
    /// Strangers take what is theirs out of the output, so that it can be built again.
    TakeAway,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let place = 0..PLACES.len();
    let write = (place.clone(), 1..30usize);
    let pages = proptest::collection::vec(0..PAGES.len(), 0..5);
    let deed = prop_oneof![
        2 => write.clone().prop_map(|(at, len)| Deed::Write(at, len)),
        1 => (place.clone(), place).prop_map(|(from, to)| Deed::Rename(from, to)),
        5 => (pages, 0..3usize, proptest::option::weighted(0.3, write))
            .prop_map(|(pages, version, meanwhile)| Deed::Build(pages, version, meanwhile)),
        1 => (0..PAGES.len()).prop_map(Deed::Abandon),
        1 => Just(Deed::Clean),
        2 => Just(Deed::TakeAway),
    ];
    proptest::collection::vec(deed, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn nobodys_file_is_changed_or_lost(deeds in deeds()) {
        let mut story = Story { desk: Desk::new(), theirs: BTreeMap::new(), serial: 0 };
        for deed in &deeds {
            story.act(deed);
            if let Err(lost) = story.all_there() {
                return Err(TestCaseError::fail(format!("after {deed:?}: {lost}")));
            }
        }
    }
}

struct Story {
    desk: Desk,
    /// What strangers wrote, each text unlike any other, and where it was put.
    theirs: BTreeMap<String, PathBuf>,
    serial: usize,
}

impl Story {
    fn act(&mut self, deed: &Deed) {
        match deed {
            Deed::Write(at, len) => self.write(*at, *len),
            Deed::Rename(from, to) => self.rename(*from, *to),
            Deed::Build(pages, version, meanwhile) => self.build(pages, *version, *meanwhile),
            Deed::Abandon(page) => {
                if let Ok(staging) = Staging::begin(&self.desk.target()) {
                    let _ = staging.put(&made(PAGES[*page], "given up"));
                }
            }
            Deed::Clean => {
                let _ = clean(&self.desk.target(), false);
            }
            Deed::TakeAway => self.take_away(),
        }
    }

    fn take_away(&mut self) {
        let public = self.desk.path("root/public");
        self.theirs.retain(|_, path| {
            let inside = path.starts_with(&public);
            if inside {
                fs::remove_file(&*path).unwrap();
                for folder in path.ancestors().skip(1) {
                    // Folders that hold anything stay.
                    if folder == public || fs::remove_dir(folder).is_err() {
                        break;
                    }
                }
            }
            !inside
        });
    }

    fn build(&mut self, pages: &[usize], version: usize, meanwhile: Option<(usize, usize)>) {
        let Ok(staging) = Staging::begin(&self.desk.target()) else {
            return;
        };
        for (count, page) in pages.iter().enumerate() {
            if count == 1
                && let Some((at, len)) = meanwhile
            {
                self.write(at, len);
            }
            let text = format!("{} {}", PAGES[*page], "ours".repeat(version));
            if staging.put(&made(PAGES[*page], &text)).is_err() {
                return;
            }
        }
        let _ = staging.commit();
    }

    fn write(&mut self, at: usize, len: usize) {
        let path = self.desk.path(PLACES[at]);
        self.serial += 1;
        let text = format!("theirs {} {}", self.serial, "x".repeat(len));
        // Our own folder in the middle of a build is ours; nobody means to write there.
        let working = path.starts_with(self.desk.path("root/.public.tongwen"));
        if working && self.desk.path("root/.public.tongwen").exists() && !self.is_theirs_there() {
            return;
        }
        let made = path.parent().map(fs::create_dir_all);
        if made.is_some_and(|made| made.is_ok()) && fs::write(&path, &text).is_ok() {
            self.theirs.retain(|_, place| *place != path);
            self.theirs.insert(text, path);
        }
    }

    fn is_theirs_there(&self) -> bool {
        let working = self.desk.path("root/.public.tongwen");
        self.theirs.values().any(|path| path.starts_with(&working))
    }

    fn rename(&mut self, from: usize, to: usize) {
        let (from, to) = (self.desk.path(PLACES[from]), self.desk.path(PLACES[to]));
        let working = self.desk.path("root/.public.tongwen");
        if from == to || !from.is_file() || to.exists() || to.starts_with(&working) {
            return;
        }
        let Some(text) = fs::read_to_string(&from)
            .ok()
            .filter(|text| text.starts_with("theirs"))
        else {
            return;
        };
        let made = to.parent().map(fs::create_dir_all);
        if made.is_some_and(|made| made.is_ok()) && fs::rename(&from, &to).is_ok() {
            self.theirs.insert(text, to);
        }
    }

    /// Each text of theirs must be where it was put; what was put into the output in the middle of a
    /// build may have been moved beside it, under the same path.
    fn all_there(&mut self) -> Result<(), String> {
        for (text, path) in &mut self.theirs {
            if fs::read_to_string(&*path).is_ok_and(|found| found == *text) {
                continue;
            }
            let public = self.desk.path("root/public");
            let moved = path.strip_prefix(&public).ok().and_then(|inside| {
                let beside = |n: usize| {
                    self.desk
                        .path(&format!("root/public.kept-{n}"))
                        .join(inside)
                };
                let holds = |path: &PathBuf| holds(path, text);
                (1..20).map(beside).find(holds)
            });
            match moved {
                Some(moved) => *path = moved,
                None => return Err(format!("{} with {text:?}", path.display())),
            }
        }
        Ok(())
    }
}

fn holds(path: &Path, text: &str) -> bool {
    fs::read_to_string(path).is_ok_and(|found| found == text)
}
