//! Where changes are taken in and told of: a line each in the terminal, a word to the tabs, and then a
//! look at the rest of the site.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::faults::Faults;
use super::words;
use crate::commands::terminal::Terminal;
use crate::diagnostic::Phrase;
use crate::shell::server::{Bell, Front, Server};
use crate::shell::session::Session;
use crate::shell::watch::Watch;

/// How long after a change the rest of the site is looked at.
const SWEEP_AFTER: Duration = Duration::from_millis(300);

/// How long is waited for a change at most: a clock that was set is noticed after that.
const PATIENCE: Duration = Duration::from_secs(60);

/// The desk of one run.
pub struct Desk {
    session: Arc<Session>,
    bell: Bell,
    front: Front,
    terminal: Terminal,
    verbose: bool,
    faults: Arc<Faults>,
    /// Counts the changes; a sweep over the site stops when it has become another.
    generation: Arc<AtomicU64>,
}

impl Desk {
    /// A desk for a session that is served.
    pub fn new(session: Arc<Session>, server: &Server, terminal: &Terminal, verbose: bool) -> Desk {
        Desk {
            session,
            bell: server.bell(),
            front: server.front(),
            terminal: terminal.clone(),
            verbose,
            faults: Arc::new(Faults::new(terminal.clone())),
            generation: Arc::default(),
        }
    }

    /// Takes in what the watch tells, for ever.
    pub fn follow(&self, mut watch: Watch) {
        self.terminal.show(&watch.notes());
        let mut url = self.front.url();
        let mut files = Vec::new();
        loop {
            let named = self.session.single_files();
            if files != named {
                files = named;
                watch.set_files(files.clone());
            }
            let patience = self.session.until_due().unwrap_or(PATIENCE).min(PATIENCE);
            match watch.next(patience) {
                Some(news) => {
                    self.terminal.show(&news.notes);
                    self.session.update(&news.changed);
                }
                None => {
                    self.session.pass_time();
                }
            }
            // Those too that a browser caused, which asked before the watch told.
            let updates = self.session.untold();
            if updates.is_empty() {
                continue;
            }
            self.generation.fetch_add(1, Ordering::Relaxed);
            self.bell.ring();
            for update in &updates {
                let lines = words::updated(update, self.verbose, self.terminal.language());
                self.terminal.say(&lines);
            }
            self.faults.at_once(&self.session.notes());
            let now = self.front.url();
            if url != now {
                url = now;
                let serving = self.terminal.phrase(Phrase::Serving, &[("url", &url)]);
                self.terminal.say(&serving);
            }
            self.sweep();
        }
    }

    /// Makes the whole site in the background, to find what is wrong on pages nobody looks at.
    pub fn sweep(&self) {
        let session = self.session.clone();
        let faults = self.faults.clone();
        let terminal = self.terminal.clone();
        let verbose = self.verbose;
        let generation = self.generation.clone();
        let mine = generation.load(Ordering::Relaxed);
        thread::spawn(move || {
            let stale = || generation.load(Ordering::Relaxed) != mine;
            // The page that is being edited comes first, and so does the next keystroke's save.
            thread::sleep(SWEEP_AFTER);
            if stale() {
                return;
            }
            let started = Instant::now();
            let Some(swept) = session.sweep(stale) else {
                return;
            };
            if verbose {
                let took = started.elapsed();
                terminal.say(&words::swept(&swept, took, terminal.language()));
            }
            faults.in_all(&swept.notes);
        });
    }
}
