//! Reading a text of any length in parts that convert by themselves.

use std::io::{self, Read};

use crate::hanzi::safe_border;

/// How much is read at a time: 1 MiB. More is no faster.
const STEP: usize = 1 << 20;

/// Why a text could not be converted to its end. Offsets are bytes from the start of the input.
#[derive(Debug)]
pub enum Bad {
    /// It could not be read.
    Read(io::Error),
    /// The result could not be written.
    Write(io::Error),
    /// It is not UTF-8.
    NotUtf8(u64),
    /// It holds a NUL character.
    Nul(u64),
}

/// A text in parts, each ending with a line but the last.
pub struct Parts<R> {
    input: R,
    /// Bytes read and not yet given.
    held: Vec<u8>,
    /// Where those stand in the input.
    offset: u64,
    ended: bool,
}

impl<R: Read> Parts<R> {
    /// The parts of what `input` reads.
    pub fn new(input: R) -> Parts<R> {
        Parts {
            input,
            held: Vec::new(),
            offset: 0,
            ended: false,
        }
    }

    /// The next part; none at the end.
    ///
    /// # Errors
    /// What is wrong with the input, after everything before it was given.
    pub fn next(&mut self) -> Result<Option<String>, Bad> {
        let mut wanted = STEP;
        loop {
            self.fill(wanted)?;
            if self.held.is_empty() {
                return Ok(None);
            }
            let sound = self.sound()?;
            let text = std::str::from_utf8(&self.held[..sound]).unwrap_or_default();
            let border = if self.ended {
                Some(sound)
            } else {
                safe_border(text)
            };
            let Some(border) = border else {
                // A line longer than all that was read: read twice as much.
                wanted = self.held.len() * 2;
                continue;
            };
            let part = text[..border].to_string();
            self.held.drain(..border);
            self.offset += border as u64;
            return Ok(Some(part));
        }
    }

    fn fill(&mut self, wanted: usize) -> Result<(), Bad> {
        while !self.ended && self.held.len() < wanted {
            let room = (wanted - self.held.len()) as u64;
            let read = self.input.by_ref().take(room).read_to_end(&mut self.held);
            self.ended = read.map_err(Bad::Read)? < room as usize;
        }
        Ok(())
    }

    /// How many of the held bytes are text; a character may still be cut in two at the end.
    fn sound(&self) -> Result<usize, Bad> {
        let (sound, is_bad) = match std::str::from_utf8(&self.held) {
            Ok(_) => (self.held.len(), false),
            Err(error) => {
                let bad = error.error_len().is_some() || self.ended;
                (error.valid_up_to(), bad)
            }
        };
        if let Some(nul) = memchr::memchr(0, &self.held[..sound]) {
            return Err(Bad::Nul(self.offset + nul as u64));
        }
        if is_bad {
            return Err(Bad::NotUtf8(self.offset + sound as u64));
        }
        Ok(sound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Result<Vec<String>, Bad> {
        let mut parts = Parts::new(bytes);
        let mut found = Vec::new();
        while let Some(part) = parts.next()? {
            found.push(part);
        }
        Ok(found)
    }

    #[test]
    fn parts_are_the_whole_and_end_with_lines() {
        let text = format!("{}\n", "後裏".repeat(50_000)).repeat(12);
        let parts = all(text.as_bytes()).unwrap();
        assert!(parts.len() > 2);
        assert!(parts.iter().all(|part| part.ends_with('\n')));
        assert_eq!(parts.concat(), text);
        let line = "後".repeat(1_000_000);
        assert_eq!(all(line.as_bytes()).unwrap().concat(), line);
        assert!(all(b"").unwrap().is_empty());
    }

    #[test]
    fn what_is_wrong_and_where() {
        let far = [&"後\n".repeat(600_000).into_bytes()[..], b"a\0"].concat();
        assert!(matches!(all(&far), Err(Bad::Nul(2_400_001))));
        assert!(matches!(all(b"a\xffb"), Err(Bad::NotUtf8(1))));
        assert!(matches!(all(b"ab\xe5\xbe"), Err(Bad::NotUtf8(2))));
        assert!(matches!(all(b"\0\xff"), Err(Bad::Nul(0))));
    }
}
