//! `tongwen build`: every file of the site, written all or not at all.

use std::mem::ManuallyDrop;
use std::sync::Mutex;
use std::time::Instant;

use rayon::prelude::*;

use super::Ending;
use super::site::{self, Prepared, Unprepared};
use super::terminal::Terminal;
use crate::cli::{self, Global};
use crate::config::{self, Ambiguous, Config, Engine, LanguageIndex};
use crate::diagnostic::{Diagnostic, Phrase, Severity, any_error};
use crate::hanzi::Reason;
use crate::pipeline::inputs::Inputs;
use crate::pipeline::plan::{self, Work};
use crate::pipeline::publication::sorted;
use crate::pipeline::receipt::{self, Receipt};
use crate::pipeline::review;
use crate::pipeline::special;
use crate::shell::disk;
use crate::shell::program;
use crate::shell::publish::{self, PublishError, Published, Staging, Target};
use crate::shell::vigil;

/// Up to how many bytes of pages a build looks for places to review just to count them. Looking costs
/// some times what converting does, and a large site has `check` for it.
const COUNTED: usize = 1 << 20;

/// Builds the site.
pub fn run(global: &Global, options: &cli::Build, terminal: &Terminal) -> Ending {
    let started = Instant::now();
    let read = match site::read(global, &options.site, terminal) {
        Ok(read) => read,
        Err(unprepared) => return unprepared_for(unprepared, terminal),
    };
    let made_from = program::digest().map(|program| receipt::made_from(program, &read.value));
    if let Some(made_from) = made_from.filter(|_| read.notes.is_empty() && options.dump.is_none())
        && let Some(target) = target(global, options, &read.value)
        && let Some((receipt, published)) =
            publish::standing(&target, made_from, read.value.options.now)
    {
        let milliseconds = started.elapsed().as_millis();
        terminal.say(&summary(
            &receipt.pages,
            &published,
            (0, receipt.places),
            milliseconds,
            terminal,
        ));
        return Ending::Fine;
    }
    let prepared = match site::arrange(read) {
        // Never taken apart: the program ends with the build, and a large site is hundreds of thousands of pieces.
        Ok(prepared) => ManuallyDrop::new(prepared),
        Err(unprepared) => return unprepared_for(unprepared, terminal),
    };
    if let Some(page) = &options.dump {
        terminal.show(&sorted(prepared.notes.clone()));
        return super::dump::run(&prepared, page, terminal);
    }
    let target = target_of(global, options, &prepared.publication.config);
    let staging = match Staging::begin(&target) {
        Ok(staging) => staging,
        Err(error) => return refused(&error, prepared.notes.clone(), terminal),
    };
    let runaway = |fault| {
        staging.abandon();
        super::runaway(fault, terminal)
    };
    let underway = prepared.publication.templates.underway();
    let ambiguous = prepared.publication.config.convert.ambiguous;
    let is_reviewed = ambiguous != Ambiguous::Allow || text_len(&prepared) <= COUNTED;
    let ready = || {
        if is_reviewed {
            review::ready(&prepared.publication);
        }
    };
    let ((notes, failed), ()) = vigil::over(underway, runaway, || {
        rayon::join(|| write(&prepared, &staging, terminal), ready)
    });
    let mut all = prepared.notes.clone();
    all.extend(notes);
    let looked = is_reviewed.then(|| review::review(&prepared.publication));
    let places = looked.as_ref().map(|(open, _)| open.len());
    let (open, decisions) = looked.unwrap_or_default();
    // A row too many makes no text doubtful.
    let is_doubtful = open.iter().any(|it| it.reason != Reason::UnusedGlossary);
    all.extend(decisions);
    let mut all = sorted(all);
    if ambiguous != Ambiguous::Allow {
        all.extend(open.into_iter().map(|open| open.diagnostic));
    }
    terminal.show(&all);
    let warned = all.iter().any(|note| note.severity() == Severity::Warning);
    let denied = ambiguous == Ambiguous::Deny && is_doubtful;
    if any_error(&all) || (options.strict && warned) || denied {
        return Ending::SiteHasErrors;
    }
    let pages = pages(&prepared);
    let engine = prepared.publication.config.convert.engine;
    let receipt = made_from
        .filter(|_| all.is_empty() && engine == Engine::Builtin)
        .map(|made_from| Receipt {
            made_from,
            due: prepared.publication.due,
            pages: pages.clone(),
            places,
        });
    let published = match failed {
        Some(error) => Err(error),
        None => staging.with_receipt(receipt).commit(),
    };
    match published {
        Ok(published) => {
            let milliseconds = started.elapsed().as_millis();
            terminal.show(published.note().as_slice());
            terminal.say(&summary(
                &pages,
                &published,
                (warnings(&all), places),
                milliseconds,
                terminal,
            ));
            Ending::Fine
        }
        Err(error) => refused(&error, Vec::new(), terminal),
    }
}

