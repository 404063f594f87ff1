//! A site's folder to publish from, in a temporary folder of its own.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tongwen::digest::Digest;
use tongwen::pipeline::output::{Body, Output, OutputPath};
use tongwen::shell::publish::{PublishError, Published, Staging, Target};
use tongwen::source::SitePath;

pub struct Desk {
    folder: TempDir,
}

impl Desk {
    pub fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        for name in ["root/content", "root/static", "root/templates"] {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        fs::write(folder.path().join("root/site.toml"), "title = \"x\"").unwrap();
        Desk { folder }
    }

    pub fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    pub fn root(&self) -> PathBuf {
        self.path("root")
    }

    pub fn output(&self) -> PathBuf {
        self.path("root/public")
    }

    pub fn write(&self, inside: &str, text: &str) {
        let path = self.path(inside);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn target(&self) -> Target {
        Target::new(self.root(), self.output(), false)
    }

    pub fn build(&self, files: &[(&str, &str)]) -> Result<Published, PublishError> {
        publish(&self.target(), files)
    }
}

pub fn publish(target: &Target, files: &[(&str, &str)]) -> Result<Published, PublishError> {
    let staging = Staging::begin(target)?;
    for (path, text) in files {
        staging.put(&made(path, text))?;
    }
    staging.commit()
}

pub fn made(path: &str, text: &str) -> Output {
    Output {
        path: OutputPath::new(path).unwrap(),
        body: Body::Bytes(Cow::Owned(text.as_bytes().to_vec())),
    }
}

pub fn copied(path: &str, from: &str, text: &str) -> Output {
    Output {
        path: OutputPath::new(path).unwrap(),
        body: Body::Copy {
            from: SitePath::new(from),
            digest: Digest::of(text.as_bytes()),
        },
    }
}

/// Every file, link and folder under `folder`, by path: what it holds, or where it leads.
pub fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap();
        let path = path.to_string_lossy().into_owned();
        let kind = entry.file_type();
        if kind.is_symlink() {
            let to = fs::read_link(entry.path()).unwrap();
            found.insert(path, format!("-> {}", to.display()));
        } else if kind.is_dir() {
            found.insert(path + "/", String::new());
        } else if !kind.is_file() {
            found.insert(path, format!("{kind:?}"));
        } else {
            let bytes = fs::read(entry.path()).unwrap();
            found.insert(path, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    found
}

/// The files of an output, without its marker and folders.
pub fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = tree(folder);
    found.remove(".tongwen");
    found.retain(|path, _| !path.ends_with('/'));
    found.into_iter().collect()
}

/// What tells one file from another and one state from the next.
pub fn identity(path: &Path) -> (u64, i64, i64) {
    let facts = fs::metadata(path).unwrap();
    (facts.ino(), facts.mtime(), facts.mtime_nsec())
}

/// The code of the refusal in brackets.
pub fn code(error: &PublishError) -> &'static str {
    error.diagnostic().code.name()
}
