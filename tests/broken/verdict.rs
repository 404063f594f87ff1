//! What must hold of every run on a broken site.

use crate::desk::Ended;

/// Codes whose sentence says by itself what to write, so that they have no line of help.
const SELF_EXPLAINING: &[&str] = &[
    "bad-value",
    "empty-value",
    "toml-syntax",
    "wrong-type",
    "yaml-syntax",
];

/// Codes that are about no file of the site.
const OF_NO_FILE: &[&str] = &[
    "output-in-site",
    "output-leads-away",
    "output-not-folder",
    "output-not-ours",
    "output-edited",
    "output-io",
    "output-twice",
    "output-beside-taken",
    "output-holds-repository",
];

/// What a panic, a signal or an exhausted stack looks like.
const BROKEN_OFF: &[&str] = &[
    "panicked at",
    "RUST_BACKTRACE",
    "has overflowed its stack",
    "memory allocation of",
    "internal error",
];

/// One diagnostic, as it was drawn.
struct Drawn<'t> {
    severity: &'t str,
    code: &'t str,
    place: Option<&'t str>,
    helped: bool,
}

/// The exit code, then code and place of each error; what else was said, when there is none.
pub fn summary(ended: &Ended) -> String {
    let code = ended.code.map_or("-".to_string(), |code| code.to_string());
    let errors: Vec<String> = drawn(&ended.said)
        .filter(|note| note.severity == "error")
        .map(|note| format!("{code} {} {}\n", note.code, note.place.unwrap_or("-")))
        .collect();
    if !errors.is_empty() {
        return errors.concat();
    }
    ended
        .said
        .lines()
        .map(|line| format!("{code} | {line}\n"))
        .collect()
}

/// What does not hold.
pub fn faults(ended: &Ended) -> Vec<String> {
    let mut faults = Vec::new();
    if !matches!(ended.code, Some(1 | 2)) {
        let how = (ended.code, ended.signal);
        faults.push(format!("it ended with {how:?}:\n{}", ended.said));
    }
    if let Some(sign) = BROKEN_OFF.iter().find(|sign| ended.said.contains(**sign)) {
        faults.push(format!("it says \"{sign}\":\n{}", ended.said));
    }
    if ended.greedy {
        faults.push("it took more than 500 MB".to_string());
    }
    if !ended.changed.is_empty() {
        faults.push(format!("these have changed: {:?}", ended.changed));
    }
    let mut errors = 0;
    for note in drawn(&ended.said).filter(|note| note.severity == "error") {
        errors += 1;
        let of_a_flag = ended.code == Some(2);
        if note.place.is_none() && !of_a_flag && !OF_NO_FILE.contains(&note.code) {
            faults.push(format!("`{}` names no file", note.code));
        }
        if !note.helped && !SELF_EXPLAINING.contains(&note.code) {
            faults.push(format!("`{}` does not say what to do", note.code));
        }
    }
    if errors == 0 && ended.code == Some(1) {
        faults.push(format!("no error is shown:\n{}", ended.said));
    }
    faults
}

fn drawn(said: &str) -> impl Iterator<Item = Drawn<'_>> {
    said.split("\n\n").filter_map(|block| {
        let mut lines = block.lines();
        let (severity, rest) = lines.next()?.split_once('[')?;
        let (code, _) = rest.split_once("]:")?;
        let places = lines.clone();
        let place = places
            .filter_map(|line| line.trim_start().strip_prefix("--> "))
            .next();
        let helped = lines.any(|line| line.trim_start().starts_with("= help:"));
        Some(Drawn {
            severity,
            code,
            place,
            helped,
        })
    })
}