/// Makes every file and puts it into the staging folder. What was noticed, and the first failure.
fn write(
    prepared: &Prepared,
    staging: &Staging,
    terminal: &Terminal,
) -> (Vec<Diagnostic>, Option<PublishError>) {
    let notes = Mutex::new(Vec::new());
    let failed = Mutex::new(None);
    special::expect_pages(&prepared.publication);
    let works = prepared.plan.works_by_page();
    let progress = terminal.progress(Phrase::WritingFiles, works.len());
    // One by one: an index costs as much as thirty pages, and who is done takes what is left.
    works
        .into_par_iter()
        .with_max_len(1)
        .for_each(|(path, work)| {
            let made = plan::make(&prepared.publication, path, work);
            progress.step();
            if !made.notes.is_empty()
                && let Ok(mut notes) = notes.lock()
            {
                notes.extend(made.notes);
            }
            if let Some(output) = made.value
                && let Err(error) = staging.put(&output)
                && let Ok(mut failed) = failed.lock()
            {
                failed.get_or_insert(error);
            }
        });
    let notes = notes.into_inner().unwrap_or_default();
    let failed = failed.into_inner().unwrap_or_default();
    (notes, failed)
}

/// The output folder, as far as the configuration can be read without the rest of the site.
fn target(global: &Global, options: &cli::Build, inputs: &Inputs) -> Option<Target> {
    let config = config::parse(&inputs.config).value?;
    Some(target_of(global, options, &config))
}

fn target_of(global: &Global, options: &cli::Build, config: &Config) -> Target {
    let output = match &options.output_dir {
        Some(folder) => folder.clone(),
        None => global.root.join(&config.output_dir),
    };
    // Whatever `--force` allows, it is not the files that the site itself is written in.
    let own = disk::named(config).into_iter().chain([&*global.config]);
    let own = own.map(|name| global.root.join(name));
    Target::new(&global.root, output, options.force).sparing(own)
}

fn unprepared_for(unprepared: Unprepared, terminal: &Terminal) -> Ending {
    match unprepared {
        Unprepared::Faulty(notes) => {
            terminal.show(&sorted(notes));
            Ending::SiteHasErrors
        }
        Unprepared::CouldNotRun => Ending::CouldNotRun,
    }
}

fn refused(error: &PublishError, mut notes: Vec<Diagnostic>, terminal: &Terminal) -> Ending {
    notes.push(error.diagnostic());
    terminal.show(&sorted(notes));
    if error.is_the_authors() {
        Ending::SiteHasErrors
    } else {
        Ending::CouldNotRun
    }
}

fn text_len(prepared: &Prepared) -> usize {
    let pages = prepared.publication.inputs.pages.iter();
    pages.map(|source| source.text().len()).sum()
}

fn warnings(notes: &[Diagnostic]) -> usize {
    let is_warning = |note: &&Diagnostic| note.severity() == Severity::Warning;
    notes.iter().filter(is_warning).count()
}

/// How many pages each language has.
fn pages(prepared: &Prepared) -> String {
    let languages = prepared.publication.config.languages.iter().enumerate();
    let pages: Vec<String> = languages
        .map(|(position, language)| {
            let index = LanguageIndex::new(position);
            let is_page =
                |work: &Work| matches!(work, Work::Page { language, .. } if *language == index);
            let count = prepared
                .plan
                .works()
                .filter(|(_, work)| is_page(work))
                .count();
            format!("{} {count}", language.tag)
        })
        .collect();
    pages.join(", ")
}

/// The one line that a build ends with.
fn summary(
    pages: &str,
    published: &Published,
    (warnings, places): (usize, Option<usize>),
    milliseconds: u128,
    terminal: &Terminal,
) -> String {
    let reviews = places.map_or_else(String::new, |count| {
        terminal.phrase(Phrase::BuiltReviews, &[("count", &count.to_string())])
    });
    terminal.phrase(
        Phrase::Built,
        &[
            ("pages", pages),
            ("written", &published.written.to_string()),
            ("unchanged", &published.unchanged.to_string()),
            ("removed", &published.removed.to_string()),
            ("warnings", &warnings.to_string()),
            ("reviews", &reviews),
            ("milliseconds", &milliseconds.to_string()),
        ],
    )
}
