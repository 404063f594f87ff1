//! `tongwen check --external`: whether what the site links to elsewhere is still there.

use std::time::Duration;

use jiff::Timestamp;

use super::Ending;
use super::manual::cannot_write;
use super::terminal::Terminal;
use crate::cli::External;
use crate::diagnostic::{Code, Diagnostic, Phrase};
use crate::pipeline::check::outside::{Answer, Outside};
use crate::shell::outside::{Cache, Client, Unavailable, ask};

/// A client that can ask, or why there is none; that has been said.
pub fn client(options: &External, terminal: &Terminal) -> Result<Client, Ending> {
    let timeout = Duration::from_secs(u64::from(options.timeout));
    Client::new(timeout).map_err(|unavailable| {
        match unavailable {
            Unavailable::NotBuilt => terminal.fail(&terminal.phrase(Phrase::ExternalNotBuilt, &[])),
            Unavailable::Certificates(detail) => {
                let args = [("detail", detail.as_str())];
                terminal.fail(&terminal.phrase(Phrase::BadCertificates, &args));
            }
        }
        Ending::CouldNotRun
    })
}

/// Asks about the addresses, those excepted that were asked about lately. What is wrong with them.
pub fn check(
    outside: &[Outside],
    client: &Client,
    options: &External,
    terminal: &Terminal,
) -> Vec<Diagnostic> {
    let now = Timestamp::now();
    let mut cache = Cache::read(options.cache.as_deref(), options.fresh, now);
    let is_skipped = |address: &str| options.skip.iter().any(|skip| address.starts_with(skip));
    let mut notes = Vec::new();
    let mut open: Vec<&Outside> = Vec::new();
    for outside in outside
        .iter()
        .filter(|outside| !is_skipped(&outside.address))
    {
        match cache.get(&outside.address) {
            Some(answer) => notes.extend(outside.report(&answer)),
            None => open.push(outside),
        }
    }
    let limit = options.at_most;
    if let Some(more) = open.len().checked_sub(limit).filter(|more| *more > 0) {
        let left_out = Diagnostic::new(Code::OutsideLeftOut)
            .with("count", more.to_string())
            .with("limit", limit.to_string());
        notes.push(left_out);
        open.truncate(limit);
    }
    let addresses: Vec<&str> = open
        .iter()
        .map(|outside| outside.address.as_str())
        .collect();
    let progress = terminal.progress(Phrase::AskingOutside, addresses.len());
    let answers: Vec<Answer> = ask(&addresses, client, || progress.step());
    drop(progress);
    for (outside, answer) in open.iter().zip(&answers) {
        cache.put(&outside.address, answer, now);
        notes.extend(outside.report(answer));
    }
    // The answers are good without the cache.
    if let Err((path, error)) = cache.write() {
        cannot_write(&path, &error, terminal);
    }
    notes
}
