//! `check`: what it finds, one row a fault, and what makes it fail.

use crate::site::{SITE, Site};

/// Files over the plain site, and the headlines and totals that `check` then prints.
type Row<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str], &'a str);

const HOME: &str = "---\ntitle: 首頁\n---\n正文。\n";

#[test]
fn what_is_found() {
    let rows: &[Row<'_>] = &[
        (
            &[("content/index.md", HOME)],
            &[],
            "0 errors, 0 warnings, 0 to review\n",
        ),
        (
            &[("content/index.md", "---\ntitle: 首頁\n---\n[甲](nope.md)\n")],
            &["error[dead-link] content/index.md:4:1"],
            "1 error, 0 warnings, 0 to review\n",
        ),
        (
            &[
                ("content/index.md", HOME),
                ("content/b.md", "---\ntitle: 乙\n---\n正文。\n"),
                (
                    "content/b.zh-Hans-CN.md",
                    "---\ntitle: 乙\nsummary: 乙\n---\n正文，他發現了。\n",
                ),
            ],
            &["error[script-leak] content/b.zh-Hans-CN.md:5:5"],
            "",
        ),
        // Marked, kept, pinned: no leak.
        (
            &[(
                "content/index.md",
                "---\ntitle: 首頁\nconvert: {terms: {發見: {zh-Hans-CN: 發見}}}\n---\n-{發現}-，發見。\n",
            )],
            &[],
            "0 errors, 0 warnings, 0 to review\n",
        ),
        (
            &[
                ("content/index.md", "---\ntitle: 首頁\n---\n![](a.png)\n"),
                ("content/a.png", ""),
                ("content/b.png", ""),
            ],
            &[
                "warning[orphan-asset] content/b.png",
                "warning[bare-image] content/index.md:4:1",
            ],
            "0 errors, 2 warnings, 0 to review\n",
        ),
        (
            &[(
                "content/index.md",
                "---\ntitle: 首頁\nas_of: 2020-01-01\n---\n正文。\n",
            )],
            &["warning[stale] content/index.md:3:1"],
            "0 errors, 1 warning, 0 to review\n",
        ),
        (
            &[
                ("content/index.md", HOME),
                (
                    "glossary.toml",
                    "[[term]]\nis = \"正文\"\nzh-Hans-CN = \"正文\"\n[[term]]\nis = \"沒有\"\nzh-Hans-CN = \"没有\"\n",
                ),
            ],
            &["review[unused-glossary] glossary.toml:5:6"],
            "0 errors, 0 warnings, 1 to review\n",
        ),
        (
            &[
                ("content/index.md", "---\ntitle: 二千\n---\n有2,001人。\n"),
                (
                    "content/index.zh-Hans-CN.md",
                    "---\ntitle: 二千\n---\n有2002人。\n",
                ),
            ],
            &["error[numbers-differ] content/index.zh-Hans-CN.md:4:2"],
            "1 error, 0 warnings, 0 to review\n",
        ),
        (
            &[(
                "content/index.md",
                "---\ntitle: 首頁\n---\n有-{80; zh-Hans-CN: 90}-人。\n",
            )],
            &["error[numbers-differ] content/index.md:4:20"],
            "1 error, 0 warnings, 0 to review\n",
        ),
        (
            &[
                ("content/index.md", HOME),
                (
                    "templates/own.html",
                    "<html lang=\"{{ lang.tag }}\"><a href=\"/none/\">x</a></html>",
                ),
                (
                    "content/b.md",
                    "---\ntitle: 乙\ntemplate: own.html\n---\n正文。\n",
                ),
            ],
            &[
                "error[broken-address] content/b.md",
                "error[broken-address] content/b.md",
            ],
            "2 errors, 0 warnings, 0 to review\n",
        ),
        (
            &[(
                "content/index.md",
                "---\ntitle: 首頁\n---\n前文。他看著我。\n",
            )],
            &["review[bare-ambiguous] content/index.md:4:6"],
            "0 errors, 0 warnings, 1 to review\n",
        ),
    ];
    let mut wrong = String::new();
    for (files, heads, totals) in rows {
        let ran = Site::with(files).run(&["check"]);
        if ran.heads() != *heads || !ran.out.ends_with(totals) {
            wrong.push_str(&format!("{files:?}\n{}{}\n", ran.err, ran.out));
        }
        let failed = heads.iter().any(|head| head.starts_with("error"));
        assert_eq!(ran.code, i32::from(failed), "{files:?}");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_place_to_review_in_full_and_what_settles_it() {
    let site = Site::with(&[(
        "content/index.md",
        "---\ntitle: 首頁\n---\n前文。他看著我。\n",
    )]);
    let said = "review[bare-ambiguous]: in zh-Hans-CN `著` became `著`, and no phrase decided it; it may be `着`
 --> content/index.md:4:6
  |
4 | 前文。他看著我。
  |           ^^
  |
  = help: if it is wrong, write `-{著; zh-Hans-CN: 着}-` there, or in glossary.toml:
          [[term]]
          is = \"看著\"
          zh-Hans-CN = \"看着\"
          if it is right, write in review.toml:
          [[decided]]
          key = \"KEY\"
          text = \"看著\"
          reason = \"…\"
";
    let ran = site.run(&["check"]);
    let key = ran
        .err
        .split_once("key = \"")
        .map_or("", |(_, rest)| &rest[..10]);
    assert_eq!(ran.err, said.replace("KEY", key));
    assert_eq!(site.run(&["check", "--deny", "review"]).code, 1);
    assert_eq!(site.run(&["check", "--deny", "bare-ambiguous"]).code, 1);
    assert_eq!(site.run(&["check", "--deny", "unknown-name"]).code, 0);
    // What is printed settles it as it stands.
    let rows: serde_json::Value =
        serde_json::from_str(&site.run(&["check", "--json"]).out).expect("the answer is JSON");
    let review = &rows[0]["review"];
    assert_eq!(review["candidates"], serde_json::json!(["着"]));
    let line = |name: &str| review[name].as_str().unwrap_or_default();
    site.write("glossary.toml", line("row"));
    assert_eq!(
        site.run(&["check"]).out,
        "0 errors, 0 warnings, 0 to review\n"
    );
    site.write("glossary.toml", "");
    site.write("review.toml", line("decision"));
    assert_eq!(
        site.run(&["check"]).out,
        "0 errors, 0 warnings, 0 to review\n"
    );
    // Lines that move change nothing; the sentence itself does.
    site.write(
        "content/index.md",
        "---\ntitle: 首頁\n---\n\n前文。他看著我。\n",
    );
    assert_eq!(
        site.run(&["check"]).out,
        "0 errors, 0 warnings, 0 to review\n"
    );
    site.write("content/index.md", "---\ntitle: 首頁\n---\n她看著我。\n");
    let heads = site.run(&["check"]).heads();
    let expected = [
        "warning[unused-decision] review.toml:2:7",
        "review[bare-ambiguous] content/index.md:4:3",
    ];
    assert_eq!(heads, expected);
}

#[test]
fn what_ambiguous_means_to_a_build() {
    let text = "---\ntitle: 首頁\n---\n他看著我。\n";
    for (ambiguous, heads, code) in [("allow", 0, 0), ("warn", 1, 0), ("deny", 1, 1)] {
        let site = Site::with(&[("content/index.md", text)]);
        site.write(
            "site.toml",
            format!("{SITE}\n[convert]\nambiguous = \"{ambiguous}\"\n"),
        );
        let ran = site.run(&["build"]);
        assert_eq!((ran.heads().len(), ran.code), (heads, code), "{ambiguous}");
        assert!(
            code != 0 || ran.out.contains(" 1 to review;"),
            "{}",
            ran.out
        );
    }
}

#[test]
fn as_json_and_names_that_are_none() {
    let site = Site::with(&[
        ("content/index.md", "---\ntitle: 首頁\n---\n![](a.png)\n"),
        ("content/a.png", ""),
    ]);
    let expected = r#"[
  {
    "code": "bare-image",
    "severity": "warning",
    "message": "this image has no words for those who do not see it",
    "help": "write them as `![words](file)`, or as `image_alt` in the front matter",
    "file": "content/index.md",
    "line": 4,
    "column": 1,
    "text": "![](a.png)"
  }
]
"#;
    let ran = site.run(&["check", "--json"]);
    assert_eq!(
        (ran.out.as_str(), ran.err.as_str(), ran.code),
        (expected, "", 0)
    );
    assert_eq!(site.run(&["check", "--deny", "warnings"]).code, 1);
    let ran = site.run(&["check", "--deny", "bare-imag"]);
    let said = "error: --deny: there is no code `bare-imag`\n       did you mean `bare-image`?\n";
    assert_eq!((ran.err.as_str(), ran.code), (said, 2));
    let ran = site.run(&["--lang", "zh-Hant", "check"]);
    assert_eq!(ran.out, "錯誤 0、警告 1、待看 0\n");
}
