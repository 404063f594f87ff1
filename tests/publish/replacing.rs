//! What a build does to the output of the one before.

use std::fs;

use tongwen::shell::publish::{Published, Staging, Target, clean};

use crate::desk::{Desk, code, copied, files, identity, made, publish, tree};

#[test]
fn unchanged_files_stay_stale_ones_go() {
    let desk = Desk::new();
    let first = desk.build(&[("a.html", "1"), ("b/index.html", "2"), ("b/c/d.css", "3")]);
    let counts = |written, unchanged, removed, bytes| Published {
        written,
        unchanged,
        removed,
        bytes,
        kept: None,
    };
    assert_eq!(first.unwrap(), counts(3, 0, 0, 3));
    let a = identity(&desk.output().join("a.html"));
    let second = desk.build(&[
        ("a.html", "1"),
        ("b/index.html", "two"),
        ("時間線/頁.html", "4"),
    ]);
    assert_eq!(second.unwrap(), counts(2, 1, 1, 4));
    assert_eq!(identity(&desk.output().join("a.html")), a);
    let expected = [
        ("a.html", "1"),
        ("b/index.html", "two"),
        ("時間線/頁.html", "4"),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(path, text)| (path.to_string(), text.to_string()))
        .collect();
    assert_eq!(files(&desk.output()), expected);
    assert!(!desk.output().join("b/c").exists(), "an empty folder stays");
    let beside: Vec<_> = tree(&desk.root())
        .into_keys()
        .filter(|path| path.contains("tongwen") && !path.starts_with("public/"))
        .collect();
    assert!(beside.is_empty(), "left beside: {beside:?}");
}

#[test]
fn nothing_changed_touches_nothing() {
    let desk = Desk::new();
    let pages = [("a.html", "1"), ("b/index.html", "2")];
    desk.build(&pages).unwrap();
    let facts = || {
        let mut facts = vec![identity(&desk.output())];
        facts.extend(
            tree(&desk.output())
                .keys()
                .map(|path| identity(&desk.output().join(path))),
        );
        facts
    };
    let before = facts();
    for _ in 0..3 {
        let published = desk.build(&pages).unwrap();
        assert_eq!((published.written, published.unchanged), (0, 2));
        assert_eq!(facts(), before);
    }
}

#[test]
fn equal_input_gives_equal_folders_whatever_came_before() {
    let (one, two) = (Desk::new(), Desk::new());
    let pages = [("a.html", "1"), ("b/index.html", "2"), ("c", "")];
    one.build(&pages).unwrap();
    two.build(&[("z", "9"), ("c", "")]).unwrap();
    two.build(&pages).unwrap();
    assert_eq!(tree(&one.output()), tree(&two.output()));
}

#[test]
fn a_restored_output_is_known_by_its_digests() {
    let desk = Desk::new();
    let pages = [("a.html", "1"), ("b/index.html", "2")];
    desk.build(&pages).unwrap();
    let aside = desk.path("aside");
    fs::rename(desk.output(), &aside).unwrap();
    for (path, _) in tree(&aside) {
        match path.ends_with('/') {
            true => fs::create_dir_all(desk.output().join(path)).unwrap(),
            false => {
                fs::create_dir_all(desk.output()).unwrap();
                fs::copy(aside.join(&path), desk.output().join(&path)).unwrap();
            }
        }
    }
    assert_eq!(desk.build(&pages).unwrap().unchanged, 2);
}

#[test]
fn a_generated_file_that_was_deleted_is_written_again() {
    let desk = Desk::new();
    let pages = [("a.html", "1"), ("b/index.html", "2")];
    desk.build(&pages).unwrap();
    fs::remove_file(desk.output().join("b/index.html")).unwrap();
    let published = desk.build(&pages).unwrap();
    assert_eq!((published.written, published.unchanged), (1, 1));
    assert_eq!(files(&desk.output()).len(), 2);
}

#[test]
fn a_file_may_become_a_folder_and_back() {
    let desk = Desk::new();
    for pages in [&[("a", "1")][..], &[("a/b", "2")], &[("a", "3")]] {
        desk.build(pages).unwrap();
        assert_eq!(files(&desk.output())[0].1, pages[0].1);
    }
}

/// Files are replaced, never written over: who keeps one by another name keeps its text.
#[test]
fn a_hard_link_elsewhere_keeps_its_text() {
    let desk = Desk::new();
    desk.build(&[("a", "1"), ("b", "1")]).unwrap();
    for name in ["a", "b"] {
        fs::hard_link(desk.output().join(name), desk.path(name)).unwrap();
    }
    desk.build(&[("a", "2")]).unwrap();
    clean(&desk.target(), false).unwrap();
    for name in ["a", "b"] {
        assert_eq!(fs::read_to_string(desk.path(name)).unwrap(), "1");
    }
}

