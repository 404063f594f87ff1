//! The fields of a timeline's entry: `kind: event`.
//!
//! The rule that matters most is here: what is only announced has aims, and no outcomes.

use crate::config::reader::{Fields, Reader};
use crate::config::tree::{Kind as Shape, Node};
use crate::config::{PartialDate, Precision, Text, Written};
use crate::diagnostic::{Arg, Code, Diagnostic, Label, Term};

/// The keys that an event has beside a page's.
pub(crate) const KEYS: &[&str] = &[
    "start",
    "end",
    "precision",
    "status",
    "role",
    "city",
    "economy",
    "meeting_no",
    "theme",
    "outcomes",
    "aims",
    "why",
    "legacy",
    "claims",
    "conflicts",
];
/// The keys of `theme`.
pub(crate) const THEME_KEYS: &[&str] = &["text", "en"];
/// The keys of one of `outcomes`.
pub(crate) const OUTCOME_KEYS: &[&str] = &["title", "en", "type", "fact"];
/// The keys of one of `aims`.
pub(crate) const AIM_KEYS: &[&str] = &["text", "fact"];
/// The keys of one of `claims`.
pub(crate) const CLAIM_KEYS: &[&str] = &["speaker", "role", "date", "place", "text", "fact"];

pub(crate) const PRECISIONS: [(&str, Precision); 3] = [
    ("day", Precision::Day),
    ("month", Precision::Month),
    ("year", Precision::Year),
];
pub(crate) const STATUSES: [(&str, Status); 3] = [
    ("held", Status::Held),
    ("announced", Status::Announced),
    ("cancelled", Status::Cancelled),
];
pub(crate) const ROLES: [(&str, Role); 4] = [
    ("host_year", Role::HostYear),
    ("build_up", Role::BuildUp),
    ("follow_up", Role::FollowUp),
    ("global", Role::Global),
];
pub(crate) const OUTCOME_TYPES: [(&str, OutcomeType); 5] = [
    ("declaration", OutcomeType::Declaration),
    ("annex", OutcomeType::Annex),
    ("statement", OutcomeType::Statement),
    ("strategy", OutcomeType::Strategy),
    ("other", OutcomeType::Other),
];

/// An entry of a timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When it began.
    pub start: PartialDate,
    /// When it ended, if that is another day; never before it began.
    pub end: Option<PartialDate>,
    /// How exactly its dates are shown; never more than is known of the start.
    pub precision: Precision,
    /// Whether it took place.
    pub status: Status,
    /// What it is to the timeline's story.
    pub role: Option<Role>,
    /// Where it was.
    pub city: Option<Text>,
    /// Whose turn it was.
    pub economy: Option<Text>,
    /// The number of the meeting in its series.
    pub meeting_no: Option<usize>,
    /// Its motto.
    pub theme: Option<Theme>,
    /// What came of it; always empty for one only announced.
    pub outcomes: Vec<Outcome>,
    /// What was announced as its aims.
    pub aims: Vec<Aim>,
    /// Why it matters, in a sentence.
    pub why: Option<Text>,
    /// What is left of it today.
    pub legacy: Option<Text>,
    /// What people said.
    pub claims: Vec<Claim>,
    /// Where sources differ, and what was chosen.
    pub conflicts: Vec<Text>,
}

/// Whether an event took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// A later source says so.
    Held,
    /// It was announced, and no later source was seen.
    Announced,
    /// It was called off.
    Cancelled,
}

/// What an event is to the timeline's story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// One of its great nodes.
    HostYear,
    /// It led to one.
    BuildUp,
    /// It followed from one.
    FollowUp,
    /// It happened around them.
    Global,
}

/// A motto, and its official English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The motto.
    pub text: Text,
    /// In English, never converted.
    pub en: Option<Written>,
}

/// A document or decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its title.
    pub title: Text,
    /// In English, never converted.
    pub en: Option<Written>,
    /// What sort of document it is.
    pub sort: OutcomeType,
    /// The fact that supports it, by id.
    pub fact: Option<Written>,
}

/// What sort of document an outcome is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutcomeType {
    /// A declaration.
    Declaration,
    /// A document attached to one.
    Annex,
    /// A statement.
    Statement,
    /// A strategy.
    Strategy,
    /// Anything else.
    #[default]
    Other,
}

/// Something announced as intended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aim {
    /// What.
    pub text: Text,
    /// The fact that supports it, by id.
    pub fact: Option<Written>,
}

/// Something that somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Who.
    pub speaker: Text,
    /// As what.
    pub role: Option<Text>,
    /// When.
    pub date: Option<PartialDate>,
    /// Where.
    pub place: Option<Text>,
    /// What.
    pub text: Option<Text>,
    /// The fact that supports it, by id.
    pub fact: Option<Written>,
}

impl Status {
    /// The word of the front matter.
    pub fn as_str(self) -> &'static str {
        word(&STATUSES, self)
    }
}

impl Role {
    /// All of them, in the order they are listed in.
    pub const ALL: [Role; 4] = [Role::HostYear, Role::BuildUp, Role::FollowUp, Role::Global];

    /// The word of the front matter.
    pub fn as_str(self) -> &'static str {
        word(&ROLES, self)
    }
}

impl OutcomeType {
    /// The word of the front matter.
    pub fn as_str(self) -> &'static str {
        word(&OUTCOME_TYPES, self)
    }
}

fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    let found = words.iter().find(|(_, other)| *other == value);
    found.map_or("", |(word, _)| *word)
}

/// The event that `fields` describe.
pub fn read(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Event> {
    for (key, example) in [("start", "start: 2014-11-10"), ("status", "status: held")] {
        if fields.get(key).is_none() {
            reader.missing(fields, key, example);
        }
    }
    let start = reader.partial_date(fields, "start");
    let end = reader.partial_date(fields, "end");
    if let (Some(start), Some(end)) = (start, end)
        && end.last_day() < start.first_day()
    {
        end_before_start(reader, fields, start, end);
    }
    let precision = precision(reader, fields, start);
    let status = reader.choice(fields, "status", &STATUSES);
    let role = reader.choice(fields, "role", &ROLES);
    let outcomes = outcomes(reader, fields);
    if status == Some(Status::Announced)
        && !outcomes.is_empty()
        && let Some(entry) = fields.entry("outcomes")
    {
        let note =
            Diagnostic::new(Code::AnnouncedOutcome).at(reader.source, entry.key_range.clone());
        reader.notes.push(note);
    }
    let city = reader.text(fields, "city");
    let economy = reader.text(fields, "economy");
    let meeting_no = reader.count(fields, "meeting_no", 100_000);
    let theme = theme(reader, fields);
    let aims = aims(reader, fields);
    let why = reader.text(fields, "why");
    let legacy = reader.text(fields, "legacy");
    let claims = claims(reader, fields);
    let conflicts = reader.texts(fields, "conflicts");
    let start = start?;
    Some(Event {
        start,
        end: end.filter(|end| *end != start),
        precision,
        status: status?,
        role,
        city,
        economy,
        meeting_no,
        theme,
        outcomes,
        aims,
        why,
        legacy,
        claims,
        conflicts,
    })
}

fn end_before_start(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    start: PartialDate,
    end: PartialDate,
) {
    let range = |key| fields.get(key).map_or(0..0, |node| node.range.clone());
    let note = Diagnostic::new(Code::EndBeforeStart)
        .with("start", start.to_iso())
        .with("end", end.to_iso())
        .at(reader.source, range("end"))
        .related(reader.source.span(range("start")), Label::Start);
    reader.notes.push(note);
}

/// The precision given, or else all that is known of the start.
fn precision(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    start: Option<PartialDate>,
) -> Precision {
    let known = start.map_or(Precision::Day, PartialDate::precision);
    match reader.choice(fields, "precision", &PRECISIONS) {
        Some(given) if given > known => {
            let rule = Arg::Term(Term::PrecisionUnknown);
            reader
                .bad_value(fields, "precision", given.as_str(), rule)
                .unwrap_or(known)
        }
        given => given.unwrap_or(known),
    }
}

fn theme(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Theme> {
    let node = fields.get("theme")?;
    let name = fields.name("theme");
    let has_text =
        matches!(&node.kind, Shape::Map(entries) if entries.iter().any(|e| e.key == "text"));
    if !has_text {
        let text = reader.text_at(node, &name)?;
        return Some(Theme { text, en: None });
    }
    let fields = reader.fields(node, &name, THEME_KEYS)?;
    let text = reader.text(&fields, "text");
    let en = reader.string(&fields, "en");
    Some(Theme { text: text?, en })
}

fn outcomes(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<Outcome> {
    maps(
        reader,
        fields,
        "outcomes",
        OUTCOME_KEYS,
        |reader, fields| {
            let title = required(reader, fields, "title");
            let en = reader.string(fields, "en");
            let sort = reader.choice(fields, "type", &OUTCOME_TYPES);
            let fact = reader.string(fields, "fact");
            Some(Outcome {
                title: title?,
                en,
                sort: sort.unwrap_or_default(),
                fact,
            })
        },
    )
}

fn aims(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<Aim> {
    maps(reader, fields, "aims", AIM_KEYS, |reader, fields| {
        let text = required(reader, fields, "text");
        let fact = reader.string(fields, "fact");
        Some(Aim { text: text?, fact })
    })
}

fn claims(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<Claim> {
    maps(reader, fields, "claims", CLAIM_KEYS, |reader, fields| {
        let speaker = required(reader, fields, "speaker");
        let role = reader.text(fields, "role");
        let date = reader.partial_date(fields, "date");
        let place = reader.text(fields, "place");
        let text = reader.text(fields, "text");
        let fact = reader.string(fields, "fact");
        Some(Claim {
            speaker: speaker?,
            role,
            date,
            place,
            text,
            fact,
        })
    })
}

/// The maps listed under `key`, each read by `read`.
pub(super) fn maps<T>(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    key: &str,
    known: &[&str],
    read: impl Fn(&mut Reader<'_>, &Fields<'_>) -> Option<T>,
) -> Vec<T> {
    let (items, name): (&[Node], String) = reader.items(fields, key, Term::ListOfMaps);
    let mut found = Vec::with_capacity(items.len());
    for item in items {
        if let Some(fields) = reader.fields(item, &name, known) {
            found.extend(read(reader, &fields));
        }
    }
    found
}

/// A text that must be there.
pub(super) fn required(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str) -> Option<Text> {
    if fields.get(key).is_none() {
        reader.missing(fields, key, &format!("{key}: …"));
    }
    reader.text(fields, key)
}
