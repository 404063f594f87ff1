//! Paths that would leave the site, hosts and origins that are not ours, requests that are none.

use super::*;

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
            "a proxy that was asked for a rebound name",
            format!("Host: {own}\r\nX-Forwarded-Host: localhost, evil.example"),
            403,
        ),
        (
            "the same in the RFC's words",
            format!("Host: {own}\r\nForwarded: for=192.0.2.1;host=\"evil.example:80\""),
            403,
        ),
        (
            "a proxy of ours",
            format!(
                "Host: {own}\r\nX-Forwarded-Host: localhost:{port}\r\nForwarded: for=127.0.0.1"
            ),
            200,
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
