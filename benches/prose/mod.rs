//! What the benchmarks convert: the paragraphs of the site's own pages, as a reader sees them. Traditional, Hong Kong.

use std::fs;
use std::path::Path;

/// The prose of every page below `folder`. Front matter, tables, code, addresses and citations are left out: ASCII is passed over so
/// fast that it would make any engine look better.
pub fn of(folder: &Path) -> String {
    let mut prose = String::new();
    gather(folder, &mut prose);
    assert!(
        prose.len() > 10_000,
        "{} holds too little prose to measure with",
        folder.display()
    );
    prose
}

fn gather(folder: &Path, prose: &mut String) {
    let entries = fs::read_dir(folder).expect("the repository has content");
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            gather(&path, prose);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(path).expect("content is UTF-8");
            for line in text.lines().filter(|line| is_prose(line)) {
                read(line, prose);
                prose.push('\n');
            }
        }
    }
}

fn is_prose(line: &str) -> bool {
    line.chars().count() > 20 && !line.is_ascii() && !line.contains(['|', '`', ':'])
}

/// Appends the words of a line of Markdown: no addresses, no citations, no ids, no marks.
fn read(line: &str, prose: &mut String) {
    let mut rest = line.trim_start_matches(['#', '>', '-', ' ']);
    while let Some(at) = rest.find(['[', ']', '{', '*']) {
        prose.push_str(&rest[..at]);
        let mark = &rest[at..];
        let closed = match mark {
            _ if mark.starts_with("[@") || mark.starts_with("[^") => mark.find(']'),
            _ if mark.starts_with("](") => mark.find(')'),
            _ if mark.starts_with('{') => mark.find('}'),
            _ => None,
        };
        rest = &mark[closed.unwrap_or(0) + 1..];
    }
    prose.push_str(rest);
}