#[test]
fn one_path_twice_is_an_error() {
    let desk = Desk::new();
    desk.build(&[("same", "1"), ("other", "1")]).unwrap();
    let rows: &[&[(&str, &str)]] = &[
        &[("new", "1"), ("new", "1")],
        &[("same", "1"), ("same", "1")],
        &[("same", "1"), ("same", "2")],
        &[("same", "2"), ("same", "1")],
        &[("same", "1"), ("same/in", "2")],
        &[("x", "1"), ("x/in", "2")],
        &[("x/in", "1"), ("x", "2")],
        &[(".tongwen", "1")],
        &[(".tongwen.work/x", "1")],
    ];
    let before = tree(&desk.root());
    for row in rows {
        let error = desk.build(row).expect_err(&format!("{row:?}"));
        assert_eq!(code(&error), "output-twice", "{row:?}");
        assert_eq!(tree(&desk.root()), before, "{row:?}");
    }
}

#[test]
fn copies_come_from_inside_the_site_only() {
    let desk = Desk::new();
    desk.write("root/static/a.svg", "svg");
    desk.write("root/static/deep/b.svg", "svg");
    desk.write("secret", "svg");
    let link = |from: &str, to: &std::path::Path| {
        std::os::unix::fs::symlink(to, desk.path(from)).unwrap();
    };
    link("root/static/inside.svg", "deep/b.svg".as_ref());
    link("root/static/absolute.svg", &desk.path("root/static/a.svg"));
    link("root/static/outside.svg", &desk.path("secret"));
    link("root/static/climbing.svg", "../../secret".as_ref());
    link("root/static/folder", &desk.path(""));
    link("root/static/loop.svg", "loop.svg".as_ref());
    let rows = [
        ("static/a.svg", "svg", None),
        ("static/inside.svg", "svg", None),
        ("static/absolute.svg", "svg", None),
        ("static/outside.svg", "svg", Some("leaves-site")),
        ("static/climbing.svg", "svg", Some("leaves-site")),
        ("static/folder/secret", "svg", Some("leaves-site")),
        ("static/loop.svg", "svg", Some("unreadable")),
        ("static/missing.svg", "svg", Some("unreadable")),
        ("static/deep", "svg", Some("unreadable")),
        ("static/a.svg", "older", Some("copy-changed")),
    ];
    for (index, (from, text, expected)) in rows.into_iter().enumerate() {
        let name = format!("{index}.svg");
        let staging = Staging::begin(&desk.target()).unwrap();
        let put = staging.put(&copied(&name, from, text));
        assert_eq!(put.as_ref().err().map(code), expected, "{from}");
        if expected.is_none() {
            staging.commit().unwrap();
            assert_eq!(fs::read(desk.output().join(name)).unwrap(), b"svg");
        }
    }
}

#[test]
fn an_unchanged_copy_is_not_read_again() {
    let desk = Desk::new();
    desk.write("root/static/a.svg", "svg");
    for written in [1, 0] {
        let staging = Staging::begin(&desk.target()).unwrap();
        staging
            .put(&copied("a.svg", "static/a.svg", "svg"))
            .unwrap();
        assert_eq!(staging.commit().unwrap().written, written);
    }
}

#[test]
fn a_dropped_staging_leaves_no_trace() {
    let desk = Desk::new();
    desk.build(&[("a", "1")]).unwrap();
    let before = tree(&desk.root());
    let staging = Staging::begin(&desk.target()).unwrap();
    staging.put(&made("b/c/d", "2")).unwrap();
    assert_ne!(tree(&desk.root()), before);
    drop(staging);
    assert_eq!(tree(&desk.root()), before);
}

#[test]
fn folders_above_the_output_are_made_and_its_mode_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let target = Target::new(desk.root(), desk.path("www/here/site"), false);
    publish(&target, &[("a", "1")]).unwrap();
    fs::set_permissions(
        desk.path("www/here/site"),
        fs::Permissions::from_mode(0o750),
    )
    .unwrap();
    publish(&target, &[("a", "2")]).unwrap();
    let mode = fs::metadata(desk.path("www/here/site"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o750);
}

