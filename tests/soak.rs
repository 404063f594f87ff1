//! A day's work in one run: edits by the thousand under a server that stays up, each seen over HTTP, with a
//! tab listening; memory and open files are looked at on the way and must not grow.
//!
//! Too long for every run: `cargo test --release --test soak -- --ignored --nocapture`, with
//! `SOAK_EDITS=1000` for a shorter one (10,000 when not given). It prints a table. Bursts are tried in every run.

#![cfg(target_os = "linux")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const SITE: &str = "base_url = \"https://example.org\"\ntitle = \"站\"\n\n[languages.zh-Hant-HK]\nlabel = \"繁體\"\n\n[languages.zh-Hans-CN]\nlabel = \"简体\"\npath = \"hans\"\nderive = { from = \"zh-Hant-HK\", using = \"hk2s\" }\n";

/// How long an edit may take to be seen before the test gives up: long, because the machine may have been
/// asked to do something else meanwhile, and nothing is measured by it.
const PATIENCE: Duration = Duration::from_secs(120);

#[test]
#[ignore = "takes minutes"]
fn ten_thousand_edits_leave_memory_and_descriptors_flat() {
    let edits = std::env::var("SOAK_EDITS").ok();
    let edits: usize = edits.and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "site.toml", SITE);
    write(root, "content/index.md", "---\ntitle: 首頁\n---\n");
    write(root, "content/a/_index.md", "---\ntitle: 部\n---\n");
    for number in 0..40 {
        let text = "會議在廣州舉行，之後移師深圳。".repeat(40);
        let text = format!("---\ntitle: 第{number}頁\n---\n\n{text}\n");
        write(root, &format!("content/a/p{number}.md"), &text);
    }
    let server = Server::start(root);
    let mut tab = server.listen("/a/p0/");
    println!(
        "{:>7} {:>8} {:>6} {:>8}",
        "edits", "RSS KiB", "files", "threads"
    );
    let mut looks = Vec::new();
    for number in 0..=edits {
        edit(root, &server, number);
        if number % (edits / 10).max(1) == 0 {
            // What an edit has set going in the background comes to its end.
            std::thread::sleep(Duration::from_secs(2));
            let look = server.look();
            println!("{number:>7} {:>8} {:>6} {:>8}", look[0], look[1], look[2]);
            looks.push(look);
        }
    }
    tab.shutdown(std::net::Shutdown::Both).unwrap();
    let mut told = String::new();
    let _ = tab.read_to_string(&mut told);
    assert!(
        told.matches("data: ").count() > 1,
        "the tab was told: {told:.400}"
    );
    // The first tenth fills what is kept; from there on nothing grows.
    let (first, last) = (looks[1], looks[looks.len() - 1]);
    assert!(last[0] <= first[0] + first[0] / 5, "memory: {looks:?}");
    assert!(
        last[1] <= first[1] + 4 && last[2] <= first[2] + 8,
        "files, threads: {looks:?}"
    );
}

/// A thousand pages written twice in one go, their root taken away and put back with other texts and old
/// times, a configuration broken and mended: in the end every page shows what its file says.
#[test]
fn bursts_leave_no_stale_page() {
    const PAGES: usize = 1000;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "site.toml", SITE);
    write(root, "templates/page.html", "{{ page.content | safe }}");
    let write_all = |what: &str| {
        for number in 0..PAGES {
            let text = format!("---\ntitle: 第{number}頁\n---\n{what} {number} 完\n");
            write(root, &format!("content/p{number}.md"), &text);
        }
    };
    write_all("初");
    let server = Server::start(root);
    let no_stale = |what: &str| {
        let until = Instant::now();
        for number in 0..PAGES {
            server.sees(&format!("/p{number}/"), &format!("{what} {number} 完"));
        }
        println!(
            "{what}: every page seen after {} ms",
            until.elapsed().as_millis()
        );
    };
    no_stale("初");
    write_all("再");
    write_all("二");
    no_stale("二");

    write(root, "site.toml", &SITE.replace("title", "titel"));
    server.sees("/p0/", "titel");
    write_all("三");
    write(root, "site.toml", SITE);
    no_stale("三");

    let (content, aside) = (root.join("content"), root.join("aside"));
    fs::rename(&content, &aside).unwrap();
    write_all("四");
    no_stale("四");
    fs::remove_dir_all(&content).unwrap();
    fs::rename(&aside, &content).unwrap();
    no_stale("三");

    // As after the clock was set back: what is written now is older than what was there.
    write_all("五");
    for number in 0..PAGES {
        let page = fs::File::options()
            .append(true)
            .open(root.join(format!("content/p{number}.md")));
        page.unwrap()
            .set_modified(std::time::SystemTime::UNIX_EPOCH)
            .unwrap();
    }
    no_stale("五");
}

