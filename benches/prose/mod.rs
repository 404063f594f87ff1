//! What the benchmarks convert: the paragraphs of the site's own pages. Traditional, Hong Kong.

use std::fs;
use std::path::Path;

/// The prose of every page below `folder`. Front matter, tables and code are left out: they would make any engine look faster.
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
                prose.push_str(line);
                prose.push('\n');
            }
        }
    }
}

fn is_prose(line: &str) -> bool {
    line.chars().count() > 20 && !line.is_ascii() && !line.contains(['|', '`', ':'])
}
