//! Places that must not be built into, one row each.

use std::fs;
use std::os::unix::fs::symlink;

use tongwen::shell::publish::{Target, clean};

use crate::desk::{Desk, code, publish, tree};

#[test]
fn outputs_on_around_or_in_the_authors_folders() {
    let rows = [
        (".", "output-in-site"),
        ("", "output-in-site"),
        ("..", "output-in-site"),
        ("/", "output-in-site"),
        ("content", "output-in-site"),
        ("content/en", "output-in-site"),
        ("content/../content/x", "output-in-site"),
        ("missing/../content", "output-in-site"),
        ("public/../content", "output-in-site"),
        ("static", "output-in-site"),
        ("templates/x/y", "output-in-site"),
        ("src", "output-in-site"),
        (".git", "output-in-site"),
        (".git/x", "output-in-site"),
        ("../home", "output-in-site"),
        ("../home/..", "output-in-site"),
        ("../root", "output-in-site"),
        ("link-to-content", "output-in-site"),
        ("link-to-content/x", "output-in-site"),
        ("link-to-root", "output-in-site"),
        ("link-to-home", "output-in-site"),
        ("link-to-full", "output-leads-away"),
        ("link-to-full/x", "output-leads-away"),
        ("broken-link", "output-leads-away"),
        ("link-inside", "output-leads-away"),
        ("site.toml", "output-not-folder"),
        ("site.toml/x", "output-io"),
        ("pipe", "output-not-folder"),
        ("../full", "output-not-ours"),
        ("../full/inner", "output-not-ours"),
        ("holds-empty-folder", "output-not-ours"),
        ("holds-false-marker", "output-not-ours"),
        ("repository", "output-holds-repository"),
        ("taken", "output-beside-taken"),
    ];
    for force in [false, true] {
        for (output, expected) in rows {
            let desk = furnished();
            let mut target = Target::new(desk.root(), desk.root().join(output), force);
            target.sheltered = vec![desk.path("home")];
            let before = tree(&desk.path(""));
            let result = publish(&target, &[("index.html", "1")]);
            if force && expected == "output-not-ours" {
                result.unwrap_or_else(|error| panic!("{output} with --force: {error}"));
                continue;
            }
            let error = result.expect_err(output);
            assert_eq!(code(&error), expected, "{output}, force {force}: {error}");
            assert_eq!(tree(&desk.path("")), before, "{output}, force {force}");
            let cleaned = clean(&target, false);
            assert!(
                cleaned.is_err() || cleaned.is_ok_and(|cleaned| cleaned.folder.is_none()),
                "{output}"
            );
            assert_eq!(tree(&desk.path("")), before, "{output} cleaned");
        }
    }
}

#[test]
fn outputs_that_hold_what_we_did_not_make() {
    type Change = fn(&Desk);
    let rows: &[(&str, Change, &str)] = &[
        (
            "a new file",
            |desk| desk.write("root/public/CNAME", "x"),
            "output-not-ours",
        ),
        (
            "a hidden file",
            |desk| desk.write("root/public/.nojekyll", ""),
            "output-not-ours",
        ),
        (
            "a new file deep down",
            |desk| desk.write("root/public/b/c/x", "x"),
            "output-not-ours",
        ),
        (
            "a new folder",
            |desk| fs::create_dir(desk.path("root/public/up")).unwrap(),
            "output-not-ours",
        ),
        (
            "a link",
            |desk| symlink("index.html", desk.path("root/public/l")).unwrap(),
            "output-not-ours",
        ),
        (
            "a folder of ours become a link",
            |desk| {
                fs::rename(desk.path("root/public/b"), desk.path("elsewhere")).unwrap();
                symlink(desk.path("elsewhere"), desk.path("root/public/b")).unwrap();
            },
            "output-not-ours",
        ),
        (
            "a file of ours become a folder",
            |desk| {
                fs::remove_file(desk.path("root/public/index.html")).unwrap();
                desk.write("root/public/index.html/x", "x");
            },
            "output-not-ours",
        ),
        (
            "a file changed",
            |desk| desk.write("root/public/index.html", "mine"),
            "output-edited",
        ),
        (
            "a file changed, as long",
            |desk| desk.write("root/public/index.html", "2"),
            "output-edited",
        ),
        (
            "a file changed, as long, its time set back",
            |desk| {
                let path = desk.path("root/public/index.html");
                let time = fs::metadata(&path).unwrap().modified().unwrap();
                fs::write(&path, "2").unwrap();
                let file = fs::File::options().write(true).open(&path).unwrap();
                file.set_modified(time).unwrap();
            },
            "output-edited",
        ),
        (
            "the marker changed",
            |desk| desk.write("root/public/.tongwen", "x"),
            "output-not-ours",
        ),
        (
            "the marker gone",
            |desk| fs::remove_file(desk.path("root/public/.tongwen")).unwrap(),
            "output-not-ours",
        ),
        (
            "a repository",
            |desk| desk.write("root/public/.git/HEAD", "x"),
            "output-holds-repository",
        ),
    ];
    for (what, change, expected) in rows {
        let desk = Desk::new();
        let pages = [("index.html", "1"), ("b/c/d", "1")];
        desk.build(&pages).unwrap();
        change(&desk);
        let before = tree(&desk.path(""));
        let error = desk.build(&pages).expect_err(what);
        assert_eq!(code(&error), *expected, "{what}: {error}");
        assert_eq!(tree(&desk.path("")), before, "{what}");
        let forced = Target {
            force: true,
            ..desk.target()
        };
        if *expected != "output-holds-repository" {
            publish(&forced, &pages).unwrap_or_else(|error| panic!("{what} with --force: {error}"));
            assert_eq!(
                crate::desk::files(&desk.output()).len(),
                2,
                "{what} with --force"
            );
        }
        assert_eq!(
            desk.path("elsewhere").exists(),
            what.ends_with("become a link")
        );
    }
}

/// A site with all around it that could be hit.
fn furnished() -> Desk {
    let desk = Desk::new();
    for (path, text) in [
        ("home/letter", "dear"),
        ("full/book", "once"),
        ("full/inner/page", "upon"),
        ("root/content/index.md", "mine"),
        ("root/.git/HEAD", "ref"),
        ("root/holds-false-marker/.tongwen", "tongwen output 1 \n"),
        ("root/repository/.git", "gitdir: ../.git"),
        ("root/.taken.tongwen/mine", "mine"),
        ("root/src/main.rs", "fn main() {}"),
    ] {
        desk.write(path, text);
    }
    for folder in ["root/real", "root/holds-empty-folder/in", "root/public"] {
        fs::create_dir_all(desk.path(folder)).unwrap();
    }
    let links = [
        ("link-to-content", "content"),
        ("link-to-root", "../root"),
        ("link-to-home", "../home"),
        ("link-to-full", "../full"),
        ("broken-link", "nowhere"),
        ("link-inside", "real"),
    ];
    for (name, to) in links {
        symlink(to, desk.root().join(name)).unwrap();
    }
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    let pipe = desk.path("root/pipe");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, mode, 0).unwrap();
    desk
}
