//! A site, built in memory as the program builds it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;

use tongwen::diagnostic::render::{Style, draw_all};
use tongwen::diagnostic::{Diagnostic, any_error};
use tongwen::pipeline::inputs::Options;
use tongwen::pipeline::memo::Memo;
use tongwen::pipeline::output::Body;
use tongwen::pipeline::plan::{self, Plan};
use tongwen::pipeline::publication::{self, Publication};
use tongwen::shell::disk;

/// The files of a finished site, by path; those only copied are empty.
pub struct Made {
    files: BTreeMap<String, Vec<u8>>,
}

/// A small site of three languages. English is written by hand and shows the default language where it
/// has no page.
pub const SITE: &str = r#"base_url = "https://example.org/a"
title = "同文 & <友>"
description = "歷史"
timezone = "Asia/Hong_Kong"
default_language = "zh-Hant-HK"

[languages.zh-Hant-HK]
label = "繁體"

[languages.zh-Hans-CN]
label = "简体"
path = "hans"
derive = { from = "zh-Hant-HK", using = "hk2s" }

[languages.en]
label = "English"
path = "en"
missing = "fallback"
"#;

/// The repository's own site.
pub fn shipped(options: Options) -> Made {
    read(Path::new(env!("CARGO_MANIFEST_DIR")), options)
}

/// [`SITE`] with these files.
pub fn small(files: &[(&str, &str)]) -> Made {
    with(SITE, files, options())
}

/// A site of these files.
pub fn with(config: &str, files: &[(&str, &str)], options: Options) -> Made {
    let folder = written(config, files);
    read(folder.path(), options)
}

/// The usual options, at a fixed moment.
pub fn options() -> Options {
    Options {
        now: "2026-11-22T23:59:59Z".parse().expect("a moment"),
        ..Options::default()
    }
}

/// A site of these files, arranged and not made.
pub fn arranged(config: &str, files: &[(&str, &str)], options: Options) -> Publication {
    let folder = written(config, files);
    arrange(folder.path(), options).0
}

fn written(config: &str, files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (path, text) in [("site.toml", config)].iter().chain(files) {
        let path = folder.path().join(path);
        let parent = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(parent).expect("the folder can be written to");
        fs::write(path, text).expect("the folder can be written to");
    }
    folder
}

fn arrange(root: &Path, options: Options) -> (Publication, Vec<Diagnostic>) {
    let place = disk::Place {
        root: root.to_path_buf(),
        config: "site.toml".to_string(),
    };
    let read = disk::read(&place, options).expect("the site's folder is there");
    let mut notes: Vec<Diagnostic> = read.notes;
    let inputs = read.value.expect("the site can be read");
    let made = publication::publish(Arc::new(inputs), &mut Memo::default());
    notes.extend(made.notes);
    let Some(publication) = made.value else {
        panic!("\n{}", draw_all(&notes, Style::PLAIN));
    };
    (publication, notes)
}

fn read(root: &Path, options: Options) -> Made {
    let (publication, mut notes) = arrange(root, options);
    let plan = Plan::of(&publication);
    notes.extend(plan.notes);
    let mut files = BTreeMap::new();
    for (path, work) in plan.value.works() {
        let made = plan::make(&publication, path, work);
        notes.extend(made.notes);
        let Some(output) = made.value else {
            panic!("{path:?}\n{}", draw_all(&notes, Style::PLAIN));
        };
        let bytes = match output.body {
            Body::Bytes(bytes) => bytes.into_owned(),
            Body::Copy { .. } => Vec::new(),
        };
        files.insert(path.as_str().to_string(), bytes);
    }
    assert!(!any_error(&notes), "\n{}", draw_all(&notes, Style::PLAIN));
    Made { files }
}

impl Made {
    /// Whether there is such a file.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// A file as text.
    pub fn text(&self, path: &str) -> &str {
        let bytes = self.files.get(path);
        let bytes = bytes.unwrap_or_else(|| panic!("there is no {path}"));
        std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is not UTF-8"))
    }

    /// A file as JSON.
    pub fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_str(self.text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The paths and texts of all pages.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.paths()
            .filter(|path| path.ends_with(".html"))
            .map(|path| (path, self.text(path)))
    }
}
