//! A process that builds over and over is killed at a random moment; what it left must be one whole
//! output, and the next build must clear up and succeed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tongwen::shell::publish::Target;

use crate::desk::{Desk, code, files, publish, tree};
use crate::faults::Mounted;

const FILES: usize = 300;
const CHILD: &str = "PUBLISH_CHILD_ROOT";
const BUILDING: &str = "building now";

/// Not a test of its own: the process that is killed.
#[test]
fn builds_until_killed() {
    let Some(root) = std::env::var_os(CHILD) else {
        return;
    };
    println!("{BUILDING}");
    for version in 0.. {
        build(Path::new(&root), version);
    }
}

#[test]
fn a_killed_build_leaves_one_whole_output() {
    let desk = Desk::new();
    build(&desk.root(), 0);
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for round in 0..rounds() {
        kill_one(&desk.root());
        let found = files(&desk.output());
        assert_eq!(
            found.len(),
            FILES,
            "round {round}: files missing or too many"
        );
        let versions: BTreeSet<_> = found.iter().map(|(_, text)| version_in(text)).collect();
        // File 0 never changes; the others are of one version.
        assert!(
            versions.len() <= 2,
            "round {round}: mixed versions {versions:?}"
        );
        *left.entry(leftovers_of(&desk)).or_default() += 1;
        build(&desk.root(), round);
        assert_eq!(files(&desk.output()).len(), FILES);
        assert!(
            !desk.path("root/.public.tongwen").exists(),
            "round {round}: not cleared up"
        );
        assert!(
            !desk.path("root/public.kept-1").exists(),
            "round {round}: taken for another's"
        );
    }
    // What the kills left, for whoever runs this with `--nocapture`.
    for (what, times) in &left {
        println!("{times:4} kills left {what}");
    }
    let in_progress = left.keys().any(|what| what != NOTHING);
    assert!(in_progress, "no kill ever hit a build in progress");
}

#[test]
fn a_killed_replacement_of_a_mount_point_is_made_good() {
    let desk = Desk::new();
    let Some(_mounted) = Mounted::tmpfs(&desk.output(), "64m") else {
        return;
    };
    build(&desk.root(), 0);
    for round in 0..rounds() {
        kill_one(&desk.root());
        let found = files(&desk.output());
        let pages = found
            .iter()
            .filter(|(path, _)| !path.starts_with(".tongwen.work"));
        assert_eq!(pages.clone().count(), FILES, "round {round}");
        assert!(
            pages.clone().all(|(_, text)| text.ends_with("</html>")),
            "round {round}: torn"
        );
        build(&desk.root(), round);
        assert_eq!(files(&desk.output()).len(), FILES, "round {round}");
    }
}

/// The same with somebody reading all the while, also while a killed build is being cleared up by another
/// that is killed in its turn: they never miss a file and never read half of one.
#[test]
fn readers_miss_nothing_while_builds_are_killed() {
    let desk = Desk::new();
    build(&desk.root(), 0);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut reads = 0;
            while !done.load(Ordering::Relaxed) {
                for n in 0..FILES {
                    let page = desk.output().join(format!("{}/{n}/index.html", n % 7));
                    let text = fs::read_to_string(&page);
                    let text = text.unwrap_or_else(|error| panic!("read {reads}, {n}: {error}"));
                    version_in(&text);
                    reads += 1;
                }
            }
            reads
        });
        for _ in 0..rounds() {
            // Killed while it builds, then killed again while it clears that up.
            kill_one(&desk.root());
            kill_one(&desk.root());
            assert!(!reader.is_finished(), "the reader missed something");
        }
        done.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() >= FILES);
    });
    build(&desk.root(), 1);
    assert_eq!(files(&desk.output()).len(), FILES);
    assert!(!desk.path("root/.public.tongwen").exists());
}

/// Two programs, not two threads: while one builds over and over, the other's builds wait their turn.
#[test]
fn builds_of_two_processes_take_turns() {
    let desk = Desk::new();
    let mut other = start(&desk.root());
    let mut lines = BufReader::new(other.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.is_ok_and(|line| line.contains(BUILDING))));
    let mut ours = 0;
    for version in 0..10 {
        let target = Target::new(desk.root(), desk.output(), false);
        // The other may hold it for as long as one is ready to wait, and then this one is refused.
        match publish(&target, &[("a", &format!("{version}"))]) {
            Ok(_) => ours += 1,
            Err(error) => assert_eq!(code(&error), "output-busy"),
        }
    }
    assert!(other.try_wait().unwrap().is_none(), "and the other goes on");
    other.kill().unwrap();
    other.wait().unwrap();
    build(&desk.root(), 3);
    assert_eq!(files(&desk.output()).len(), FILES);
    println!("{ours} of 10 builds took their turn, the others were refused");
}

