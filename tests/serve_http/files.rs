//! What a good static server does: types, validators, parts, redirects, a page for what is missing.

use super::*;

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
        assert!(server.front().url().ends_with(&format!("{bare}/")));
        let page = ask(&server, &format!("GET {bare}/"), "").text();
        assert!(
            page.contains(&format!("src=\"{bare}/.tongwen/reload.js\"")),
            "{page}"
        );
    }
}

/// The configuration may move the whole site while tabs are open: they are sent after it.
#[test]
fn a_base_path_that_changes_takes_its_tabs_along() {
    let shelf = shelf();
    let server = serve(&shelf, "/docs");
    assert_eq!(ask(&server, "GET /docs/a/", "").status, 200);
    shelf.move_to("/文");
    assert!(server.front().url().ends_with("/%E6%96%87/"));
    let rows = [
        ("/", 302, "/%E6%96%87/"),
        ("/docs/a/", 302, "/%E6%96%87/a/"),
        (
            "/docs/.tongwen/reload.js",
            302,
            "/%E6%96%87/.tongwen/reload.js",
        ),
        ("/docs//evil.example/", 404, ""),
        ("/other/a/", 404, ""),
        ("/%E6%96%87/a/", 200, ""),
        ("/%E6%96%87/none/", 404, ""),
    ];
    for (path, status, location) in rows {
        let reply = ask(&server, &format!("GET {path}"), "");
        let got = (reply.status, reply.header("location"));
        assert_eq!(got, (status, location), "{path}");
    }
    shelf.move_to("");
    let reply = ask(&server, "GET /docs/%E6%99%82%E9%96%93%E7%B7%9A/", "");
    let at = "/%E6%99%82%E9%96%93%E7%B7%9A/";
    assert_eq!((reply.status, reply.header("location")), (302, at));
    let reply = ask(&server, "GET /docs//evil.example/", "");
    assert_eq!((reply.status, reply.header("location")), (404, ""));
}
