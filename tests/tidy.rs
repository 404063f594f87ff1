//! The house rules that a machine can hold: who may use whom, how long a file may be, what the pure middle
//! must not touch, and what lies at the top of the repository.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the crate from the last to the first: a module may use those further down, never one
/// above it. Modules of one line may use each other.
const LAYERS: &[&[&str]] = &[
    &["commands"],
    &["cli"],
    &["shell"],
    &["pipeline"],
    &["theme", "config"],
    &["diagnostic"],
    &["hanzi"],
    &["source"],
    &["digest"],
];

/// The stages of the pipeline, the last first. A publication holds what pages are composed from, and asks
/// the page stage for what is wrong with menus; the two are one layer.
const STAGES: &[&[&str]] = &[
    &["check", "compare"],
    &["plan", "special"],
    &["finish", "draw"],
    &[
        "publication",
        "page",
        "render",
        "shared",
        "registry",
        "strings",
        "anchors",
        "memo",
        "names",
        "review",
    ],
    &["inputs", "receipt"],
    &["catalogue"],
    &["edition"],
    &["document"],
    &["address", "escape", "output"],
];

/// Lines a file may have; beyond them it is split by noun or stage.
const MOST_LINES: usize = 400;

/// Files that are longer, and by how much they may be. The list may only shrink.
const LONG: &[(&str, usize)] = &[];

/// The parts of the crate that are pure.
const CORE: &[&str] = &[
    "config",
    "diagnostic",
    "digest",
    "hanzi",
    "pipeline",
    "source",
    "theme",
];

/// What the pure parts never name.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::io",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "SystemTime",
    "Timestamp::now",
    "Zoned::now",
    "println!",
    "eprintln!",
    "print!(",
    "eprint!(",
    "dbg!",
    "thread_rng",
    "thread::sleep",
];

/// Files that run in `build.rs` and not in the program, so that they may read and write.
const BUILDING: &[&str] = &["src/hanzi/packing/", "src/theme/listing.rs"];

/// What may lie at the top of the repository besides files whose name begins with a dot.
const TOP: &[&str] = &[
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "NOTICE",
    "README.md",
    "benches",
    "build.rs",
    "clippy.toml",
    "content",
    "deny.toml",
    "docs",
    "glossary.toml",
    "public",
    "review.toml",
    "site.toml",
    "src",
    "static",
    "target",
    "templates",
    "tests",
];

/// Words that name nothing: a thing called so is two things, or has no name yet.
const EMPTY_NAMES: &[&str] = &["utils", "helpers", "common", "manager", "misc"];

