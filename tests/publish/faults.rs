//! What the world does to a build: full disks, missing permission, mounts, readers.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tongwen::shell::publish::{Target, clean};

use crate::desk::{Desk, code, files, identity, publish, tree};

/// A file system mounted for one test.
pub struct Mounted(PathBuf);

impl Mounted {
    pub fn tmpfs(at: &Path, size: &str) -> Option<Mounted> {
        let size = format!("size={size}");
        Mounted::mount(at, &["-t", "tmpfs", "-o", &size, "tmpfs"])
    }

    fn bind(from: &Path, at: &Path) -> Option<Mounted> {
        Mounted::mount(at, &["--bind", from.to_str().unwrap()])
    }

    /// A file system that can set quotas, from a file beside it.
    fn btrfs(at: &Path) -> Option<Mounted> {
        let image = at.with_extension("image");
        let file = fs::File::create(&image).unwrap();
        file.set_len(128 << 20).unwrap();
        let made = Command::new("mkfs.btrfs").arg("-q").arg(&image).output();
        if !made.is_ok_and(|made| made.status.success()) {
            eprintln!("passed over: there is no mkfs.btrfs");
            return None;
        }
        Mounted::mount(at, &["-o", "loop", image.to_str().unwrap()])
    }

    fn mount(at: &Path, how: &[&str]) -> Option<Mounted> {
        fs::create_dir_all(at).unwrap();
        let done = Command::new("mount").args(how).arg(at).output();
        if done.is_ok_and(|done| done.status.success()) {
            return Some(Mounted(at.to_path_buf()));
        }
        eprintln!("passed over: mounting needs root");
        None
    }
}

impl Drop for Mounted {
    /// A process that another test is just starting holds for a moment, until it is another program, whatever was open
    /// here; until then the mount is busy.
    fn drop(&mut self) {
        let unmounted = (0..100).any(|_| {
            let done = Command::new("umount").arg(&self.0).output();
            let done = done.is_ok_and(|done| done.status.success());
            if !done {
                std::thread::sleep(Duration::from_millis(50));
            }
            done
        });
        assert!(unmounted, "{} is still in use", self.0.display());
    }
}

#[test]
fn a_full_disk_leaves_the_previous_output() {
    let desk = Desk::new();
    let Some(_mounted) = Mounted::tmpfs(&desk.root(), "1m") else {
        return;
    };
    desk.build(&[("a", "1"), ("b/c", "2")]).unwrap();
    let before = tree(&desk.root());
    let large = "x".repeat(300_000);
    for files in 4..7 {
        let names: Vec<String> = (0..files).map(|n| format!("{n}/x")).collect();
        let pages: Vec<_> = names
            .iter()
            .map(|name| (name.as_str(), large.as_str()))
            .collect();
        let error = desk.build(&pages).unwrap_err();
        assert_eq!(code(&error), "output-io");
        assert!(error.to_string().contains("No space left"), "{error}");
        assert_eq!(tree(&desk.root()), before);
    }
    // So full that not even the marker fits.
    fs::write(desk.path("root/filler"), "x".repeat(900_000)).unwrap();
    let mut rest = 200_000;
    while rest > 0 {
        match fs::write(desk.path(&format!("root/filler{rest}")), "x".repeat(rest)) {
            Ok(()) => {}
            Err(_) => fs::remove_file(desk.path(&format!("root/filler{rest}"))).unwrap_or(()),
        }
        rest /= 2;
    }
    let before = tree(&desk.root());
    let error = desk
        .build(&[("a", "1"), ("b/c", "2"), ("d", "3")])
        .unwrap_err();
    assert!(error.to_string().contains("No space left"), "{error}");
    assert_eq!(tree(&desk.root()), before);
}

