//! What open tabs are told.

use super::*;

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
