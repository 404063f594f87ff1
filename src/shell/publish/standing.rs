//! Whether an output that stands is already what a build would make.
//!
//! Nothing is locked, made or cleared up for that: whatever is not plain sight (no marker or no receipt, a file
//! that is missing, foreign or had to be read to be known, a working folder of another build) is left to the
//! build itself.

use std::os::fd::AsFd;

use jiff::Timestamp;

use super::folder;
use super::place::{Place, Target};
use super::previous;
use super::staging::Published;
use crate::digest::Digest;
use crate::pipeline::receipt::Receipt;

/// The receipt of the output, if the program and the inputs that `made_from` stands for would make exactly this
/// output at the moment `now`, and what a build would say it did.
pub fn standing(
    target: &Target,
    made_from: Digest,
    now: Timestamp,
) -> Option<(Receipt, Published)> {
    let place = Place::find(target, false).ok()??;
    let output = place.output.as_ref()?;
    if folder::stat(place.parent.as_fd(), place.beside()).is_ok() {
        return None;
    }
    let previous = previous::inspect(output.as_fd(), None).ok()?;
    let receipt = previous.record.receipt().cloned()?;
    let is_whole = previous.foreign.is_empty()
        && previous.edited.is_empty()
        && !previous.reread
        && previous.seen.iter().all(Option::is_some);
    let published = Published {
        unchanged: previous.seen.len(),
        ..Published::default()
    };
    (is_whole && receipt.holds(made_from, now)).then_some((receipt, published))
}
