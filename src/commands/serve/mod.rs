//! `tongwen serve`: the site from memory, made anew as it is edited.

mod desk;
mod faults;
mod words;

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;

use jiff::Timestamp;

use super::Ending;
use super::site;
use super::terminal::Terminal;
use crate::cli::{self, Global};
use crate::config::GLOSSARY;
use crate::diagnostic::Phrase;
use crate::shell::disk::{FOLDERS, Place};
use crate::shell::server::{Options, Patience, Port, Server};
use crate::shell::session::Session;
use crate::shell::watch::{Watch, Watched};
use desk::Desk;

/// The port that is tried first.
const PORT: u16 = 1111;

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
        Ok(session) => Arc::new(living(session, global, options, terminal)),
        Err(error) => {
            terminal.cannot_read(&global.root, &error);
            return Ending::CouldNotRun;
        }
    };
    let server = Options {
        interface: options.interface.clone(),
        port: options.port.map_or(Port::Default(PORT), Port::Asked),
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
        let (wanted, got) = (PORT.to_string(), got.to_string());
        let args = [("wanted", wanted.as_str()), ("got", &got)];
        terminal.say(&terminal.phrase(Phrase::PortMoved, &args));
    }
    let url = server.front().url();
    terminal.say(&terminal.phrase(Phrase::Serving, &[("url", &url)]));
    if options.open {
        open(&url);
    }
    let desk = Desk::new(session, &server, terminal, global.verbose > 0);
    desk.sweep();
    if let Some(watch) = watch {
        thread::spawn(move || desk.follow(watch));
    }
    server.run_until_interrupted();
    Ending::Fine
}

/// The session with what changes under it besides the files: the time, unless `--clock` holds it; and,
/// with `-v`, a word about every page that is rendered.
fn living(session: Session, global: &Global, options: &cli::Serve, terminal: &Terminal) -> Session {
    let session = match (options.no_watch, &options.site.clock) {
        (true, _) => session.frozen(),
        (false, None) => session.with_clock(Timestamp::now),
        (false, Some(_)) => session,
    };
    if global.verbose == 0 {
        return session;
    }
    let terminal = terminal.clone();
    session.with_listener(move |page| {
        terminal.say(&words::rendered(page, terminal.language()));
    })
}

fn watched(place: &Place) -> Watched {
    Watched {
        root: place.root.clone(),
        folders: FOLDERS.iter().map(ToString::to_string).collect(),
        // What the configuration names instead is watched once it has been read.
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
    let opened = Command::new(program)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Ok(mut child) = opened {
        // Waited for, or what has ended would stay in the system's table.
        thread::spawn(move || child.wait());
    }
}
