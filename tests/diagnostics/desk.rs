//! A site on a desk of its own, built as the program builds it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tongwen::diagnostic::{Diagnostic, any_error};
use tongwen::pipeline::check::{Measure, check};
use tongwen::pipeline::inputs::Options;
use tongwen::pipeline::memo::Memo;
use tongwen::pipeline::output::Output;
use tongwen::pipeline::plan::{self, Plan};
use tongwen::pipeline::publication::{self, sorted};
use tongwen::pipeline::review::review;
use tongwen::shell::disk;
use tongwen::shell::publish::{PublishError, Staging, Target};

/// The site of a fixture that brings none.
const SITE: &str = r#"base_url = "https://example.org"
title = "同文"

[languages.zh-Hant-HK]
label = "繁體"

[languages.zh-Hans-CN]
label = "简体"
path = "hans"
derive = { from = "zh-Hant-HK", using = "hk2s" }
"#;

/// A folder that goes when it is let go: the site in `site/`, and a text beside it.
pub struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// An empty one.
    pub fn new() -> Desk {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        fs::write(folder.path().join("outside.md"), "---\ntitle: 外\n---\n")
            .expect("it can be written to");
        let desk = Desk { folder };
        fs::create_dir(desk.site()).expect("it can be written to");
        desk
    }

    /// The site's folder.
    pub fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Writes a file of the site.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.site().join(path);
        let folder = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(folder).expect("the desk can be written to");
        fs::write(path, text).expect("the desk can be written to");
    }

    /// Copies a fixture, links as links, and adds the usual `site.toml` to one without.
    pub fn lay(&self, fixture: &Path) {
        copy(fixture, &self.site());
        let about_that = fixture.ends_with("missing-config");
        if !about_that && !self.site().join("site.toml").exists() {
            self.write("site.toml", SITE);
        }
    }

    /// What is said while the site is built.
    pub fn build(&self) -> Vec<Diagnostic> {
        let (mut notes, outputs) = self.make();
        if !any_error(&notes) {
            notes.extend(self.publish(&outputs).err().map(|error| error.diagnostic()));
        }
        notes
    }

    /// What is said while the site is looked over.
    pub fn check(&self) -> Vec<Diagnostic> {
        let place = disk::Place {
            root: self.site(),
            config: "site.toml".to_string(),
        };
        let options = Options {
            now: "2026-11-22T00:00:00Z".parse().expect("this is a moment"),
            ..Options::default()
        };
        let read = disk::read(&place, options).expect("the desk can be read");
        let inputs = read.value.expect("there is a site.toml");
        let made = publication::publish(Arc::new(inputs), &mut Memo::default());
        let publication = made.value.expect("there is something to look over");
        let plan = Plan::of(&publication);
        let measure = Measure { stale_after: 365 };
        let mut notes = check(&publication, &plan.value, measure, || ()).notes;
        let (open, decisions) = review(&publication);
        notes.extend([read.notes, made.notes, plan.notes, decisions].concat());
        notes.extend(open.into_iter().map(|open| open.diagnostic));
        sorted(notes)
    }

    /// Publishes files into `public/`, or where `site.toml` says.
    pub fn publish(&self, outputs: &[Output]) -> Result<(), PublishError> {
        let staging = Staging::begin(&self.target())?;
        outputs.iter().try_for_each(|output| staging.put(output))?;
        staging.commit().map(drop)
    }

    /// Where the site is published.
    pub fn target(&self) -> Target {
        let text = fs::read_to_string(self.site().join("site.toml")).unwrap_or_default();
        let named = text
            .lines()
            .find_map(|line| line.strip_prefix("output_dir = "));
        let folder = named.map_or("public", |written| written.trim_matches('"'));
        Target::new(self.site(), self.site().join(folder), false)
    }

    /// `drawn` without the desk's own path, which is another each time.
    pub fn without_paths(&self, drawn: &str) -> String {
        let folder = self.folder.path();
        let real = fs::canonicalize(folder).expect("the desk is there");
        let drawn = drawn.replace(&*real.to_string_lossy(), "/home");
        drawn.replace(&*folder.to_string_lossy(), "/home")
    }

    /// Every file of the site, and what is said on the way.
    pub fn make(&self) -> (Vec<Diagnostic>, Vec<Output>) {
        let options = Options {
            now: "2026-11-22T23:59:59Z".parse().expect("a moment"),
            ..Options::default()
        };
        let place = disk::Place {
            root: self.site(),
            config: "site.toml".to_string(),
        };
        let read = disk::read(&place, options).expect("the site's folder is there");
        let mut notes = read.notes;
        let mut outputs = Vec::new();
        let Some(inputs) = read.value else {
            return (sorted(notes), outputs);
        };
        let made = publication::publish(Arc::new(inputs), &mut Memo::default());
        notes.extend(made.notes);
        if let Some(publication) = made.value {
            let plan = Plan::of(&publication);
            notes.extend(plan.notes);
            for (path, work) in plan.value.works() {
                let made = plan::make(&publication, path, work);
                notes.extend(made.notes);
                outputs.extend(made.value);
            }
        }
        (sorted(notes), outputs)
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the fixture can be listed") {
        let entry = entry.expect("the fixture can be listed");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type().expect("the fixture can be listed");
        let done = if entry.file_name() == "drawn.txt" {
            Ok(())
        } else if kind.is_symlink() {
            fs::read_link(&from).and_then(|target| std::os::unix::fs::symlink(target, &to))
        } else if kind.is_dir() {
            fs::create_dir_all(&to).map(|()| copy(&from, &to))
        } else {
            fs::copy(&from, &to).map(drop)
        };
        done.expect("the fixture can be copied");
    }
}
