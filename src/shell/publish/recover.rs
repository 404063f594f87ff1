//! Clearing up after a build that was killed.
//!
//! What may be found in a working folder: a staging folder that was never finished (removed), an old
//! output that was exchanged and not yet removed (its files are removed, anybody else's kept), an old
//! output that waits between two renames while there is none (put back), or the record of a
//! file-by-file replacement that was cut short (honoured, then made good).

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};

use rustix::fs::{AtFlags, Mode, OFlags, renameat};
use rustix::io::Errno;

use super::error::PublishError;
use super::exchange::{self, OLD};
use super::folder;
use super::piecewise::PENDING;
use super::place::{Manner, Place};
use super::previous::{self, Previous};
use super::record::{MARKER, Record};
use super::staging::{NEW, write_new};
use super::work::Work;

/// Puts back or removes what a killed build left. In a folder that is replaced file by file, returns
/// the record of the replacement that was cut short, or an empty one.
pub(super) fn recover(
    place: &mut Place,
    work: &Work,
    manner: Manner,
) -> Result<Option<Record>, PublishError> {
    let failed = PublishError::io(&place.path);
    // The build that was waited for may have made or exchanged it.
    place.look_again().map_err(&failed)?;
    if manner == Manner::Piecewise {
        let pending = read_record(work.handle(), PENDING).map_err(&failed)?;
        if work.holds(NEW) {
            folder::remove_all(work.handle(), NEW).map_err(&failed)?;
        }
        return Ok(Some(pending));
    }
    if work.holds(OLD) && place.output.is_none() {
        renameat(work.handle(), OLD, &place.parent, place.name.as_str())
            .map_err(|errno| failed(errno.into()))?;
        place.look_again().map_err(&failed)?;
    }
    for name in [NEW, OLD] {
        if work.holds(name) {
            clear(place, work, name).map_err(&failed)?;
        }
    }
    Ok(None)
}

/// Makes the marker of a folder whose replacement was cut short say what is really there, so that the
/// working folder's record is no longer needed.
pub(super) fn settle(
    place: &Place,
    work: &Work,
    previous: &Previous,
    piecewise: bool,
) -> io::Result<()> {
    let Some(output) = place.output.as_ref().filter(|_| piecewise) else {
        return Ok(());
    };
    if !work.holds(PENDING) {
        return Ok(());
    }
    let rows = previous.record.rows().iter().zip(&previous.seen);
    let there = rows.filter(|(_, seen)| seen.is_some());
    let record = Record::new(there.map(|(row, _)| row.clone()).collect());
    const SETTLED: &str = "settled";
    remove_file(work.handle(), SETTLED)?;
    write_new(work.handle(), SETTLED, &record.to_bytes())?;
    renameat(work.handle(), SETTLED, output, MARKER)?;
    remove_file(work.handle(), PENDING)
}

fn clear(place: &Place, work: &Work, name: &str) -> io::Result<()> {
    let left = folder::open(work.handle(), name)?;
    let previous = previous::inspect(left.as_fd(), None)?;
    if previous.marked {
        exchange::discard(work, place, name, &previous, false).map(drop)
    } else {
        folder::remove_all(work.handle(), name)
    }
}

fn read_record(folder: BorrowedFd<'_>, name: &str) -> io::Result<Record> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = match rustix::fs::openat(folder, name, flags, Mode::empty()) {
        Ok(file) => file,
        Err(Errno::NOENT) => return Ok(Record::default()),
        Err(error) => return Err(error.into()),
    };
    let mut bytes = Vec::new();
    File::from(file).read_to_end(&mut bytes)?;
    // Cut short while it was written: then no file had been replaced yet.
    Ok(Record::parse(&bytes).unwrap_or_default())
}

fn remove_file(folder: BorrowedFd<'_>, name: &str) -> io::Result<()> {
    match rustix::fs::unlinkat(folder, name, AtFlags::empty()) {
        Ok(()) | Err(Errno::NOENT) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
