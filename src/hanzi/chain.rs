//! A configuration made ready to run: its dictionaries, the table of characters and the filter of pairs.
//!
//! The table says for every character of the Basic Multilingual Plane what it becomes when nothing longer matches, with the
//! normalisation and all stages folded in, and whether anything longer could begin with it. The filter says the same of two
//! neighbouring characters. Both are computed once per process and configuration, in a fraction of a millisecond.

use std::sync::{Arc, OnceLock};

use super::charset::CharSet;
use super::entry::{Entry, Mark};
use super::packed::Pair;
use super::pairs::PairSet;
use super::scheme::Scheme;
use super::style::StyleTables;
use super::tables::{self, Map, Phrases, Trie, Values};

#[derive(Clone)]
pub(super) struct Chain {
    /// Segmentation: these keys are segments of their own, whose output is known.
    pub(super) segments: &'static Trie,
    pub(super) segment_values: Values,
    /// The phrases of the first stage that a run between segments can meet, in the order they are asked.
    pub(super) first: Vec<Phrases>,
    /// The phrases of the second stage.
    pub(super) second: Vec<Phrases>,
    first_map: Option<Map>,
    second_map: Option<Map>,
    table: Box<[Entry; 1 << 16]>,
    /// Characters beyond the Basic Multilingual Plane that change, with their entries, sorted.
    beyond: Vec<(u32, Entry)>,
    /// The pairs with which any phrase begins, and those with which one of `first` or `second` does.
    opening: PairSet<{ 1 << 14 }>,
    opening_late: PairSet<{ 1 << 11 }>,
    /// True when a key begins with an ASCII character (B超), so that ASCII cannot be passed over in bulk.
    pub(super) ascii_keys: bool,
    /// True when so few pairs of characters begin a phrase that most characters are in none of them.
    pub(super) opens_rarely: bool,
    /// Laid over the output; its characters are in the table already.
    pub(super) style: Option<StyleTables>,
}

