//! From the YAML parser's places to bytes of the source.

use std::ops::Range;

use saphyr_parser::Marker;

/// From the parser's places, which count characters, to bytes of the source.
pub struct Places {
    start: usize,
    /// The byte at which each character begins; empty when every character is a byte.
    bytes: Vec<u32>,
    length: usize,
}

impl Places {
    /// The places of `text`, which begins at byte `start` of its source.
    pub fn new(text: &str, start: usize) -> Places {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at as u32).collect()
        };
        Places {
            start,
            bytes,
            length: text.len(),
        }
    }

    /// The byte that `marker` stands at.
    pub fn byte(&self, marker: &Marker) -> usize {
        let index = marker.index();
        let inside = match self.bytes.get(index) {
            Some(byte) => *byte as usize,
            None if self.bytes.is_empty() => index.min(self.length),
            None => self.length,
        };
        self.start + inside
    }

    /// The bytes from `start` to `end`.
    pub fn range(&self, start: &Marker, end: &Marker) -> Range<usize> {
        let start = self.byte(start);
        start..self.byte(end).max(start)
    }
}
