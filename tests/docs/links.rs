//! Links between the documents, and from the files at the top to them, lead somewhere.

use std::path::PathBuf;

use crate::{Document, folder, root};

#[test]
fn links_lead_somewhere() {
    let mut wrong = String::new();
    let mut seen = 0;
    for document in Document::all() {
        seen += check(&document, folder(), &mut wrong);
    }
    for name in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        if let Ok(text) = std::fs::read_to_string(root().join(name)) {
            let name = name.to_string();
            seen += check(&Document { name, text }, root().to_path_buf(), &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(seen > 20, "only {seen} links were found");
}

/// How many links of `document`, which lies in `folder`, were looked at.
fn check(document: &Document, folder: PathBuf, wrong: &mut String) -> usize {
    let mut seen = 0;
    for (number, line) in document.prose() {
        // What stands as code is no link.
        let shown: String = line.split('`').step_by(2).collect();
        for part in shown.split("](").skip(1) {
            let target = part.split(')').next().unwrap_or_default();
            if target.contains("://") {
                continue;
            }
            seen += 1;
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = match path {
                "" => folder.join(&document.name),
                path => folder.join(&document.name).with_file_name(path),
            };
            let known = match std::fs::read_to_string(&file) {
                Ok(text) if !anchor.is_empty() => {
                    let name = String::new();
                    let headings = Document { name, text };
                    headings
                        .headings()
                        .iter()
                        .any(|(_, text)| id(text) == anchor)
                }
                Ok(_) => true,
                // A picture, or a folder.
                Err(_) => file.exists(),
            };
            if !known {
                wrong.push_str(&format!("{}:{number}: {target}\n", document.name));
            }
        }
    }
    seen
}

/// The id that hosts of repositories give a heading.
fn id(heading: &str) -> String {
    let kept = |ch: &char| ch.is_alphanumeric() || matches!(ch, ' ' | '-' | '_');
    let kept = heading.chars().filter(kept);
    kept.flat_map(char::to_lowercase)
        .map(|ch| if ch == ' ' { '-' } else { ch })
        .collect()
}