impl Chain {
    /// The chain of a configuration; built at the first call.
    pub(super) fn of(scheme: Scheme) -> &'static Arc<Chain> {
        static BUILT: [OnceLock<Arc<Chain>>; Scheme::ALL.len()] =
            [const { OnceLock::new() }; Scheme::ALL.len()];
        BUILT[scheme as usize].get_or_init(|| Arc::new(Chain::build(scheme)))
    }

    /// This chain with a style laid over its output. Copies the table and the filter, about 400 kB.
    pub(super) fn styled(&self, style: StyleTables) -> Chain {
        let mut chain = self.clone();
        for (entry, code) in chain.table.iter_mut().zip(0..) {
            restyle(entry, code, &style);
        }
        for (code, entry) in &mut chain.beyond {
            restyle(entry, *code, &style);
        }
        for pattern in style.literal.patterns() {
            let mut codes = pattern.chars().map(u32::from);
            match (codes.next(), codes.next()) {
                (Some(first), Some(second)) => chain.open(first, normalized(second)),
                (Some(only), None) => chain.entry_mut(only).add(Mark::OpensAlone),
                _ => {}
            }
        }
        chain.ascii_keys = (0..128).any(|code| chain.common(code).may_open());
        chain.style = Some(style);
        chain
    }

    /// What a character becomes when no phrase begins with it.
    pub(super) fn entry(&self, code: u32) -> Entry {
        match u16::try_from(code) {
            Ok(code) => self.common(code),
            Err(_) => self.uncommon(code),
        }
    }

    #[cold]
    #[inline(never)] // leaves the pass its registers
    fn uncommon(&self, code: u32) -> Entry {
        match self.beyond.binary_search_by_key(&code, |&(code, _)| code) {
            Ok(at) => self.beyond[at].1,
            Err(_) => Entry::of(code, code),
        }
    }

    /// The same of a character of the Basic Multilingual Plane.
    #[inline(always)] // once per character
    pub(super) fn common(&self, code: u16) -> Entry {
        self.table[usize::from(code)]
    }

    /// False when certainly no phrase of any stage begins with these two characters, the second one normalised.
    #[inline(always)] // once per character
    pub(super) fn may_open(&self, pair: Pair) -> bool {
        self.opening.may_hold(pair)
    }

    /// False when certainly no phrase of a stage begins with them; a segment may.
    pub(super) fn may_open_late(&self, pair: Pair) -> bool {
        self.opening_late.may_hold(pair)
    }

    /// The first stage's form of a normalised character.
    pub(super) fn first_stage(&self, code: u32) -> u32 {
        self.first_map.and_then(|map| map.get(code)).unwrap_or(code)
    }

    pub(super) fn second_stage(&self, code: u32) -> u32 {
        self.second_map
            .and_then(|map| map.get(code))
            .unwrap_or(code)
    }

    pub(super) fn build(scheme: Scheme) -> Chain {
        use tables as t;
        let (segments, segment_values, first, second, maps): (
            _,
            _,
            &[Phrases],
            &[Phrases],
            &[Map],
        ) = match scheme {
            Scheme::S2t => (&t::ST_PHRASES, t::ST_TO_T, &[], &[], &[t::ST]),
            Scheme::S2hk => (
                &t::ST_PHRASES,
                t::ST_TO_HK,
                &[],
                &[t::T_HK_PHRASES],
                &[t::ST, t::T_HK],
            ),
            Scheme::S2hkp => (
                &t::ST_PHRASES,
                t::ST_TO_HKP,
                &[],
                &[t::HK_PHRASES, t::T_HK_PHRASES],
                &[t::ST, t::T_HK],
            ),
            Scheme::S2tw => (
                &t::ST_PHRASES,
                t::ST_TO_TW,
                &[],
                &[t::T_TW_PHRASES],
                &[t::ST, t::T_TW],
            ),
            Scheme::S2twp => (
                &t::ST_PHRASES,
                t::ST_TO_TWP,
                &[],
                &[t::TW_PHRASES, t::T_TW_PHRASES],
                &[t::ST, t::T_TW],
            ),
            Scheme::T2s => (&t::TS_PHRASES, t::T_TO_S, &[], &[], &[t::TS]),
            Scheme::Hk2s => (
                &t::TS_PHRASES,
                t::HK_TO_S,
                &[t::HK_T_PHRASES],
                &[TS_STAGE],
                &[t::HK_T, t::TS],
            ),
            Scheme::Hk2sp => (
                &t::TS_PHRASES,
                t::HKP_TO_S,
                &[t::HK_PHRASES_REV, t::HK_T_PHRASES],
                &[TS_STAGE],
                &[t::HK_T, t::TS],
            ),
            Scheme::Tw2s => (
                &t::TS_PHRASES,
                t::TW_TO_S,
                &[t::TW_T_PHRASES],
                &[TS_STAGE],
                &[t::TW_T, t::TS],
            ),
            Scheme::Tw2sp => (
                &t::TS_PHRASES,
                t::TWP_TO_S,
                &[t::TW_PHRASES_REV, t::TW_T_PHRASES],
                &[TS_STAGE],
                &[t::TW_T, t::TS],
            ),
            Scheme::T2hk => (t::T_HK_PHRASES.0, t::T_HK_PHRASES.1, &[], &[], &[t::T_HK]),
            Scheme::Hk2t => (t::HK_T_PHRASES.0, t::HK_T_PHRASES.1, &[], &[], &[t::HK_T]),
            Scheme::T2tw => (t::T_TW_PHRASES.0, t::T_TW_PHRASES.1, &[], &[], &[t::T_TW]),
            Scheme::Tw2t => (t::TW_T_PHRASES.0, t::TW_T_PHRASES.1, &[], &[], &[t::TW_T]),
        };
        let mut chain = Chain {
            segments,
            segment_values,
            first: first.to_vec(),
            second: second.to_vec(),
            first_map: maps.first().copied(),
            second_map: maps.get(1).copied(),
            table: Box::new(std::array::from_fn(|code| {
                Entry::of(code as u32, code as u32)
            })),
            beyond: Vec::new(),
            opening: PairSet::new(),
            opening_late: PairSet::new(),
            ascii_keys: false,
            opens_rarely: false,
            style: None,
        };
        chain.fill_characters(maps);
        chain.fill_openings();
        chain
    }

    /// The last stage first, so that an earlier one finds in the table what becomes of its own output.
    fn fill_characters(&mut self, maps: &[Map]) {
        for map in maps.iter().rev().chain([&tables::NORMALIZATION]) {
            let known: Vec<(u32, u32)> = map
                .entries()
                .map(|(from, to)| (from, self.entry(to).code()))
                .collect();
            for &(from, to) in known.iter().filter(|(from, _)| *from < 1 << 16) {
                self.table[from as usize] = Entry::of(from, to);
            }
            self.beyond.extend(
                known
                    .into_iter()
                    .filter(|(from, _)| *from >= 1 << 16)
                    .map(|(from, to)| (from, Entry::of(from, to))),
            );
            // The one added later stands for the earlier stage and replaces it.
            self.beyond.reverse();
            self.beyond.sort_by_key(|&(from, _)| from);
            self.beyond.dedup_by_key(|&mut (from, _)| from);
        }
        for operator in DESCRIPTION {
            self.entry_mut(operator).add(Mark::OpensAlone);
        }
    }

    /// Marks every character and pair of the *input* with which something longer than a character may begin.
    fn fill_openings(&mut self) {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let mut alone: Vec<u32> = Vec::new();
        for (first, second) in self.segments.pairs() {
            self.open(first, second);
        }
        alone.extend(self.segments.single_keys());
        for (trie, _) in &self.first {
            pairs.extend(trie.pairs());
            alone.extend(trie.single_keys());
        }
        if !self.second.is_empty() {
            // A second-stage key is met through whatever the first stage turns into its characters.
            let mut wanted = CharSet::default();
            for (trie, _) in &self.second {
                let codes = trie
                    .pairs()
                    .flat_map(|(first, second)| [first, second])
                    .chain(trie.single_keys());
                codes.filter_map(char::from_u32).for_each(|c| wanted.add(c));
            }
            let is_wanted = |code: u32| char::from_u32(code).is_some_and(|c| wanted.may_hold(c));
            let mut sources: Vec<(u32, u32)> = self
                .first_map
                .iter()
                .flat_map(|map| map.entries())
                .filter(|&(_, to)| is_wanted(to))
                .map(|(from, to)| (to, from))
                .collect();
            let mut phrase_starts: Vec<(u32, u32)> = Vec::new();
            for (trie, values) in &self.first {
                for (key, found) in trie.keys() {
                    let first = |text: &str| text.chars().next().map_or(0, u32::from);
                    phrase_starts.push((first(values.of(found)), first(&key)));
                }
            }
            sources.sort_unstable();
            phrase_starts.sort_unstable();
            phrase_starts.dedup();
            for (trie, _) in &self.second {
                alone.extend(trie.single_keys().flat_map(|to| self.sources(&sources, to)));
                for (first, second) in trie.pairs() {
                    let mut seconds = self.sources(&sources, second);
                    seconds.extend(listed(&phrase_starts, second));
                    for first in self.sources(&sources, first) {
                        pairs.extend(seconds.iter().map(|&second| (first, second)));
                    }
                }
            }
        }
        for (first, second) in pairs {
            self.open(first, second);
            self.opening_late.add(Pair::of(first, second));
        }
        for code in alone {
            self.entry_mut(code).add(Mark::OpensAlone);
        }
        // Compatibility ideographs are rare enough to ask the dictionaries about every one that might open a phrase.
        for (from, to) in tables::NORMALIZATION.entries() {
            let ordinary = self.entry(to);
            let entry = self.entry_mut(from);
            entry.add(Mark::Compatibility);
            // As a second character it is rare enough, too.
            entry.add(Mark::Follows);
            if ordinary.may_open() {
                entry.add(Mark::OpensAlone);
            }
        }
        self.ascii_keys = (0..128).any(|code| self.common(code).may_open());
        self.opens_rarely = self.opening.count() < FEW_PAIRS;
    }

    fn open(&mut self, first: u32, second: u32) {
        self.entry_mut(first).add(Mark::Opens);
        self.entry_mut(second).add(Mark::Follows);
        self.opening.add(Pair::of(first, second));
    }

    /// The characters the first stage turns into `to`, with itself if nothing else becomes of it.
    fn sources(&self, sources: &[(u32, u32)], to: u32) -> Vec<u32> {
        let mut found = listed(sources, to);
        if self.first_stage(to) == to && !found.contains(&to) {
            found.push(to);
        }
        found
    }

    fn entry_mut(&mut self, code: u32) -> &mut Entry {
        if (code as usize) < self.table.len() {
            return &mut self.table[code as usize];
        }
        let at = match self.beyond.binary_search_by_key(&code, |&(code, _)| code) {
            Ok(at) => at,
            Err(at) => {
                self.beyond.insert(at, (code, Entry::of(code, code)));
                at
            }
        };
        &mut self.beyond[at].1
    }
}

