//! The dev server over real sockets: a good static server to those it serves, a wall to the others.
//!
//! Requests are written byte by byte, since the attacks are such as no client library would send. Times
//! are how long a test is willing to wait; what must be cut is cut by a server made impatient.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tongwen::pipeline::output::OutputPath;
use tongwen::shell::server::{Answer, Answers, Found, Options, Patience, Port, Server};

#[derive(Default)]
struct Shelf(Mutex<BTreeMap<String, Answer>>);

impl Shelf {
    fn put(&self, path: &str, bytes: impl Into<Vec<u8>>) {
        let found = Answer::Found(Found::new(bytes.into()));
        self.0.lock().unwrap().insert(path.to_string(), found);
    }

    fn take_away(&self, path: &str) {
        self.0.lock().unwrap().remove(path);
    }

    fn break_it(&self, path: &str, report: &str) {
        let mut shelf = self.0.lock().unwrap();
        let last_good = match shelf.remove(path) {
            Some(Answer::Found(found)) => Some(found),
            _ => None,
        };
        let report = report.to_string();
        shelf.insert(path.to_string(), Answer::Broken { report, last_good });
    }
}

impl Answers for Shelf {
    fn output(&self, path: &OutputPath) -> Answer {
        let shelf = self.0.lock().unwrap();
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
        base_path: base.to_string(),
        patience,
    };
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

#[test]
fn a_good_static_server() {
    let server = serve(&shelf(), "/");
    let rows = [
        ("GET /", "", 200, "content-type", "text/html; charset=utf-8"),
        (
            "GET /?x=1&y=%2e%2e",
            "",
            200,
            "content-type",
            "text/html; charset=utf-8",
        ),
        (
            "GET /index.html",
            "",
            200,
            "content-type",
            "text/html; charset=utf-8",
        ),
        (
            "GET /site.css",
            "",
            200,
            "content-type",
            "text/css; charset=utf-8",
        ),
        ("GET /site.css", "", 200, "content-length", "15"),
        ("GET /site.css", "", 200, "cache-control", "no-cache"),
        (
            "GET /site.css",
            "",
            200,
            "x-content-type-options",
            "nosniff",
        ),
        ("GET /site.css", "", 200, "access-control-allow-origin", ""),
        ("HEAD /site.css", "", 200, "content-length", "15"),
        (
            "GET /data.bin",
            "",
            200,
            "content-type",
            "application/octet-stream",
        ),
        ("GET /empty.txt", "", 200, "content-length", "0"),
        ("GET /a", "", 302, "location", "/a/"),
        ("HEAD /a", "", 302, "location", "/a/"),
        (
            "GET /%E6%99%82%E9%96%93%E7%B7%9A/",
            "",
            200,
            "content-type",
            "text/html; charset=utf-8",
        ),
        (
            "GET /時間線/",
            "",
            200,
            "content-type",
            "text/html; charset=utf-8",
        ),
        (
            "GET /%E6%99%82%E9%96%93%E7%B7%9A",
            "",
            302,
            "location",
            "/%E6%99%82%E9%96%93%E7%B7%9A/",
        ),
        (
            "GET /%E6%99%82%E9%96%93%E7%B7%9A/2014%20%E5%8C%97%E4%BA%AC.html",
            "",
            200,
            "content-type",
            "text/html; charset=utf-8",
        ),
        (
            "GET /none",
            "",
            404,
            "content-type",
            "text/html; charset=utf-8",
        ),
        (
            "GET /site.css/",
            "",
            404,
            "content-type",
            "text/html; charset=utf-8",
        ),
        (
            "GET /.well-known/security.txt",
            "",
            200,
            "content-length",
            "1",
        ),
        (
            "GET /data.bin",
            "Range: bytes=2-4\r\n",
            206,
            "content-range",
            "bytes 2-4/10",
        ),
        (
            "GET /data.bin",
            "Range: bytes=-1\r\n",
            206,
            "content-length",
            "1",
        ),
        (
            "HEAD /data.bin",
            "Range: bytes=2-4\r\n",
            206,
            "content-length",
            "3",
        ),
        (
            "GET /data.bin",
            "Range: bytes=10-\r\n",
            416,
            "content-range",
            "bytes */10",
        ),
        (
            "GET /data.bin",
            "Range: bytes=0-1,4-5\r\n",
            200,
            "content-length",
            "10",
        ),
        (
            "GET /data.bin",
            "Range: bytes=2-4\r\nIf-Range: \"other\"\r\n",
            200,
            "content-length",
            "10",
        ),
        ("GET /data.bin", "", 200, "accept-ranges", "bytes"),
        (
            "GET /data.bin",
            "If-None-Match: *\r\n",
            304,
            "content-length",
            "",
        ),
        (
            "GET /data.bin",
            "If-None-Match: \"other\"\r\n",
            200,
            "content-length",
            "10",
        ),
        ("POST /", "Content-Length: 0\r\n", 405, "allow", "GET, HEAD"),
        ("OPTIONS /", "", 405, "access-control-allow-origin", ""),
        ("DELETE /site.css", "", 405, "allow", "GET, HEAD"),
        (
            "GET /.tongwen/reload.js",
            "",
            200,
            "content-type",
            "text/javascript; charset=utf-8",
        ),
        (
            "GET /.tongwen/else",
            "",
            404,
            "content-type",
            "text/plain; charset=utf-8",
        ),
    ];
    for (line, headers, status, name, value) in rows {
        let reply = ask(&server, line, headers);
        assert_eq!(reply.status, status, "{line} {headers}");
        assert_eq!(reply.header(name), value, "{line} {headers}");
        if line.starts_with("HEAD") || status == 304 {
            assert!(reply.body.is_empty(), "{line}");
        }
    }
    assert_eq!(
        ask(&server, "GET /data.bin", "Range: bytes=2-4\r\n").text(),
        "234"
    );
    let etag = ask(&server, "GET /", "").header("etag").to_string();
    for tag in [etag.clone(), format!("W/{etag}"), format!("\"x\", {etag}")] {
        let reply = ask(&server, "GET /", &format!("If-None-Match: {tag}\r\n"));
        assert_eq!((reply.status, reply.header("etag")), (304, etag.as_str()));
    }
    assert!(ask(&server, "GET /none", "").text().contains("missing"));
    assert!(
        ask(&server, "GET /時間線/none", "")
            .text()
            .contains("找不到")
    );
}

#[test]
fn below_a_base_path() {
    for base in ["/docs", "/docs/", "/文"] {
        let server = serve(&shelf(), base);
        let bare = base.trim_end_matches('/').replace('文', "%E6%96%87");
        let rows = [
            ("/".to_string(), 302, format!("{bare}/")),
            (bare.clone(), 302, format!("{bare}/")),
            (format!("{bare}/"), 200, String::new()),
            (format!("{bare}/a"), 302, format!("{bare}/a/")),
            (format!("{bare}/a/"), 200, String::new()),
            ("/a/".to_string(), 404, String::new()),
            (format!("{bare}x/"), 404, String::new()),
            ("/index.html".to_string(), 404, String::new()),
        ];
        for (path, status, location) in rows {
            let reply = ask(&server, &format!("GET {path}"), "");
            assert_eq!(
                (reply.status, reply.header("location")),
                (status, location.as_str()),
                "{path}"
            );
        }
        assert!(server.url().ends_with(&format!("{bare}/")));
        let page = ask(&server, &format!("GET {bare}/"), "").text();
        assert!(
            page.contains(&format!("src=\"{bare}/.tongwen/reload.js\"")),
            "{page}"
        );
    }
}

#[test]
fn paths_that_would_leave_the_site() {
    let server = serve(&shelf(), "/");
    let rows = [
        ("/../../etc/passwd", 400),
        ("/a/../../../etc/passwd", 400),
        ("/..", 400),
        ("/%2e%2e/%2e%2e/etc/passwd", 400),
        ("/%2E%2e/x", 400),
        ("/.%2e/x", 400),
        ("/%252e%252e/etc/passwd", 404),
        ("/%25252e%25252e/etc/passwd", 404),
        ("/..%2f..%2fetc%2fpasswd", 400),
        ("/..%252f..%252fetc/passwd", 404),
        ("/..%5c..%5cetc%5cpasswd", 400),
        ("/..\\..\\etc\\passwd", 400),
        ("/a%5c..%5c..", 400),
        ("/%c0%ae%c0%ae/etc/passwd", 400),
        ("/%c0%af..%c0%afetc/passwd", 400),
        ("/%e0%80%ae%e0%80%ae/x", 400),
        ("/%f0%80%80%ae/x", 400),
        ("/%uff0e%uff0e/x", 400),
        ("/%ef%bc%8e%ef%bc%8e/x", 404),
        ("/site.css%00.html", 400),
        ("/%00", 400),
        ("/%0d%0aSet-Cookie:%20x=1", 400),
        ("/a%0d%0a", 400),
        ("/%7f", 400),
        ("/%", 400),
        ("/%4", 400),
        ("/%gg", 400),
        ("//etc/passwd", 404),
        ("///etc/passwd", 404),
        ("//evil.example/a", 404),
        ("//evil.example/%2e%2e", 400),
        ("/a//index.html", 404),
        ("/./a/", 400),
        ("/.git/config", 404),
        ("/%2egit/config", 404),
        ("/a/.env", 404),
        ("/.tongwen-secret", 404),
        ("/.tongwen", 404),
        ("/.tongwen/", 404),
        ("/.tongwen/events", 404),
        ("/.tongwen/events/.git/config", 404),
        ("/.tongwen/events/../../x", 400),
        ("/file:///etc/passwd", 404),
        ("/C:/windows/win.ini", 404),
        ("/a/index.html::$DATA", 404),
        ("/a/index.html%20", 404),
        ("/a/index.html.", 404),
        ("/INDEX.HTML", 404),
        ("/~root/", 404),
    ];
    for (path, status) in rows {
        let reply = ask(&server, &format!("GET {path}"), "");
        assert_eq!(reply.status, status, "{path}");
        let text = reply.text();
        assert!(
            !text.contains("secret") && !text.contains("root:"),
            "{path}: {text}"
        );
        let names = ["set-cookie", "location", "access-control-allow-origin"];
        assert!(
            names.iter().all(|name| reply.header(name).is_empty()),
            "{path}"
        );
    }
}

#[test]
fn strangers_at_the_gate() {
    let server = serve(&shelf(), "/");
    let own = server.address().to_string();
    let port = server.address().port();
    let rows: Vec<(&str, String, u16)> = vec![
        ("its own address", format!("Host: {own}"), 200),
        ("localhost", format!("Host: localhost:{port}"), 200),
        ("a forwarded port", "Host: localhost:8080".to_string(), 200),
        ("IPv6", format!("Host: [::1]:{port}"), 200),
        (
            "its own origin",
            format!("Host: {own}\r\nOrigin: http://{own}"),
            200,
        ),
        ("a rebound name", "Host: evil.example".to_string(), 403),
        (
            "a rebound name with the port",
            format!("Host: evil.example:{port}"),
            403,
        ),
        (
            "a name like ours",
            "Host: localhost.evil.example".to_string(),
            403,
        ),
        (
            "a name that begins as ours",
            "Host: 127.0.0.1.evil.example".to_string(),
            403,
        ),
        (
            "a name with user info",
            format!("Host: localhost:{port}@evil.example"),
            403,
        ),
        (
            "a name and a forwarded one",
            "Host: evil.example\r\nX-Forwarded-Host: localhost".to_string(),
            403,
        ),
        (
            "the RFC's forwarding",
            "Host: evil.example\r\nForwarded: host=localhost".to_string(),
            403,
        ),
        (
            "two hosts",
            format!("Host: {own}\r\nHost: evil.example"),
            400,
        ),
        (
            "two hosts, ours last",
            format!("Host: evil.example\r\nHost: {own}"),
            400,
        ),
        ("no host", "Accept: */*".to_string(), 400),
        ("an empty host", "Host: ".to_string(), 403),
        (
            "a foreign origin",
            format!("Host: {own}\r\nOrigin: https://evil.example"),
            403,
        ),
        (
            "no origin at all",
            format!("Host: {own}\r\nOrigin: null"),
            403,
        ),
        (
            "another port's origin",
            format!("Host: {own}\r\nOrigin: http://127.0.0.1:1"),
            403,
        ),
        (
            "another name's origin",
            format!("Host: {own}\r\nOrigin: http://localhost:{port}"),
            403,
        ),
        (
            "two origins",
            format!("Host: {own}\r\nOrigin: http://{own}\r\nOrigin: http://evil.example"),
            403,
        ),
        (
            "a foreign page's script",
            format!(
                "Host: {own}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script"
            ),
            403,
        ),
        (
            "a foreign page's frame",
            format!(
                "Host: {own}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe"
            ),
            403,
        ),
        (
            "a link that was followed",
            format!(
                "Host: {own}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document"
            ),
            200,
        ),
        (
            "a page of ours",
            format!(
                "Host: {own}\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty"
            ),
            200,
        ),
    ];
    for (what, headers, status) in &rows {
        for path in ["/", "/.tongwen/reload.js"] {
            let request = format!("GET {path} HTTP/1.1\r\n{headers}\r\n\r\n");
            let reply = exchange(&mut connect(server.address()), request.as_bytes());
            let reply = reply.unwrap_or_else(|| panic!("{what}: no reply"));
            assert_eq!(reply.status, *status, "{what}, {path}");
            assert!(
                reply.header("access-control-allow-origin").is_empty(),
                "{what}"
            );
            assert!(*status == 200 || !reply.text().contains("首頁"), "{what}");
        }
    }
    let absolute = format!("GET http://evil.example/ HTTP/1.1\r\nHost: {own}\r\n\r\n");
    let reply = exchange(&mut connect(server.address()), absolute.as_bytes()).unwrap();
    assert_eq!(reply.status, 403, "a foreign authority in the request line");
}

#[test]
fn requests_that_are_none() {
    let server = serve(&shelf(), "/");
    let host = format!("Host: {}\r\n", server.address());
    let many: String = (0..200).map(|n| format!("X-{n}: 1\r\n")).collect();
    let get = |rest: &str| format!("GET / HTTP/1.1\r\n{host}{rest}\r\n").into_bytes();
    let rows: Vec<(&str, Vec<u8>, &[u16])> = vec![
        (
            "rubbish",
            b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n".to_vec(),
            &[400],
        ),
        (
            "HTTP/2 before it is agreed",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
            &[],
        ),
        (
            "an asterisk",
            format!("OPTIONS * HTTP/1.1\r\n{host}\r\n").into_bytes(),
            &[405],
        ),
        (
            "a tunnel",
            format!("CONNECT evil.example:443 HTTP/1.1\r\n{host}\r\n").into_bytes(),
            &[403, 405],
        ),
        (
            "a long path",
            format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(5000)).into_bytes(),
            &[414],
        ),
        (
            "a longer path",
            format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(100_000)).into_bytes(),
            &[414, 431],
        ),
        (
            "a long header",
            get(&format!("X: {}\r\n", "a".repeat(100_000))),
            &[431],
        ),
        ("many headers", get(&many), &[431]),
        ("a folded header", get("X: a\r\n b\r\n"), &[400]),
        ("a header without a name", get(": a\r\n"), &[400]),
        ("a NUL in a header", get("X: a\0b\r\n"), &[400]),
        (
            "two lengths",
            get("Content-Length: 1\r\nContent-Length: 2\r\n"),
            &[400],
        ),
        (
            "a length below nothing",
            get("Content-Length: -1\r\n"),
            &[400],
        ),
        ("another coding", get("Transfer-Encoding: gzip\r\n"), &[400]),
    ];
    for (what, request, statuses) in rows {
        let reply = exchange(&mut connect(server.address()), &request);
        let status = reply.map(|reply| reply.status);
        // No status of ours: the connection is closed without a word.
        assert!(
            status.map_or(statuses.is_empty(), |status| statuses.contains(&status)),
            "{what}: {status:?}"
        );
        assert_eq!(ask(&server, "GET /", "").status, 200, "after {what}");
    }
    // What looks like a second request inside the first one's body is never answered.
    let smuggled = format!(
        "POST / HTTP/1.1\r\n{host}Content-Length: 40\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /data.bin HTTP/1.1\r\n{host}\r\n"
    );
    let mut stream = connect(server.address());
    let first = exchange(&mut stream, smuggled.as_bytes()).unwrap();
    assert!(matches!(first.status, 400 | 405));
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    assert!(!String::from_utf8_lossy(&rest).contains("0123456789"));
}

