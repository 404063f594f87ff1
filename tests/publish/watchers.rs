//! Another program that has the output open while it is replaced: it watches the folder, stands in it, and
//! keeps files of it open. It loses nothing and keeps nothing from being published.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::path::Path;
use std::process::{ChildStdout, Command, Stdio};
use std::time::Duration;

use tongwen::shell::watch::{Changed, Watch, Watched};

use crate::desk::{Desk, files, tree};

const ROOT: &str = "PUBLISH_WATCHED_ROOT";
const NAMES: usize = 30;

/// Run by [`a_watcher_in_the_output_sees_whole_outputs_and_hinders_none`] as another program, standing in the
/// output. For each line that it reads it looks at what it has, at what is there by name, and says so.
#[test]
fn somebody_in_the_output() {
    let Some(root) = std::env::var_os(ROOT) else {
        return;
    };
    let root = Path::new(&root);
    let output = root.join("public");
    let watched = Watched {
        root: root.to_path_buf(),
        folders: vec!["public".into()],
        files: Vec::new(),
    };
    let mut watch = Watch::begin(watched, false);
    assert!(!watch.is_polling());
    let mut open = File::open("0/index.html").unwrap();
    let folder = File::open(".").unwrap();
    println!("watching");
    for line in std::io::stdin().lines() {
        let version = line.unwrap();
        // What was opened stays what it was, whatever became of its name.
        let mut text = String::new();
        open.rewind().unwrap();
        open.read_to_string(&mut text).unwrap();
        assert_eq!(text, "version 0");
        assert!(folder.metadata().unwrap().is_dir());
        let mut told = Vec::new();
        while let Some(news) = watch.next(Duration::from_millis(300)) {
            match news.changed {
                Changed::Everything => told.push("public".to_string()),
                Changed::Paths(paths) => {
                    told.extend(paths.iter().map(|path| path.as_str().to_string()))
                }
            }
        }
        assert!(!told.is_empty(), "{version}: the watcher is told");
        // By name there is the new output, whole.
        let found = files(&output);
        assert_eq!(found.len(), NAMES);
        for (path, text) in found {
            assert_eq!(text, format!("version {version}"), "{path}");
        }
        println!("seen {version}");
    }
}

#[test]
fn a_watcher_in_the_output_sees_whole_outputs_and_hinders_none() {
    let desk = Desk::new();
    build(&desk, 0);
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "watchers::somebody_in_the_output", "--nocapture"])
        .env(ROOT, desk.root())
        .current_dir(desk.output())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let mut ask = child.stdin.take().unwrap();
    wait_for(&mut said, "watching");
    for version in 1..6 {
        build(&desk, version);
        writeln!(ask, "{version}").unwrap();
        wait_for(&mut said, &format!("seen {version}"));
        let beside: Vec<_> = tree(&desk.root()).into_keys().collect();
        let ours = |path: &&String| path.contains("tongwen") && !path.starts_with("public/");
        assert_eq!(beside.iter().find(ours), None, "nothing is left behind");
    }
    drop(ask);
    assert!(child.wait().unwrap().success());
}

fn build(desk: &Desk, version: usize) {
    let text = format!("version {version}");
    let names: Vec<String> = (0..NAMES).map(|n| format!("{n}/index.html")).collect();
    let pages: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), text.as_str()))
        .collect();
    let published = desk.build(&pages).unwrap();
    assert_eq!(published.kept, None);
}

fn wait_for(said: &mut BufReader<ChildStdout>, words: &str) {
    let mut heard = String::new();
    while !heard.contains(words) {
        let read = said.read_line(&mut heard).unwrap();
        assert!(read > 0, "never said {words}: {heard}");
    }
}
