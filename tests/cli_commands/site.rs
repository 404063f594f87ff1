//! A site in a folder of its own, and the program run in it.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A site with Traditional sources and Simplified pages.
pub const SITE: &str = r#"base_url = "https://example.org"
title = "同文"

[languages.zh-Hant-HK]
label = "繁體"

[languages.zh-Hans-CN]
label = "简体"
path = "hans"
derive = { from = "zh-Hant-HK", using = "hk2s" }
"#;

/// A folder that goes when it is dropped.
pub struct Site(TempDir);

/// What a run printed, and how it ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    pub out: String,
    pub err: String,
    pub code: i32,
}

impl Site {
    /// An empty folder.
    pub fn empty() -> Site {
        Site(TempDir::new().expect("a folder for a test can be made"))
    }

    /// A folder with `site.toml` as above and these files over it.
    pub fn with(files: &[(&str, &str)]) -> Site {
        let site = Site::empty();
        site.write("site.toml", SITE);
        for (path, text) in files {
            site.write(path, text);
        }
        site
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).expect("a test's folder can be made");
        }
        fs::write(path, bytes).expect("a test's file can be written");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path))
            .unwrap_or_else(|error| format!("{path}: {error}"))
    }

    pub fn has(&self, path: &str) -> bool {
        self.root().join(path).exists()
    }

    /// The program, here and in English.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
        command
            .args(args)
            .current_dir(self.root())
            .env("LC_ALL", "C.UTF-8")
            .env_remove("NO_COLOR");
        command
    }

    /// Runs the program here, in English.
    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, b"")
    }

    /// Runs the program here, in English, with this on its standard input.
    pub fn run_with(&self, args: &[&str], input: &[u8]) -> Ran {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program under test was built");
        let mut stdin = child.stdin.take().expect("its input is a pipe");
        let input = input.to_vec();
        let feeding = std::thread::spawn(move || {
            // A program that stops reading early may be right to.
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().expect("the program ends");
        feeding.join().expect("its input was fed");
        Ran::of(output)
    }
}

impl Ran {
    pub fn of(output: Output) -> Ran {
        let text = |bytes| String::from_utf8(bytes).expect("the program speaks UTF-8");
        Ran {
            out: text(output.stdout),
            err: text(output.stderr),
            code: output.status.code().unwrap_or(-1),
        }
    }

    /// The headlines of what it said: `error[dead-link] content/a.md:3:1`.
    pub fn heads(&self) -> Vec<String> {
        let mut heads: Vec<String> = Vec::new();
        for line in self.err.lines() {
            if let Some((head, _)) = line.split_once("]: ") {
                heads.push(format!("{head}]"));
            } else if let Some((_, place)) = line.split_once("--> ")
                && let Some(head) = heads.last_mut()
            {
                head.push(' ');
                head.push_str(place);
            }
        }
        heads
    }
}
