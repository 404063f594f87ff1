//! `init`, `new`, `list`, `clean`, `info`, `completions`, `manual` and `build --dump`.

use crate::site::Site;

const PAGE: &str = "---\ntitle: 首頁\n---\n正文。\n";

#[test]
fn a_new_site_builds_and_passes() {
    let site = Site::empty();
    let ran = site.run(&[
        "init",
        "new",
        "--title",
        "我的\"{base_url}\"網站",
        "--base-url",
        "https://a.org/b",
    ]);
    assert_eq!(
        (ran.out.as_str(), ran.code),
        ("new is ready: `cd new`, then `tongwen serve`\n", 0)
    );
    assert!(
        site.read("new/site.toml")
            .contains("title = \"我的\\\"{base_url}\\\"網站\"\n")
    );
    let ran = site.run(&[
        "-r", "new", "check", "--deny", "warnings", "--deny", "review",
    ]);
    assert_eq!(
        (ran.err.as_str(), ran.out.as_str(), ran.code),
        ("", "0 errors, 0 warnings, 0 to review\n", 0)
    );
    let ran = site.run(&["-r", "new", "build"]);
    assert!(
        ran.out
            .starts_with("pages: zh-Hant-HK 4, zh-Hans-CN 4; files: "),
        "{}",
        ran.out
    );
    assert!(
        site.read("new/public/hans/notes/first/index.html")
            .contains("坐出租车")
    );
    // A folder that holds anything is left alone.
    let ran = site.run(&["init", "new"]);
    assert_eq!(
        (ran.err.as_str(), ran.code),
        ("error: `new` is not empty; name a new folder\n", 2)
    );
    let ran = site.run(&["init", "other", "--base-url", "ftp://a"]);
    assert_eq!(
        (ran.heads(), ran.code),
        (vec!["error[bad-value]".to_string()], 2)
    );
    assert!(!site.has("other"));
}

#[test]
fn a_new_site_in_simplified_characters_and_english() {
    let site = Site::empty();
    let ran = site.run(&["init", "new", "--write", "simplified", "--english"]);
    assert_eq!((ran.err.as_str(), ran.code), ("", 0));
    let ran = site.run(&[
        "-r", "new", "check", "--deny", "warnings", "--deny", "review",
    ]);
    assert_eq!(
        (ran.err.as_str(), ran.out.as_str(), ran.code),
        ("", "0 errors, 0 warnings, 0 to review\n", 0)
    );
    let ran = site.run(&["-r", "new", "build"]);
    let pages = "pages: zh-Hans-CN 4, zh-Hant-HK 4, en 1; files: ";
    assert!(ran.out.starts_with(pages), "{}", ran.out);
    let home = site.read("new/public/hant/index.html");
    assert!(home.contains("在繁體版，「的士」"), "{home}");
    assert!(
        site.read("new/public/index.html")
            .contains("在繁体版，“出租车”")
    );
    assert!(
        site.read("new/public/hant/notes/first/index.html")
            .contains("由機場坐的士")
    );
    // What has no English edition names none.
    let english = "hreflang=\"en\"";
    assert!(home.contains(english));
    let about = site.read("new/public/about/index.html");
    let alternates = about
        .lines()
        .filter(|line| line.contains("rel=\"alternate\""));
    assert!(!alternates.collect::<String>().contains(english), "{about}");
}

