//! Cases as text: parts under header lines, some given (`-- name --`), some expected (`== name ==`), after
//! a sentence that says what the case shows. Tests that keep their data so share this reader.

use std::fmt::Write as _;
use std::fs;

/// A case, taken apart.
pub struct Case {
    /// What stands before the first part.
    pub about: String,
    pub parts: Vec<Part>,
}

/// What stands under one header line.
pub struct Part {
    pub name: String,
    pub expected: bool,
    pub text: String,
}

/// Reads every case of `folder`, asks `now` what each should read, and complains of those that do not;
/// with `BLESS` in the environment, rewrites them instead.
pub fn check_all(folder: &str, least: usize, mut now: impl FnMut(&Case) -> String) {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = String::new();
    let files = files(folder);
    assert!(
        files.len() >= least,
        "only {} cases in {folder}",
        files.len()
    );
    for (path, text) in files {
        let case = Case::read(&text);
        assert!(
            case.parts.iter().any(|part| part.expected),
            "{path} expects nothing"
        );
        let now = now(&case);
        if bless {
            fs::write(&path, &now).expect("the case can be written");
        } else if now != text {
            let _ = writeln!(wrong, "{path}:\n{}", difference(&text, &now));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

impl Case {
    /// Takes a text apart.
    pub fn read(text: &str) -> Case {
        let mut case = Case {
            about: String::new(),
            parts: Vec::new(),
        };
        for line in text.split_inclusive('\n') {
            let header = |mark: &str| {
                let line = line.trim_end();
                let name = line.strip_prefix(mark)?.strip_suffix(mark.trim())?;
                Some(name.trim().to_string())
            };
            let part = header("-- ")
                .map(|name| (name, false))
                .or_else(|| header("== ").map(|name| (name, true)));
            match (part, case.parts.last_mut()) {
                (Some((name, expected)), _) => case.parts.push(Part {
                    name,
                    expected,
                    text: String::new(),
                }),
                (None, Some(part)) => part.text.push_str(line),
                (None, None) => case.about.push_str(line),
            }
        }
        case
    }

    /// The case with what `found` says in the place of what is expected. It is asked part by part, in
    /// order, for the given ones too.
    pub fn rewritten(&self, mut found: impl FnMut(&Part) -> String) -> String {
        let mut text = self.about.clone();
        for part in &self.parts {
            let mark = if part.expected { "==" } else { "--" };
            let _ = writeln!(text, "{mark} {} {mark}", part.name);
            let found = found(part);
            if part.expected {
                text.push_str(&ended(found));
            } else {
                text.push_str(&part.text);
            }
        }
        text
    }
}

/// `text` with a line end, unless it is empty.
fn ended(mut text: String) -> String {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// The lines that are not the same, as far as the eye needs them.
fn difference(expected: &str, found: &str) -> String {
    let expected: Vec<&str> = expected.lines().collect();
    let found: Vec<&str> = found.lines().collect();
    let same = |(a, b): &(&&str, &&str)| a == b;
    let before = expected.iter().zip(&found).take_while(same).count();
    let after = expected[before..]
        .iter()
        .rev()
        .zip(found[before..].iter().rev())
        .take_while(same)
        .count();
    let lines = |mark: &str, lines: &[&str]| -> String {
        lines
            .iter()
            .map(|line| format!("{mark} {line}\n"))
            .collect()
    };
    lines("-", &expected[before..expected.len() - after])
        + &lines("+", &found[before..found.len() - after])
}

/// The cases of a folder: path and text, in the order of their paths.
fn files(folder: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).expect("the cases lie beside the test");
    let mut files: Vec<(String, String)> = entries
        .map(|entry| entry.expect("the cases can be listed").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "txt"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a case can be read");
            (path.to_string_lossy().into_owned(), text)
        })
        .collect();
    files.sort();
    files
}