const NOTHING: &str = "nothing";

/// What a killed build left beside the output.
fn leftovers_of(desk: &Desk) -> String {
    let working = desk.path("root/.public.tongwen");
    if !working.exists() {
        return NOTHING.to_string();
    }
    let staged = working.join("new");
    match staged.exists() {
        false => "the empty working folder".to_string(),
        true if files(&staged).len() == FILES => "a whole output in the working folder".to_string(),
        true => "part of an output in the working folder".to_string(),
    }
}

fn kill_one(root: &Path) {
    let mut child = start(root);
    let noise = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .subsec_nanos();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.is_ok_and(|line| line.contains(BUILDING))));
    // Anywhere in some builds of about 10 ms each.
    std::thread::sleep(Duration::from_micros(u64::from(noise / 1000) % 60_000));
    child.kill().unwrap();
    child.wait().unwrap();
}

fn start(root: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kills::builds_until_killed", "--nocapture"])
        .env(CHILD, root)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

fn build(root: &Path, version: usize) {
    let target = Target::new(root, root.join("public"), false);
    let text = |of: usize| format!("<html>version {of} {}</html>", "字".repeat(500));
    let pages: Vec<(String, String)> = (0..FILES)
        .map(|n| {
            (
                format!("{}/{n}/index.html", n % 7),
                text(if n == 0 { 0 } else { version }),
            )
        })
        .collect();
    let pages: Vec<_> = pages
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    publish(&target, &pages).unwrap_or_else(|error| panic!("{error}"));
}

fn version_in(text: &str) -> String {
    assert!(text.ends_with("</html>"), "a torn file");
    text.split(' ').nth(1).unwrap().to_string()
}

fn rounds() -> usize {
    let asked = std::env::var("PUBLISH_KILLS").ok();
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(8)
}

/// What each moment of a kill leaves, made by hand, and what the next build makes of it.
#[test]
fn leftovers() {
    let pages = [("a", "1"), ("b/c", "2")];
    // The folder left, whether there is an output beside it, whether somebody put a file into the one
    // left; then how many files were unchanged to the next build, and whether theirs was kept.
    let rows = [
        ("new", true, false, 2, None),
        ("new", true, true, 2, Some("public.kept-1/b/mine")),
        ("new", false, false, 0, None),
        ("old", true, false, 2, None),
        ("old", true, true, 2, Some("public.kept-1/b/mine")),
        ("old", false, false, 2, None),
    ];
    for (left, has_output, has_mine, unchanged, kept) in rows {
        let what = format!("{left}, output {has_output}, theirs {has_mine}");
        let desk = Desk::new();
        let built = || {
            desk.build(&pages)
                .unwrap_or_else(|error| panic!("{what}: {error}"))
        };
        built();
        let aside = desk.path("aside");
        fs::rename(desk.output(), &aside).unwrap();
        if has_output {
            built();
        }
        let working = "root/.public.tongwen";
        desk.write(&format!("{working}/working-folder-of-tongwen"), "");
        fs::rename(&aside, desk.path(working).join(left)).unwrap();
        if has_mine {
            desk.write(&format!("{working}/{left}/b/mine"), "mine");
        }
        assert_eq!(built().unchanged, unchanged, "{what}");
        assert_eq!(files(&desk.output()).len(), 2, "{what}");
        assert!(!desk.path(working).exists(), "{what}");
        let found = desk.path("root/public.kept-1/b/mine");
        assert_eq!(found.exists(), kept.is_some(), "{what}");
        if let Some(kept) = kept {
            let only = tree(&desk.path("root/public.kept-1"))
                .into_values()
                .collect::<String>();
            assert_eq!(only, "mine", "{what}: {kept} and nothing of ours");
        }
    }
}

/// So that an unused folder of the fixture is noticed.
#[test]
fn the_fixture_changes_every_page_but_one() {
    let desk = Desk::new();
    build(&desk.root(), 1);
    let before = files(&desk.output());
    build(&desk.root(), 2);
    let after = files(&desk.output());
    let same = before.iter().zip(&after).filter(|(a, b)| a == b).count();
    assert_eq!(same, 1);
    fs::remove_dir_all(desk.output()).unwrap();
}
