//! The program that is running.

use std::fs::File;
use std::io::Read;

use crate::digest::{Digest, Running};

const PIECE: usize = 256 * 1024;

/// Stands for this very program, byte for byte: versions are the same for days while it is being worked on. None
/// where the system does not tell which file it is. Some milliseconds.
pub fn digest() -> Option<Digest> {
    let mut file = File::open(std::env::current_exe().ok()?).ok()?;
    let mut running = Running::new();
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece).ok()? {
            0 => return Some(running.finish()),
            read => running.take(&piece[..read]),
        }
    }
}
