//! An event as its page and its timeline show it.

use serde::Serialize;

use super::Composer;
use super::date;
use super::view::{DateView, SourceView};
use crate::pipeline::address::fragment;
use crate::pipeline::catalogue::EntryId;
use crate::pipeline::document::front_matter::{Event, Role};

/// An event.
#[derive(Clone, Debug, Serialize)]
pub struct EventView {
    /// Its id: the last part of its page's path.
    pub id: String,
    /// Its page.
    pub url: String,
    /// Its place on the timeline it belongs to, if it belongs to one.
    pub timeline_url: Option<String>,
    /// Its title.
    pub title: String,
    /// `host_year`, `build_up`, `follow_up` or `global`.
    pub role: String,
    /// `held`, `announced` or `cancelled`.
    pub status: String,
    /// When it begins.
    pub start: DateView,
    /// When it ends.
    pub end: Option<DateView>,
    /// Both, as people say it.
    pub when: String,
    /// The beginning, for `<time datetime>`.
    pub datetime: String,
    /// `day`, `month` or `year`.
    pub precision: String,
    /// Its year.
    pub year: i16,
    /// Its place in time, in years.
    pub year_fraction: f64,
    /// Where.
    pub city: String,
    /// Of which economy.
    pub economy: String,
    /// The number of the Leaders' Meeting.
    pub meeting_no: Option<usize>,
    /// Its theme.
    pub theme: Option<ThemeView>,
    /// What came of it.
    pub outcomes: Vec<OutcomeView>,
    /// What is announced for it.
    pub aims: Vec<AimView>,
    /// Why it matters.
    pub why: String,
    /// What is left of it today.
    pub legacy: String,
    /// What was said of it, and by whom.
    pub claims: Vec<ClaimView>,
    /// Where its sources disagree.
    pub conflicts: Vec<String>,
    /// Its sources: those cited and those named.
    pub sources: Vec<SourceView>,
    /// The facts it rests on.
    pub facts: Vec<String>,
    /// The body of its page, as HTML; on a timeline only.
    pub content: String,
    /// The distance to the event before it, in years.
    pub gap_years: f64,
}

/// A theme.
#[derive(Clone, Debug, Serialize)]
pub struct ThemeView {
    /// In the page's language.
    pub text: String,
    /// In English.
    pub en: String,
}

/// An outcome.
#[derive(Clone, Debug, Serialize)]
pub struct OutcomeView {
    /// Its title.
    pub title: String,
    /// Its title in English.
    pub en: String,
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// The fact that carries it.
    pub fact: String,
}

/// An announced aim.
#[derive(Clone, Debug, Serialize)]
pub struct AimView {
    /// What it is.
    pub text: String,
    /// The fact that carries it.
    pub fact: String,
}

/// Something that somebody said.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimView {
    /// Who.
    pub speaker: String,
    /// In which office.
    pub role: String,
    /// When.
    pub date: Option<DateView>,
    /// Where.
    pub place: String,
    /// What.
    pub text: String,
    /// The fact that carries it.
    pub fact: String,
}

impl Composer<'_> {
    /// The event of page `id`, whose edition is the one being composed.
    pub(super) fn event(&self, id: EntryId, event: &Event) -> EventView {
        let voice = self.voice();
        let say = |text: &crate::config::Text| voice.say(text).into_owned();
        let may = |text: &Option<crate::config::Text>| text.as_ref().map_or(String::new(), say);
        let id_of = |fact: &Option<crate::config::Written>| {
            fact.as_ref()
                .map_or(String::new(), |fact| fact.as_str().to_string())
        };
        let tag = self.tag();
        let document = &self.edition.document;
        let start = event.start.at_most(event.precision);
        let end = event.end.map(|end| end.at_most(event.precision));
        let named = document
            .front
            .sources
            .iter()
            .map(|written| written.as_str());
        let cited = document
            .markdown
            .citations
            .iter()
            .map(|citation| &*citation.id);
        let mut source_ids: Vec<&str> = Vec::new();
        for source in cited.chain(named) {
            if !source_ids.contains(&source) {
                source_ids.push(source);
            }
        }
        EventView {
            id: self.publication.catalogue.entry(id).name().to_string(),
            url: self.address(id),
            timeline_url: self.timeline_url(id),
            title: self.edition.head.title.clone(),
            role: event.role.map_or("", Role::as_str).to_string(),
            status: event.status.as_str().to_string(),
            start: date::partial(start, tag),
            end: end.map(|end| date::partial(end, tag)),
            when: date::stretch(start, end, tag),
            datetime: start.to_iso(),
            precision: event.precision.as_str().to_string(),
            year: start.year(),
            year_fraction: start.year_fraction(),
            city: may(&event.city),
            economy: may(&event.economy),
            meeting_no: event.meeting_no,
            theme: event.theme.as_ref().map(|theme| ThemeView {
                text: say(&theme.text),
                en: id_of(&theme.en),
            }),
            outcomes: event
                .outcomes
                .iter()
                .map(|outcome| OutcomeView {
                    title: say(&outcome.title),
                    en: id_of(&outcome.en),
                    kind: outcome.sort.as_str().to_string(),
                    fact: id_of(&outcome.fact),
                })
                .collect(),
            aims: event
                .aims
                .iter()
                .map(|aim| AimView {
                    text: say(&aim.text),
                    fact: id_of(&aim.fact),
                })
                .collect(),
            why: may(&event.why),
            legacy: may(&event.legacy),
            claims: event
                .claims
                .iter()
                .map(|claim| ClaimView {
                    speaker: say(&claim.speaker),
                    role: may(&claim.role),
                    date: claim.date.map(|day| date::partial(day, tag)),
                    place: may(&claim.place),
                    text: may(&claim.text),
                    fact: id_of(&claim.fact),
                })
                .collect(),
            conflicts: event.conflicts.iter().map(say).collect(),
            sources: source_ids
                .into_iter()
                .filter_map(|id| self.source(id).cloned())
                .collect(),
            facts: document
                .front
                .facts
                .iter()
                .map(|fact| fact.as_str().to_string())
                .collect(),
            content: String::new(),
            gap_years: 0.0,
        }
    }
}

impl Composer<'_> {
    /// The address of an event on its section's timeline.
    fn timeline_url(&self, id: EntryId) -> Option<String> {
        let catalogue = &self.publication.catalogue;
        let section = catalogue.entry(id).section?;
        let shown = self.publication.is_timeline(section)
            && catalogue.edition(section, self.language).is_some();
        let name = fragment(catalogue.entry(id).name());
        shown.then(|| format!("{}{name}", self.address(section)))
    }
}