#[test]
fn new_pages() {
    let site = Site::with(&[("content/index.md", PAGE)]);
    for (args, out, err, code) in [
        (
            &["--title", "Open for all"][..],
            "wrote content/open-for-all.md\n",
            "",
            0,
        ),
        (
            &["--title", "Open for all"],
            "",
            "error: `content/open-for-all.md` is already there; nothing was written\n",
            2,
        ),
        (
            &["--title", "廣州：十日"],
            "wrote content/廣州-十日.md\n",
            "",
            0,
        ),
        (
            &["--title", "……"],
            "",
            "error: `……` has no letters an address is made of; give it one with --slug, such as --slug guangzhou\n",
            2,
        ),
        (
            &["a/b/", "--title", "廣州: \"十日\"", "--slug", "gz"],
            "wrote content/a/b/gz.md\n",
            "",
            0,
        ),
        (
            &["content/c.md", "--title", "丙"],
            "wrote content/c.md\n",
            "",
            0,
        ),
        (
            &["../x.md", "--title", "x"],
            "",
            "error: --slug: `../x.md`: use letters, digits, `-`, `_` or Han characters\n",
            2,
        ),
        (
            &["--title", "x", "--slug", "a/b"],
            "",
            "error: --slug: `a/b`: use letters, digits, `-`, `_` or Han characters\n",
            2,
        ),
        (&[], "", "error: give the title with --title\n", 2),
    ] {
        let ran = site.run(&[&["new"], args].concat());
        assert_eq!(
            (ran.out.as_str(), ran.err.as_str(), ran.code),
            (out, err, code),
            "{args:?}"
        );
    }
    let ran = site.run(&["new", "t", "--title", "x", "--kind", "event", "--draft"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = site.read("content/t/x.md");
    let lines: Vec<&str> = text.lines().filter(|line| !line.contains("202")).collect();
    assert_eq!(
        lines,
        [
            "---",
            "title: x",
            "kind: event",
            "status: announced",
            "draft: true",
            "---",
            ""
        ]
    );
    assert_eq!(site.run(&["build", "--drafts", "--future"]).code, 0);
}

#[test]
fn a_list_of_pages() {
    let site = Site::with(&[
        ("content/index.md", PAGE),
        ("content/b.md", "---\ntitle: 乙\ndraft: true\n---\n"),
        ("content/c.md", "---\ntitle: 丙\ndate: 2030-01-01\n---\n"),
        ("content/d.en.md", "---\ntitle: D\n---\n"),
    ]);
    let english = "\n[languages.en]\nlabel = \"English\"\npath = \"en\"\n";
    site.write("site.toml", site.read("site.toml") + english);
    let all = "\
/b  draft   zh-Hant-HK written  zh-Hans-CN derived  en missing  乙
/c  future  zh-Hant-HK written  zh-Hans-CN derived  en missing  丙
/d          zh-Hant-HK missing  zh-Hans-CN missing  en written  D
/           zh-Hant-HK written  zh-Hans-CN derived  en missing  首頁
4 pages
";
    let clock = ["list", "--clock", "2026-11-22"];
    assert_eq!(site.run(&clock).out, all);
    for (flag, count) in [("--drafts", 1), ("--future", 1), ("--missing", 4)] {
        let ran = site.run(&[&clock[..], &[flag, "--json"]].concat());
        assert_eq!(ran.out.matches("\"path\"").count(), count, "{flag}");
    }
}

#[test]
fn clean_removes_ours_and_nothing_else() {
    let site = Site::with(&[("content/index.md", PAGE)]);
    assert_eq!(site.run(&["clean"]).out, "nothing to remove\n");
    assert_eq!(site.run(&["build"]).code, 0);
    let dry = site.run(&["clean", "--dry-run"]).out;
    assert!(
        dry.starts_with("would remove ") && dry.ends_with("/public\n"),
        "{dry}"
    );
    site.write("public/mine.txt", "x");
    let ran = site.run(&["clean"]);
    assert_eq!(
        (ran.heads(), ran.code),
        (vec!["error[output-not-ours]".to_string()], 1)
    );
    assert!(site.has("public/index.html"));
    let done = site.run(&["clean", "--force"]).out;
    assert_eq!(done, dry.replace("would remove", "removed"));
    assert!(site.has("public/mine.txt") && !site.has("public/index.html"));
}

#[test]
fn what_program_and_site_this_is() {
    let site = Site::with(&[("templates/page.html", "x"), ("templates/own.html", "x")]);
    let ran = site.run(&["info"]);
    for line in [
        "dictionaries = \"OpenCC 1.4.1 (opencc-sys 0.5.1)\"",
        "languages.zh-Hans-CN.derive.using = \"hk2s\"",
        "output_dir = \"public\"",
    ] {
        assert!(
            ran.out.lines().any(|said| said == line),
            "{line}\n{}",
            ran.out
        );
    }
    assert!(
        Site::empty()
            .run(&["info"])
            .out
            .ends_with("\nno site here\n")
    );
    let ran = site.run(&["info", "--templates"]);
    let of = |name: &str| {
        let line = ran.out.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_once("  "))
            .map(|(_, state)| state.trim().to_string())
    };
    assert_eq!(of("page.html").as_deref(), Some("overridden by the site"));
    assert_eq!(of("own.html").as_deref(), Some("the site's own"));
    assert_eq!(of("base.html").as_deref(), Some("built in"));
}

#[test]
fn what_a_template_gets() {
    let site = Site::with(&[
        (
            "content/a.md",
            "---\ntitle: 發現\nextra: {n: 1}\n---\n正文。\n",
        ),
        ("content/index.md", PAGE),
    ]);
    let ran = site.run(&["build", "--dump", "content/a.md"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let view: serde_json::Value = serde_json::from_str(&ran.out).expect("the dump is JSON");
    assert_eq!(view["zh-Hant-HK"]["page"]["title"], "發現");
    assert_eq!(view["zh-Hans-CN"]["page"]["title"], "发现");
    assert_eq!(view["zh-Hans-CN"]["page"]["extra"]["n"], 1);
    assert_eq!(view["zh-Hans-CN"]["page"]["content"], "<p>正文。</p>\n");
    assert_eq!(view["zh-Hans-CN"]["template"], "page.html");
    assert!(!site.has("public"));
    let ran = site.run(&["build", "--dump", "aa.md"]);
    let said = "error: there is no page `aa.md`; name a file of the content folder, such as timeline/_index.md\n       did you mean `a.md`?\n";
    assert_eq!((ran.err.as_str(), ran.code), (said, 2));
}

#[test]
fn a_held_page_is_shown_to_whoever_asks_for_such() {
    let site = Site::with(&[
        ("content/index.md", PAGE),
        ("content/a.md", "---\ntitle: 甲\ndraft: true\n---\n"),
        ("content/b.md", "---\ntitle: 乙\ndate: 2999-01-01\n---\n"),
        (
            "content/c.md",
            "---\ntitle: 丙\ndraft: true\ndate: 2999-01-01\n---\n",
        ),
    ]);
    for (page, options) in [
        ("a.md", "--drafts"),
        ("b.md", "--future"),
        ("c.md", "--drafts --future"),
    ] {
        let ran = site.run(&["build", "--dump", page]);
        let said = format!("error: the page `{page}` is held back; to see it, add {options}\n");
        assert_eq!((ran.err, ran.code), (said, 2));
        let with: Vec<&str> = ["build", "--dump", page]
            .into_iter()
            .chain(options.split(' '))
            .collect();
        assert_eq!(site.run(&with).code, 0);
    }
}

#[test]
fn what_is_made_from_the_command_line_itself() {
    let site = Site::empty();
    for shell in ["bash", "zsh", "fish"] {
        let ran = site.run(&["completions", shell]);
        assert!(ran.out.contains("stale-after") && ran.code == 0, "{shell}");
    }
    assert_eq!(site.run(&["manual", "man"]).code, 0);
    assert!(site.read("man/tongwen-check.1").contains("stale"));
    let ran = site.run(&["chekc"]);
    assert!(
        ran.err.contains("a similar subcommand exists: 'check'"),
        "{}",
        ran.err
    );
    assert_eq!(ran.code, 2);
}

#[cfg(not(feature = "external"))]
#[test]
fn what_was_left_out_of_the_program_says_so() {
    let ran = Site::with(&[("content/index.md", PAGE)]).run(&["check", "--external"]);
    let said = "error: this tongwen was built without `check --external`; build it with `cargo install --path . --features external`\n";
    assert_eq!((ran.err.as_str(), ran.code), (said, 2));
}

/// A site that asks for the system's OpenCC.
fn with_opencc() -> Site {
    let site = Site::with(&[(
        "content/index.md",
        "---\ntitle: 首頁\n---\n發現「電腦」。\n",
    )]);
    let engine = "\n[convert]\nengine = \"opencc\"\n";
    site.write("site.toml", site.read("site.toml") + engine);
    site
}

#[cfg(not(feature = "opencc"))]
#[test]
fn an_engine_that_is_not_there_says_what_to_install() {
    let site = with_opencc();
    let said = "error[opencc-not-built]: this tongwen was built without the system's OpenCC
  --> site.toml:13:10
   |
13 | engine = \"opencc\"
   |          ^^^^^^^^
   |
   = help: install its development files (Debian: libopencc-dev) and build with `cargo install --path . --features opencc`, or leave out `engine`
";
    for args in [&["build"][..], &["convert"]] {
        let ran = site.run(args);
        assert_eq!((ran.err.as_str(), ran.code), (said, 1), "{args:?}");
    }
    assert!(!site.has("public"));
}

#[cfg(feature = "opencc")]
#[test]
fn the_engine_of_the_system_converts_a_site() {
    let site = with_opencc();
    let ran = site.run(&["build"]);
    assert_eq!((ran.err.as_str(), ran.code), ("", 0));
    assert!(site.read("public/hans/index.html").contains("发现“电脑”。"));
}