#[test]
fn slow_peers_are_cut_and_block_nobody() {
    let shelf = shelf();
    shelf.put("large.bin", vec![0; 64 << 20]);
    let patience = Patience {
        headers: Duration::from_secs(1),
        stalled: Duration::from_secs(1),
    };
    let server = start(&shelf, "/", Port::Asked(0), patience).unwrap();
    let host = format!("Host: {}\r\n", server.address());
    let large = format!("GET /large.bin HTTP/1.1\r\n{host}\r\n");
    let openings: [(&str, Vec<u8>); 5] = [
        ("says nothing", Vec::new()),
        ("stops in the request line", b"GET / HT".to_vec()),
        (
            "stops in the headers",
            format!("GET / HTTP/1.1\r\n{host}X: ").into_bytes(),
        ),
        (
            "stops after an answer",
            format!("GET / HTTP/1.1\r\n{host}\r\n").into_bytes(),
        ),
        ("takes nothing", large.into_bytes()),
    ];
    let mut slow = Vec::new();
    for (what, opening) in &openings {
        for _ in 0..40 {
            let mut stream = connect(server.address());
            stream.write_all(opening).unwrap();
            slow.push((*what, stream));
        }
    }
    for _ in 0..50 {
        assert_eq!(ask(&server, "GET /", "").status, 200, "while others dawdle");
    }
    // A drop of header now and then does not buy time.
    let mut dripping = connect(server.address());
    dripping.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    let cut = (0..200).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        dripping.write_all(b"X").is_err()
    });
    assert!(cut, "a dripping request went on for ever");
    for (what, mut stream) in slow {
        let mut all = Vec::new();
        // Reset is cut as well as closed; waiting in vain is neither.
        if let Err(error) = stream.read_to_end(&mut all) {
            let kind = error.kind();
            assert_eq!(kind, std::io::ErrorKind::ConnectionReset, "{what}");
        }
        assert!(all.len() < 64 << 20, "{what}: it was all sent");
    }
}

