//! Watching real files: every kind of save is told, by events and by looking; nothing else is.
//!
//! Times here are only how long a test is willing to wait; none is asserted.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tongwen::shell::watch::{Changed, Watch, Watched};

const PATIENCE: Duration = Duration::from_secs(10);

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk {
            folder: tempfile::tempdir().unwrap(),
        };
        desk.write("site.toml", "title = \"x\"");
        desk.write("content/index.md", "1");
        desk.write("content/a/page.md", "1");
        desk.write("static/site.css", "1");
        desk.write("elsewhere/own.toml", "1");
        desk
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("root")
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.root().join(inside)
    }

    fn write(&self, inside: &str, text: &str) {
        let path = self.path(inside);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn watch(&self, poll: bool) -> Watch {
        let watched = Watched {
            root: self.root(),
            folders: ["content", "templates", "static"]
                .map(String::from)
                .to_vec(),
            files: vec![
                "site.toml".into(),
                "glossary.toml".into(),
                self.path("elsewhere/own.toml"),
            ],
        };
        Watch::begin(watched, poll)
    }
}

/// Whether `path` is among what is told within the patience.
fn told(watch: &mut Watch, path: &str) -> bool {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        match watch
            .next(Duration::from_millis(200))
            .map(|news| news.changed)
        {
            Some(Changed::Everything) => return true,
            Some(Changed::Paths(paths)) => {
                assert!(!paths.is_empty());
                let covers = |told: &str| path == told || Path::new(path).starts_with(told);
                if paths.iter().any(|told| covers(told.as_str())) {
                    return true;
                }
            }
            None => {}
        }
    }
    false
}

fn drained(mut watch: Watch) -> Watch {
    while watch.next(Duration::from_millis(400)).is_some() {}
    watch
}

type Deed = fn(&Desk);

const DEEDS: &[(&str, Deed, &str)] = &[
    (
        "a page saved",
        |desk| desk.write("content/a/page.md", "22"),
        "content/a/page.md",
    ),
    (
        "saved through another file, as editors do",
        |desk| {
            desk.write("content/a/.page.swp", "three");
            fs::rename(
                desk.path("content/a/.page.swp"),
                desk.path("content/a/page.md"),
            )
            .unwrap();
        },
        "content/a/page.md",
    ),
    (
        "moved aside and written anew, as vim does",
        |desk| {
            fs::rename(
                desk.path("content/a/page.md"),
                desk.path("content/a/page.md~"),
            )
            .unwrap();
            desk.write("content/a/page.md", "4444");
            fs::remove_file(desk.path("content/a/page.md~")).unwrap();
        },
        "content/a/page.md",
    ),
    (
        "a page added",
        |desk| desk.write("content/new.md", "1"),
        "content/new.md",
    ),
    (
        "a Chinese name",
        |desk| desk.write("content/時間線/頁.md", "1"),
        "content/時間線/頁.md",
    ),
    (
        "a page in new folders",
        |desk| desk.write("content/x/y/z/new.md", "1"),
        "content/x/y/z/new.md",
    ),
    (
        "a page removed",
        |desk| fs::remove_file(desk.path("content/a/page.md")).unwrap(),
        "content/a/page.md",
    ),
    (
        "a folder removed",
        |desk| fs::remove_dir_all(desk.path("content/a")).unwrap(),
        "content/a/page.md",
    ),
    (
        "a folder renamed",
        |desk| fs::rename(desk.path("content/a"), desk.path("content/b")).unwrap(),
        "content/b/page.md",
    ),
    (
        "a stylesheet",
        |desk| desk.write("static/site.css", "22"),
        "static/site.css",
    ),
    (
        "the configuration",
        |desk| desk.write("site.toml", "title = \"yy\""),
        "site.toml",
    ),
    (
        "the configuration removed",
        |desk| fs::remove_file(desk.path("site.toml")).unwrap(),
        "site.toml",
    ),
    (
        "a glossary where none was",
        |desk| desk.write("glossary.toml", "1"),
        "glossary.toml",
    ),
    (
        "templates where none were",
        |desk| desk.write("templates/page.html", "1"),
        "templates/page.html",
    ),
    (
        "a configuration kept elsewhere",
        |desk| desk.write("elsewhere/own.toml", "22"),
        "elsewhere/own.toml",
    ),
];

#[test]
fn every_kind_of_save_is_told() {
    for poll in [false, true] {
        for (what, deed, path) in DEEDS {
            let desk = Desk::new();
            let mut watch = desk.watch(poll);
            assert_eq!(watch.is_polling(), poll);
            deed(&desk);
            assert!(told(&mut watch, path), "{what}, polling {poll}");
        }
    }
}

#[test]
fn what_the_site_does_not_read_is_not_told() {
    for poll in [false, true] {
        let desk = Desk::new();
        let mut watch = drained(desk.watch(poll));
        desk.write("public/index.html", "1");
        desk.write("target/x", "1");
        desk.write("notes.txt", "1");
        fs::read(desk.path("content/index.md")).unwrap();
        fs::read_dir(desk.path("content")).unwrap().count();
        assert!(
            watch.next(Duration::from_millis(700)).is_none(),
            "polling {poll}"
        );
    }
}

