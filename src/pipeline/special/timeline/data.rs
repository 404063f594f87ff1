//! A timeline as data: what its page shows, event by event, with dates as exact as they are known.

use serde::Serialize;

use super::permalink;
use crate::config::LanguageIndex;
use crate::pipeline::catalogue::EntryId;
use crate::pipeline::page;
use crate::pipeline::page::event::{AimView, ClaimView, EventView, OutcomeView, ThemeView};
use crate::pipeline::publication::Publication;

#[derive(Serialize)]
struct Timeline<'p> {
    title: &'p str,
    description: &'p str,
    language: &'p str,
    url: String,
    events: Vec<Event<'p>>,
}

/// An event. Its dates are `2014-11-10`, `2014-11` or `2014`, as `precision` says.
#[derive(Serialize)]
struct Event<'v> {
    id: &'v str,
    url: String,
    title: &'v str,
    role: &'v str,
    status: &'v str,
    start: &'v str,
    end: Option<&'v str>,
    precision: &'v str,
    when: &'v str,
    city: &'v str,
    economy: &'v str,
    meeting_no: Option<usize>,
    theme: Option<&'v ThemeView>,
    outcomes: &'v [OutcomeView],
    aims: &'v [AimView],
    why: &'v str,
    legacy: &'v str,
    claims: &'v [ClaimView],
    conflicts: &'v [String],
    facts: &'v [String],
    sources: Vec<Source<'v>>,
}

#[derive(Serialize)]
struct Source<'v> {
    id: &'v str,
    title: &'v str,
    publisher: &'v str,
    date: &'v str,
    url: Option<&'v str>,
}

/// The data of timeline `section`.
pub fn make(publication: &Publication, section: EntryId, language: LanguageIndex) -> Vec<u8> {
    let Some(edition) = publication.catalogue.edition(section, language) else {
        return Vec::new();
    };
    let events = page::events(publication, section, language);
    let timeline = Timeline {
        title: &edition.head.title,
        description: &edition.head.description,
        language: publication.config.language(language).tag.as_str(),
        url: permalink(publication, section, language),
        events: events
            .iter()
            .map(|(id, view)| event(permalink(publication, *id, language), view))
            .collect(),
    };
    // Texts and numbers written to memory: this cannot fail.
    let mut bytes = serde_json::to_vec(&timeline).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn event(url: String, view: &EventView) -> Event<'_> {
    let sources = view.sources.iter();
    Event {
        id: &view.id,
        url,
        title: &view.title,
        role: &view.role,
        status: &view.status,
        start: &view.start.iso,
        end: view.end.as_ref().map(|end| end.iso.as_str()),
        precision: &view.precision,
        when: &view.when,
        city: &view.city,
        economy: &view.economy,
        meeting_no: view.meeting_no,
        theme: view.theme.as_ref(),
        outcomes: &view.outcomes,
        aims: &view.aims,
        why: &view.why,
        legacy: &view.legacy,
        claims: &view.claims,
        conflicts: &view.conflicts,
        facts: &view.facts,
        sources: sources
            .map(|source| Source {
                id: &source.id,
                title: &source.title,
                publisher: &source.publisher,
                date: &source.date,
                url: source.url.as_deref(),
            })
            .collect(),
    }
}