#[test]
fn five_thousand_requests_fifty_at_once() {
    let server = serve(&shelf(), "/");
    let paths = ["/", "/a/", "/site.css", "/時間線/", "/none"];
    let answered: usize = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..50)
            .map(|worker| {
                let address = server.address();
                scope.spawn(move || {
                    let mut stream = connect(address);
                    let ask = |n: usize| {
                        let path = paths[(worker + n) % paths.len()];
                        let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n");
                        let reply = exchange(&mut stream, request.as_bytes()).expect(path);
                        assert_eq!(reply.status, if path == "/none" { 404 } else { 200 });
                        assert!(!reply.body.is_empty());
                    };
                    (0..100).map(ask).count()
                })
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap())
            .sum()
    });
    assert_eq!(answered, 5000);
}

#[test]
fn ports() {
    let shelf = shelf();
    let first = start(&shelf, "/", Port::Asked(0), Patience::default()).unwrap();
    let taken = first.address().port();
    let refused = start(&shelf, "/", Port::Asked(taken), Patience::default())
        .err()
        .unwrap();
    assert_eq!(refused.diagnostic().code.name(), "port-busy");
    assert!(refused.to_string().contains(&taken.to_string()));
    let moved = start(&shelf, "/", Port::Default(taken), Patience::default()).unwrap();
    assert_ne!(moved.address().port(), taken);
    first.stop();
    assert!(
        TcpListener::bind(("127.0.0.1", taken)).is_ok(),
        "the port is free again"
    );

    for interface in ["no such interface", "192.0.2.1"] {
        let options = Options {
            interface: interface.to_string(),
            port: Port::Asked(0),
            base_path: String::new(),
            patience: Patience::default(),
        };
        assert!(
            Server::start(&options, shelf.clone()).is_err(),
            "{interface}"
        );
    }
}