/// One edit, of one kind after the other, and what a browser must see of it.
fn edit(root: &Path, server: &Server, number: usize) {
    let page = format!("content/a/p{}.md", number % 40);
    let address = format!("/hans/a/p{}/", number % 40);
    let text = format!("---\ntitle: 第{number}次\n---\n\n改了 {number} 次，之後。\n");
    match number % 10 {
        // Broken and mended.
        3 => {
            write(root, &page, &text.replace("title", "titel"));
            server.sees(&address, "titel");
            write(root, &page, &text);
            server.sees(&address, &format!("{number} 次，之后"));
        }
        // Glossaries have every head made anew, and so hide what is kept too long; one is rare.
        9 if number % 1000 == 9 => {
            let row = format!("[[term]]\nis = \"之後\"\n\"zh-Hans-CN\" = \"以后{number}\"\n");
            write(root, "glossary.toml", &row);
            write(root, &page, &text);
            server.sees(&address, &format!("以后{number}"));
            fs::remove_file(root.join("glossary.toml")).unwrap();
        }
        // A page that comes, is renamed and goes.
        5 => {
            write(root, &format!("content/a/new{number}.md"), &text);
            server.sees(&format!("/a/new{number}/"), &format!("{number} 次"));
            let (from, to) = (format!("new{number}.md"), format!("moved{number}.md"));
            let folder = root.join("content/a");
            fs::rename(folder.join(from), folder.join(&to)).unwrap();
            server.sees(&format!("/hans/a/moved{number}/"), &format!("{number} 次"));
            fs::remove_file(folder.join(to)).unwrap();
        }
        7 => {
            let head = format!("<meta name=\"own\" content=\"{number}\">");
            write(root, "templates/partials/extra_head.html", &head);
            server.sees(&address, &head);
        }
        8 => {
            write(root, "static/note.txt", &number.to_string());
            server.sees("/note.txt", &number.to_string());
        }
        _ => {
            write(root, &page, &text);
            server.sees(&address, &format!("第{number}次"));
        }
    }
}

/// Saved beside and put in its place, as editors do.
fn write(root: &Path, name: &str, text: &str) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let beside = path.with_extension("tmp~");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, path).unwrap();
}

struct Server {
    child: Child,
    host: String,
}

impl Server {
    fn start(root: &Path) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tongwen"))
            .args(["serve", "--port", "0", "--lang", "en", "--root"])
            .arg(root)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let host = line
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let host = host
            .unwrap_or_else(|| panic!("where it serves: {line}"))
            .to_string();
        // Its lines are read, or it would stop at a full pipe.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Server { child, host }
    }

    fn request(&self, path: &str, more: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{more}\r\n", self.host);
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    fn listen(&self, page: &str) -> TcpStream {
        self.request(&format!("/.tongwen/events{page}"), "")
    }

    /// Asks until the answer has `words` in it.
    fn sees(&self, path: &str, words: &str) {
        let until = Instant::now() + PATIENCE;
        loop {
            let mut answer = Vec::new();
            let mut stream = self.request(path, "Connection: close\r\n");
            stream.read_to_end(&mut answer).unwrap();
            let answer = String::from_utf8_lossy(&answer);
            if answer.contains(words) {
                return;
            }
            assert!(
                Instant::now() < until,
                "{path} never showed {words}: {answer}"
            );
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Resident memory in KiB, open files, threads.
    fn look(&self) -> [usize; 3] {
        let process = Path::new("/proc").join(self.child.id().to_string());
        let status = fs::read_to_string(process.join("status")).unwrap();
        let number = |key: &str| -> usize {
            let line = status
                .lines()
                .find_map(|line| line.strip_prefix(key))
                .unwrap();
            line.split_whitespace().next().unwrap().parse().unwrap()
        };
        let files = fs::read_dir(process.join("fd")).unwrap().count();
        [number("VmRSS:"), files, number("Threads:")]
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
