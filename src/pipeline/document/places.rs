//! Where the pieces of a text stand in the source they were read from.

/// The pieces of a text, in its order, and where each stands. Kept as what is between one and the next, which is a byte or two: a page
/// has a hundred pieces, and hardly anybody asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Two numbers a piece: how many bytes of the text lie between its beginning and that of the piece before; and how many of the
    /// source do beyond those. The second may be negative. Each has seven bits in a byte, the lowest first.
    bytes: Vec<u8>,
    /// The beginning of the last piece.
    last: Piece,
}

/// A piece's beginning, bytes of the text and of the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Piece {
    text: usize,
    source: usize,
}

impl Places {
    /// None yet, with room for so many pieces.
    pub fn with_capacity(pieces: usize) -> Places {
        Places {
            bytes: Vec::with_capacity(2 * pieces),
            last: Piece::default(),
        }
    }

    /// Adds a piece behind the others: its beginning in the text, and in the source.
    pub fn push(&mut self, text: usize, source: usize) {
        let between = text - self.last.text;
        let beyond = source.wrapping_sub(self.last.source + between) as i64;
        self.write(between as u64);
        // The sign goes to the lowest bit, so that small numbers are short whatever their sign.
        self.write((beyond << 1 ^ beyond >> 63) as u64);
        self.last = Piece { text, source };
    }

    /// Where the byte `at` of the text stands in the source; 0 before the first piece.
    pub fn source_of(&self, at: usize) -> usize {
        let mut rest = self.bytes.iter();
        let mut piece = Piece::default();
        let mut found = None;
        while let (Some(between), Some(beyond)) = (read(&mut rest), read(&mut rest)) {
            let beyond = (beyond >> 1) as i64 ^ -((beyond & 1) as i64);
            let between = between as usize;
            piece = Piece {
                text: piece.text + between,
                source: (piece.source + between).wrapping_add(beyond as usize),
            };
            if piece.text > at {
                break;
            }
            found = Some(piece);
        }
        found.map_or(0, |piece| piece.source + (at - piece.text))
    }

    /// Gives back the room that growing left over, by copying.
    pub fn shrink(&mut self) {
        self.bytes = self.bytes.clone();
    }

    fn write(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }
}

fn read(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.next()?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_lies_between_pieces_follows_the_one_before() {
        let mut places = Places::with_capacity(2);
        places.push(0, 10);
        places.push(6, 20);
        assert_eq!(places.source_of(3), 13);
        assert_eq!(places.source_of(6), 20);
        assert_eq!(places.source_of(9), 23);
        assert_eq!(Places::default().source_of(3), 0);
    }

    proptest! {
        #[test]
        fn every_piece_is_found(pieces in prop::collection::vec((1usize..70_000, 0usize..1 << 26), 0..40)) {
            let (mut places, mut all, mut text) = (Places::default(), Vec::new(), 0);
            for (len, source) in pieces {
                places.push(text, source);
                all.push((text, source, len));
                text += len;
            }
            for (text, source, len) in all {
                prop_assert_eq!(places.source_of(text), source);
                prop_assert_eq!(places.source_of(text + len - 1), source + len - 1);
            }
        }
    }
}