/// A quota is met earlier than a full disk, and by the one who has it alone; the site lies in a part of a
/// file system that may hold three megabytes.
#[test]
fn an_exhausted_quota_leaves_the_previous_output() {
    let desk = Desk::new();
    let Some(_mounted) = Mounted::btrfs(&desk.path("volume")) else {
        return;
    };
    let site = desk.path("volume/site");
    for (command, at) in [
        ("quota enable", &desk.path("volume")),
        ("subvolume create", &site),
        ("qgroup limit 3M", &site),
    ] {
        let mut btrfs = Command::new("btrfs");
        let done = btrfs.args(command.split(' ')).arg(at).output().unwrap();
        assert!(done.status.success(), "{command}: {done:?}");
    }
    fs::create_dir(site.join("content")).unwrap();
    let target = Target::new(&site, site.join("public"), false);
    publish(&target, &[("a", "1"), ("b/c", "2")]).unwrap();
    let before = tree(&site);
    // What is neither compressed nor held in one block.
    let large: String = (0..100_000u64)
        .map(|n| format!("{:016x}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
        .collect();
    let names: Vec<String> = (0..4).map(|n| format!("{n}/x")).collect();
    let pages: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), large.as_str()))
        .collect();
    let error = publish(&target, &pages).unwrap_err();
    assert_eq!(code(&error), "output-io");
    assert!(error.to_string().contains("quota exceeded"), "{error}");
    assert_eq!(tree(&site), before);
    // Nothing of it was left, or there would be no room now.
    publish(&target, &[("a", "2"), ("d", "3")]).unwrap();
    assert_eq!(files(&site.join("public")).len(), 2);
}

#[test]
fn a_mount_point_is_replaced_file_by_file() {
    let desk = Desk::new();
    desk.write("volume/.keep", "");
    fs::remove_file(desk.path("volume/.keep")).unwrap();
    for bind in [false, true] {
        let mounted = match bind {
            true => Mounted::bind(&desk.path("volume"), &desk.output()),
            false => Mounted::tmpfs(&desk.output(), "4m"),
        };
        let Some(_mounted) = mounted else {
            return;
        };
        let folder = identity(&desk.output()).0;
        desk.build(&[("a.html", "1"), ("b/c/d.css", "2"), ("e", "3")])
            .unwrap();
        let a = identity(&desk.output().join("a.html"));
        let published = desk.build(&[("a.html", "1"), ("b", "4"), ("e/g", "5")]);
        assert_eq!(
            published.unwrap().removed,
            2,
            "a folder became a file, a file a folder"
        );
        assert_eq!(files(&desk.output()).len(), 3);
        let published = desk.build(&[("a.html", "1"), ("f/g", "5")]).unwrap();
        assert_eq!((published.unchanged, published.written), (1, 1));
        assert_eq!(identity(&desk.output().join("a.html")), a);
        assert_eq!(identity(&desk.output()).0, folder);
        let names: Vec<_> = tree(&desk.output()).into_keys().collect();
        assert_eq!(names, [".tongwen", "a.html", "f/", "f/g"]);
        let unchanged = desk.build(&[("a.html", "1"), ("f/g", "5")]).unwrap();
        assert_eq!((unchanged.written, unchanged.removed), (0, 0));

        fs::write(desk.output().join("mine"), "mine").unwrap();
        let before = tree(&desk.output());
        assert_eq!(
            code(&desk.build(&[("a.html", "9")]).unwrap_err()),
            "output-not-ours"
        );
        assert_eq!(tree(&desk.output()), before);
        let forced = Target {
            force: true,
            ..desk.target()
        };
        publish(&forced, &[("a.html", "9"), ("mine/x", "8")]).unwrap();
        let expected =
            [("a.html", "9"), ("mine/x", "8")].map(|(p, t)| (p.to_string(), t.to_string()));
        assert_eq!(files(&desk.output()), expected);
        clean(&desk.target(), false).unwrap();
        assert!(tree(&desk.output()).is_empty());
    }
}

#[test]
fn something_mounted_inside_the_output_is_anothers() {
    let desk = Desk::new();
    desk.build(&[("a", "1"), ("b/c", "2")]).unwrap();
    desk.write("volume/c", "precious");
    let Some(mut mounted) = Mounted::bind(&desk.path("volume"), &desk.output().join("b")) else {
        return;
    };
    assert_eq!(
        code(&desk.build(&[("a", "2")]).unwrap_err()),
        "output-not-ours"
    );
    let forced = Target {
        force: true,
        ..desk.target()
    };
    let published = publish(&forced, &[("a", "2")]).unwrap();
    let kept = published
        .kept
        .expect("a mount cannot be removed, so it is kept");
    mounted.0 = kept.join("b");
    assert_eq!(fs::read_to_string(kept.join("b/c")).unwrap(), "precious");
    assert_eq!(
        fs::read_to_string(desk.path("volume/c")).unwrap(),
        "precious"
    );
}