/// Simplification as a stage of its own, after another.
const TS_STAGE: Phrases = (&tables::TS_PHRASES, tables::T_TO_S);

/// Gives the entry of the character `code` the output that the style has in place of its own.
fn restyle(entry: &mut Entry, code: u32, style: &StyleTables) {
    let output = entry.output();
    let styled = style.character(output);
    if styled != output {
        *entry = entry.becoming(code, styled.into());
    }
}

/// From Traditional there are some hundreds, from Simplified thirty thousand; the schemes between them (tw2s has 1,200, tw2sp
/// 1,800) were measured to be no faster with the pass that this chooses.
const FEW_PAIRS: u32 = 1_000;

/// The operators of ideographic description sequences.
pub(super) const DESCRIPTION: std::ops::RangeInclusive<u32> = 0x2ff0..=0x2fff;

/// A compatibility ideograph's ordinary form; any other character itself.
pub(super) fn normalized(code: u32) -> u32 {
    match code {
        0xf900..=0xfaff | 0x2f800..=0x2fa1f => tables::NORMALIZATION.get(code).unwrap_or(code),
        _ => code,
    }
}

fn listed(sorted: &[(u32, u32)], key: u32) -> Vec<u32> {
    let start = sorted.partition_point(|&(k, _)| k < key);
    sorted[start..]
        .iter()
        .take_while(|&&(k, _)| k == key)
        .map(|&(_, v)| v)
        .collect()
}
