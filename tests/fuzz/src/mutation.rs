//! How the fuzzer changes a text: half of the time as it would, half of the time by a piece put in.

use crate::pieces::PIECES;

/// Puts a piece into the first `size` bytes of `data`, in front of some character, while there is room;
/// the new size.
pub fn put_in(data: &mut [u8], size: usize, seed: u32) -> Option<usize> {
    let seed = seed as usize;
    let piece = PIECES[seed / 2 % PIECES.len()].as_bytes();
    let mut at = seed / 2 / PIECES.len() % (size + 1);
    while at < size && data[at] & 0xC0 == 0x80 {
        at += 1;
    }
    let end = size + piece.len();
    if end > data.len() {
        return None;
    }
    data.copy_within(at..size, at + piece.len());
    data[at..at + piece.len()].copy_from_slice(piece);
    Some(end)
}