const POOR: &str = "PUBLISH_POOR_ROOT";

/// Run by [`permissions`] as a user who may little.
#[test]
fn a_build_by_a_poor_user() {
    let Some(root) = std::env::var_os(POOR) else {
        return;
    };
    let root = PathBuf::from(root);
    let set = |path: &str, mode| {
        fs::set_permissions(root.join(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    let build =
        |pages: &[(&str, &str)]| publish(&Target::new(&root, root.join("public"), false), pages);

    set(".", 0o555);
    let error = build(&[("a", "1")]).unwrap_err();
    assert_eq!(code(&error), "output-io", "no output, and none may be made");
    set(".", 0o755);
    fs::create_dir(root.join("public")).unwrap();
    set(".", 0o555);
    build(&[("a", "1"), ("b/c", "2")]).unwrap();
    assert_eq!(files(&root.join("public")).len(), 2, "file by file");
    set(".", 0o755);
    for (path, mode) in [("public/b", 0o000), ("public", 0o000)] {
        set(path, mode);
        let error = build(&[("a", "3")]).unwrap_err();
        assert_eq!(code(&error), "output-io", "{path}");
        set(path, 0o755);
        assert_eq!(files(&root.join("public")).len(), 2, "{path}");
    }
    set("public/b", 0o555);
    let published = build(&[("a", "3")]).unwrap();
    assert_eq!(
        published.written, 1,
        "published, though the old folder resists removal"
    );
    assert_eq!(files(&root.join("public")).len(), 1);
    let left = walkdir::WalkDir::new(root.join(".public.tongwen"));
    for folder in left
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_dir())
    {
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    }
    build(&[("a", "4")]).unwrap();
    assert!(
        !root.join(".public.tongwen").exists(),
        "the next build cleared it up"
    );
}

#[test]
fn permissions() {
    let desk = Desk::new();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["--exact", "faults::a_build_by_a_poor_user", "--nocapture"])
        .env(POOR, desk.root());
    if fs::metadata(desk.root()).unwrap().uid() == 0 {
        // Root may everything, so somebody else must try; and must be able to reach the folder and
        // this very program.
        const NOBODY: u32 = 65534;
        for entry in walkdir::WalkDir::new(desk.path("")) {
            std::os::unix::fs::chown(entry.unwrap().path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let copy = desk.path("tests");
        // Copied by another process: a file that this one writes is open, for a moment, in whatever
        // the tests beside it start just then, and what is open for writing cannot be run.
        let mut cp = Command::new("cp");
        cp.arg(std::env::current_exe().unwrap()).arg(&copy);
        assert!(cp.status().unwrap().success());
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).unwrap();
        child = Command::new(&copy);
        child
            .args(["--exact", "faults::a_build_by_a_poor_user", "--nocapture"])
            .env(POOR, desk.root())
            .current_dir(desk.path(""))
            .uid(NOBODY)
            .gid(NOBODY);
    }
    let output = child.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{text}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(text.contains("1 passed"), "{text}");
}

#[test]
fn readers_never_miss_a_file() {
    let desk = Desk::new();
    let names: Vec<String> = (0..40).map(|n| format!("{n}/index.html")).collect();
    let build = |version: usize| {
        let text = format!("{version}");
        let pages: Vec<_> = names
            .iter()
            .map(|name| (name.as_str(), text.as_str()))
            .collect();
        desk.build(&pages).unwrap();
    };
    build(0);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let (mut reads, mut latest) = (0, 0);
            while !done.load(Ordering::Relaxed) {
                for name in &names {
                    let text = fs::read_to_string(desk.output().join(name));
                    let text = text.unwrap_or_else(|error| panic!("read {reads}, {name}: {error}"));
                    let version: usize = text.parse().unwrap_or_else(|_| panic!("torn: {text:?}"));
                    assert!(version >= latest, "an older output came back");
                    latest = version;
                    reads += 1;
                }
            }
            reads
        });
        for version in 1..150 {
            build(version);
            assert!(!reader.is_finished());
        }
        done.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 100);
    });
}
