//! `check --external`, with a neighbour on this machine for the rest of the world.

use crate::neighbour::{AUTHORITY, Neighbour};
use crate::site::{Ran, Site};

/// Runs `check --external` with these flags; `certificates` is what `SSL_CERT_FILE` says.
fn check(site: &Site, flags: &[&str], certificates: &str) -> Ran {
    let mut command = site.command(&["check", "--external", "--cache", "seen.json"]);
    command.args(flags);
    for proxy in [
        "http_proxy",
        "HTTP_PROXY",
        "https_proxy",
        "HTTPS_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ] {
        command.env_remove(proxy);
    }
    match certificates {
        "" => command.env_remove("SSL_CERT_FILE"),
        path => command.env("SSL_CERT_FILE", path),
    };
    Ran::of(command.output().expect("the program can be started"))
}

/// A site that links to these addresses, each on a line of its own from the fourth.
fn linking(addresses: &[String]) -> Site {
    let links: String = addresses.iter().map(|to| format!("[甲]({to})\n")).collect();
    let page = format!("---\ntitle: 首頁\n---\n{links}");
    Site::with(&[("content/index.md", &page)])
}

#[test]
fn every_kind_of_answer() {
    let there = Neighbour::http();
    let to = |path: &str| format!("http://127.0.0.1:{}{path}", there.port);
    let site = linking(&[
        to("/ok#part"),
        to("/gone"),
        to("/withdrawn"),
        to("/no-head"),
        to("/lying-head"),
        to("/moved"),
        to("/moved-to-gone"),
        to("/elsewhere-for-now"),
        to("/circle"),
        to("/closed"),
        to("/broken"),
        "https://example.org/about/".to_string(),
    ]);
    site.write("content/about.md", "---\ntitle: 乙\n---\n乙。\n");
    let ran = check(&site, &[], "");
    assert_eq!(
        ran.heads(),
        [
            "error[outside-gone] content/index.md:5:5",
            "error[outside-gone] content/index.md:6:5",
            "warning[outside-moved] content/index.md:9:5",
            "error[outside-gone] content/index.md:10:5",
            "warning[outside-unsure] content/index.md:12:5",
            "warning[outside-unsure] content/index.md:13:5",
            "warning[outside-unsure] content/index.md:14:5",
        ],
        "{}",
        ran.err
    );
    assert_eq!(
        (ran.out.as_str(), ran.code),
        ("3 errors, 4 warnings, 0 to review\n", 1)
    );
    let moved = format!("`{}` has moved for good to `{}`", to("/moved"), to("/ok"));
    assert!(ran.err.contains(&moved), "{}", ran.err);
    let asked = there.asked();
    for (question, times) in [
        ("HEAD /ok", 3),
        ("GET /ok", 0),
        ("HEAD /gone", 2),
        ("GET /no-head", 1),
    ] {
        let count = asked.iter().filter(|asked| *asked == question).count();
        assert_eq!(count, times, "{question}: {asked:?}");
    }

    // What was well is remembered, where it moved too; the rest is asked about again.
    let ran = check(&site, &["--json"], "");
    assert_eq!(ran.out.matches("\"code\": \"outside-moved\"").count(), 1);
    assert_eq!(ran.code, 1);
    let again = there.asked();
    let count =
        |asked: &[String], to: &str| asked.iter().filter(|asked| asked.ends_with(to)).count();
    assert_eq!(count(&again, " /no-head"), count(&asked, " /no-head"));
    assert_eq!(count(&again, " /moved"), count(&asked, " /moved"));
    assert_eq!(
        count(&again, " /withdrawn"),
        2 * count(&asked, " /withdrawn")
    );
    check(&site, &["--fresh", "0"], "");
    assert_eq!(
        count(&there.asked(), " /no-head"),
        2 * count(&asked, " /no-head")
    );
}

#[test]
fn a_place_is_where_the_address_is_written() {
    let there = Neighbour::http();
    let gone = format!("http://127.0.0.1:{}/gone", there.port);
    let site = linking(&[format!("{gone}?a=1&b=2")]);
    site.write(
        "templates/partials/extra_head.html",
        format!("\n<link rel=\"me\" href=\"{gone}\">"),
    );
    let menu = format!("\n[[menus.main]]\nurl = \"{gone}\"\ntitle = \"丙\"\n");
    site.write("site.toml", site.read("site.toml") + &menu);
    let ran = check(&site, &[], "");
    assert_eq!(
        ran.heads(),
        [
            "error[outside-gone] site.toml:13:8",
            "error[outside-gone] templates/partials/extra_head.html:2:22",
        ],
        "{}",
        ran.err
    );
    let asked = ["HEAD /gone?a=1&b=2".to_string()];
    assert!(there.asked().ends_with(&asked), "{:?}", there.asked());
}

#[test]
fn over_tls() {
    let there = Neighbour::https();
    let site = linking(&[
        format!("https://localhost:{}/ok", there.port),
        format!("https://localhost:{}/gone", there.port),
    ]);
    let stranger = check(&site, &[], "");
    let unsure = "warning[outside-unsure] content/index.md";
    assert_eq!(
        stranger.heads(),
        [format!("{unsure}:4:5"), format!("{unsure}:5:5")]
    );
    assert!(stranger.err.contains("UnknownIssuer"), "{}", stranger.err);
    assert_eq!(there.asked(), Vec::<String>::new());
    let known = check(&site, &[], AUTHORITY);
    assert_eq!(
        known.heads(),
        ["error[outside-gone] content/index.md:5:5"],
        "{}",
        known.err
    );
    assert_eq!(there.asked(), ["GET /gone", "HEAD /gone", "HEAD /ok"]);
    let ran = check(&site, &[], "none.pem");
    assert!(
        ran.err.starts_with("error: SSL_CERT_FILE: none.pem: "),
        "{}",
        ran.err
    );
    assert_eq!(ran.code, 2);
}

#[test]
fn limits() {
    let there = Neighbour::http();
    let to = |path: String| format!("http://127.0.0.1:{}{path}", there.port);
    let several: Vec<String> = (0..12)
        .map(|number| to(format!("/several/{number}")))
        .collect();
    let site = linking(&several);
    let skip = to("/several/1".to_string());
    let ran = check(&site, &["--at-most", "5", "--skip", &skip], "");
    assert_eq!(ran.heads(), ["warning[outside-left-out]"], "{}", ran.err);
    assert!(
        ran.err
            .contains(": 4 addresses of other sites were not asked about"),
        "{}",
        ran.err
    );
    assert_eq!(there.asked().len(), 5);
    assert_eq!(there.most_at_once(), 2);

    let site = linking(&[
        to("/silent".to_string()),
        "http://nowhere.invalid/".to_string(),
    ]);
    let ran = check(&site, &["--timeout", "1"], "");
    let unsure = "warning[outside-unsure] content/index.md";
    assert_eq!(
        ran.heads(),
        [format!("{unsure}:4:5"), format!("{unsure}:5:5")]
    );
    assert!(ran.err.contains("no answer in time"), "{}", ran.err);
    assert_eq!(ran.code, 0);
    assert_eq!(
        check(&site, &["--timeout", "1", "--deny", "outside-unsure"], "").code,
        1
    );
}
