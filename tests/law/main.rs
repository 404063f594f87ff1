//! The law: after any sequence of edits, what the dev server answers equals a fresh build, byte for
//! byte; and little was done to get there.
//!
//! Real files in a scratch folder, edited at random: pages and their assets changed, added, deleted, renamed,
//! whole folders too; templates, the theme's laid over and bare again; static files; glossaries; the
//! configuration, down to the base path; broken and mended; and days that pass. After each edit all outputs are compared. Sequences
//! come from a seed, so a failure can be run again: `LAW_SEED=7 LAW_SEQUENCES=1 cargo test --test law`.
//! `LAW_SEQUENCES` is how many are run (20 when not given; a thousand take a few minutes).

mod edits;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

use tongwen::diagnostic::any_error;
use tongwen::diagnostic::render::Style;
use tongwen::pipeline::inputs::Options;
use tongwen::pipeline::memo::Memo;
use tongwen::pipeline::output::Body;
use tongwen::pipeline::plan::{self, Plan};
use tongwen::pipeline::publication::publish;
use tongwen::shell::disk::{self, Place};
use tongwen::shell::server::{Answer, Answers};
use tongwen::shell::session::Session;
use tongwen::shell::watch::Changed;

use edits::{Edit, Random};

/// How many edits a sequence has.
const EDITS: usize = 12;

#[test]
fn serve_answers_what_a_fresh_build_writes() {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    let first = number("LAW_SEED").unwrap_or(1);
    let sequences = number("LAW_SEQUENCES").unwrap_or(20);
    let mut compared = 0;
    for seed in first..first + sequences {
        compared += sequence(seed);
    }
    // A sequence whose every state was broken would compare nothing.
    assert!(
        compared > sequences as usize * 10,
        "{compared} outputs compared"
    );
}

#[test]
fn one_file_edited_is_one_file_parsed() {
    let folder = tempfile::tempdir().unwrap();
    edits::lay_out(folder.path());
    let session = begin(folder.path());
    let page = folder.path().join("content/a/two.md");
    let text = std::fs::read_to_string(&page).unwrap();
    std::fs::write(&page, text.replace("後面", "前面")).unwrap();
    assert!(session.update(&Changed::Paths([path("content/a/two.md")].into())));
    let updates = session.untold();
    let counters = updates[0].counters;
    assert_eq!((counters.parsed, counters.reused), (1, 6));
    assert!(
        !session.update(&Changed::Everything),
        "nothing else has changed"
    );
}

/// Runs one sequence; how many outputs were compared.
fn sequence(seed: u64) -> usize {
    let folder = tempfile::tempdir().unwrap();
    edits::lay_out(folder.path());
    let now = Arc::new(AtomicI64::new(0));
    let clock = now.clone();
    let session = begin(folder.path()).with_clock(move || moment(clock.load(Ordering::Relaxed)));
    let mut random = Random::new(seed);
    let mut compared = compare(&session, folder.path(), 0, seed, "the start");
    let mut day = 0;
    for _ in 0..EDITS {
        let edit = Edit::any(&mut random, folder.path());
        let hints = edit.make(folder.path());
        if let Edit::Wait(days) = edit {
            day = days;
            session.until_due();
            now.store(day, Ordering::Relaxed);
            session.pass_time();
        }
        // Hints may be too many, or too few when the queue overflowed and everything is looked at.
        let hint = if random.below(6) == 0 {
            Changed::Everything
        } else {
            Changed::Paths(hints.iter().map(|name| path(name)).collect())
        };
        session.update(&hint);
        compared += compare(&session, folder.path(), day, seed, &format!("{edit:?}"));
    }
    compared
}

/// Compares all outputs with those of a fresh build; a broken site is only to be found broken.
fn compare(session: &Session, root: &Path, day: i64, seed: u64, edit: &str) -> usize {
    let Some(fresh) = fresh_build(root, day) else {
        let swept = session.sweep(|| false).expect("nobody stops it");
        let broken = any_error(&swept.notes);
        assert!(
            broken,
            "seed {seed}, after {edit}: a build fails, and serve finds nothing wrong"
        );
        return 0;
    };
    let served: Vec<String> = session
        .paths()
        .iter()
        .map(|path| path.as_str().to_string())
        .collect();
    let built: Vec<String> = fresh.keys().cloned().collect();
    assert_eq!(served, built, "seed {seed}, after {edit}: other paths");
    for (name, bytes) in &fresh {
        let path = session
            .paths()
            .into_iter()
            .find(|path| path.as_str() == name)
            .unwrap();
        let Answer::Found(found) = session.output(&path) else {
            panic!("seed {seed}, after {edit}: {name} is not answered");
        };
        assert!(
            found.bytes == *bytes,
            "seed {seed}, after {edit}: {name} differs\n--- served\n{}\n--- built\n{}",
            String::from_utf8_lossy(&found.bytes),
            String::from_utf8_lossy(bytes),
        );
    }
    fresh.len()
}

/// All outputs of a build from nothing; none when it fails.
fn fresh_build(root: &Path, day: i64) -> Option<BTreeMap<String, Vec<u8>>> {
    let options = Options {
        now: moment(day),
        ..Options::default()
    };
    let read = disk::read(&place(root), options).unwrap();
    let mut notes = read.notes;
    let made = publish(read.value?.into(), &mut Memo::default());
    notes.extend(made.notes);
    let publication = made.value?;
    let plan = Plan::of(&publication);
    notes.extend(plan.notes);
    let mut outputs = BTreeMap::new();
    for (path, work) in plan.value.works() {
        let made = plan::make(&publication, path, work);
        notes.extend(made.notes);
        let bytes = match made.value?.body {
            Body::Bytes(bytes) => bytes.into_owned(),
            Body::Copy { from, .. } => std::fs::read(root.join(from.as_str())).ok()?,
        };
        outputs.insert(path.as_str().to_string(), bytes);
    }
    (!any_error(&notes)).then_some(outputs)
}

fn begin(root: &Path) -> Session {
    let options = Options {
        now: moment(0),
        ..Options::default()
    };
    Session::begin(place(root), options, Style::PLAIN).unwrap()
}

/// The noon of a day, counted from 1 January 1970.
fn moment(day: i64) -> Timestamp {
    Timestamp::from_second(day * 86_400 + 43_200).unwrap()
}

fn place(root: &Path) -> Place {
    Place {
        root: root.to_path_buf(),
        config: "site.toml".to_string(),
    }
}

fn path(name: &str) -> tongwen::source::SitePath {
    tongwen::source::SitePath::new(name)
}