/// A tab that listens.
struct Tab(TcpStream);

impl Tab {
    fn open(server: &Server, page: &str) -> Tab {
        let mut stream = connect(server.address());
        let head = format!(
            "GET /.tongwen/events{page} HTTP/1.1\r\nHost: {}\r\n\r\n",
            server.address()
        );
        let reply = exchange(&mut stream, head.as_bytes()).unwrap();
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (200, "text/event-stream")
        );
        Tab(stream)
    }

    /// The next state, as JSON.
    fn told(&mut self) -> serde_json::Value {
        let mut bytes = Vec::new();
        let mut byte = [0];
        loop {
            self.0.read_exact(&mut byte).unwrap();
            bytes.push(byte[0]);
            if byte == *b"\n" {
                let line = String::from_utf8(std::mem::take(&mut bytes)).unwrap();
                if let Some(json) = line.strip_prefix("data: ") {
                    return serde_json::from_str(json).unwrap();
                }
            }
        }
    }
}

/// The state that a page is sent with.
fn sent(server: &Server, page: &str) -> (u16, serde_json::Value) {
    let reply = ask(server, &format!("GET {page}"), "");
    let text = reply.text();
    let (_, state) = text
        .split_once("data-state=\"")
        .expect("the script is there");
    let (state, _) = state.split_once('"').unwrap();
    let state = state
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    (reply.status, serde_json::from_str(&state).unwrap())
}

