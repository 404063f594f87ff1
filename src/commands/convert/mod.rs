//! `tongwen convert`: a text as a site would convert it, or as a plain conversion does.
//!
//! The input is text and nothing else: Markdown and HTML are converted like prose, markup and all. What
//! may be converted of a page, `build` knows.

mod diff;
mod explain;
mod stream;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use serde_json::json;

use super::Ending;
use super::report::{self, Row};
use super::terminal::Terminal;
use crate::cli::{self, Global};
use crate::config::{self, LanguageIndex, language};
use crate::diagnostic::{Code, Diagnostic, Phrase};
use crate::hanzi::{Converter, QuoteState, Scheme};
use crate::pipeline::edition::conversion::Converted;
use crate::pipeline::edition::engine::Engines;
use crate::pipeline::edition::{Conversion, Conversions};
use crate::pipeline::inputs::Options;
use crate::pipeline::review::decision::Decisions;
use crate::pipeline::review::{self, passage};
use crate::shell::disk;
use crate::source::{SitePath, Source};
use stream::{Bad, Parts};

/// How the text is converted.
struct Way {
    conversion: Arc<Converted>,
    /// The language or the scheme, as asked for.
    name: String,
    /// The language of the result, as a row of a glossary names it.
    tag: String,
    /// The site's, for naming the rows of its glossaries.
    conversions: Option<Conversions>,
    decisions: Decisions,
    /// The site's, for naming its files; that of a site that says nothing outside any.
    files: config::Convert,
}

/// Converts standard input or a file.
pub fn run(global: &Global, options: &cli::Convert, terminal: &Terminal) -> Ending {
    let way = match way(global, options, terminal) {
        Ok(way) => way,
        Err(ending) => return ending,
    };
    if let Some(word) = &options.explain {
        return explain::run(word, &way, options.json, terminal);
    }
    let name = match &options.file {
        Some(path) if path.as_os_str() != "-" => path.display().to_string(),
        _ => "-".to_string(),
    };
    let input: Box<dyn Read> = if name == "-" {
        Box::new(io::stdin().lock())
    } else {
        match File::open(&name) {
            Ok(file) => Box::new(file),
            Err(error) => {
                terminal.cannot_read(Path::new(&name), &error);
                return Ending::CouldNotRun;
            }
        }
    };
    let parts = Parts::new(input);
    let done = if options.report {
        whole(parts).map(|text| report(&name, text, &way, options.json, terminal))
    } else if options.diff {
        diff::run(parts, &way, options.json, terminal)
    } else if options.json {
        whole(parts).map(|text| {
            let converted = converted(&way.conversion, &text, &mut QuoteState::default());
            let value = json!({ "to": way.name, "text": converted });
            terminal.answer(&report::json(&value));
        })
    } else {
        plain(parts, &way.conversion)
    };
    match done {
        Ok(()) => Ending::Fine,
        Err(bad) => said(&bad, &name, terminal),
    }
}

/// One part after the other, as large as memory likes.
fn plain(mut parts: Parts<impl Read>, conversion: &Converted) -> Result<(), Bad> {
    let mut out = io::stdout().lock();
    let mut quotes = QuoteState::default();
    while let Some(part) = parts.next()? {
        let text = converted(conversion, &part, &mut quotes);
        out.write_all(text.as_bytes()).map_err(Bad::Write)?;
    }
    out.flush().map_err(Bad::Write)
}

fn converted(conversion: &Converted, text: &str, quotes: &mut QuoteState) -> String {
    let mut out = String::new();
    conversion.converter.convert_into(text, &mut out);
    let Some(marks) = conversion.quotes else {
        return out;
    };
    // A line is a block, as far as a plain text has any: a quotation of several paragraphs opens each anew.
    let lines = out.split_inclusive('\n');
    lines.map(|line| marks.apply(line, quotes)).collect()
}

fn whole(mut parts: Parts<impl Read>) -> Result<String, Bad> {
    let mut text = String::new();
    while let Some(part) = parts.next()? {
        text.push_str(&part);
    }
    Ok(text)
}

fn report(name: &str, text: String, way: &Way, json: bool, terminal: &Terminal) {
    let source = Source::new(SitePath::new(name), text);
    let mut open: Vec<review::Open> = passage::of_lines(&source)
        .iter()
        .flat_map(|line| review::of_text(line, &way.conversion.converter, &way.tag, &way.files))
        .filter(|found| !way.decisions.has(&found.key))
        .collect();
    open.sort_by_cached_key(|found| (found.reason, found.diagnostic.sort_key()));
    let notes: Vec<Diagnostic> = open.into_iter().map(|open| open.diagnostic).collect();
    if json {
        let rows: Vec<Row> = notes
            .iter()
            .map(|note| Row::of(note, terminal.language()))
            .collect();
        terminal.answer(&report::json(&rows));
    } else {
        terminal.answer(&terminal.drawn(&notes));
        let count = notes.len().to_string();
        terminal.say(&terminal.phrase(Phrase::ReportTotal, &[("count", &count)]));
    }
}

