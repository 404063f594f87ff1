//! `convert`: in a site and outside any, what it shows and what it refuses.

use crate::site::{Ran, SITE, Site};

const TEXT: &str = "他發現，後來坐的士去「廣州」。\n第二行 abc\n";
const GLOSSARY: &str = "[[term]]\nis = \"的士\"\nzh-Hans-CN = \"出租车\"\n";

fn printed(out: &str) -> Ran {
    Ran {
        out: out.to_string(),
        err: String::new(),
        code: 0,
    }
}

#[test]
fn plain_and_as_the_site_would() {
    let site = Site::with(&[("glossary.toml", GLOSSARY), ("a.txt", TEXT)]);
    let plain = "他发现，后来坐的士去「广州」。\n第二行 abc\n";
    let own = "他发现，后来坐出租车去“广州”。\n第二行 abc\n";
    // Each line is a block: a quotation of several paragraphs opens each anew.
    let said = "「第一『段』。\n\n「第二段。」「完」\n".as_bytes();
    let quoted = "“第一‘段’。\n\n“第二段。”“完”\n";
    assert_eq!(site.run_with(&["convert"], said), printed(quoted));
    let ran = Site::empty().run_with(&["convert", "--using", "hk2s"], TEXT.as_bytes());
    assert_eq!(ran, printed(plain));
    for (args, input, out) in [
        (&["convert", "--using", "hk2s", "-"][..], TEXT, plain),
        (&["convert", "--to", "zh-Hans-CN", "a.txt"], "", own),
        (&["convert", "a.txt"], "", own),
        (&["convert"], "", ""),
    ] {
        assert_eq!(
            site.run_with(args, input.as_bytes()),
            printed(out),
            "{args:?}"
        );
    }
}

#[test]
fn what_changes_and_why() {
    let site = Site::with(&[("glossary.toml", GLOSSARY), ("a.txt", TEXT)]);
    let diff = "1: 他[-發現-]{+发现+}，[-後來-]{+后来+}坐[-的士-]{+出租车+}去[-「廣-]{+“广+}州[-」-]{+”+}。\n";
    assert_eq!(site.run(&["convert", "--diff", "a.txt"]), printed(diff));
    let colored = site.run(&["--color", "always", "convert", "--diff", "a.txt"]);
    let start = "1: 他\u{1b}[31;9m發現\u{1b}[0m\u{1b}[32;1m发现\u{1b}[0m，";
    assert!(colored.out.starts_with(start), "{:?}", colored.out);
    let explained = "的士 → 出租车  from the glossary, glossary.toml:2\n";
    let ran = site.run(&["convert", "--explain", "的士"]);
    assert_eq!(ran, printed(explained));
    let explained = "发 → 發  from the table of characters\n  1 STCharacters: 发 → 發  (also 髮)\n";
    let ran = site.run(&["convert", "--using", "s2t", "--explain", "发"]);
    assert!(ran.out.starts_with(explained), "{}", ran.out);
    assert!(ran.out.contains("\nphrases that hold 发:\n"));
    let ran = site.run(&["convert", "--using", "hk2s", "--explain", "啊發", "--json"]);
    let json = r#"{
  "phrases": [],
  "segments": [
    {
      "by": "nothing",
      "output": "啊",
      "row": null,
      "source": "啊",
      "steps": []
    },
    {
      "by": "character",
      "output": "发",
      "row": null,
      "source": "發",
      "steps": [
        {
          "dictionary": "TSCharacters",
          "key": "發",
          "others": [],
          "stage": 2,
          "value": "发"
        }
      ]
    }
  ],
  "to": "hk2s"
}
"#;
    assert_eq!(ran, printed(json));
}

#[test]
fn a_report_names_the_place() {
    let site = Site::with(&[("a.txt", "第一行\n他看著我。\n")]);
    let ran = site.run(&["convert", "--report", "a.txt"]);
    let said = "review[bare-ambiguous]: in zh-Hans-CN `著` became `著`, and no phrase decided it; it may be `着`\n --> a.txt:2:3\n";
    assert!(ran.out.starts_with(said), "{}", ran.out);
    assert!(ran.out.ends_with("\n1 to review\n"), "{}", ran.out);
    assert_eq!(ran.code, 0);
    let name = "余先生".as_bytes();
    let ran = Site::empty().run_with(&["convert", "--using", "s2hk", "--report", "--json"], name);
    let rows: serde_json::Value = serde_json::from_str(&ran.out).expect("the answer is JSON");
    let row = "[[term]]\nis = \"余先生\"\nzh-Hant-HK = \"余先生\"";
    assert_eq!(rows[0]["review"]["row"], row);
}

#[test]
fn what_is_refused() {
    let site = Site::with(&[]);
    let rows: &[(&[&str], &[u8], &str, i32)] = &[
        (
            &["--using", "hk2s"],
            b"a\xffb",
            "error[not-utf8]: this file is not UTF-8: byte 1 cannot be read",
            1,
        ),
        (
            &["--using", "hk2s"],
            "後a\0".as_bytes(),
            "error[nul-at]: this text holds a NUL character at byte 4",
            1,
        ),
        (
            &["--using", "x"],
            b"",
            "error: there is no conversion `x`; there are hk2s, s2hk, t2s, s2t, tw2s, s2tw, tw2sp, s2twp, t2hk, hk2t, t2tw, tw2t, hk2sp, s2hkp",
            2,
        ),
        (
            &["--to", "en"],
            b"",
            "error: say with --to which language to convert to (zh-Hans-CN), or with --using which conversion, such as hk2s",
            2,
        ),
        (
            &["--using", "hk2s", "none.txt"],
            b"",
            "error: `none.txt` cannot be read: No such file or directory (os error 2)",
            2,
        ),
    ];
    for (args, input, said, code) in rows {
        let args = [&["convert"], *args].concat();
        let ran = site.run_with(&args, input);
        let first = ran.err.lines().next().unwrap_or_default();
        assert_eq!((first, ran.code), (*said, *code), "{args:?}");
    }
    let nowhere = Site::empty().run(&["convert"]);
    assert_eq!(nowhere.heads(), ["error[missing-config] site.toml"]);
    assert!(SITE.contains("hk2s"));
}

#[test]
fn a_long_text_in_parts_is_the_text_in_one() {
    let line = "他發現，後來去「廣州」。".repeat(4_000) + "\n";
    let text = line.repeat(30);
    let ran = Site::empty().run_with(&["convert", "--using", "hk2s"], text.as_bytes());
    let expected = "他发现，后来去「广州」。".repeat(4_000) + "\n";
    assert_eq!(ran.code, 0);
    assert!(ran.out == expected.repeat(30));
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    use std::io::Read;
    use std::process::{Command, Stdio};
    let site = Site::with(&[("long.txt", &"後來\n".repeat(2_000_000))]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_tongwen"))
        .args(["convert", "--using", "hk2s", "long.txt"])
        .current_dir(site.root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program under test was built");
    let mut first = [0; 6];
    let mut out = child.stdout.take().expect("its output is a pipe");
    out.read_exact(&mut first).expect("it writes");
    drop(out);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(&first, "后来".as_bytes());
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}
