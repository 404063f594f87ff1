//! Reading an event, and the rules between its fields.

use super::*;
use crate::config::reader::{Fields, Reader};
use crate::config::tree::{Kind as Shape, Node};
use crate::diagnostic::{Arg, Code, Diagnostic, Label, Term};

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
pub(in super::super) fn maps<T>(
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
pub(in super::super) fn required(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    key: &str,
) -> Option<Text> {
    if fields.get(key).is_none() {
        reader.missing(fields, key, &format!("{key}: …"));
    }
    reader.text(fields, key)
}
