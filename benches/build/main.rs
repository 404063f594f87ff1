//! What a build costs: generated pages in two scripts, CPU seconds, seconds by the clock, peak memory.
//!
//! ```text
//! cargo bench --bench build                    1,000 pages, three runs
//! cargo bench --bench build -- 10000           so many pages
//! cargo bench --bench build -- 1000 --keep DIR leave the generated site in DIR, to measure others with
//! ```
//!
//! The program itself is run, as a user runs it, each time into a new folder; then once more with
//! everything up to date. Nothing is removed before the end: where files were removed in the last minutes,
//! some file systems take several times as long to make new ones. CPU time is user and system together, of the program alone, as the kernel
//! counts it for children that have ended.

mod pages;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let count = arguments
        .iter()
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(1000);
    let kept = arguments
        .iter()
        .position(|argument| argument == "--keep")
        .and_then(|at| arguments.get(at + 1));
    let folder = tempfile::tempdir().expect("a folder for the site");
    let site = match kept {
        Some(kept) => PathBuf::from(kept),
        None => folder.path().join("site"),
    };
    let characters = pages::write(&site, count);
    println!(
        "{count} pages of {} Han characters each, in two scripts",
        characters / count.max(1)
    );
    for run in 1..=RUNS {
        let output = folder.path().join(format!("public-{run}"));
        measure(&site, &output).print("fresh");
        if run == RUNS {
            let bytes = size(&output);
            measure(&site, &output).print("again");
            println!("output: {:.1} MB", bytes as f64 / 1e6);
        }
    }
    println!(
        "peak memory of the largest run: {:.0} MB",
        children().memory as f64 / 1e6
    );
}

/// What one run cost.
struct Cost {
    cpu: Duration,
    clock: Duration,
}

impl Cost {
    fn print(&self, what: &str) {
        println!(
            "{what}: {:.2} s CPU, {:.2} s by the clock",
            self.cpu.as_secs_f64(),
            self.clock.as_secs_f64()
        );
    }
}

fn measure(site: &Path, output: &Path) -> Cost {
    let before = children().cpu;
    let started = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_tongwen"))
        .arg("build")
        .arg("-q")
        .arg("-r")
        .arg(site)
        .arg("-o")
        .arg(output)
        .stdin(Stdio::null())
        .status()
        .expect("the program can be started");
    assert!(status.success(), "the generated site builds");
    Cost {
        cpu: children().cpu - before,
        clock: started.elapsed(),
    }
}

/// What the children that have ended used, all together; the memory is that of the largest.
struct Children {
    cpu: Duration,
    memory: u64,
}

fn children() -> Children {
    // SAFETY: `getrusage` fills the whole struct it is given and keeps no pointer to it.
    let usage = unsafe {
        let mut usage = std::mem::zeroed::<libc::rusage>();
        libc::getrusage(libc::RUSAGE_CHILDREN, &mut usage);
        usage
    };
    let time = |value: libc::timeval| {
        Duration::from_secs(value.tv_sec as u64) + Duration::from_micros(value.tv_usec as u64)
    };
    // Linux counts in KiB, macOS in bytes.
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    Children {
        cpu: time(usage.ru_utime) + time(usage.ru_stime),
        memory: usage.ru_maxrss as u64 * unit,
    }
}

/// The bytes of all files below a folder.
fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).expect("the output can be listed");
    entries
        .map(|entry| entry.expect("the output can be listed").path())
        .map(|path| match path.is_dir() {
            true => size(&path),
            false => fs::metadata(&path).map_or(0, |about| about.len()),
        })
        .sum()
}
