//! `tongwen check`: the whole site looked over, nothing written.

use super::Ending;
use super::external;
use super::report::{Row, json};
use super::site::{self, Unprepared};
use super::terminal::Terminal;
use crate::cli::{self, Global};
use crate::config::Ambiguous;
use crate::diagnostic::{Code, Diagnostic, Phrase, Severity, closest};
use crate::pipeline::check::{Measure, check};
use crate::pipeline::publication::sorted;
use crate::pipeline::review::review;
use crate::shell::vigil;

/// What fails a check besides errors.
#[derive(Default)]
struct Denied {
    codes: Vec<Code>,
    warnings: bool,
    review: bool,
}

/// Checks the site.
pub fn run(global: &Global, options: &cli::Check, terminal: &Terminal) -> Ending {
    let Some(mut denied) = Denied::read(&options.deny, terminal) else {
        return Ending::CouldNotRun;
    };
    let client = match options.external {
        true => match external::client(&options.outside, terminal) {
            Ok(client) => Some(client),
            Err(ending) => return ending,
        },
        false => None,
    };
    let prepared = match site::prepare(global, &options.site, terminal) {
        Ok(prepared) => prepared,
        Err(Unprepared::Faulty(notes)) => {
            return finish(&sorted(notes), &denied, options, terminal);
        }
        Err(Unprepared::CouldNotRun) => return Ending::CouldNotRun,
    };
    let publication = &prepared.publication;
    denied.review |= publication.config.convert.ambiguous == Ambiguous::Deny;
    let measure = Measure {
        stale_after: i32::from(options.stale_after),
    };
    let progress = terminal.progress(Phrase::LookingOver, prepared.plan.works().count());
    let underway = publication.templates.underway();
    let runaway = |fault| super::runaway(fault, terminal);
    let checked = vigil::over(underway, runaway, || {
        check(publication, &prepared.plan, measure, || progress.step())
    });
    drop(progress);
    let (open, decisions) = review(publication);
    let mut notes = prepared.notes.clone();
    notes.extend(checked.notes);
    notes.extend(decisions);
    if let Some(client) = &client {
        let outside = external::check(&checked.outside, client, &options.outside, terminal);
        notes.extend(outside);
    }
    let mut notes = sorted(notes);
    notes.extend(open.into_iter().map(|open| open.diagnostic));
    finish(&notes, &denied, options, terminal)
}

fn finish(
    notes: &[Diagnostic],
    denied: &Denied,
    options: &cli::Check,
    terminal: &Terminal,
) -> Ending {
    if options.json {
        let rows: Vec<Row> = notes
            .iter()
            .map(|note| Row::of(note, terminal.language()))
            .collect();
        terminal.answer(&json(&rows));
    } else {
        terminal.show(notes);
        let count = |severity| {
            let of_it = notes.iter().filter(|note| note.severity() == severity);
            of_it.count().to_string()
        };
        let totals = [
            ("errors", &*count(Severity::Error)),
            ("warnings", &*count(Severity::Warning)),
            ("reviews", &*count(Severity::Review)),
        ];
        terminal.say(&terminal.phrase(Phrase::CheckTotals, &totals));
    }
    if notes.iter().any(|note| denied.fails(note)) {
        Ending::SiteHasErrors
    } else {
        Ending::Fine
    }
}

impl Denied {
    /// Reads the names; one that is none is said, and nothing is given.
    fn read(names: &[String], terminal: &Terminal) -> Option<Denied> {
        let mut denied = Denied::default();
        for name in names {
            match name.as_str() {
                "warnings" => denied.warnings = true,
                "review" => denied.review = true,
                _ => match Code::ALL.iter().find(|code| code.name() == name) {
                    Some(code) => denied.codes.push(*code),
                    None => {
                        terminal.fail(&terminal.phrase(Phrase::UnknownCode, &[("value", name)]));
                        let known = Code::ALL.iter().map(|code| code.name());
                        if let Some(near) = closest(name, known.chain(["warnings", "review"])) {
                            let near = terminal.phrase(Phrase::NearestName, &[("name", near)]);
                            terminal.fail(&near);
                        }
                        return None;
                    }
                },
            }
        }
        Some(denied)
    }

    fn fails(&self, note: &Diagnostic) -> bool {
        match note.severity() {
            Severity::Error => true,
            Severity::Warning => self.warnings || self.codes.contains(&note.code),
            Severity::Review => self.review || self.codes.contains(&note.code),
        }
    }
}
