//! The Chinese documents are a site of this program's own, in both scripts, with nothing left to say about it.

use std::fs;
use std::process::Command;

use crate::folder;

#[test]
fn the_chinese_documents_are_a_site() {
    let output = tempfile::tempdir().expect("a folder for the test can be made");
    let output = output.path().join("public");
    let run = |words: &[&str]| {
        let ran = Command::new(env!("CARGO_BIN_EXE_tongwen"))
            .args(["--lang", "en", "--root"])
            .arg(folder().join("site"))
            .args(words)
            .output()
            .expect("the program can be started");
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.success(), "{words:?}\n{said}");
    };
    run(&["check", "--deny", "warnings", "--deny", "review"]);
    let into = output.to_string_lossy();
    run(&["build", "--strict", "--output-dir", &into]);
    for (page, words) in [
        ("tutorial/index.html", "一個繁簡兩版的網站"),
        ("hans/tutorial/index.html", "一个繁简两版的网站"),
        ("conversion/index.html", "一套文字怎樣變成兩種字體"),
        ("hans/conversion/index.html", "一套文字怎样变成两种字体"),
    ] {
        let html = fs::read_to_string(output.join(page)).expect("the page is there");
        assert!(html.contains(words), "{page} lacks {words}");
    }
}
