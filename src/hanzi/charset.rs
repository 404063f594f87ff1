//! A set of characters asked once per character of a text: one bit each for the Basic Multilingual Plane, eight kilobytes.

#[derive(Clone)]
pub(super) struct CharSet {
    bits: Vec<u64>,
    /// True when a character beyond the plane was added; all of those are then said to be in the set.
    beyond: bool,
}

impl CharSet {
    /// The characters of these texts.
    pub(super) fn of(texts: &[&str]) -> CharSet {
        let mut set = CharSet::default();
        let characters = texts.iter().flat_map(|text| text.chars());
        characters.for_each(|c| set.add(c));
        set
    }

    pub(super) fn add(&mut self, c: char) {
        match self.bits.get_mut(c as usize / 64) {
            Some(bits) => *bits |= 1 << (c as u32 % 64),
            None => self.beyond = true,
        }
    }

    /// Never false for a character of the set.
    pub(super) fn may_hold(&self, c: char) -> bool {
        match self.bits.get(c as usize / 64) {
            Some(bits) => bits >> (c as u32 % 64) & 1 == 1,
            None => self.beyond,
        }
    }
}

impl Default for CharSet {
    fn default() -> CharSet {
        CharSet {
            bits: vec![0; (1 << 16) / 64],
            beyond: false,
        }
    }
}
