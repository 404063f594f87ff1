//! A session as `serve` keeps it: what an update concerns, why a page is rendered, the time going on.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::TempDir;
use tongwen::diagnostic::render::Style;
use tongwen::pipeline::inputs::Options;
use tongwen::pipeline::output::OutputPath;
use tongwen::shell::disk::Place;
use tongwen::shell::server::{Answer, Answers};
use tongwen::shell::session::{Affected, Fate, Session, Why};
use tongwen::shell::watch::Changed;
use tongwen::source::SitePath;

const CONFIG: &str = "base_url = \"https://example.org/base\"\ntitle = \"站\"\n\n[languages.zh-Hant-HK]\nlabel = \"繁體\"\n\n[languages.zh-Hans-CN]\nlabel = \"简体\"\npath = \"hans\"\nderive = { from = \"zh-Hant-HK\", using = \"hk2s\" }\n";

struct Desk(TempDir);

impl Desk {
    fn new() -> Desk {
        let desk = Desk(tempfile::tempdir().unwrap());
        desk.write("site.toml", CONFIG);
        desk.write("content/index.md", "---\ntitle: 首頁\n---\n一\n");
        desk.write("content/one.md", "---\ntitle: 頁\n---\n後\n");
        desk.write("static/note.txt", "一");
        desk
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn session(&self) -> Session {
        let place = Place {
            root: self.root().to_path_buf(),
            config: "site.toml".to_string(),
        };
        Session::begin(place, Options::default(), Style::PLAIN).unwrap()
    }
}

fn path(path: &str) -> OutputPath {
    OutputPath::new(path).unwrap()
}

fn shown(session: &Session, at: &str) -> Option<String> {
    match session.output(&path(at)) {
        Answer::Found(found) => Some(String::from_utf8_lossy(&found.bytes).into_owned()),
        Answer::Missing => None,
        Answer::Broken { report, .. } => Some(report),
    }
}

#[test]
fn an_update_says_what_it_concerns() {
    let these = |paths: &[&str]| Affected::These(paths.iter().map(|at| path(at)).collect());
    type Edit = fn(&Desk);
    let rows: [(&str, Edit, Fate, Affected); 8] = [
        (
            "content/one.md",
            |desk| desk.write("content/one.md", "---\ntitle: 二\n---\n"),
            Fate::Changed,
            these(&["hans/one/index.html", "one/index.html"]),
        ),
        (
            "content/two.md",
            |desk| desk.write("content/two.md", "---\ntitle: 二\n---\n"),
            Fate::Added,
            these(&["hans/two/index.html", "two/index.html"]),
        ),
        (
            "content/two.md",
            |desk| fs::remove_file(desk.root().join("content/two.md")).unwrap(),
            Fate::Removed,
            these(&["hans/two/index.html", "two/index.html"]),
        ),
        (
            "static/note.txt",
            |desk| desk.write("static/note.txt", "二"),
            Fate::Changed,
            these(&["note.txt"]),
        ),
        (
            "review.toml",
            |desk| desk.write("review.toml", ""),
            Fate::Added,
            these(&[]),
        ),
        (
            "templates/page.html",
            |desk| desk.write("templates/page.html", "{{ page.title }}"),
            Fate::Added,
            Affected::Pages(4),
        ),
        (
            "glossary.toml",
            |desk| desk.write("glossary.toml", ""),
            Fate::Added,
            Affected::Pages(4),
        ),
        (
            "site.toml",
            |desk| desk.write("site.toml", "title = "),
            Fate::Changed,
            Affected::Nothing,
        ),
    ];
    let desk = Desk::new();
    let session = desk.session();
    for (name, edit, fate, affected) in rows {
        edit(&desk);
        assert!(
            session.update(&Changed::Paths([SitePath::new(name)].into())),
            "{name}"
        );
        let updates = session.untold();
        assert_eq!(updates.len(), 1, "{name}");
        let changed = SitePath::new(name);
        assert_eq!(updates[0].changed, std::slice::from_ref(&changed), "{name}");
        // Of a site that cannot be arranged nothing is known but that it changed.
        if affected != Affected::Nothing {
            assert_eq!(updates[0].fate(&changed), fate, "{name}");
        }
        assert_eq!(updates[0].affected(), affected, "{name}");
    }
}

#[test]
fn it_is_told_why_a_page_was_rendered() {
    let desk = Desk::new();
    let told = Arc::new(Mutex::new(Vec::new()));
    let listening = told.clone();
    let session = desk.session().with_listener(move |page| {
        let told = (page.path.clone(), page.why.clone(), page.as_before);
        listening.lock().unwrap().push(told);
    });
    let expect = |at: &str, expected: Option<(Why, Option<bool>)>| {
        shown(&session, at);
        let told = std::mem::take(&mut *told.lock().unwrap());
        let told = told.into_iter().map(|(page, why, as_before)| {
            assert_eq!(page, path(at));
            (why, as_before)
        });
        assert_eq!(told.collect::<Vec<_>>(), Vec::from_iter(expected), "{at}");
    };
    let one = "one/index.html";
    expect(one, Some((Why::First, None)));
    expect(one, None);
    expect("note.txt", None);
    let edit = |name: &str, text: &str| {
        desk.write(name, text);
        session.update(&Changed::Everything);
    };
    let source = SitePath::new("content/one.md");
    edit("content/one.md", "---\ntitle: 頁\n---\n前\n");
    expect(one, Some((Why::Source(source), Some(false))));
    edit("content/index.md", "---\ntitle: 首頁\n---\n二\n");
    let other = Why::Other(SitePath::new("content/index.md"));
    expect(one, Some((other, Some(true))));
    edit("glossary.toml", "");
    let glossary = Why::Whole(SitePath::new("glossary.toml"));
    expect(one, Some((glossary, Some(true))));
    edit("templates/partials/extra_head.html", "<meta name=\"a\">");
    let template = SitePath::new("templates/partials/extra_head.html");
    expect(one, Some((Why::Template(template), Some(false))));
}

#[test]
fn a_page_of_tomorrow_is_there_tomorrow_and_gone_when_the_clock_goes_back() {
    let desk = Desk::new();
    let text = |date: &str| format!("---\ntitle: 頁\ndate: {date}\n---\n\n後\n");
    desk.write("content/late.md", &text("1970-01-03"));
    let seconds = Arc::new(AtomicI64::new(0));
    let now = seconds.clone();
    let clock = move || jiff::Timestamp::from_second(now.load(Ordering::Relaxed)).unwrap();
    let session = desk.session().with_clock(clock);
    let day = 24 * 60 * 60;
    let late = "late/index.html";
    assert_eq!(shown(&session, late), None);
    assert_eq!(session.until_due(), Some(Duration::from_secs(2 * 86400)));
    for (at, there) in [
        (day, false),
        (2 * day, true),
        (3 * day, true),
        (day, false),
        (9 * day, true),
    ] {
        seconds.store(at, Ordering::Relaxed);
        session.until_due();
        session.pass_time();
        assert_eq!(shown(&session, late).is_some(), there, "on second {at}");
    }
    let update = session.untold().pop().unwrap();
    assert_eq!(update.fate(&SitePath::new("content/late.md")), Fate::Due);
    assert!(!session.pass_time(), "the time alone changes nothing");
    assert_eq!(session.until_due(), None);
    // Time that has passed is taken note of with any change.
    desk.write("content/later.md", &text("1970-01-20"));
    session.update(&Changed::Everything);
    seconds.store(30 * day, Ordering::Relaxed);
    desk.write("content/one.md", "---\ntitle: 二\n---\n");
    session.until_due();
    session.update(&Changed::Paths([SitePath::new("content/one.md")].into()));
    assert!(shown(&session, "later/index.html").is_some());
}

/// The page whose front matter cannot be read has no address of its own; where it would be, its fault is.
#[test]
fn a_page_that_cannot_be_read_is_its_fault_and_the_last_good_page() {
    let desk = Desk::new();
    let session = desk.session();
    let good = shown(&desk.session(), "hans/one/index.html");
    let broken = "---\ntitel: 頁\n---\n後\n";
    desk.write("content/one.md", broken);
    session.update(&Changed::Everything);
    for session in [session, desk.session()] {
        match session.output(&path("hans/one/index.html")) {
            Answer::Broken { report, last_good } => {
                assert!(report.contains("content/one.md:2:1"), "{report}");
                // One that was broken from the start has never been good.
                let last_good =
                    last_good.map(|found| String::from_utf8_lossy(&found.bytes).into_owned());
                assert!(last_good.is_none() || last_good == good);
            }
            other => panic!("{other:?}"),
        }
        assert!(matches!(
            session.output(&path("none/index.html")),
            Answer::Missing
        ));
        desk.write("content/two.md", "---\ntitle: 二\n---\n");
        session.update(&Changed::Everything);
        assert!(
            shown(&session, "two/index.html").unwrap().contains("二"),
            "others go on"
        );
    }
}

#[test]
fn a_film_is_answered_and_not_kept() {
    let desk = Desk::new();
    let film = fs::File::create(desk.root().join("static/film.mp4")).unwrap();
    film.set_len((16 << 20) + 1).unwrap();
    let session = desk.session();
    let held = |at: &str| match session.output(&path(at)) {
        Answer::Found(found) => found.bytes.is_unique(),
        _ => panic!("{at} is there"),
    };
    assert!(held("film.mp4"), "nobody else has its bytes");
    assert!(
        !held("note.txt"),
        "a short file is kept for the next who asks"
    );
}

#[test]
fn a_frozen_session_is_left_as_it_was_read() {
    let desk = Desk::new();
    let session = desk.session().frozen();
    let before = shown(&session, "one/index.html");
    desk.write("content/one.md", "---\ntitle: 二\n---\n");
    assert_eq!(shown(&session, "one/index.html"), before);
    let living = desk.session();
    desk.write("content/one.md", "---\ntitle: 三\n---\n");
    assert!(
        shown(&living, "one/index.html").unwrap().contains("三"),
        "asked before told"
    );
}

#[test]
fn the_base_path_follows_the_configuration_and_outlives_its_faults() {
    let desk = Desk::new();
    let session = desk.session();
    for (config, expected) in [
        (CONFIG.to_string(), "/base"),
        ("title = ".to_string(), "/base"),
        (CONFIG.replace("/base", "/moved"), "/moved"),
        (CONFIG.replace("/base", ""), ""),
    ] {
        desk.write("site.toml", &config);
        session.update(&Changed::Everything);
        assert_eq!(session.base_path(), expected, "{config}");
    }
}

#[test]
fn a_template_that_runs_away_is_answered_with_what_is_wrong() {
    let desk = Desk::new();
    let session = desk.session();
    assert!(shown(&session, "one/index.html").is_some_and(|page| page.contains("後")));
    let name = "templates/page.html";
    // Neither writes nor takes memory, so nothing but the watch can tell.
    let endless = "{% set all = range(end=100000) %}{% for a in all %}{% for b in all %}{% endfor %}{% endfor %}";
    desk.write(name, endless);
    session.update(&Changed::Paths([SitePath::new(name)].into()));
    let answer = shown(&session, "one/index.html").unwrap();
    assert!(answer.contains("template-runaway"), "{answer}");
    let swept = session.sweep(|| false).unwrap();
    assert!(!swept.notes.is_empty());
    fs::remove_file(desk.root().join(name)).unwrap();
    session.update(&Changed::Paths([SitePath::new(name)].into()));
    assert!(shown(&session, "one/index.html").is_some_and(|page| page.contains("後")));
}
