//! The dev server's script in a real browser: what reloads, what only changes its looks, what stays.
//!
//! Needs Chromium (Debian's package `chromium`; another program by `CHROMIUM`), and says so and passes
//! without. Every expectation is waited for; none is timed.

mod browser;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use browser::{Browser, Tab};
use tongwen::pipeline::output::OutputPath;
use tongwen::shell::server::{Answer, Answers, Found, Options, Patience, Port, Server};

#[derive(Default)]
struct Shelf(Mutex<BTreeMap<String, Answer>>);

impl Answers for Shelf {
    fn base_path(&self) -> String {
        "/文".to_string()
    }

    fn output(&self, path: &OutputPath) -> Answer {
        let shelf = self.0.lock().unwrap();
        shelf.get(path.as_str()).cloned().unwrap_or(Answer::Missing)
    }
}

struct Desk {
    shelf: Arc<Shelf>,
    server: Option<Server>,
}

impl Desk {
    fn new() -> Desk {
        let shelf = Arc::new(Shelf::default());
        let server = Some(serve(&shelf, Port::Asked(0)));
        let desk = Desk { shelf, server };
        desk.put("site.css", "h1 { color: rgb(1, 2, 3) }");
        desk.put("index.html", &page("", "一"));
        desk
    }

    fn server(&self) -> &Server {
        self.server.as_ref().unwrap()
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server().front().url())
    }

    fn put(&self, path: &str, text: &str) {
        let found = Answer::Found(Found::new(text.as_bytes().to_vec()));
        self.shelf.0.lock().unwrap().insert(path.to_string(), found);
        self.server().bell().ring();
    }

    fn break_it(&self, path: &str, report: &str) {
        let mut shelf = self.shelf.0.lock().unwrap();
        let last_good = match shelf.remove(path) {
            Some(Answer::Found(found)) => Some(found),
            Some(Answer::Broken { last_good, .. }) => last_good,
            _ => None,
        };
        let report = report.to_string();
        shelf.insert(path.to_string(), Answer::Broken { report, last_good });
        drop(shelf);
        self.server().bell().ring();
    }
}

fn serve(shelf: &Arc<Shelf>, port: Port) -> Server {
    let options = Options {
        interface: "127.0.0.1".to_string(),
        port,
        patience: Patience::default(),
    };
    // The port of a server that was stopped may for a moment be the end of somebody's own connection.
    let tries = (0..50).find_map(|_| {
        let started = Server::start(&options, shelf.clone());
        let pause = || std::thread::sleep(std::time::Duration::from_millis(100));
        started.inspect_err(|_| pause()).ok()
    });
    tries.expect("a server starts")
}

/// A long page, under a policy that allows nothing inline.
fn page(more: &str, title: &str) -> String {
    let policy = "default-src 'self'";
    format!(
        "<!doctype html><html lang=zh-Hant><head><meta charset=utf-8><title>x</title>\
         <meta http-equiv=Content-Security-Policy content=\"{policy}\">\
         <link rel=stylesheet href=\"/%E6%96%87/site.css\">{more}</head><body><h1>{title}</h1>\
         <details><summary>s</summary>d</details><details><summary>t</summary>e</details>{}</body></html>",
        "<p>字</p>".repeat(200)
    )
}

const TITLE: &str = "document.querySelector('h1').textContent";
const COLOR: &str = "getComputedStyle(document.querySelector('h1')).color";
const REPORT: &str = "(document.querySelector('#tongwen-report')?.shadowRoot.querySelector('pre').textContent ?? null)";

/// Marks the page as it is loaded; a reload takes the mark away.
fn mark(tab: &mut Tab) {
    tab.run("window.marked = true");
}

fn is_marked(tab: &mut Tab) -> bool {
    tab.run("window.marked === true") == true
}

fn in_browser(story: impl FnOnce(&Desk, &Browser)) {
    match Browser::start() {
        Some(browser) => story(&Desk::new(), &browser),
        None => eprintln!("passed over: there is no Chromium here"),
    }
}

#[test]
fn a_changed_page_reloads_where_it_was() {
    in_browser(|desk, browser| {
        let mut tab = browser.open(&desk.url(""));
        mark(&mut tab);
        tab.run("document.querySelectorAll('details')[1].open = true; scrollTo(0, 1500)");
        desk.put("index.html", &page("", "二"));
        tab.until(TITLE, "二");
        assert!(!is_marked(&mut tab), "reloaded");
        tab.until("scrollY", 1500);
        let open = "JSON.stringify([...document.querySelectorAll('details')].map(d => d.open))";
        tab.until(open, "[false,true]");
        // And again, from the reloaded page.
        desk.put("index.html", &page("", "三"));
        tab.until(TITLE, "三");
    });
}

