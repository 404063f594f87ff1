//! Content digests: the facts that decide what changed.
//!
//! A digest stands for the bytes it was made from. It is 128 bits of XXH3, which is fast and not
//! cryptographic: the only texts compared are the author's own, so there is nobody to forge one.

use std::fmt;

use twox_hash::XxHash3_128;

/// The digest of a sequence of bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(u128);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(XxHash3_128::oneshot(bytes))
    }

    /// The digest that is this number: what its thirty-two hexadecimal digits say.
    pub fn from_u128(number: u128) -> Digest {
        Digest(number)
    }

    /// The first ten hexadecimal digits, as put into fingerprinted file names.
    pub fn short(self) -> String {
        format!("{:032x}", self.0)[..10].to_string()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// Builds one digest from several parts; each part's length goes in, so that `ab`+`c` and `a`+`bc`
/// differ.
#[derive(Default)]
pub struct Digester(XxHash3_128);

impl Digester {
    /// An empty digester.
    pub fn new() -> Digester {
        Digester::default()
    }

    /// Takes one more part.
    pub fn part(&mut self, bytes: &[u8]) -> &mut Digester {
        self.0.write(&(bytes.len() as u64).to_le_bytes());
        self.0.write(bytes);
        self
    }

    /// Takes a digest as a part.
    pub fn digest(&mut self, digest: Digest) -> &mut Digester {
        self.part(&digest.0.to_le_bytes())
    }

    /// The digest of all parts so far.
    pub fn finish(&self) -> Digest {
        Digest(self.0.finish_128())
    }
}

/// The digest of bytes that arrive in pieces: the same as [`Digest::of`] of them all.
#[derive(Default)]
pub struct Running(XxHash3_128);

impl Running {
    /// Nothing so far.
    pub fn new() -> Running {
        Running::default()
    }

    /// Takes the next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    /// The digest of all bytes so far.
    pub fn finish(&self) -> Digest {
        Digest(self.0.finish_128())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_make_the_digest_of_the_whole() {
        for len in [0, 1, 240, 241, 70_000] {
            let bytes: Vec<u8> = (0..len).map(|at| at as u8).collect();
            let mut running = Running::new();
            for piece in bytes.chunks(97) {
                running.take(piece);
            }
            assert_eq!(running.finish(), Digest::of(&bytes), "{len} bytes");
        }
    }

    #[test]
    fn parts_do_not_run_together() {
        let digest = |parts: &[&str]| {
            let mut digester = Digester::new();
            for part in parts {
                digester.part(part.as_bytes());
            }
            digester.finish()
        };
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_eq!(digest(&["ab", "c"]), digest(&["ab", "c"]));
    }
}
