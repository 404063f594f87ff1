//! A timeline as a calendar, RFC 5545.
//!
//! Only events whose day is known are in it: a calendar has no way to say "some day of that month", and
//! an event that fills a whole year would say what no source does. The data file has them all.
//!
//! Events last whole days, and as the format has it their end is the day after the last. Nothing
//! depends on the clock: an event is stamped with the moment its page was last changed. Its id is made
//! of its page's address and language, so that the calendars of two languages can be kept side by side.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::ics::Lines;
use super::permalink;
use crate::config::{LanguageIndex, Precision};
use crate::pipeline::catalogue::EntryId;
use crate::pipeline::document::front_matter::{Event, Kind, Status};
use crate::pipeline::page::{self, event::EventView};
use crate::pipeline::publication::Publication;

/// The calendar of timeline `section`.
pub fn make(publication: &Publication, section: EntryId, language: LanguageIndex) -> Vec<u8> {
    let tag = publication.config.language(language).tag.as_str();
    let mut lines = Lines::default();
    lines.plain("BEGIN", "VCALENDAR");
    lines.plain("VERSION", "2.0");
    lines.text(
        "PRODID",
        concat!("-//tongwen//tongwen ", env!("CARGO_PKG_VERSION"), "//ZH"),
    );
    lines.plain("CALSCALE", "GREGORIAN");
    lines.plain("METHOD", "PUBLISH");
    if let Some(edition) = publication.catalogue.edition(section, language) {
        let title = &publication.site(language).title;
        let name = format!("{} · {title}", edition.head.title);
        lines.text(&format!("NAME;LANGUAGE={tag}"), &name);
        lines.text("X-WR-CALNAME", &name);
        lines.text(
            &format!("DESCRIPTION;LANGUAGE={tag}"),
            &edition.head.description,
        );
    }
    lines.plain("URL", &permalink(publication, section, language));
    for (id, view) in page::events(publication, section, language) {
        write_event(&mut lines, publication, (id, language), &view);
    }
    lines.plain("END", "VCALENDAR");
    lines.finish().into_bytes()
}

fn write_event(
    lines: &mut Lines,
    publication: &Publication,
    (id, language): (EntryId, LanguageIndex),
    view: &EventView,
) {
    let Some(edition) = publication.catalogue.edition(id, language) else {
        return;
    };
    let front = &edition.document.front;
    let Kind::Event(event) = &front.kind else {
        return;
    };
    let Some((first, after)) = days(event) else {
        return;
    };
    let zone = &publication.inputs.zone;
    let changed = front.updated.or(front.date);
    let changed = match changed {
        Some(moment) => moment.timestamp(zone),
        None => TimeZone::UTC
            .to_timestamp(first.at(0, 0, 0, 0))
            .unwrap_or(Timestamp::UNIX_EPOCH),
    };
    let stamp = changed.strftime("%Y%m%dT%H%M%SZ").to_string();
    let tag = publication.config.language(language).tag.as_str();
    let with_language = |name: &str| format!("{name};LANGUAGE={tag}");
    lines.plain("BEGIN", "VEVENT");
    lines.text("UID", &uid(publication, id, tag));
    lines.plain("DTSTAMP", &stamp);
    lines.plain("LAST-MODIFIED", &stamp);
    lines.plain("DTSTART;VALUE=DATE", &day(first));
    lines.plain("DTEND;VALUE=DATE", &day(after));
    lines.text(&with_language("SUMMARY"), &view.title);
    lines.text(
        &with_language("DESCRIPTION"),
        &description(&edition.head.description, view),
    );
    lines.text(&with_language("LOCATION"), &view.city);
    lines.plain("URL", &permalink(publication, id, language));
    lines.plain(
        "STATUS",
        match event.status {
            Status::Held => "CONFIRMED",
            Status::Announced => "TENTATIVE",
            Status::Cancelled => "CANCELLED",
        },
    );
    lines.plain("TRANSP", "TRANSPARENT");
    lines.plain("END", "VEVENT");
}

/// The first day and the day after the last; none when they are not known to the day.
fn days(event: &Event) -> Option<(Date, Date)> {
    let start = event.start.at_most(event.precision);
    if start.precision() != Precision::Day {
        return None;
    }
    let first = start.first_day();
    let last = match event.end.map(|end| end.at_most(event.precision)) {
        Some(end) if end.precision() == Precision::Day => end.last_day(),
        Some(_) => return None,
        None => first,
    };
    Some((first, last.tomorrow().ok()?))
}

fn description(about: &str, view: &EventView) -> String {
    let mut parts = vec![about];
    parts.extend([view.why.as_str(), view.legacy.as_str()]);
    parts.retain(|part| !part.is_empty());
    parts.dedup();
    parts.join("\n")
}

/// `timeline/2014-beijing/zh-Hant-HK@example.org`: it stays while the page's address does.
fn uid(publication: &Publication, id: EntryId, tag: &str) -> String {
    let origin = publication.config.base_url.origin();
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let path = &publication.catalogue.entry(id).path;
    format!("{path}/{tag}@{host}")
}

fn day(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}