#[test]
fn folders_taken_away_and_put_back_are_watched_again() {
    for poll in [false, true] {
        for name in ["content", "."] {
            let desk = Desk::new();
            let mut watch = drained(desk.watch(poll));
            let (here, away) = (
                desk.path(name).components().collect::<PathBuf>(),
                desk.root().with_file_name("away"),
            );
            fs::rename(&here, &away).unwrap();
            assert!(
                told(&mut watch, "content/a/page.md"),
                "{name} away, polling {poll}"
            );
            fs::rename(&away, &here).unwrap();
            assert!(
                told(&mut watch, "content/a/page.md"),
                "{name} back, polling {poll}"
            );
            let mut watch = drained(watch);
            desk.write("content/a/page.md", "after");
            assert!(
                told(&mut watch, "content/a/page.md"),
                "{name} written after, polling {poll}"
            );

            fs::remove_dir_all(&here).unwrap();
            assert!(
                told(&mut watch, "content/a/page.md"),
                "{name} deleted, polling {poll}"
            );
            let mut watch = drained(watch);
            desk.write("content/a/page.md", "anew");
            assert!(
                told(&mut watch, "content/a/page.md"),
                "{name} made again, polling {poll}"
            );
            let mut watch = drained(watch);
            desk.write("content/a/page.md", "anew again");
            assert!(
                told(&mut watch, "content/a/page.md"),
                "{name} written again, polling {poll}"
            );
        }
    }
}

/// `cp -p` and `rsync -t` put an old time on what they write; a page restored so is another all the same.
#[test]
fn an_old_time_and_the_same_length_hide_nothing() {
    for poll in [false, true] {
        let desk = Desk::new();
        let mut watch = desk.watch(poll);
        let path = desk.path("content/a/page.md");
        let modified = fs::metadata(&path).unwrap().modified().unwrap();
        fs::write(&path, "2").unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(modified).unwrap();
        assert!(told(&mut watch, "content/a/page.md"), "polling {poll}");
    }
}

#[test]
fn other_files_can_be_watched_later() {
    for poll in [false, true] {
        let desk = Desk::new();
        let mut watch = drained(desk.watch(poll));
        watch.set_files(vec!["site.toml".into(), "review.toml".into()]);
        desk.write("review.toml", "1");
        assert!(told(&mut watch, "review.toml"), "polling {poll}");
    }
}

/// Twice a thousand files, in folders that are new: when it is over, everything has been told since
/// it was last written.
#[test]
fn a_burst_is_told_whole() {
    let desk = Desk::new();
    let mut watch = desk.watch(false);
    let names: Vec<String> = (0..1000)
        .map(|n| format!("content/{}/{}/{n}.md", n % 10, n % 100))
        .collect();
    let mut missing: std::collections::BTreeSet<&str> = names.iter().map(String::as_str).collect();
    for text in ["1", "2"] {
        names.iter().for_each(|name| desk.write(name, text));
    }
    let until = Instant::now() + PATIENCE;
    while !missing.is_empty() && Instant::now() < until {
        match watch
            .next(Duration::from_millis(200))
            .map(|news| news.changed)
        {
            Some(Changed::Everything) => missing.clear(),
            Some(Changed::Paths(paths)) => missing.retain(|name| {
                !paths
                    .iter()
                    .any(|told| Path::new(name).starts_with(told.as_str()))
            }),
            None => {}
        }
    }
    assert!(
        missing.is_empty(),
        "{} not told, as {:?}",
        missing.len(),
        missing.first()
    );
}

const SCARCE: &str = "WATCH_SCARCE";

/// Run by [`exhausted_watches_fall_back_to_looking`] where the system has few watches to give.
#[test]
fn with_few_watches() {
    let Ok(limit) = std::env::var(SCARCE) else {
        return;
    };
    let desk = Desk::new();
    let mut watch = desk.watch(false);
    let mut notes = watch.notes();
    if limit == "6" {
        assert!(!watch.is_polling(), "enough to begin with");
        for n in 0..10 {
            desk.write(&format!("content/{n}/x.md"), "1");
        }
        let until = Instant::now() + PATIENCE;
        while notes.is_empty() && Instant::now() < until {
            let news = watch.next(Duration::from_millis(200));
            notes.extend(news.into_iter().flat_map(|news| news.notes));
        }
    }
    assert!(watch.is_polling());
    assert_eq!(notes.len(), 1, "said once");
    assert_eq!(notes[0].code.name(), "watch-falls-back");
    desk.write("content/a/page.md", "22");
    assert!(told(&mut watch, "content/a/page.md"));
}

#[test]
fn exhausted_watches_fall_back_to_looking() {
    for (limit, what) in [
        ("0", "max_inotify_instances"),
        ("2", "max_inotify_watches"),
        ("6", "max_inotify_watches"),
    ] {
        let program = std::env::current_exe().unwrap();
        let script = format!(
            "echo {limit} > /proc/sys/user/{what} && exec \"$0\" --exact with_few_watches --nocapture"
        );
        // A user namespace of its own, so that nobody else's watches become scarce.
        let output = Command::new("unshare")
            .args(["--user", "--map-root-user", "sh", "-c", &script])
            .arg(&program)
            .env(SCARCE, limit)
            .output();
        let Ok(output) = output else {
            eprintln!("passed over: there is no unshare here");
            return;
        };
        let text = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        if text.contains("unshare failed") || text.contains("cannot create") {
            eprintln!("passed over: no user namespaces here: {text}");
            return;
        }
        assert!(
            output.status.success() && text.contains("1 passed"),
            "{limit} {what}: {text}"
        );
    }
}