#[test]
fn clean_removes_what_was_made_and_nothing_else() {
    let desk = Desk::new();
    assert_eq!(clean(&desk.target(), false).unwrap().files, 0);
    desk.build(&[("a", "1"), ("b/c", "22")]).unwrap();
    let before = tree(&desk.root());
    let would = clean(&desk.target(), true).unwrap();
    assert_eq!((would.files, would.bytes), (2, 3));
    assert_eq!(tree(&desk.root()), before, "a dry run changes nothing");

    desk.write("root/public/b/mine", "mine");
    let with_mine = tree(&desk.root());
    let refused = clean(&desk.target(), false).unwrap_err();
    assert_eq!(code(&refused), "output-not-ours");
    assert_eq!(tree(&desk.root()), with_mine);

    let forced = Target {
        force: true,
        ..desk.target()
    };
    clean(&forced, false).unwrap();
    assert_eq!(
        files(&desk.output()),
        [("b/mine".to_string(), "mine".to_string())]
    );
    fs::remove_dir_all(desk.output()).unwrap();

    fs::create_dir(desk.output()).unwrap();
    assert_eq!(
        code(&clean(&desk.target(), false).unwrap_err()),
        "clean-not-ours"
    );
    desk.build(&[("a", "1"), ("b/c", "22")]).unwrap();
    assert_eq!(clean(&desk.target(), false).unwrap(), would);
    assert!(!desk.output().exists());
}

#[test]
fn what_others_do_to_the_output_meanwhile_is_kept_or_refused() {
    type Deed = fn(&Desk);
    // What somebody does between our beginning and our end, what the end says, where theirs is then.
    let rows: &[(&str, Deed, Option<&str>, &str)] = &[
        (
            "a new file",
            |desk| desk.write("root/public/mine", "mine"),
            None,
            "root/public.kept-1/mine",
        ),
        (
            "in a new folder",
            |desk| desk.write("root/public/x/mine", "mine"),
            None,
            "root/public.kept-1/x/mine",
        ),
        (
            "over a file that goes",
            |desk| desk.write("root/public/goes", "mine"),
            None,
            "root/public.kept-1/goes",
        ),
        (
            "over a file that changes",
            |desk| desk.write("root/public/b/changes", "mine"),
            None,
            "root/public.kept-1/b/changes",
        ),
        (
            "over a file that stays",
            |desk| desk.write("root/public/stays", "mine"),
            Some("output-io"),
            "root/public/stays",
        ),
        (
            "another folder altogether",
            |desk| {
                fs::rename(desk.output(), desk.path("aside")).unwrap();
                desk.write("root/public/mine", "mine");
            },
            Some("output-io"),
            "root/public/mine",
        ),
    ];
    for (what, deed, expected, place) in rows {
        let desk = Desk::new();
        desk.build(&[("stays", "1"), ("b/changes", "1"), ("goes", "1")])
            .unwrap();
        let staging = Staging::begin(&desk.target()).unwrap();
        staging.put(&made("stays", "1")).unwrap();
        staging.put(&made("b/changes", "2")).unwrap();
        deed(&desk);
        let published = staging.commit();
        assert_eq!(published.as_ref().err().map(code), *expected, "{what}");
        assert_eq!(
            fs::read_to_string(desk.path(place)).unwrap(),
            "mine",
            "{what}"
        );
        if let Ok(published) = published {
            assert_eq!(
                published.kept,
                Some(desk.path("root/public.kept-1").canonicalize().unwrap())
            );
            assert_eq!(files(&desk.output()).len(), 2, "{what}");
            assert_eq!(desk.build(&[("stays", "1")]).unwrap().removed, 1, "{what}");
        }
        assert!(!desk.path("root/.public.tongwen").exists(), "{what}");
    }
}

#[test]
fn a_second_build_waits_for_the_first() {
    let desk = Desk::new();
    let first = Staging::begin(&desk.target()).unwrap();
    first.put(&made("a", "1")).unwrap();
    let (started, wait) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let second = scope.spawn(|| {
            started.send(()).unwrap();
            desk.build(&[("a", "2")])
        });
        wait.recv().unwrap();
        first.commit().unwrap();
        second.join().unwrap().unwrap();
    });
    assert_eq!(files(&desk.output())[0].1, "2");
}

#[test]
fn a_second_build_that_waited_too_long_is_refused() {
    let desk = Desk::new();
    let _first = Staging::begin(&desk.target()).unwrap();
    let refused = desk.build(&[("a", "2")]).unwrap_err();
    assert_eq!(code(&refused), "output-busy");
    assert!(!refused.is_the_authors());
}

#[test]
fn relative_folders_are_taken_from_the_current_one() {
    let desk = Desk::new();
    let here = std::env::current_dir().unwrap();
    let up = "../".repeat(here.components().count());
    let relative =
        |path: std::path::PathBuf| std::path::Path::new(&up).join(path.strip_prefix("/").unwrap());
    let target = Target::new(relative(desk.root()), relative(desk.output()), false);
    publish(&target, &[("a", "1")]).unwrap();
    assert_eq!(files(&desk.output()).len(), 1);
    let refused = Target::new(
        relative(desk.root()),
        relative(desk.path("root/content")),
        false,
    );
    assert_eq!(
        code(&publish(&refused, &[("a", "1")]).unwrap_err()),
        "output-in-site"
    );
}