fn said(bad: &Bad, name: &str, terminal: &Terminal) -> Ending {
    let path = SitePath::new(name);
    let note = match bad {
        // Whoever reads has what it wanted.
        Bad::Write(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ending::Fine,
        Bad::Write(error) => {
            let detail = error.to_string();
            let args = [("path", "-"), ("detail", detail.as_str())];
            terminal.fail(&terminal.phrase(Phrase::CannotWrite, &args));
            return Ending::CouldNotRun;
        }
        Bad::Read(error) => {
            terminal.cannot_read(Path::new(name), error);
            return Ending::CouldNotRun;
        }
        Bad::NotUtf8(offset) => Diagnostic::new(Code::NotUtf8).with("offset", offset.to_string()),
        Bad::Nul(offset) => Diagnostic::new(Code::NulAt).with("offset", offset.to_string()),
    };
    terminal.show(&[note.in_file(&path)]);
    Ending::SiteHasErrors
}

/// The conversion that the flags name.
fn way(global: &Global, options: &cli::Convert, terminal: &Terminal) -> Result<Way, Ending> {
    if let Some(name) = &options.using {
        let scheme: Scheme = name.parse().map_err(|_| {
            let known: Vec<&str> = Scheme::ALL.iter().map(|scheme| scheme.as_str()).collect();
            let known = known.join(", ");
            let args = [("value", name.as_str()), ("known", known.as_str())];
            terminal.fail(&terminal.phrase(Phrase::UnknownScheme, &args));
            Ending::CouldNotRun
        })?;
        let conversion = Converted {
            converter: Converter::new(scheme),
            quotes: None,
        };
        return Ok(Way {
            conversion: Arc::new(conversion),
            name: name.clone(),
            tag: tag(scheme).to_string(),
            conversions: None,
            decisions: Decisions::default(),
            files: config::Convert::default(),
        });
    }
    of_site(global, options, terminal)
}

/// What a conversion outside any site converts to.
fn tag(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Hk2s | Scheme::Hk2sp | Scheme::Tw2s | Scheme::Tw2sp | Scheme::T2s => "zh-Hans",
        Scheme::S2hk | Scheme::S2hkp | Scheme::T2hk => "zh-Hant-HK",
        Scheme::S2tw | Scheme::S2twp | Scheme::T2tw => "zh-Hant-TW",
        Scheme::S2t | Scheme::Hk2t | Scheme::Tw2t => "zh-Hant",
    }
}

/// The conversion of the site in whose folder this runs, with the glossary nearest to the file.
fn of_site(global: &Global, options: &cli::Convert, terminal: &Terminal) -> Result<Way, Ending> {
    let place = disk::Place {
        root: global.root.clone(),
        config: global.config.clone(),
    };
    let read = disk::read(&place, Options::default()).map_err(|error| {
        terminal.cannot_read(&global.root, &error);
        Ending::CouldNotRun
    })?;
    let faulty = |notes: &[Diagnostic]| {
        terminal.show(notes);
        Ending::SiteHasErrors
    };
    let inputs = read.value.ok_or_else(|| faulty(&read.notes))?;
    let parsed = config::parse(&inputs.config);
    let config = parsed.value.ok_or_else(|| faulty(&parsed.notes))?;
    let engines = Engines::of(&config, inputs.opencc);
    let derives = config.languages.iter().flat_map(|it| &it.derive);
    let faults: Vec<Diagnostic> = derives
        .filter_map(|derive| engines.fault(derive.using, &inputs.config))
        .collect();
    if !faults.is_empty() {
        return Err(faulty(&faults));
    }
    let (conversions, notes) = Conversions::new(&config, &inputs.glossaries, engines);
    if crate::diagnostic::any_error(&notes) {
        return Err(faulty(&notes));
    }
    let derived: Vec<LanguageIndex> = (0..config.languages.len())
        .map(LanguageIndex::new)
        .filter(|index| config.language(*index).derive.is_some())
        .collect();
    let to = match &options.to {
        Some(tag) => language::find(&config.languages, tag),
        None => derived.first().copied().filter(|_| derived.len() == 1),
    };
    let Some(to) = to.filter(|to| derived.contains(to)) else {
        let known: Vec<&str> = derived
            .iter()
            .map(|index| config.language(*index).tag.as_str())
            .collect();
        terminal.fail(&terminal.phrase(Phrase::NeedTarget, &[("known", &known.join(", "))]));
        return Err(Ending::CouldNotRun);
    };
    let folder = options.file.as_deref().and_then(|file| {
        let root = global.root.join("content").canonicalize().ok()?;
        let file = file.canonicalize().ok()?;
        let folder = file.strip_prefix(root).ok()?.parent()?;
        Some(folder.to_string_lossy().replace('\\', "/"))
    });
    let conversion = match conversions.of_folder(to, folder.as_deref().unwrap_or("")) {
        Conversion::Converted(converted) => converted,
        // A derived language has a conversion.
        Conversion::AsWritten => return Err(Ending::CouldNotRun),
    };
    Ok(Way {
        conversion,
        name: config.language(to).tag.as_str().to_string(),
        tag: config.language(to).tag.as_str().to_string(),
        conversions: Some(conversions),
        decisions: Decisions::read(inputs.review.as_ref()).value,
        files: config.convert,
    })
}
