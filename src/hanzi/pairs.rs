//! A set of pairs of neighbouring characters, asked once per character of a text.
//!
//! A Bloom filter whose two bits for a pair lie in one word, so that a question is one load. It may say yes to a pair that was never
//! added: with the largest dictionary (some fifty thousand pairs in a million bits) to one in a hundred.

use super::packed::Pair;

/// `WORDS`, a power of two, is known when compiling: the questions are shifts by constants then, and no index is checked.
#[derive(Clone)]
pub(super) struct PairSet<const WORDS: usize>(Box<[u64; WORDS]>);

impl<const WORDS: usize> PairSet<WORDS> {
    pub(super) fn new() -> PairSet<WORDS> {
        PairSet(Box::new([0; WORDS]))
    }

    pub(super) fn add(&mut self, pair: Pair) {
        self.0[pair.bucket(WORDS.ilog2())] |= PairSet::<WORDS>::bits(pair);
    }

    /// How many pairs were added, as far as they do not share their bits with others.
    pub(super) fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum::<u32>() / 2
    }

    /// Never false for a pair of the set.
    #[inline(always)] // once per character, as `decode`
    pub(super) fn may_hold(&self, pair: Pair) -> bool {
        let bits = PairSet::<WORDS>::bits(pair);
        self.0[pair.bucket(WORDS.ilog2())] & bits == bits
    }

    /// The bits of the hash below those that chose the word choose two in it.
    #[inline(always)]
    fn bits(pair: Pair) -> u64 {
        let below = pair.bucket(WORDS.ilog2() + 12);
        1 << (below % 64) | 1 << (below / 64 % 64)
    }
}
