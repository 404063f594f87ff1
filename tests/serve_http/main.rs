//! The dev server over real sockets: a good static server to those it serves, a wall to the others.
//!
//! Requests are written byte by byte, since the attacks are such as no client library would send. Times
//! are how long a test is willing to wait; what must be cut is cut by a server made impatient.

mod crowds;
mod files;
mod strangers;
mod tabs;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tongwen::pipeline::output::OutputPath;
use tongwen::shell::server::{Answer, Answers, Found, Options, Patience, Port, Server};

#[derive(Default)]
struct Shelf {
    outputs: Mutex<BTreeMap<String, Answer>>,
    base: Mutex<String>,
}

impl Shelf {
    fn put(&self, path: &str, bytes: impl Into<Vec<u8>>) {
        let found = Answer::Found(Found::new(bytes.into()));
        self.outputs.lock().unwrap().insert(path.to_string(), found);
    }

    fn take_away(&self, path: &str) {
        self.outputs.lock().unwrap().remove(path);
    }

    fn move_to(&self, base: &str) {
        *self.base.lock().unwrap() = base.to_string();
    }

    fn break_it(&self, path: &str, report: &str) {
        let mut shelf = self.outputs.lock().unwrap();
        let last_good = match shelf.remove(path) {
            Some(Answer::Found(found)) => Some(found),
            _ => None,
        };
        let report = report.to_string();
        shelf.insert(path.to_string(), Answer::Broken { report, last_good });
    }
}

impl Answers for Shelf {
    fn base_path(&self) -> String {
        self.base.lock().unwrap().clone()
    }

    fn output(&self, path: &OutputPath) -> Answer {
        let shelf = self.outputs.lock().unwrap();
        shelf.get(path.as_str()).cloned().unwrap_or(Answer::Missing)
    }
}

const PAGE: &str = "<!doctype html><link rel=stylesheet href=/site.css><body>首頁</body>";

fn shelf() -> Arc<Shelf> {
    let shelf = Shelf::default();
    for (path, text) in [
        ("index.html", PAGE),
        ("a/index.html", "<body>a</body>"),
        ("時間線/index.html", "<body>時間線</body>"),
        ("時間線/2014 北京.html", "<body>2014</body>"),
        ("404.html", "<body>missing</body>"),
        ("時間線/404.html", "<body>找不到</body>"),
        ("site.css", "body{color:red}"),
        ("data.bin", "0123456789"),
        ("empty.txt", ""),
        (".well-known/security.txt", "x"),
        (".tongwen-secret", "secret"),
        (".git/config", "secret"),
        ("a/.env", "secret"),
    ] {
        shelf.put(path, text);
    }
    Arc::new(shelf)
}

fn serve(shelf: &Arc<Shelf>, base: &str) -> Server {
    start(shelf, base, Port::Asked(0), Patience::default()).unwrap()
}

fn start(
    shelf: &Arc<Shelf>,
    base: &str,
    port: Port,
    patience: Patience,
) -> Result<Server, tongwen::shell::server::ServeError> {
    let options = Options {
        interface: "127.0.0.1".to_string(),
        port,
        patience,
    };
    shelf.move_to(base);
    Server::start(&options, shelf.clone())
}

struct Reply {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Reply {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    stream
}

/// Sends raw bytes, and reads the one reply to them; `None` if the connection ends without.
fn exchange(stream: &mut TcpStream, request: &[u8]) -> Option<Reply> {
    // A server may have refused before it was all sent.
    let _ = stream.write_all(request);
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => bytes.push(byte[0]),
            _ => return None,
        }
    }
    let head = String::from_utf8(bytes).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().unwrap();
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_string()))
        .collect();
    let len = match headers.get("content-length") {
        Some(len) if status != 304 && !request.starts_with(b"HEAD") => len.parse().unwrap(),
        _ => 0,
    };
    let mut body = vec![0; len];
    stream.read_exact(&mut body).unwrap();
    Some(Reply {
        status,
        headers,
        body,
    })
}

fn ask(server: &Server, line: &str, headers: &str) -> Reply {
    let request = format!(
        "{line} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n",
        server.address()
    );
    exchange(&mut connect(server.address()), request.as_bytes())
        .unwrap_or_else(|| panic!("no reply to {line}"))
}
