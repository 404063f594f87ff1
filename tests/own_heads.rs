//! The repository's own site is read without a fault: `site.toml`, the glossary and every page's head.

use std::fs;
use std::path::{Path, PathBuf};

use tongwen::config::{self, Language, glossary};
use tongwen::diagnostic::render::{Style, draw_all};
use tongwen::pipeline::document::front_matter;
use tongwen::source::{SitePath, Source};

fn languages() -> Vec<Language> {
    let text = fs::read_to_string("site.toml").expect("the repository is a site");
    let source = Source::new(SitePath::new("site.toml"), text);
    let read = config::parse(&source);
    let faults = draw_all(&read.notes, Style::PLAIN);
    assert!(faults.is_empty(), "\n{faults}");
    read.value.expect("nothing was noted").languages
}

#[test]
fn every_page_of_this_site_is_read() {
    let mut files = Vec::new();
    collect(Path::new("content"), &mut files);
    assert!(files.len() > 30, "found {} files", files.len());
    let languages = languages();
    let mut faults = String::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("the repository's content is readable UTF-8");
        let path = file.to_str().expect("the repository's names are UTF-8");
        let source = Source::new(SitePath::new(path), text);
        match front_matter::split(&source) {
            Err(fault) => faults.push_str(&draw_all([&*fault], Style::PLAIN)),
            Ok((head, _)) => {
                let read = front_matter::parse(&source, head, &languages);
                faults.push_str(&draw_all(&read.notes, Style::PLAIN));
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn the_glossary_of_this_site_is_read() {
    let text = fs::read_to_string("glossary.toml").expect("the repository has a glossary");
    let source = Source::new(SitePath::new("glossary.toml"), text);
    let read = glossary::parse(&source, &languages());
    let faults = draw_all(&read.notes, Style::PLAIN);
    assert!(faults.is_empty(), "\n{faults}");
    assert!(!read.value.rules.is_empty());
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the repository has a content folder") {
        let path = entry.expect("its entries are readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    files.sort();
}
