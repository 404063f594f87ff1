//! The new folder takes the old one's name: in one system call where the kernel has it, so that a
//! reader finds one or the other, whole.

use std::io;
use std::os::fd::AsFd;
use std::path::PathBuf;

use rustix::fs::{AtFlags, Mode, RenameFlags, renameat, renameat_with};
use rustix::io::Errno;

use super::error::PublishError;
use super::folder;
use super::place::Place;
use super::previous::{self, Previous};
use super::staging::{NEW, Staging};
use super::work::Work;

/// Where the old folder waits between two renames, where there is no exchange.
pub(super) const OLD: &str = "old";

/// Exchanges the staged folder and the output.
pub(super) fn exchange(staging: &Staging) -> Result<(), PublishError> {
    let (work, place) = (&staging.work, &staging.place);
    let name = place.name.as_str();
    let swapped = match &place.output {
        None => match renameat_with(
            work.handle(),
            NEW,
            &place.parent,
            name,
            RenameFlags::NOREPLACE,
        ) {
            Err(Errno::INVAL | Errno::NOSYS) => renameat(work.handle(), NEW, &place.parent, name),
            other => other,
        },
        Some(output) => {
            let stat = rustix::fs::fstat(output).map_err(|errno| failed(place, errno))?;
            let now = folder::stat(place.parent.as_fd(), name);
            if !now.is_ok_and(|now| now.st_ino == stat.st_ino && now.st_dev == stat.st_dev) {
                return Err(failed(place, Errno::STALE));
            }
            // Who may enter the output is its owner's choice, and survives.
            let mode = Mode::from_raw_mode(stat.st_mode & 0o7777);
            let _ = rustix::fs::fchmod(&staging.new, mode);
            let flags = RenameFlags::EXCHANGE;
            match renameat_with(work.handle(), NEW, &place.parent, name, flags) {
                Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => two_renames(work, place),
                other => other,
            }
        }
    };
    swapped.map_err(|errno| failed(place, errno))
}

/// Removes the old output from the working folder. Files that somebody put there while the site was
/// being built are kept beside the output; their folder is returned. What cannot be removed now, the
/// next build tries again.
pub(super) fn clear_up(staging: &Staging) -> Option<PathBuf> {
    staging.place.output.as_ref()?;
    let name = [NEW, OLD]
        .into_iter()
        .find(|name| staging.work.holds(name))?;
    discard(
        &staging.work,
        &staging.place,
        name,
        &staging.previous,
        staging.force,
    )
    .ok()?
}

/// Removes the output folder `name` from the working folder; what is not ours is moved beside the
/// output, and its new place returned.
pub(super) fn discard(
    work: &Work,
    place: &Place,
    name: &str,
    previous: &Previous,
    all: bool,
) -> io::Result<Option<PathBuf>> {
    let old = folder::open(work.handle(), name)?;
    if previous::remove(old.as_fd(), previous, all)? {
        match rustix::fs::unlinkat(work.handle(), name, AtFlags::REMOVEDIR) {
            Ok(()) => return Ok(None),
            Err(Errno::NOTEMPTY | Errno::EXIST) => {}
            Err(error) => return Err(error.into()),
        }
    }
    for number in 1.. {
        let kept = format!("{}.kept-{number}", place.name);
        let flags = RenameFlags::NOREPLACE;
        match renameat_with(work.handle(), name, &place.parent, kept.as_str(), flags) {
            Err(Errno::EXIST) => {}
            Err(error) => return Err(error.into()),
            Ok(()) => return Ok(Some(place.path.with_file_name(kept))),
        }
    }
    Ok(None)
}

/// For a moment there is no output; a build killed in it is mended by the next one.
fn two_renames(work: &Work, place: &Place) -> Result<(), Errno> {
    let name = place.name.as_str();
    renameat(&place.parent, name, work.handle(), OLD)?;
    renameat(work.handle(), NEW, &place.parent, name).inspect_err(|_| {
        let _ = renameat(work.handle(), OLD, &place.parent, name);
    })
}

fn failed(place: &Place, errno: Errno) -> PublishError {
    PublishError::io(&place.path)(errno.into())
}