#[test]
fn a_stylesheet_changes_without_a_reload() {
    in_browser(|desk, browser| {
        let mut tab = browser.open(&desk.url(""));
        tab.until(COLOR, "rgb(1, 2, 3)");
        mark(&mut tab);
        // Another page's change first: what follows shows that it was passed over.
        desk.put("other/index.html", "<body>x</body>");
        for color in ["rgb(4, 5, 6)", "rgb(7, 8, 9)"] {
            desk.put("site.css", &format!("h1 {{ color: {color} }}"));
            tab.until(COLOR, color);
        }
        desk.put("site.1234.css", "h1 { color: rgb(10, 11, 12) }");
        desk.put(
            "index.html",
            &page("", "一").replace("site.css", "site.1234.css"),
        );
        tab.until(COLOR, "rgb(10, 11, 12)");
        assert!(is_marked(&mut tab), "reloaded for a stylesheet");
        tab.until(
            "document.querySelectorAll('link[rel=stylesheet]').length",
            1,
        );
        // One stylesheet more is another page.
        desk.put("more.css", "h1 { color: rgb(0, 0, 0) }");
        desk.put(
            "index.html",
            &page("<link rel=stylesheet href=more.css>", "一"),
        );
        tab.until(COLOR, "rgb(0, 0, 0)");
    });
}

#[test]
fn a_report_lies_over_the_last_good_page_until_it_is_mended() {
    in_browser(|desk, browser| {
        let mut tab = browser.open(&desk.url(""));
        mark(&mut tab);
        for report in ["error[a]: <一>", "error[a]: <一>\n\nerror[b]: 二"] {
            desk.break_it("index.html", report);
            tab.until(REPORT, report);
        }
        assert_eq!(tab.run(TITLE), "一");
        let style = "getComputedStyle(document.querySelector('#tongwen-report').shadowRoot.querySelector('section')).position";
        assert_eq!(
            tab.run(style),
            "fixed",
            "the page's policy does not strip the report"
        );
        // A tab that comes meanwhile sees the same.
        let mut late = browser.open(&desk.url(""));
        late.until(REPORT, "error[a]: <一>\n\nerror[b]: 二");
        assert_eq!(late.run(TITLE), "一");
        desk.put("index.html", &page("", "一"));
        tab.until(REPORT, serde_json::Value::Null);
        late.until(REPORT, serde_json::Value::Null);
        assert!(is_marked(&mut tab), "mended to what it was: no reload");
        desk.break_it("index.html", "error[c]");
        tab.until(REPORT, "error[c]");
        desk.put("index.html", &page("", "二"));
        tab.until(TITLE, "二");
        tab.until(REPORT, serde_json::Value::Null);
    });
}

#[test]
fn what_was_never_there_appears_when_it_is() {
    in_browser(|desk, browser| {
        desk.break_it("broken/index.html", "error[a]: 一");
        let mut broken = browser.open(&desk.url("broken/"));
        let mut missing = browser.open(&desk.url("missing/"));
        broken.until("document.querySelector('pre').textContent", "error[a]: 一");
        desk.break_it("broken/index.html", "error[b]: 二");
        broken.until("document.querySelector('pre').textContent", "error[b]: 二");
        assert_eq!(
            broken.run(REPORT),
            serde_json::Value::Null,
            "said once, not twice"
        );
        for (tab, path) in [
            (&mut broken, "broken/index.html"),
            (&mut missing, "missing/index.html"),
        ] {
            desk.put(path, &page("", "有了"));
            tab.until(TITLE, "有了");
        }
    });
}

#[test]
fn both_scripts_side_by_side_change_together() {
    in_browser(|desk, browser| {
        let languages = ["zh-Hans", "zh-Hant"];
        for language in languages {
            desk.put(&format!("{language}/index.html"), &page("", "一"));
        }
        let mut tabs = languages.map(|language| browser.open(&desk.url(&format!("{language}/"))));
        for round in ["二", "三"] {
            for language in languages {
                desk.put(&format!("{language}/index.html"), &page("", round));
            }
            for tab in &mut tabs {
                tab.until(TITLE, round);
            }
        }
    });
}

#[test]
fn a_restarted_server_is_found_again() {
    let Some(browser) = Browser::start() else {
        eprintln!("passed over: there is no Chromium here");
        return;
    };
    let mut desk = Desk::new();
    let mut tab = browser.open(&desk.url(""));
    mark(&mut tab);
    for (title, stays) in [("一", true), ("二", false)] {
        let port = desk.server().address().port();
        desk.server.take().unwrap().stop();
        desk.server = Some(serve(&desk.shelf, Port::Asked(port)));
        desk.put("index.html", &page("", title));
        desk.put(
            "site.css",
            &format!(
                "h1 {{ color: rgb(9, 9, {}) }}",
                title.len() + port as usize % 100
            ),
        );
        let color = format!("rgb(9, 9, {})", title.len() + port as usize % 100);
        tab.until(COLOR, color.as_str());
        tab.until(TITLE, title);
        assert_eq!(is_marked(&mut tab), stays, "{title}");
    }
}
