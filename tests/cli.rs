//! The program as its user meets it: arguments in; what it says and how it exits out, to the letter.
//!
//! A file of `tests/cli/` is one session in a folder of its own, from top to bottom. `-- path --` writes a
//! file, `-- remove path --` removes one, `== $ tongwen … ==` runs the program and expects what it says
//! (standard error after standard output, then the exit code unless it is 0), `== cat path ==` expects a
//! file's text, `== ls folder ==` its files. Times, and how many files were written, left or removed, are taken out: the
//! one differs between runs, the others with the theme. `BLESS=1` rewrites what is expected.

mod case;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use case::{Case, Part};

/// The site of a session that writes none.
const SITE: &str = r#"base_url = "https://example.org"
title = "同文"

[languages.zh-Hant-HK]
label = "繁體"

[languages.zh-Hans-CN]
label = "简体"
path = "hans"
derive = { from = "zh-Hant-HK", using = "hk2s" }
"#;

#[test]
fn sessions_go_as_recorded() {
    case::check_all("tests/cli", 8, |case: &Case| {
        let folder = tempfile::tempdir().expect("a folder for the test");
        write(folder.path(), "site.toml", SITE);
        case.rewritten(|part| step(folder.path(), part))
    });
}

#[test]
fn two_builds_are_equal_and_the_second_touches_nothing() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a folder for the test");
    let build = |output: &str| {
        let output = folder.path().join(output);
        let flags = ["build", "--clock", "2026-11-22", "-o"].map(String::from);
        let output_flag = output.to_string_lossy().into_owned();
        let said = run(own, flags.into_iter().chain([output_flag]));
        (said, tree(&output))
    };
    let (_, first) = build("a");
    let (_, other) = build("b");
    assert!(first.len() > 50, "the repository's own site has pages");
    let bytes = |tree: &Tree| -> Vec<(PathBuf, Vec<u8>)> {
        let files = tree.iter();
        files
            .map(|(path, file)| (path.clone(), file.bytes.clone()))
            .collect()
    };
    for (one, two) in bytes(&first).iter().zip(&bytes(&other)) {
        assert!(
            one == two,
            "{} and {} differ",
            one.0.display(),
            two.0.display()
        );
    }
    assert_eq!(first.len(), other.len());
    let (said, again) = build("a");
    assert!(
        said.contains(" 0 written, ") && said.contains(" 0 removed;"),
        "{said}"
    );
    for (path, file) in &first {
        assert!(again[path] == *file, "{} was touched", path.display());
    }
}

/// One step of a session; what is to be seen after it.
fn step(folder: &Path, part: &Part) -> String {
    let (verb, rest) = part
        .name
        .split_once(' ')
        .unwrap_or((part.name.as_str(), ""));
    match (part.expected, verb) {
        (false, "remove") => fs::remove_file(folder.join(rest)).expect("the file can be removed"),
        (false, _) => write(folder, &part.name, &part.text),
        (true, "cat") => {
            return fs::read_to_string(folder.join(rest)).unwrap_or("(no such file)\n".to_string());
        }
        (true, "ls") => {
            let files = tree(&folder.join(rest));
            let lines = files.keys().map(|path| format!("{}\n", path.display()));
            return lines.collect();
        }
        (true, "$") => {
            let words = rest.split(' ').skip(1).map(str::to_string);
            return redacted(&run(folder, words), folder);
        }
        (true, _) => panic!("`{}` is no step", part.name),
    }
    String::new()
}

/// Runs the program: standard output, standard error, and the exit code unless all is well.
fn run(folder: &Path, arguments: impl Iterator<Item = String>) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_tongwen"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "C.UTF-8")
        .output()
        .expect("the program can be started");
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    let said = text(output.stdout) + &text(output.stderr);
    match output.status.code() {
        Some(0) => said,
        code => format!("{said}(exit code {})\n", code.unwrap_or(-1)),
    }
}

/// `text` with `N` for the numbers that differ from run to run and with the theme, and without the name of
/// the test's folder.
fn redacted(text: &str, folder: &Path) -> String {
    let text = text.replace(&*folder.to_string_lossy(), "FOLDER");
    let before = ["寫入 ", "不變 ", "移除 "];
    let after = [" written", " unchanged", " removed", " ms\n", " 毫秒\n"];
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|ch: char| ch.is_ascii_digit()) {
        let (head, tail) = rest.split_at(start);
        let len = tail.bytes().take_while(u8::is_ascii_digit).count();
        let differs = before.iter().any(|word| head.ends_with(word))
            || after.iter().any(|word| tail[len..].starts_with(word));
        out.push_str(head);
        out.push_str(match &tail[..len] {
            number if number != "0" && differs => "N",
            number => number,
        });
        rest = &tail[len..];
    }
    out + rest
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    let parent = path.parent().expect("the path lies in a folder");
    fs::create_dir_all(parent).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

/// The files of a folder, without the record that each build writes anew.
type Tree = BTreeMap<PathBuf, Seen>;

#[derive(PartialEq)]
struct Seen {
    bytes: Vec<u8>,
    inode: u64,
    changed: (i64, i64),
}

fn tree(folder: &Path) -> Tree {
    let mut found = Tree::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(inner) = folders.pop() {
        let Ok(entries) = fs::read_dir(&inner) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("the folder can be listed").path();
            let below = path.strip_prefix(folder).expect("it lies below");
            if path.is_dir() {
                folders.push(path);
            } else if !below.starts_with(".tongwen") {
                let about = fs::metadata(&path).expect("the file is there");
                let seen = Seen {
                    bytes: fs::read(&path).expect("the file can be read"),
                    inode: about.ino(),
                    changed: (about.mtime(), about.mtime_nsec()),
                };
                found.insert(below.to_path_buf(), seen);
            }
        }
    }
    found
}
