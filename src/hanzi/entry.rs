//! What a character becomes when no phrase begins with it.

use super::characters::decode;

/// What a character alone becomes, and some marks. Where that is three bytes of UTF-8, as nearly all of Chinese is, the lower bits
/// are these bytes, to be written as they stand; otherwise they are the code.
#[derive(Clone, Copy)]
pub(super) struct Entry(pub(super) u32);

const CHANGED: u32 = 1 << 31;
const OPENS_ALONE: u32 = 1 << 30;
const COMPATIBILITY: u32 = 1 << 27;
const THREE_BYTES: u32 = 1 << 26;
/// It must be looked at before a character that [`FOLLOWS`], and whatever comes after it. Four bits further down stand the marks of
/// the second character that go with these, one of which every character has: so one shift and one `and` say whether to look.
const OPENS: u32 = 1 << 29;
const STOPS: u32 = 1 << 28;
const FOLLOWS: u32 = 1 << 25;
const ALWAYS: u32 = 1 << 24;
const FIRST_TO_SECOND: u32 = 4;
const CODE: u32 = (1 << 21) - 1;

/// What to mark a character with.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    /// A phrase begins with it and some other character.
    Opens,
    /// The dictionaries must be asked whatever follows.
    OpensAlone,
    /// It is the second character of a phrase.
    Follows,
    /// A compatibility ideograph, whose ordinary form stands in the keys.
    Compatibility,
}

impl Entry {
    /// The entry, without marks for phrases, of a character that becomes `to`.
    pub(super) fn of(from: u32, to: u32) -> Entry {
        let changed = if from == to { 0 } else { CHANGED };
        let low = |shift: u32| 0x80 | to >> shift & 0x3f;
        let to = match to {
            0x800..0x1_0000 => THREE_BYTES | 0xe0 | to >> 12 | low(6) << 8 | low(0) << 16,
            _ => STOPS | to,
        };
        Entry(to | changed | ALWAYS)
    }

    pub(super) fn add(&mut self, mark: Mark) {
        self.0 |= match mark {
            Mark::Opens => OPENS,
            Mark::OpensAlone => OPENS_ALONE | STOPS,
            Mark::Follows => FOLLOWS,
            Mark::Compatibility => COMPATIBILITY,
        };
    }

    /// The entry of the same character when it becomes `to`, with the marks of this one.
    pub(super) fn becoming(self, from: u32, to: u32) -> Entry {
        let marks = OPENS | OPENS_ALONE | STOPS | FOLLOWS | COMPATIBILITY;
        Entry(Entry::of(from, to).0 | self.0 & marks)
    }

    pub(super) fn changed(self) -> bool {
        self.0 & CHANGED != 0
    }

    /// False when certainly no phrase begins with the character.
    pub(super) fn may_open(self) -> bool {
        self.0 & (OPENS | OPENS_ALONE) != 0
    }

    /// True when the dictionaries must be asked whatever follows.
    pub(super) fn opens_alone(self) -> bool {
        self.0 & OPENS_ALONE != 0
    }

    /// True for a compatibility ideograph, whose ordinary form stands in the keys.
    pub(super) fn is_compatibility(self) -> bool {
        self.0 & COMPATIBILITY != 0
    }

    /// True when the output is three bytes.
    #[inline(always)] // once per character
    pub(super) fn is_three_bytes(self) -> bool {
        self.0 & THREE_BYTES != 0
    }

    /// The output, where it is three bytes, and one more.
    #[inline(always)] // once per character
    pub(super) fn bytes(self) -> [u8; 4] {
        self.0.to_le_bytes()
    }

    /// True when it must be looked at whatever follows.
    pub(super) fn stops(self) -> bool {
        self.0 & STOPS != 0
    }

    /// False when the output is three bytes and certainly no phrase begins with the character, `next` being the one after it;
    /// judged by each of them alone.
    #[inline(always)] // once per character
    pub(super) fn asks_before(self, next: Entry) -> bool {
        self.0 >> FIRST_TO_SECOND & next.0 & (FOLLOWS | ALWAYS) != 0
    }

    /// The character this one becomes.
    pub(super) fn output(self) -> char {
        char::from_u32(self.code()).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    pub(super) fn code(self) -> u32 {
        if self.is_three_bytes() {
            decode(&self.bytes(), 0).0
        } else {
            self.0 & CODE
        }
    }
}
