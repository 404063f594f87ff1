//! Removing an output: exactly the files that the record says we made and that are still what we
//! wrote, and their folders. Anything else in the folder is a reason to refuse, before anything is
//! touched.

use std::os::fd::AsFd;
use std::path::PathBuf;

use rustix::fs::AtFlags;

use super::error::PublishError;
use super::place::{Manner, Place, Target};
use super::previous::{self, Previous};
use super::recover;
use super::staging::refuse_foreign;
use crate::diagnostic::{Code, Diagnostic};

/// What was removed, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The output folder; `None` if there was none.
    pub folder: Option<PathBuf>,
    /// Files removed, the marker not counted.
    pub files: usize,
    /// Their length together.
    pub bytes: u64,
}

/// Removes the output, or with `dry_run` says what would be removed. With [`Target::force`], what
/// somebody else put there or changed is left in place and the rest removed.
///
/// Errors: the folder is not a place for an output, was not made by this program, or holds anything
/// else; a build is running; the file system fails.
pub fn clean(target: &Target, dry_run: bool) -> Result<Cleaned, PublishError> {
    let Some(mut place) = Place::find(target, false)? else {
        return Ok(Cleaned::default());
    };
    let failed = PublishError::io(&place.path);
    let (work, manner) = place.enter()?;
    let pending = recover::recover(&mut place, &work, manner)?;
    let Some(output) = &place.output else {
        return Ok(Cleaned::default());
    };
    let previous = previous::inspect(output.as_fd(), pending.as_ref()).map_err(&failed)?;
    refuse_foreign(&place, &previous, target)?;
    if !previous.marked {
        let folder = place.path.display().to_string();
        let diagnostic = Diagnostic::new(Code::CleanNotOurs).with("folder", folder);
        return Err(PublishError::refused(diagnostic));
    }
    let cleaned = count(&place, &previous);
    if dry_run {
        return Ok(cleaned);
    }
    let empty = previous::remove(output.as_fd(), &previous, false).map_err(&failed)?;
    if manner == Manner::Piecewise {
        let _ = rustix::fs::unlinkat(work.handle(), super::piecewise::PENDING, AtFlags::empty());
    } else if empty {
        let name = place.name.as_str();
        rustix::fs::unlinkat(&place.parent, name, AtFlags::REMOVEDIR)
            .map_err(|errno| failed(errno.into()))?;
    }
    Ok(cleaned)
}

fn count(place: &Place, previous: &Previous) -> Cleaned {
    let rows = previous.record.rows().iter().zip(&previous.seen);
    let there = rows.filter(|(_, seen)| seen.is_some());
    Cleaned {
        folder: Some(place.path.clone()),
        files: there.clone().count(),
        bytes: there.map(|(row, _)| row.len).sum(),
    }
}