#[test]
fn tabs_are_told_of_their_own_page_only() {
    let shelf = shelf();
    let server = serve(&shelf, "/");
    let bell = server.bell();
    let mut tab = Tab::open(&server, "/");
    let first = tab.told();
    assert_eq!(
        (200, first.clone()),
        sent(&server, "/"),
        "told what it was sent"
    );

    // Another page: nothing is told, so the next thing told is the stylesheet.
    shelf.put("a/index.html", "<body>another</body>");
    bell.ring();
    shelf.put("site.css", "body{color:blue}");
    bell.ring();
    let styled = tab.told();
    assert_eq!(styled["page"], first["page"], "no reload for a stylesheet");
    assert_ne!(styled["styles"], first["styles"]);

    // A stylesheet at another address is no other page either.
    shelf.put("site.1234.css", "body{color:green}");
    shelf.put("index.html", PAGE.replace("site.css", "site.1234.css"));
    bell.ring();
    let fingerprinted = tab.told();
    assert_eq!(fingerprinted["page"], first["page"]);
    assert_eq!(fingerprinted["styles"][0][0], "/site.1234.css");

    shelf.put("index.html", PAGE.replace("首頁", "新的首頁"));
    bell.ring();
    let changed = tab.told();
    assert_ne!(changed["page"], first["page"]);
    assert_eq!((200, changed.clone()), sent(&server, "/"));

    shelf.break_it("index.html", "error[x]: <這裏>");
    bell.ring();
    let broken = tab.told();
    assert_eq!(broken["page"], changed["page"], "the last good page");
    assert_eq!(broken["broken"], "error[x]: <這裏>");
    let (status, page) = sent(&server, "/");
    assert_eq!(
        (status, &page),
        (500, &broken),
        "the same to who comes anew"
    );

    shelf.put("index.html", PAGE);
    bell.ring();
    assert_eq!(tab.told()["broken"], serde_json::Value::Null);
    shelf.take_away("index.html");
    bell.ring();
    assert_ne!(tab.told()["page"], first["page"], "gone");
    assert_eq!(sent(&server, "/").0, 404);
}

