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

/// A text in parts, each ending with a line but the last. Every byte is looked at once to see that it is text: that costs a third of
/// what converting it does.
pub struct Parts<R> {
    input: R,
    /// Read and not yet given.
    text: String,
    /// The beginning of a character, whose rest was not read yet.
    cut: Vec<u8>,
    /// Where the text stands in the input.
    offset: u64,
    ended: bool,
}

impl<R: Read> Parts<R> {
    /// The parts of what `input` reads.
    pub fn new(input: R) -> Parts<R> {
        Parts {
            input,
            text: String::new(),
            cut: Vec::new(),
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
            if self.text.is_empty() {
                return Ok(None);
            }
            let border = if self.ended {
                Some(self.text.len())
            } else {
                safe_border(&self.text)
            };
            let Some(border) = border else {
                // A line longer than all that was read: read twice as much.
                wanted = self.text.len() * 2;
                continue;
            };
            let rest = self.text.split_off(border);
            self.offset += border as u64;
            return Ok(Some(std::mem::replace(&mut self.text, rest)));
        }
    }

    /// Reads until there are `wanted` bytes of text, as far as there are.
    fn fill(&mut self, wanted: usize) -> Result<(), Bad> {
        while !self.ended && self.text.len() < wanted {
            let room = wanted - self.text.len();
            let mut bytes = std::mem::take(&mut self.cut);
            let mut input = self.input.by_ref().take(room as u64);
            self.ended = input.read_to_end(&mut bytes).map_err(Bad::Read)? < room;
            if !self.ended {
                self.cut = bytes.split_off(whole_characters(&bytes));
            }
            let at = self.offset + self.text.len() as u64;
            let nul = |sound: &[u8]| memchr::memchr(0, sound).map(|nul| Bad::Nul(at + nul as u64));
            let more = String::from_utf8(bytes).map_err(|error| {
                let sound = error.utf8_error().valid_up_to();
                nul(&error.as_bytes()[..sound]).unwrap_or(Bad::NotUtf8(at + sound as u64))
            })?;
            if let Some(bad) = nul(more.as_bytes()) {
                return Err(bad);
            }
            if self.text.is_empty() {
                self.text = more;
            } else {
                self.text.push_str(&more);
            }
        }
        Ok(())
    }
}

/// How many bytes at the start of `bytes` are whole characters, if it is text at all.
fn whole_characters(bytes: &[u8]) -> usize {
    for (back, byte) in bytes.iter().rev().take(3).enumerate() {
        let length = match byte {
            0x80..0xc0 => continue,
            0xc0..0xe0 => 2,
            0xe0..0xf0 => 3,
            0xf0.. => 4,
            _ => 1,
        };
        let before = bytes.len() - back - 1;
        return if back + 1 < length {
            before
        } else {
            bytes.len()
        };
    }
    bytes.len()
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
        for cut in ["", "a", "é", "後", "𠀀", "a𠀀é"] {
            let bytes = cut.as_bytes();
            for end in 0..=bytes.len() {
                let whole = whole_characters(&bytes[..end]);
                assert!(
                    cut.is_char_boundary(whole) && end - whole < 4,
                    "{cut} {end}"
                );
            }
        }
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
