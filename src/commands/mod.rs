//! The commands, one file each. Only here is anything printed and an exit code decided.

mod build;
mod check;
mod clean;
mod convert;
mod dump;
mod external;
mod info;
mod init;
mod list;
mod manual;
mod new;
mod progress;
mod report;
mod serve;
mod site;
mod starter;
mod terminal;
mod usage;

use std::process::ExitCode;

use crate::cli::Command;
use crate::diagnostic::Diagnostic;
use terminal::Terminal;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All is well: 0.
    Fine,
    /// The site has errors: 1.
    SiteHasErrors,
    /// The program could not run: 2.
    CouldNotRun,
}

/// Parses the arguments, runs the command, says how it ended.
pub fn main() -> ExitCode {
    let cli = match usage::parse(terminal::language_asked()) {
        Ok(cli) => cli,
        Err(ending) => return ending.into(),
    };
    let terminal = Terminal::new(&cli.global);
    let ending = match &cli.command {
        Command::Build(options) => build::run(&cli.global, options, &terminal),
        Command::Serve(options) => serve::run(&cli.global, options, &terminal),
        Command::Check(options) => check::run(&cli.global, options, &terminal),
        Command::Convert(options) => convert::run(&cli.global, options, &terminal),
        Command::New(options) => new::run(&cli.global, options, &terminal),
        Command::Init(options) => init::run(options, &terminal),
        Command::List(options) => list::run(&cli.global, options, &terminal),
        Command::Clean(options) => clean::run(&cli.global, options, &terminal),
        Command::Info(options) => info::run(&cli.global, options, &terminal),
        Command::Completions(options) => manual::completions(options, &terminal),
        Command::Manual(options) => manual::pages(options, &terminal),
    };
    ending.into()
}

/// Says which template ran away and ends the program at once: its thread cannot be ended otherwise.
fn runaway(fault: Diagnostic, terminal: &Terminal) {
    terminal.show(&[fault]);
    std::process::exit(1);
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> ExitCode {
        match ending {
            Ending::Fine => ExitCode::SUCCESS,
            Ending::SiteHasErrors => ExitCode::from(1),
            Ending::CouldNotRun => ExitCode::from(2),
        }
    }
}
