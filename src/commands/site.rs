//! From the command line to a publication: what `build`, `check` and the rest have in common.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::terminal::Terminal;
use crate::cli::{Global, SiteOptions};
use crate::config::{self, BaseUrl, Config};
use crate::diagnostic::{Code, Diagnostic, Noted, Phrase};
use crate::pipeline::inputs::{Inputs, Options};
use crate::pipeline::memo::Memo;
use crate::pipeline::plan::Plan;
use crate::pipeline::publication::{self, Publication};
use crate::shell::disk;

/// A site, ready to be made.
pub struct Prepared {
    /// The site.
    pub publication: Publication,
    /// Its files.
    pub plan: Plan,
    /// What has been noticed so far.
    pub notes: Vec<Diagnostic>,
}

/// Why there is nothing to make.
pub enum Unprepared {
    /// The site has errors, which leave nothing to make.
    Faulty(Vec<Diagnostic>),
    /// The program could not run; it has been said why.
    CouldNotRun,
}

/// Reads and arranges the site.
pub fn prepare(
    global: &Global,
    site: &SiteOptions,
    terminal: &Terminal,
) -> Result<Prepared, Unprepared> {
    arrange(read(global, site, terminal)?)
}

/// Reads the site.
pub fn read(
    global: &Global,
    site: &SiteOptions,
    terminal: &Terminal,
) -> Result<Noted<Inputs>, Unprepared> {
    let options = options(site, terminal)?;
    let place = disk::Place {
        root: global.root.clone(),
        config: global.config.clone(),
    };
    let read = disk::read(&place, options).map_err(|error| {
        terminal.cannot_read(&global.root, &error);
        Unprepared::CouldNotRun
    })?;
    match read.value {
        Some(value) => Ok(Noted {
            value,
            notes: read.notes,
        }),
        None => Err(Unprepared::Faulty(read.notes)),
    }
}

/// Arranges the site.
pub fn arrange(read: Noted<Inputs>) -> Result<Prepared, Unprepared> {
    let Noted {
        value: inputs,
        mut notes,
    } = read;
    let made = publication::publish(Arc::new(inputs), &mut Memo::default());
    notes.extend(made.notes);
    let Some(publication) = made.value else {
        return Err(Unprepared::Faulty(notes));
    };
    let plan = Plan::of(&publication);
    notes.extend(plan.notes);
    Ok(Prepared {
        publication,
        plan: plan.value,
        notes,
    })
}

/// What `site.toml` says, for commands that need no more of a site.
pub fn configuration(global: &Global, terminal: &Terminal) -> Result<Config, Unprepared> {
    let place = disk::Place {
        root: global.root.clone(),
        config: global.config.clone(),
    };
    let read = disk::read(&place, Options::default()).map_err(|error| {
        terminal.cannot_read(&global.root, &error);
        Unprepared::CouldNotRun
    })?;
    let Some(inputs) = read.value else {
        return Err(Unprepared::Faulty(read.notes));
    };
    let parsed = config::parse(&inputs.config);
    parsed.value.ok_or(Unprepared::Faulty(parsed.notes))
}

/// The options of a run, from its flags. A flag that cannot be read is said.
pub fn options(site: &SiteOptions, terminal: &Terminal) -> Result<Options, Unprepared> {
    let now = match &site.clock {
        Some(clock) => moment(clock).map_err(|clock| {
            terminal.fail(&terminal.phrase(Phrase::BadClock, &[("value", &clock)]));
            Unprepared::CouldNotRun
        })?,
        None => Timestamp::now(),
    };
    let base_url = site.base_url.as_deref().map(|url| base_url(url, terminal));
    Ok(Options {
        drafts: site.drafts,
        future: site.future,
        now,
        base_url: base_url.transpose()?,
        relative_links: site.relative_links,
        minify: site.minify,
    })
}

/// The address that `--base-url` gives. One that is none is said.
pub fn base_url(text: &str, terminal: &Terminal) -> Result<BaseUrl, Unprepared> {
    BaseUrl::parse(text).map_err(|rule| {
        let fault = Diagnostic::new(Code::BadValue)
            .with("key", "--base-url")
            .with("value", text)
            .with("expected", rule);
        terminal.show(&[fault]);
        Unprepared::CouldNotRun
    })
}

/// A moment as `--clock` gives it. A day alone is the end of that day in UTC, so that its own pages are
/// not of the future. What is none is given back.
fn moment(text: &str) -> Result<Timestamp, String> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let at = |moment: DateTime| TimeZone::UTC.to_timestamp(moment).ok();
    let day = text
        .parse::<Date>()
        .ok()
        .and_then(|day| at(day.at(23, 59, 59, 0)));
    day.ok_or_else(|| text.to_string())
}
