//! The fields of a timeline's entry: `kind: event`.
//!
//! The rule that matters most is held where they are read ([`read()`]): what is only announced has aims,
//! and no outcomes.

mod read;

use crate::config::{PartialDate, Precision, Text, Written};

pub use read::read;
pub(super) use read::{maps, required};

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
