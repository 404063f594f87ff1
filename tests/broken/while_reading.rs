//! Files that come, go and change their kind while a build reads the site.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::desk::{ended, program};

/// Builds while another thread does as it likes with some pages and files: each build ends, well or with
/// errors, and says so in words.
#[test]
fn files_that_vanish_while_they_are_read() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let site = folder.path();
    let site_toml = "base_url = \"https://example.org\"\ntitle = \"同文\"\n\n[languages.zh-Hant-HK]\nlabel = \"繁體\"\n";
    fs::write(site.join("site.toml"), site_toml).expect("the desk can be written to");
    for folder in ["content", "static"] {
        fs::create_dir(site.join(folder)).expect("the desk can be written to");
    }
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut round = 0usize;
            while !done.load(Ordering::Relaxed) {
                round += 1;
                disturb(site, round);
            }
        });
        for _ in 0..12 {
            let (code, signal, said, _) = ended(program(site, "build"));
            let in_words = code == Some(0) || said.contains("error[");
            if !matches!(code, Some(0..=2)) || !in_words || said.contains("panicked") {
                done.store(true, Ordering::Relaxed);
                panic!("{code:?} {signal:?}\n{said}");
            }
        }
        done.store(true, Ordering::Relaxed);
    });
}

fn disturb(site: &Path, round: usize) {
    for name in [
        "content/a.md",
        "content/b.md",
        "content/c.svg",
        "static/d.txt",
        "static/e.txt",
    ] {
        let path = site.join(name);
        let _ = fs::remove_file(&path);
        let _ = fs::remove_dir(&path);
        // Nothing, a page, a longer one, a folder, a link to itself.
        let _ = match (round + name.len()) % 5 {
            0 => Ok(()),
            1 => fs::write(&path, "---\ntitle: 甲\n---\n"),
            2 => fs::write(
                &path,
                format!("---\ntitle: 乙\n---\n{}", "後".repeat(round % 9000)),
            ),
            3 => fs::create_dir(&path),
            _ => symlink(&path, &path),
        };
    }
}
