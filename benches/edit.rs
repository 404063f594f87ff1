//! From saving a file to the changed page being answered: median and 99th percentile, by number of pages.
//!
//! ```text
//! cargo bench --bench edit                 100 and 1,000 pages
//! cargo bench --bench edit -- 10000 200    that many pages, that many edits
//! ```
//!
//! A session is what `serve` keeps between the watcher and the server; the time is from the write to the
//! answer in hand, as a browser that asks at once would see it, HTTP and the watcher's patience left
//! out (a request looks for itself whether its page's source has changed).

#[path = "build/pages.rs"]
mod pages;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use tongwen::diagnostic::render::Style;
use tongwen::pipeline::inputs::Options;
use tongwen::pipeline::output::OutputPath;
use tongwen::shell::disk::Place;
use tongwen::shell::server::{Answer, Answers};
use tongwen::shell::session::Session;
use tongwen::shell::watch::Changed;
use tongwen::source::SitePath;

fn main() {
    let numbers: Vec<usize> = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let (sizes, edits) = match numbers[..] {
        [] => (vec![100, 1000], 200),
        [size] => (vec![size], 200),
        [size, edits, ..] => (vec![size], edits),
    };
    println!(
        "{:>7} {:>10} {:>9} {:>9} {:>9} {:>7}",
        "pages", "edit", "median ms", "p99 ms", "max ms", "parsed"
    );
    for size in sizes {
        measure(size, edits);
    }
}

fn measure(pages: usize, edits: usize) {
    let folder = tempfile::tempdir().expect("a scratch folder");
    pages::write(folder.path(), pages);
    let place = Place {
        root: folder.path().to_path_buf(),
        config: "site.toml".to_string(),
    };
    let started = Instant::now();
    // The generated pages have dates, and the default moment is before all of them.
    let options = Options {
        future: true,
        ..Options::default()
    };
    let session = Session::begin(place, options, Style::PLAIN).expect("the folder is there");
    ask(&session, "index.html");
    println!(
        "{pages:>7} {:>10} {:>9.1}",
        "start",
        milliseconds(started.elapsed())
    );
    let kinds: [(&str, &str, &str); 4] = [
        (
            "content",
            "content/s000/p00000.md",
            "hans/s000/p00000/index.html",
        ),
        // A date moves the page among its section's, so that the site is arranged anew.
        (
            "date",
            "content/s000/p00000.md",
            "hans/s000/p00000/index.html",
        ),
        (
            "template",
            "templates/partials/extra_head.html",
            "s000/p00000/index.html",
        ),
        ("glossary", "glossary.toml", "hans/s000/p00000/index.html"),
    ];
    for (kind, file, output) in kinds {
        let count = if matches!(kind, "content" | "date") {
            edits
        } else {
            edits.min(20)
        };
        let mut times = Vec::new();
        let mut parsed = 0;
        for number in 0..count {
            edit(folder.path(), kind, file, number);
            let before = Instant::now();
            session.update(&Changed::Paths(BTreeSet::from([SitePath::new(file)])));
            ask(&session, output);
            times.push(before.elapsed());
            parsed = session
                .untold()
                .iter()
                .map(|update| update.counters.parsed)
                .sum();
        }
        times.sort();
        let at = |part: f64| milliseconds(times[((times.len() - 1) as f64 * part) as usize]);
        println!(
            "{pages:>7} {kind:>10} {:>9.2} {:>9.2} {:>9.2} {parsed:>7}",
            at(0.5),
            at(0.99),
            at(1.0)
        );
    }
}

fn edit(root: &Path, kind: &str, file: &str, number: usize) {
    let path = root.join(file);
    let text = match kind {
        "date" => {
            let text = fs::read_to_string(&path).expect("it was written");
            let rest = text.split_once("\n---\n").expect("it has front matter").1;
            let (month, day) = (number / 28 % 12 + 1, number % 28 + 1);
            format!("---\ntitle: 頁\ndate: 2025-{month:02}-{day:02}\n---\n{rest}")
        }
        "content" => {
            let text = fs::read_to_string(&path).expect("it was written");
            let rest = text.split_once("\n---\n").expect("it has front matter").1;
            format!("---\ntitle: 第{number}次改\n---\n{rest}")
        }
        "template" => format!("<meta name=\"edit\" content=\"{number}\">"),
        _ => format!("[[term]]\nis = \"經濟\"\n\"zh-Hans-CN\" = \"经济{number}\"\n"),
    };
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

fn ask(session: &Session, path: &str) {
    let path = OutputPath::new(path).expect("a sound path");
    match session.output(&path) {
        Answer::Found(_) => {}
        Answer::Missing => panic!("{} is missing", path.as_str()),
        Answer::Broken { report, .. } => panic!("{report}"),
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
