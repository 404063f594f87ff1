//! Timelines as files: the calendar held to RFC 5545, the data to what the pages say.

use std::collections::BTreeSet;

use crate::made::{self, Made};

const PAGES: &[(&str, &str)] = &[
    ("content/index.md", "---\ntitle: 首頁\n---\n"),
    (
        "content/t/_index.md",
        "---\ntitle: 時間線\n---\n看[日曆](/t.ics)。\n",
    ),
    (
        "content/t/day.md",
        "---\ntitle: 一, 日; 會\\議\nkind: event\ndate: 2026-02-01T08:00:00\nstart: 2014-11-10\nend: 2014-11-11\nstatus: held\ncity: 北京\nwhy: 很要緊\n---\n",
    ),
    (
        "content/t/month.md",
        "---\ntitle: 某月\nkind: event\nstart: 2014-12\nstatus: held\n---\n",
    ),
    (
        "content/t/year.md",
        "---\ntitle: 某年\nkind: event\nstart: 2015-03-04\nprecision: year\nstatus: held\n---\n",
    ),
    (
        "content/t/soon.md",
        "---\ntitle: 將來\nkind: event\nstart: 2026-12-31\nstatus: announced\n---\n",
    ),
];

#[test]
fn events_of_known_days() {
    let made = made::small(PAGES);
    let calendar = calendar(&made, "t.ics");
    assert_eq!(calendar.len(), 2);
    let get = |event: usize, name: &str| {
        let lines = &calendar[event];
        let found = lines
            .iter()
            .find(|(key, _)| key.split(';').next() == Some(name));
        found.map_or("", |(_, value)| value.as_str())
    };
    assert_eq!(get(0, "SUMMARY"), "一\\, 日\\; 會\\\\議");
    assert_eq!(get(0, "DTSTART"), "20141110");
    assert_eq!(get(0, "DTEND"), "20141112");
    assert_eq!(get(0, "DTSTAMP"), "20260201T000000Z");
    assert_eq!(get(0, "LOCATION"), "北京");
    assert_eq!(get(0, "STATUS"), "CONFIRMED");
    assert_eq!(get(0, "UID"), "t/day/zh-Hant-HK@example.org");
    assert_eq!(get(0, "URL"), "https://example.org/a/t/day/");
    assert_eq!(get(1, "DTSTART"), "20261231");
    assert_eq!(get(1, "DTEND"), "20270101");
    assert_eq!(get(1, "STATUS"), "TENTATIVE");
    assert!(made.text("hans/t.ics").contains("很要紧"));
    // English has no timeline of its own, only the Chinese one at its address.
    assert!(!made.has("en/t.ics"));
}

#[test]
fn data_of_all_events() {
    let made = made::small(PAGES);
    let data = made.json("hans/t.json");
    assert_eq!(data["language"], "zh-Hans-CN");
    let events = data["events"].as_array().unwrap();
    let dates: Vec<_> = events
        .iter()
        .map(|event| event["start"].as_str().unwrap())
        .collect();
    assert_eq!(dates, ["2014-11-10", "2014-12", "2015", "2026-12-31"]);
    assert_eq!(events[0]["url"], "https://example.org/a/hans/t/day/");
    assert_eq!(events[0]["end"], "2014-11-11");
    assert_eq!(events[2]["precision"], "year");
}

#[test]
fn pages_link_to_their_own() {
    let made = made::small(PAGES);
    for (page, link) in [
        ("t/index.html", "/a/t.ics"),
        ("hans/t/index.html", "/a/hans/t.ics"),
        ("hans/t/index.html", "/a/hans/t.json"),
        ("en/t/index.html", "/a/t.ics"),
    ] {
        let html = made.text(page);
        assert!(html.contains(&format!("href=\"{link}\"")), "{page}: {link}");
    }
    assert!(!made.text("hans/t/index.html").contains("\"/a/t.ics\""));
}

#[test]
fn that_of_this_site() {
    let made = made::shipped(made::options());
    for folder in ["", "hans/", "en/"] {
        let events = calendar(&made, &format!("{folder}timeline.ics"));
        assert!(events.len() >= 8, "{}", events.len());
        let data = made.json(&format!("{folder}timeline.json"));
        assert!(data["events"].as_array().unwrap().len() >= events.len());
    }
}

/// The lines of each event, unfolded, of a calendar that keeps the rules.
fn calendar(made: &Made, path: &str) -> Vec<Vec<(String, String)>> {
    let text = made.text(path);
    assert!(text.ends_with("\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(text.matches('\r').count(), text.matches("\r\n").count());
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} bytes: {line}", line.len());
    }
    let unfolded = text.replace("\r\n ", "");
    let lines: Vec<(String, String)> = unfolded
        .lines()
        .map(|line| {
            let (name, value) = line.split_once(':').expect("a name and a value");
            (name.to_string(), value.to_string())
        })
        .collect();
    let is = |line: &(String, String), name: &str, value: &str| line.0 == name && line.1 == value;
    assert!(is(&lines[0], "BEGIN", "VCALENDAR") && is(&lines[1], "VERSION", "2.0"));
    assert!(is(lines.last().unwrap(), "END", "VCALENDAR"));
    assert_eq!(lines.iter().filter(|(name, _)| name == "PRODID").count(), 1);
    let mut events = Vec::new();
    let mut open: Option<Vec<(String, String)>> = None;
    for line in &lines[1..lines.len() - 1] {
        match (line.0.as_str(), line.1.as_str()) {
            ("BEGIN", "VEVENT") => assert!(open.replace(Vec::new()).is_none()),
            ("END", "VEVENT") => events.push(open.take().expect("an open event")),
            _ => open.iter_mut().for_each(|event| event.push(line.clone())),
        }
    }
    let mut ids = BTreeSet::new();
    for event in &events {
        let one = |name: &str| {
            let mut found = event
                .iter()
                .filter(|(key, _)| key.split(';').next() == Some(name));
            let value = found
                .next()
                .unwrap_or_else(|| panic!("an event has no {name}"));
            assert!(found.next().is_none(), "an event has two {name}");
            value.1.clone()
        };
        assert!(ids.insert(one("UID")), "a UID twice");
        assert!(!one("SUMMARY").is_empty());
        assert!(one("DTEND") > one("DTSTART"));
        let stamp = one("DTSTAMP");
        assert!(stamp.len() == 16 && stamp.ends_with('Z'), "{stamp}");
    }
    events
}
