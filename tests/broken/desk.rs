//! A broken site on a folder of its own, beside a file that is nobody's business, and the program run on it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rustix::fs::{CWD, FileType, Mode, makedev, mknodat};
use tempfile::TempDir;

use crate::case::Case;
use crate::text;

/// The limits that a run must keep: 5 s of processor, which the system holds it to, and 500 MB, which are
/// looked at while it runs. The limit on its address space only keeps the machine that tests safe.
const LIMITS: &str = "ulimit -v 6000000; ulimit -t 5; exec \"$@\"";
const MOST_MEMORY: u64 = 500_000;

/// After so long a run is waiting for something that will not come.
const PATIENCE: Duration = Duration::from_secs(120);

const NOBODY: u32 = 65534;

/// The sound site that all are laid over.
const SOUND: &[(&str, &str)] = &[
    (
        "site.toml",
        "base_url = \"https://example.org\"\ntitle = \"同文\"\n\n[languages.zh-Hant-HK]\nlabel = \"繁體\"\n\n[languages.zh-Hans-CN]\nlabel = \"简体\"\npath = \"hans\"\nderive = { from = \"zh-Hant-HK\", using = \"hk2s\" }\n",
    ),
    ("content/index.md", "---\ntitle: 首頁\n---\n後面\n"),
    ("content/sound.md", "---\ntitle: 好\n---\n好\n"),
    ("static/sound.txt", "sound\n"),
];

/// The sound site, built, to be copied.
pub struct Bench {
    folder: TempDir,
    root: bool,
}

/// What became of a site.
#[derive(Clone)]
pub enum Ran {
    /// It takes a right that we have not.
    Passed,
    Ended(Ended),
}

/// How a run ended.
#[derive(Clone)]
pub struct Ended {
    /// The exit code; none when a signal ended it, or we did.
    pub code: Option<i32>,
    pub signal: Option<i32>,
    pub said: String,
    /// Whether it held more memory than it may.
    pub greedy: bool,
    /// What is not as it was, outside the program's own folders.
    pub changed: Vec<String>,
}

impl Bench {
    pub fn new() -> Bench {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let site = folder.path().join("site");
        for (path, text) in SOUND {
            put(&site.join(path), text.as_bytes());
        }
        let built = program(&site, "build")
            .output()
            .expect("the program starts");
        assert!(
            built.status.success(),
            "{}",
            String::from_utf8_lossy(&built.stderr)
        );
        let root = fs::metadata(&site).expect("it is there").uid() == 0;
        Bench { folder, root }
    }

    pub fn try_out(&self, case: &Case) -> Ran {
        let desk = tempfile::tempdir().expect("a temporary folder can be made");
        let site = desk.path().join("site");
        copy(&self.folder.path().join("site"), &site);
        put(
            &desk.path().join("beside.md"),
            b"---\ntitle: \xe5\xa4\x96\n---\n",
        );
        let mut arguments = Vec::new();
        let mut as_nobody = false;
        let mut command = "build";
        for part in case.parts.iter().filter(|part| !part.expected) {
            match part.name.as_str() {
                "arguments" => arguments.extend(part.text.lines()),
                "nobody" => as_nobody = true,
                "clean" => command = "clean",
                _ => {
                    if !lay(&site, &part.name, &part.text) {
                        return Ran::Passed;
                    }
                }
            }
        }
        let before = tree(desk.path());
        let mut run = program(&site, command);
        run.args(arguments).env("HOME", desk.path().join("home"));
        if as_nobody && self.root {
            give_away(desk.path());
            run.uid(NOBODY).gid(NOBODY);
        }
        let (code, signal, said, memory) = ended(run);
        let after = tree(desk.path());
        let changed = before.iter().chain(&after).filter(|(path, what)| {
            before.get(*path) != Some(*what) || after.get(*path) != Some(*what)
        });
        let mut changed: Vec<String> = changed.map(|(path, _)| path.clone()).collect();
        changed.dedup();
        let said = said.replace(&*desk.path().to_string_lossy(), "…");
        Ran::Ended(Ended {
            code,
            signal,
            said,
            greedy: memory > MOST_MEMORY,
            changed,
        })
    }
}

/// `tongwen build`, or another command, under the limits.
pub fn program(site: &Path, command: &str) -> Command {
    let mut run = Command::new("sh");
    run.args(["-c", LIMITS, "sh", env!("CARGO_BIN_EXE_tongwen"), command])
        .current_dir(site)
        .env("RAYON_NUM_THREADS", "2")
        .env("LC_ALL", "C.UTF-8");
    run
}

