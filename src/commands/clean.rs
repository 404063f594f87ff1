//! `tongwen clean`: removes what a build wrote, and nothing else.

use super::Ending;
use super::site::{self, Unprepared};
use super::terminal::Terminal;
use crate::cli::{self, Global};
use crate::diagnostic::Phrase;
use crate::shell::publish::{self, Target};

/// Removes the output.
pub fn run(global: &Global, options: &cli::Clean, terminal: &Terminal) -> Ending {
    let folder = match &options.output_dir {
        Some(folder) => folder.clone(),
        None => match site::configuration(global, terminal) {
            Ok(config) => global.root.join(config.output_dir),
            Err(Unprepared::Faulty(notes)) => {
                terminal.show(&notes);
                return Ending::SiteHasErrors;
            }
            Err(Unprepared::CouldNotRun) => return Ending::CouldNotRun,
        },
    };
    let target = Target::new(&global.root, folder, options.force);
    match publish::clean(&target, options.dry_run) {
        Ok(cleaned) => {
            let phrase = match (&cleaned.folder, options.dry_run) {
                (None, _) => Phrase::NothingToClean,
                (Some(_), true) => Phrase::WouldClean,
                (Some(_), false) => Phrase::Cleaned,
            };
            let shown = cleaned.folder.unwrap_or_default().display().to_string();
            let (files, bytes) = (cleaned.files.to_string(), cleaned.bytes.to_string());
            let args = [("folder", &*shown), ("files", &*files), ("bytes", &*bytes)];
            terminal.say(&terminal.phrase(phrase, &args));
            Ending::Fine
        }
        Err(error) => {
            terminal.show(&[error.diagnostic()]);
            if error.is_the_authors() {
                Ending::SiteHasErrors
            } else {
                Ending::CouldNotRun
            }
        }
    }
}
