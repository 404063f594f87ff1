//! Small broken sites: whatever is wrong with a site, the program ends with 1 or 2, soon and in little
//! memory, names the place, says what to do, and leaves the previous output and everything around it as
//! they were.
//!
//! The files beside this one hold the sites, many in each. A line `#### what is wrong` begins a site; its
//! files stand under `-- path --`, laid over a sound site that has been built before. `«5×text»` in a file
//! or a name stands for that text five times, `«x E9 00»` for bytes. `-- path | pipe --`, `| device --`,
//! `| folder --`, `| link target --`, `| locked --` and `| gone --` are what no text can be; `-- arguments --`
//! follow `tongwen build`, one a line; with `-- clean --` it is `tongwen clean`, and with `-- nobody --` an
//! ordinary user runs it, not root. The home folder is `../home`.
//!
//! `== said ==` records the exit code, then the code and place of each error. After a change that is meant,
//! run once with `BLESS=1` and read the difference.

#[path = "../case/mod.rs"]
#[allow(dead_code, reason = "these files hold many cases each")]
mod case;
mod desk;
mod text;
mod verdict;
mod while_reading;

use std::fmt::Write as _;
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use case::Case;
use desk::{Bench, Ran};

const SITES: &str = "tests/broken";

/// The least number of sites.
const LEAST: usize = 300;

#[test]
fn every_broken_site_is_refused_and_nothing_is_lost() {
    let bless = std::env::var_os("BLESS").is_some();
    let files = files();
    let cases: Vec<(&str, Case)> = files
        .iter()
        .flat_map(|(_, text)| text.split("#### ").skip(1))
        .map(|text| {
            let (title, rest) = text.split_once('\n').unwrap_or((text, ""));
            (title, Case::read(rest))
        })
        .collect();
    assert!(cases.len() >= LEAST, "only {} sites", cases.len());
    let bench = Bench::new();
    let next = AtomicUsize::new(0);
    let found = Mutex::new(vec![None; cases.len()]);
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers.max(2) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some((_, case)) = cases.get(number) else {
                        return;
                    };
                    let tried = bench.try_out(case);
                    found.lock().unwrap()[number] = Some(tried);
                }
            });
        }
    });
    let found = found.into_inner().unwrap();
    let mut wrong = String::new();
    let mut rewritten: Vec<String> = Vec::new();
    let (mut held, mut passed_over) = (0, 0);
    for ((title, case), ran) in cases.iter().zip(found) {
        let ran = ran.expect("every site was tried");
        let said = match &ran {
            Ran::Passed => None,
            Ran::Ended(ended) => Some(verdict::summary(ended)),
        };
        let now = case.rewritten(|part| said.clone().unwrap_or_else(|| part.text.clone()));
        let recorded = case.rewritten(|part| part.text.clone());
        let mut faults = match &ran {
            Ran::Passed => {
                passed_over += 1;
                Vec::new()
            }
            Ran::Ended(ended) => verdict::faults(ended),
        };
        if now != recorded && !bless {
            faults.push(format!("it says now\n{}", said.unwrap_or_default()));
        }
        held += usize::from(faults.is_empty());
        for fault in faults {
            let _ = writeln!(wrong, "{title}: {fault}");
        }
        rewritten.push(format!("#### {title}\n{now}"));
    }
    if bless {
        write_back(&files, rewritten);
    }
    println!(
        "{} sites tried, {held} held, {passed_over} need root and were passed over",
        cases.len()
    );
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn write_back(files: &[(String, String)], rewritten: Vec<String>) {
    let mut rewritten = rewritten.into_iter();
    for (path, text) in files {
        let mut parts = text.split("#### ");
        let mut now = parts.next().unwrap_or_default().to_string();
        now.extend(rewritten.by_ref().take(parts.count()));
        fs::write(path, now).expect("the sites can be written");
    }
}

fn files() -> Vec<(String, String)> {
    let entries = fs::read_dir(SITES).expect("the sites lie beside this file");
    let mut files: Vec<(String, String)> = entries
        .map(|entry| entry.expect("they can be listed").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "txt"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("they can be read");
            (path.to_string_lossy().into_owned(), text)
        })
        .collect();
    files.sort();
    files
}
