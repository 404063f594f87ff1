//! The program that is running.
//!
//! A receipt must not hold for another program than the one that left it, and versions are the same for days while
//! one is being worked on. To read ten megabytes through only for that is a tenth of the work of a small site, so
//! the program is known by its file, not by all its bytes: by the number that the file system gave the file, its
//! length, the times of its last change to the nanosecond, and its first page.
//!
//! What is wrongly taken for another program costs one cold build: a copy, the same file after `chmod` or a new
//! link. What would be wrongly taken for the same one is a file with another content and all of these the same:
//!
//! - The same file written over keeps its number, and may keep its length. But its status-change time becomes the
//!   moment of the writing, and nobody can set that, only the clock, or who writes the disk without its file system.
//! - A new file may be given the number of one that was removed, and a modification time that was made up (0 and 1 are
//!   common in packages); its status-change time is still when it came.
//! - Not every file system keeps a status-change time: FAT has none, and in the image of a read-only one (squashfs) both
//!   times may be made up, and numbers are given in the order of the names. A file written twice in one tick of the
//!   kernel's clock, or in one second where no more is kept, has the same times too. For these there are the version,
//!   which no two releases share, and the first page: linkers leave their own digest of the program there (ELF's
//!   build id, Mach-O's UUID) beside the lengths of its parts.
//!
//! The device is not among them: containers and network file systems are given another number at each start.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::MetadataExt;

use crate::digest::{Digest, Digester};

/// As much of the file as holds what the linker says of the whole.
const FIRST_PAGE: u64 = 4096;

/// Stands for this very program. None where the system does not tell which file it is, or where that has been
/// removed or replaced since it was started.
pub fn digest() -> Option<Digest> {
    // Not `/proc/self/exe` itself, which opens the emulator for a program in one. The path is what that link says: on
    // Linux it names nothing once the file has been removed or replaced.
    identity(File::open(std::env::current_exe().ok()?).ok()?)
}

fn identity(file: File) -> Option<Digest> {
    let facts = file.metadata().ok()?;
    let times = [
        facts.mtime(),
        facts.mtime_nsec(),
        facts.ctime(),
        facts.ctime_nsec(),
    ];
    let mut first_page = Vec::with_capacity(FIRST_PAGE as usize);
    file.take(FIRST_PAGE).read_to_end(&mut first_page).ok()?;
    let mut digester = Digester::new();
    digester
        .part(env!("CARGO_PKG_VERSION").as_bytes())
        .part(&facts.ino().to_le_bytes())
        .part(&facts.len().to_le_bytes())
        .part(times.map(i64::to_le_bytes).as_flattened())
        .part(&first_page);
    Some(digester.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn another_file_is_another_program() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("program");
        let now = || identity(File::open(&path).unwrap()).unwrap();
        fs::write(&path, "one").unwrap();
        let first = now();
        assert_eq!(now(), first);
        let copy = folder.path().join("copy");
        fs::copy(&path, &copy).unwrap();
        assert_ne!(identity(File::open(&copy).unwrap()), Some(first));
        // In the same tick, perhaps: the first page tells.
        let modified = fs::metadata(&path).unwrap().modified().unwrap();
        fs::write(&path, "two").unwrap();
        let file = File::options().append(true).open(&path).unwrap();
        file.set_modified(modified).unwrap();
        assert_ne!(now(), first);
    }

    #[test]
    fn the_program_that_runs_is_one() {
        assert!(digest().is_some());
    }
}
