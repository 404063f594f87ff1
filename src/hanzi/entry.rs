//! What a character becomes when no phrase begins with it.

use super::engine::decode;

/// What a character alone becomes, and five marks. Where that is three bytes of UTF-8, as nearly all of Chinese is, the lower bits
/// are these bytes, to be written as they stand; otherwise they are the code.
#[derive(Clone, Copy)]
pub(super) struct Entry(pub(super) u32);

const CHANGED: u32 = 1 << 31;
pub(super) const OPENS: u32 = 1 << 30;
pub(super) const ALONE: u32 = 1 << 29;
pub(super) const COMPATIBILITY: u32 = 1 << 28;
const THREE_BYTES: u32 = 1 << 27;
pub(super) const MARKS: u32 = OPENS | ALONE | COMPATIBILITY;
const CODE: u32 = (1 << 21) - 1;

impl Entry {
    /// The entry, without marks for phrases, of a character that becomes `to`.
    pub(super) fn of(from: u32, to: u32) -> Entry {
        let changed = if from == to { 0 } else { CHANGED };
        let low = |shift: u32| 0x80 | to >> shift & 0x3f;
        let to = match to {
            0x800..0x1_0000 => THREE_BYTES | 0xe0 | to >> 12 | low(6) << 8 | low(0) << 16,
            _ => to,
        };
        Entry(to | changed)
    }

    pub(super) fn changed(self) -> bool {
        self.0 & CHANGED != 0
    }

    /// False when certainly no phrase begins with the character.
    pub(super) fn may_open(self) -> bool {
        self.0 & (OPENS | ALONE) != 0
    }

    /// True when the dictionaries must be asked whatever follows.
    pub(super) fn opens_alone(self) -> bool {
        self.0 & ALONE != 0
    }

    /// True for a compatibility ideograph, whose ordinary form stands in the keys.
    pub(super) fn is_compatibility(self) -> bool {
        self.0 & COMPATIBILITY != 0
    }

    /// True when the lower bits are the output's three bytes, and not its code.
    #[inline(always)] // once per character
    pub(super) fn is_three_bytes(self) -> bool {
        self.0 & THREE_BYTES != 0
    }

    /// The character this one becomes.
    pub(super) fn output(self) -> char {
        char::from_u32(self.code()).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    pub(super) fn code(self) -> u32 {
        if self.is_three_bytes() {
            decode(&self.0.to_le_bytes(), 0).0
        } else {
            self.0 & CODE
        }
    }
}