#[test]
fn a_page_that_never_was_is_its_own_report() {
    let shelf = shelf();
    shelf.break_it("broken/index.html", "error[x]: <b> & 這裏");
    let server = serve(&shelf, "/");
    let reply = ask(&server, "GET /broken/", "");
    assert_eq!(reply.status, 500);
    assert!(
        reply
            .text()
            .contains("<pre>error[x]: &lt;b&gt; &amp; 這裏</pre>")
    );
    let mut tab = Tab::open(&server, "/broken/");
    assert_eq!(tab.told(), sent(&server, "/broken/").1);
    shelf.put("broken/index.html", "<body>mended</body>");
    server.bell().ring();
    assert_ne!(tab.told()["page"], serde_json::Value::Null);
}

#[test]
fn a_restarted_server_tells_the_same_state() {
    let shelf = shelf();
    let states: Vec<_> = (0..2)
        .map(|_| {
            let server = serve(&shelf, "/");
            let mut tab = Tab::open(&server, "/時間線/");
            let state = tab.told();
            server.stop();
            let mut rest = Vec::new();
            tab.0.read_to_end(&mut rest).unwrap();
            assert!(
                String::from_utf8_lossy(&rest).starts_with("\n"),
                "the stream ended"
            );
            state
        })
        .collect();
    assert_eq!(states[0], states[1]);
}

#[test]
fn a_hundred_tabs_leave_room_for_requests() {
    let shelf = shelf();
    let server = serve(&shelf, "/");
    let mut tabs: Vec<Tab> = (0..100).map(|_| Tab::open(&server, "/a/")).collect();
    let before: Vec<_> = tabs.iter_mut().map(Tab::told).collect();
    shelf.put("a/index.html", "<body>another</body>");
    server.bell().ring();
    assert_eq!(ask(&server, "GET /", "").status, 200);
    for (tab, before) in tabs.iter_mut().zip(before) {
        assert_ne!(tab.told(), before);
    }
    for tab in &tabs {
        tab.0.shutdown(Shutdown::Both).unwrap();
    }
    server.stop();
}