#[test]
fn modules_use_only_what_lies_below_them() {
    let mut wrong = Vec::new();
    for file in sources() {
        let module = module_of(&file.path);
        for used in paths_in(&file.code, &module) {
            let fault = |layers: &[&[&str]], from: &str, to: &str| {
                let rank = |name: &str| layers.iter().position(|layer| layer.contains(&name));
                let ranks = (rank(from), rank(to));
                matches!(ranks, (Some(from), Some(to)) if to < from)
            };
            let name = |path: &[String], at: usize| path.get(at).cloned().unwrap_or_default();
            let (from, to) = (name(&module, 0), name(&used, 0));
            let inside = from == "pipeline" && to == "pipeline";
            if fault(LAYERS, &from, &to)
                || (inside && fault(STAGES, &name(&module, 1), &name(&used, 1)))
            {
                wrong.push(format!("{}: {}", file.path, used.join("::")));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "these use what is above them:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_module_has_its_layer() {
    let mut wrong = Vec::new();
    for file in sources() {
        let module = module_of(&file.path);
        let known = |layers: &[&[&str]], name: Option<&String>| {
            name.is_none_or(|name| layers.iter().any(|layer| layer.contains(&name.as_str())))
        };
        let staged =
            module.first().is_none_or(|first| first != "pipeline") || known(STAGES, module.get(1));
        if !known(LAYERS, module.first()) || !staged {
            wrong.push(file.path);
        }
    }
    assert!(
        wrong.is_empty(),
        "add these to the layers of this test: {wrong:?}"
    );
}

#[test]
fn files_are_short() {
    let mut wrong = Vec::new();
    for path in files(".rs") {
        let lines = read(&path).lines().count();
        let allowed = LONG.iter().find(|(name, _)| *name == path);
        match allowed {
            Some((_, most)) if lines <= MOST_LINES => {
                wrong.push(format!(
                    "{path} has {lines} lines: take it off the list ({most})"
                ));
            }
            Some((_, most)) if lines > *most => wrong.push(format!("{path}: {lines} > {most}")),
            None if lines > MOST_LINES => wrong.push(format!("{path}: {lines} lines")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_middle_is_pure() {
    let mut wrong = Vec::new();
    for file in sources() {
        let module = module_of(&file.path);
        let core = module
            .first()
            .is_some_and(|first| CORE.contains(&first.as_str()));
        if !core {
            continue;
        }
        for (number, line) in file.code.lines().enumerate() {
            if let Some(word) = IMPURE.iter().find(|word| line.contains(**word)) {
                wrong.push(format!("{}:{}: {word}", file.path, number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn modules_say_what_they_are_for() {
    let mut wrong = files(".rs");
    wrong.retain(|path| !read(path).starts_with("//! "));
    assert!(wrong.is_empty(), "no opening paragraph: {wrong:?}");
}

#[test]
fn names_mean_something() {
    let mut wrong = files("");
    wrong.retain(|path| {
        let stem = Path::new(path).file_stem().unwrap_or_default();
        EMPTY_NAMES.contains(&stem.to_string_lossy().as_ref())
    });
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn the_top_holds_only_what_belongs_there() {
    let names = fs::read_dir(".").expect("it can be listed").flatten();
    let names = names.filter_map(|entry| entry.file_name().into_string().ok());
    let known = |name: &str| name.starts_with('.') || TOP.contains(&name);
    let mut stray: Vec<String> = names.filter(|name| !known(name)).collect();
    stray.sort();
    assert!(stray.is_empty(), "{stray:?}");
}

#[test]
fn paths_are_found() {
    let module = ["pipeline", "page", "body"].map(String::from);
    let code = "use crate::{config, shell::disk};\nuse super::super::plan::{self, Plan};\n\
                use super::view::{A, B};\nlet x = crate::cli::Cli; use super::{date, links};";
    let found: Vec<String> = paths_in(code, &module)
        .iter()
        .map(|path| path.join("::"))
        .collect();
    for expected in [
        "config",
        "shell",
        "pipeline::plan",
        "pipeline::page::view",
        "cli",
        "pipeline::page::date",
        "pipeline::page::links",
    ] {
        assert!(
            found.iter().any(|path| path.starts_with(expected)),
            "{expected} in {found:?}"
        );
    }
}

/// A file of the program, without its comments and tests.
struct File {
    path: String,
    code: String,
}

/// The files of the program itself.
fn sources() -> Vec<File> {
    let in_program = |path: &String| {
        path.starts_with("src/")
            && !["src/lib.rs", "src/main.rs"].contains(&path.as_str())
            && !BUILDING.iter().any(|part| path.starts_with(part))
            && !path.ends_with("/tests.rs")
    };
    let files: Vec<File> = files(".rs")
        .into_iter()
        .filter(in_program)
        .map(|path| File {
            code: code(&read(&path)),
            path,
        })
        .collect();
    assert!(files.len() > 50, "only {} files were found", files.len());
    files
}

/// The text up to the file's tests, comments blanked out so that line numbers stay.
fn code(text: &str) -> String {
    let text = match text.find("#[cfg(test)]\nmod tests {") {
        Some(at) => &text[..at],
        None => text,
    };
    let lines = text.lines().map(|line| match line.trim_start() {
        line if line.starts_with("//") => "",
        _ => line,
    });
    lines.map(|line| format!("{line}\n")).collect()
}

/// `src/pipeline/page/mod.rs` is `pipeline::page`.
fn module_of(path: &str) -> Vec<String> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/').map(str::to_string).collect()
}

/// The paths that begin with `crate::` or `super::`, from the crate's root; a group's members one by one.
fn paths_in(code: &str, module: &[String]) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|ch| ch.is_alphanumeric() || ch == '_' || ch == ':') {
                continue;
            }
            let mut base = match start {
                "crate::" => Vec::new(),
                _ => module[..module.len() - 1].to_vec(),
            };
            let mut rest = &code[at + start.len()..];
            while let Some(after) = rest.strip_prefix("super::") {
                base.pop();
                rest = after;
            }
            loop {
                let len = rest
                    .find(|ch: char| !(ch.is_alphanumeric() || ch == '_'))
                    .unwrap_or(rest.len());
                if len == 0 {
                    break;
                }
                base.push(rest[..len].to_string());
                match rest[len..].strip_prefix("::") {
                    Some(after) => rest = after,
                    None => {
                        rest = "";
                        break;
                    }
                }
            }
            match rest.strip_prefix('{') {
                Some(group) => {
                    let members = members(group);
                    paths.extend(members.into_iter().map(|member| {
                        let mut path = base.clone();
                        path.push(member);
                        path
                    }));
                }
                None => paths.push(base),
            }
        }
    }
    paths
}

/// The first word of each member of a group, whose `{` has been taken off.
fn members(group: &str) -> Vec<String> {
    let mut members = vec![String::new()];
    let mut depth = 0;
    for ch in group.chars() {
        match ch {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => members.push(String::new()),
            _ if depth == 0 => {
                if let Some(member) = members.last_mut() {
                    member.push(ch);
                }
            }
            _ => {}
        }
    }
    members
        .iter()
        .map(|member| member.trim().split("::").next().unwrap_or("").to_string())
        .filter(|member| !member.is_empty() && member != "self")
        .collect()
}

/// The repository's files of ours that end in `end`, in order, `/` between the parts.
fn files(end: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = ["src", "tests", "benches"].map(PathBuf::from).into();
    found.push("build.rs".to_string());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be listed") {
            let path = entry.expect("the folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.retain(|path| path.ends_with(end));
    found.sort();
    found
}

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}
