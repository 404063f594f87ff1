//! `tongwen serve`: the site from memory, made anew as it is edited.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use super::Ending;
use super::site;
use super::terminal::Terminal;
use crate::cli::{self, Global};
use crate::diagnostic::{Diagnostic, Severity, line};
use crate::shell::disk::{FOLDERS, GLOSSARY, Place};
use crate::shell::server::{Bell, Options, Patience, Port, Server};
use crate::shell::session::{Session, Update};
use crate::shell::watch::{Watch, Watched};

/// The port that is tried first.
const PORT: u16 = 1111;

/// How long after a change the rest of the site is looked at.
const SWEEP_AFTER: Duration = Duration::from_millis(300);

/// Serves the site until Ctrl-C.
pub fn run(global: &Global, options: &cli::Serve, terminal: &Terminal) -> Ending {
    let Ok(site_options) = site::options(&options.site, terminal) else {
        return Ending::CouldNotRun;
    };
    let place = Place {
        root: global.root.clone(),
        config: global.config.clone(),
    };
    // Watching begins before reading, so that no change falls between the two.
    let watch = (!options.no_watch).then(|| Watch::begin(watched(&place), options.poll));
    let session = match Session::begin(place, site_options, terminal.plain_style()) {
        Ok(session) => Arc::new(session),
        Err(error) => {
            terminal.cannot_read(&global.root, &error);
            return Ending::CouldNotRun;
        }
    };
    let server = Options {
        interface: options.interface.clone(),
        port: options.port.map_or(Port::Default(PORT), Port::Asked),
        base_path: session.base_path(),
        patience: Patience::default(),
    };
    let server = match Server::start(&server, session.clone()) {
        Ok(server) => server,
        Err(error) => {
            terminal.show(&[error.diagnostic()]);
            return Ending::CouldNotRun;
        }
    };
    let got = server.address().port();
    if options.port.is_none() && got != PORT {
        terminal.say(&line::port_moved(PORT, got, terminal.language()));
    }
    terminal.say(&line::serving(&server.url(), terminal.language()));
    if options.open {
        open(&server.url());
    }
    let desk = Desk {
        session,
        bell: server.bell(),
        terminal: terminal.clone(),
        verbose: global.verbose > 0,
        generation: Arc::new(AtomicU64::new(0)),
    };
    desk.sweep();
    if let Some(watch) = watch {
        thread::spawn(move || desk.follow(watch));
    }
    server.run_until_interrupted();
    Ending::Fine
}

/// Where changes are taken in and told of.
struct Desk {
    session: Arc<Session>,
    bell: Bell,
    terminal: Terminal,
    verbose: bool,
    /// Counts the changes; a sweep over the site stops when it has become another.
    generation: Arc<AtomicU64>,
}

impl Desk {
    fn follow(&self, mut watch: Watch) {
        self.terminal.show(&watch.notes());
        loop {
            let Some(news) = watch.next(Duration::from_secs(3600)) else {
                continue;
            };
            self.terminal.show(&news.notes);
            self.session.update(&news.changed);
            let updates = self.session.untold();
            self.bell.ring();
            if !updates.is_empty() {
                self.generation.fetch_add(1, Ordering::Relaxed);
                updates.iter().for_each(|update| self.tell(update));
                self.sweep();
            }
        }
    }

    /// One line for a change; with `-v` every file of it.
    fn tell(&self, update: &Update) {
        let language = self.terminal.language();
        let first = update.changed.first().map_or("", |path| path.as_str());
        let changed = line::and_more(first, update.changed.len().saturating_sub(1), language);
        let milliseconds = update.took.as_secs_f64() * 1000.0;
        let parsed = update.counters.parsed;
        self.terminal
            .say(&line::updated(&changed, parsed, milliseconds, language));
        if self.verbose {
            for path in &update.changed {
                self.terminal.say(&format!("  {path}"));
            }
        }
    }

    /// Makes the whole site in the background, to find what is wrong on pages nobody looks at.
    fn sweep(&self) {
        let session = self.session.clone();
        let terminal = self.terminal.clone();
        let generation = self.generation.clone();
        let mine = generation.load(Ordering::Relaxed);
        thread::spawn(move || {
            let stale = || generation.load(Ordering::Relaxed) != mine;
            // The page that is being edited comes first, and so does the next keystroke's save.
            thread::sleep(SWEEP_AFTER);
            if stale() {
                return;
            }
            let notes = session.sweep(stale);
            if !stale() {
                report(&notes, &terminal);
            }
        });
    }
}

fn report(notes: &[Diagnostic], terminal: &Terminal) {
    terminal.show(notes);
    let count = |severity| {
        notes
            .iter()
            .filter(|note| note.severity() == severity)
            .count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    terminal.say(&line::faults(errors, warnings, terminal.language()));
}

fn watched(place: &Place) -> Watched {
    Watched {
        root: place.root.clone(),
        folders: FOLDERS.iter().map(ToString::to_string).collect(),
        files: vec![place.config.clone().into(), GLOSSARY.into()],
    }
}

/// Opens the browser, by the program that the system has for it. That there is none is no fault.
fn open(url: &str) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let _ = Command::new(program)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}
