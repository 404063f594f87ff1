//! `tongwen completions` and the hidden `tongwen manual`: what shells and `man` read, made from the
//! description of the command line itself, so that neither can go stale.

use std::path::Path;

use super::Ending;
use super::terminal::Terminal;
use super::usage;
use crate::cli;
use crate::diagnostic::Phrase;

/// Writes a shell's completions to standard output.
pub fn completions(options: &cli::Completions, terminal: &Terminal) -> Ending {
    let mut script = Vec::new();
    let mut command = usage::command(terminal.language());
    clap_complete::generate(options.shell, &mut command, "tongwen", &mut script);
    terminal.answer(&String::from_utf8_lossy(&script));
    Ending::Fine
}

/// Writes the manual pages into a folder.
pub fn pages(options: &cli::Manual, terminal: &Terminal) -> Ending {
    let made = std::fs::create_dir_all(&options.folder).and_then(|()| {
        clap_mangen::generate_to(usage::command(terminal.language()), &options.folder)
    });
    match made {
        Ok(()) => Ending::Fine,
        Err(error) => {
            cannot_write(&options.folder, &error, terminal);
            Ending::CouldNotRun
        }
    }
}

/// Says that a file or folder cannot be written.
pub fn cannot_write(path: &Path, error: &std::io::Error, terminal: &Terminal) {
    let (path, detail) = (path.display().to_string(), error.to_string());
    let args = [("path", path.as_str()), ("detail", detail.as_str())];
    terminal.fail(&terminal.phrase(Phrase::CannotWrite, &args));
}