/// Runs to the end, or to the end of our patience: exit code, signal, what was said, the most memory in kB.
pub fn ended(mut run: Command) -> (Option<i32>, Option<i32>, String, u64) {
    let said = tempfile::NamedTempFile::new().expect("a temporary file can be made");
    let heard = || {
        File::options()
            .append(true)
            .open(said.path())
            .expect("it can be written")
    };
    let mut child = run
        .stdout(heard())
        .stderr(heard())
        .spawn()
        .expect("the program starts");
    let started = Instant::now();
    let mut memory = 0;
    let status = loop {
        memory = most_memory(child.id()).max(memory);
        match child.try_wait().expect("it can be waited for") {
            Some(status) => break status,
            None if started.elapsed() > PATIENCE => {
                child.kill().expect("it can be ended");
                break child.wait().expect("it can be waited for");
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let bytes = fs::read(said.path()).expect("it can be read");
    let text = String::from_utf8(bytes).expect("what is said is UTF-8");
    (status.code(), status.signal(), text, memory)
}

/// The most memory that the process has held so far, in kB, where the system tells.
fn most_memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.unwrap_or(0)
}

/// Puts one part of a case in its place; false when we may not.
fn lay(site: &Path, name: &str, contents: &str) -> bool {
    let (name, what) = name.split_once(" | ").unwrap_or((name, "file"));
    let path = site.join(OsStr::from_bytes(&text::bytes(name)));
    if let Some(folder) = path.parent().filter(|_| what != "gone") {
        fs::create_dir_all(folder).expect("the desk can be written to");
    }
    let there = fs::symlink_metadata(&path);
    match there.as_ref().map(fs::Metadata::is_dir) {
        Ok(true) if what == "gone" => fs::remove_dir_all(&path).expect("it is ours"),
        Ok(false) if what != "folder" => fs::remove_file(&path).expect("it is ours"),
        _ => {}
    }
    let node = |kind, device| mknodat(CWD, &path, kind, Mode::from_raw_mode(0o644), device);
    match what.split_once(' ').unwrap_or((what, "")) {
        ("file", _) => put(&path, &text::bytes(contents)),
        ("gone", _) => {}
        ("folder", _) => fs::create_dir_all(&path).expect("the desk can be written to"),
        ("pipe", _) => node(FileType::Fifo, 0).expect("a pipe can be made"),
        ("device", _) => return node(FileType::CharacterDevice, makedev(1, 5)).is_ok(),
        ("link", target) => symlink(target, &path).expect("the desk can be written to"),
        ("sparse", size) => {
            let file = File::create(&path).expect("the desk can be written to");
            let size = size.parse().expect("a number of bytes");
            file.set_len(size)
                .expect("the file system has sparse files");
        }
        ("locked", _) => {
            put(&path, contents.as_bytes());
            fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("it is ours");
        }
        _ => panic!("no such thing: {what}"),
    }
    true
}

fn put(path: &Path, bytes: &[u8]) {
    let folder = path.parent().expect("a file lies in a folder");
    fs::create_dir_all(folder).expect("the desk can be written to");
    fs::write(path, bytes).expect("the desk can be written to");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the desk can be written to");
    for entry in fs::read_dir(from).expect("the bench can be listed") {
        let entry = entry.expect("the bench can be listed");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("the bench can be copied");
        }
    }
}

/// Everything there is, by path: what it is and holds.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.expect("the desk can be listed");
        let path = entry.path().strip_prefix(folder).expect("it lies below");
        let facts = entry.metadata().expect("the desk can be looked at");
        let holds = if !facts.is_file() || facts.len() > 1 << 20 {
            format!("{:?} {}", facts.file_type(), facts.len())
        } else {
            format!(
                "{:?}",
                fs::read(entry.path()).expect("the desk can be read")
            )
        };
        found.insert(path.to_string_lossy().into_owned(), holds);
    }
    found
}

fn give_away(folder: &Path) {
    for entry in walkdir::WalkDir::new(folder) {
        let path: PathBuf = entry.expect("the desk can be listed").into_path();
        std::os::unix::fs::lchown(path, Some(NOBODY), Some(NOBODY)).expect("root may");
    }
}
