//! The folders made so far in a staging folder, so that each is made once, whichever thread comes
//! first.

use std::io;
use std::os::fd::BorrowedFd;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashSet;
use rustix::fs::Mode;
use rustix::io::Errno;

const SHARDS: usize = 16;

/// Paths of folders that exist. Sharded, since every file written asks.
#[derive(Default)]
pub(super) struct Folders([Mutex<FxHashSet<Box<str>>>; SHARDS]);

impl Folders {
    /// Makes `folder` (no `/` at its end; empty is the top) inside `top`, and those above it.
    pub fn make(&self, top: BorrowedFd<'_>, folder: &str) -> io::Result<()> {
        if folder.is_empty() || self.shard(folder).contains(folder) {
            return Ok(());
        }
        let mode = Mode::from_raw_mode(0o777);
        let mut made = rustix::fs::mkdirat(top, folder, mode);
        if made == Err(Errno::NOENT) {
            let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
            self.make(top, above)?;
            made = rustix::fs::mkdirat(top, folder, mode);
        }
        match made {
            Ok(()) | Err(Errno::EXIST) => {
                self.shard(folder).insert(folder.into());
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    fn shard(&self, folder: &str) -> MutexGuard<'_, FxHashSet<Box<str>>> {
        let sum = folder
            .bytes()
            .fold(0usize, |sum, byte| sum.wrapping_mul(31) + byte as usize);
        // A set of strings is sound whatever a panicking thread did.
        self.0[sum % SHARDS]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
