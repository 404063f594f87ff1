//! The tutorials, done step by step as their reader does them, with the program itself.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::Document;

#[test]
fn every_step_of_the_tutorial() {
    follow("tutorial.md");
}

#[test]
fn every_step_of_the_tutorial_in_chinese() {
    follow("site/content/tutorial.md");
}

/// Types what the document says, writes the files it shows, and looks at the pages it describes.
fn follow(name: &str) {
    let document = Document::read(name);
    let folder = tempfile::tempdir().expect("a folder for the test can be made");
    let mut current = folder.path().to_path_buf();
    let (mut typed, mut looked) = (0, 0);
    for example in document.examples() {
        let place = format!("docs/{name}:{}", example.line);
        match example.fence {
            ("sh", "") => {
                for line in example.text.lines() {
                    if let Some(to) = line.strip_prefix("cd ") {
                        current.push(to);
                    } else if let Some(words) = line.strip_prefix("tongwen ")
                        && !words.starts_with("serve")
                    {
                        run(&current, words, &place);
                        typed += 1;
                    }
                }
            }
            ("markdown", file) => {
                fs::write(current.join(file), &example.text).expect("a page can be written");
            }
            // At the end of what is there already.
            ("toml", file @ "glossary.toml") => {
                let path = current.join(file);
                let before = fs::read_to_string(&path).expect("the site has a glossary");
                let after = format!("{before}\n{}", example.text);
                fs::write(path, after).expect("the glossary can be written");
            }
            ("toml", file) => {
                let whole = fs::read_to_string(current.join(file)).expect("the site has it");
                assert!(
                    whole.contains(&example.text),
                    "{place}: not in {file}:\n{whole}"
                );
            }
            ("text", file) if file.starts_with("public/") => {
                run(&current, "build", &place);
                let page = fs::read_to_string(current.join(file)).expect("the page is there");
                let shown = without_tags(&page);
                for line in example.text.lines() {
                    assert!(shown.contains(line), "{place}: `{line}` is not in\n{shown}");
                }
                looked += 1;
            }
            _ => {}
        }
    }
    assert!(
        typed >= 3 && looked >= 3,
        "{typed} commands, {looked} pages"
    );
}

fn run(folder: &Path, words: &str, place: &str) {
    let ran = Command::new(env!("CARGO_BIN_EXE_tongwen"))
        .args(words.split_whitespace())
        .current_dir(folder)
        .output()
        .expect("the program can be started");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{place}: tongwen {words}\n{said}");
}

fn without_tags(html: &str) -> String {
    let parts = html.split('<');
    let texts = parts.map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    texts.collect()
}
