//! Reading the packed tables the build script made of OpenCC's dictionaries; their format is described in `packed`.
//!
//! Everything is read where it lies in the binary: nothing is parsed or copied at start-up.

use super::packed::{self, Pair};

/// Eight bytes as they lie in the binary.
type Word = [u8; 8];

/// A phrase dictionary: a trie whose first step is a look-up of two characters.
#[derive(Clone, Copy)]
pub(super) struct Trie {
    log2_slots: u32,
    singles: &'static [Word],
    slots: &'static [Word],
    nodes: &'static [Word],
}

/// What the entries of a trie become, for one configuration.
#[derive(Clone, Copy)]
pub(super) struct Values(&'static [u8]);

/// A dictionary of single characters.
#[derive(Clone, Copy)]
pub(super) struct Map(&'static [Word]);

/// A match in a trie.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Match {
    /// The position the walk reported after the key's last character.
    pub(super) end: usize,
    value: u32,
}

impl Trie {
    const fn new(bytes: &'static [u8]) -> Trie {
        let log2_slots = u32_at(bytes, 0);
        let nodes = u32_at(bytes, 1) as usize + 1;
        let singles = u32_at(bytes, 2) as usize;
        let (_, words) = bytes.split_at(12);
        let (words, _) = words.as_chunks();
        let (singles, words) = words.split_at(singles);
        let (slots, words) = words.split_at(1 << log2_slots);
        let (nodes, _) = words.split_at(nodes);
        Trie {
            log2_slots,
            singles,
            slots,
            nodes,
        }
    }

    /// The longest key that opens the characters `next` yields, each with the position after it.
    pub(super) fn longest(&self, mut next: impl FnMut() -> Option<(u32, usize)>) -> Option<Match> {
        let (first, end) = next()?;
        let single = self.single(first).map(|value| Match { end, value });
        let Some((second, end)) = next() else {
            return single;
        };
        self.longest_from(Pair::of(first, second), end, next)
            .or(single)
    }

    /// The longest key of two characters or more: `pair`, which ends at `end`, and what `next` yields from there.
    pub(super) fn longest_from(
        &self,
        pair: Pair,
        mut end: usize,
        mut next: impl FnMut() -> Option<(u32, usize)>,
    ) -> Option<Match> {
        let node = self.pair(pair)?;
        if node & packed::LEAF != 0 {
            let value = node & !packed::LEAF;
            return Some(Match { end, value });
        }
        let mut at = node as usize;
        let mut best = None;
        loop {
            let node = word(self.nodes, at);
            let value = packed::node_value(node);
            if value != packed::NONE {
                best = Some(Match { end, value });
            }
            let children =
                packed::node_first_child(node)..packed::node_first_child(word(self.nodes, at + 1));
            if children.is_empty() {
                return best;
            }
            let Some((label, after)) = next() else {
                return best;
            };
            let Some(child) = self.child(children, label) else {
                return best;
            };
            (at, end) = (child, after);
        }
    }

    /// The first two characters of all keys, in no order.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        words(self.slots)
            .filter(|&slot| slot != 0)
            .map(packed::slot_pair)
    }

    /// The keys of one character.
    pub(super) fn single_keys(&self) -> impl Iterator<Item = u32> {
        words(self.singles).map(|entry| (entry >> 20) as u32)
    }

    /// Every key with its value, in no order. Walks the whole trie; the largest takes some milliseconds.
    pub(super) fn keys(&self) -> Vec<(String, Match)> {
        let string = |codes: &[u32]| {
            codes
                .iter()
                .filter_map(|&code| char::from_u32(code))
                .collect::<String>()
        };
        let found = |key: String, value: u32| {
            let end = key.len();
            (key, Match { end, value })
        };
        let mut keys: Vec<(String, Match)> = words(self.singles)
            .map(|entry| {
                found(
                    string(&[(entry >> 20) as u32]),
                    (entry & packed::LOW20) as u32,
                )
            })
            .collect();
        let mut open: Vec<(String, usize)> = Vec::new();
        for slot in words(self.slots).filter(|&slot| slot != 0) {
            let (first, second) = packed::slot_pair(slot);
            let (pair, node) = (string(&[first, second]), packed::slot_node(slot));
            if node & packed::LEAF == 0 {
                open.push((pair, node as usize));
            } else {
                keys.push(found(pair, node & !packed::LEAF));
            }
        }
        while let Some((prefix, at)) = open.pop() {
            let node = word(self.nodes, at);
            let children =
                packed::node_first_child(node)..packed::node_first_child(word(self.nodes, at + 1));
            open.extend(children.map(|child| {
                let label = packed::node_label(word(self.nodes, child as usize));
                (prefix.clone() + &string(&[label]), child as usize)
            }));
            if packed::node_value(node) != packed::NONE {
                keys.push(found(prefix, packed::node_value(node)));
            }
        }
        keys
    }

    fn single(&self, code: u32) -> Option<u32> {
        words(self.singles)
            .find(|entry| (entry >> 20) as u32 == code)
            .map(|entry| (entry & packed::LOW20) as u32)
    }

    /// The node of two characters, or their value with its mark.
    fn pair(&self, pair: Pair) -> Option<u32> {
        let mask = (1usize << self.log2_slots) - 1;
        let mut at = pair.bucket(self.log2_slots);
        let wanted = packed::slot(pair.first, pair.second, 0);
        loop {
            let slot = word(self.slots, at);
            if slot & !packed::LOW22 == wanted {
                return Some(packed::slot_node(slot));
            }
            if slot == 0 {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    fn child(&self, children: std::ops::Range<u32>, label: u32) -> Option<usize> {
        let (mut low, mut high) = (children.start as usize, children.end as usize);
        while high - low > 8 {
            let middle = low.midpoint(high);
            if packed::node_label(word(self.nodes, middle)) <= label {
                low = middle
            } else {
                high = middle
            }
        }
        let few = self.nodes.get(low..high)?;
        let at = words(few).position(|node| packed::node_label(node) == label)?;
        Some(low + at)
    }
}

impl Match {
    /// True when the key's output is its characters' outputs in a row.
    pub(super) fn is_plain(self) -> bool {
        self.value == packed::PLAIN
    }
}

impl Values {
    /// The output of a match that is not plain.
    pub(super) fn of(self, found: Match) -> &'static str {
        let word = u32_at(self.0, (found.value - packed::ENTRY) as usize);
        let (start, length) = ((word >> 8) as usize, (word & 0xff) as usize);
        &POOL[start..start + length]
    }
}

impl Map {
    pub(super) fn get(self, code: u32) -> Option<u32> {
        let (mut low, mut high) = (0, self.0.len());
        while low < high {
            let middle = low.midpoint(high);
            let entry = word(self.0, middle);
            match ((entry >> 32) as u32).cmp(&code) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(entry as u32),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Every entry, by code.
    pub(super) fn entries(self) -> impl Iterator<Item = (u32, u32)> {
        words(self.0).map(|entry| ((entry >> 32) as u32, entry as u32))
    }
}

const fn u32_at(bytes: &[u8], index: usize) -> u32 {
    let at = index * 4;
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn word(words: &[Word], index: usize) -> u64 {
    u64::from_le_bytes(words[index])
}

fn words(words: &[Word]) -> impl Iterator<Item = u64> {
    words.iter().map(|&word| u64::from_le_bytes(word))
}

macro_rules! table {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name))
    };
}

static POOL: &str = include_str!(concat!(env!("OUT_DIR"), "/pool"));

/// Lines of dictionary, key and values, for entries with several; read by `dictionaries`.
pub(super) static ALTERNATIVES: &str = include_str!(concat!(env!("OUT_DIR"), "/alternatives"));

pub(super) static NORMALIZATION: Map = Map(table!("normalization.map").as_chunks().0);
pub(super) static ST: Map = Map(table!("st.map").as_chunks().0);
pub(super) static TS: Map = Map(table!("ts.map").as_chunks().0);
pub(super) static T_HK: Map = Map(table!("t_hk.map").as_chunks().0);
pub(super) static HK_T: Map = Map(table!("hk_t.map").as_chunks().0);
pub(super) static T_TW: Map = Map(table!("t_tw.map").as_chunks().0);
pub(super) static TW_T: Map = Map(table!("tw_t.map").as_chunks().0);

pub(super) static ST_PHRASES: Trie = Trie::new(table!("st.trie"));
pub(super) static ST_TO_T: Values = Values(table!("st.s2t.values"));
pub(super) static ST_TO_HK: Values = Values(table!("st.s2hk.values"));
pub(super) static ST_TO_HKP: Values = Values(table!("st.s2hkp.values"));
pub(super) static ST_TO_TW: Values = Values(table!("st.s2tw.values"));
pub(super) static ST_TO_TWP: Values = Values(table!("st.s2twp.values"));

pub(super) static TS_PHRASES: Trie = Trie::new(table!("ts.trie"));
pub(super) static T_TO_S: Values = Values(table!("ts.t2s.values"));
pub(super) static HK_TO_S: Values = Values(table!("ts.hk2s.values"));
pub(super) static HKP_TO_S: Values = Values(table!("ts.hk2sp.values"));
pub(super) static TW_TO_S: Values = Values(table!("ts.tw2s.values"));
pub(super) static TWP_TO_S: Values = Values(table!("ts.tw2sp.values"));

/// A phrase dictionary together with the outputs it has as a stage of its own.
pub(super) type Phrases = (&'static Trie, Values);

macro_rules! phrases {
    ($trie:ident, $name:ident, $file:literal) => {
        static $trie: Trie = Trie::new(include_bytes!(concat!(
            env!("OUT_DIR"),
            "/",
            $file,
            ".trie"
        )));
        pub(super) static $name: Phrases = (
            &$trie,
            Values(include_bytes!(concat!(
                env!("OUT_DIR"),
                "/",
                $file,
                ".values"
            ))),
        );
    };
}

phrases!(T_HK_TRIE, T_HK_PHRASES, "t_hk");
phrases!(HK_T_TRIE, HK_T_PHRASES, "hk_t");
phrases!(T_TW_TRIE, T_TW_PHRASES, "t_tw");
phrases!(TW_T_TRIE, TW_T_PHRASES, "tw_t");
phrases!(HKP_TRIE, HK_PHRASES, "hk_phrases");
phrases!(HKPR_TRIE, HK_PHRASES_REV, "hk_phrases_rev");
phrases!(TWP_TRIE, TW_PHRASES, "tw_phrases");
phrases!(TWPR_TRIE, TW_PHRASES_REV, "tw_phrases_rev");

/// The bytes of the tables that hold all entries, for telling one set of dictionaries from another. Values of the later stages are
/// made from the same files as these.
pub(super) fn bytes() -> impl Iterator<Item = &'static [u8]> {
    let texts = [POOL.as_bytes(), ALTERNATIVES.as_bytes()];
    let maps = [NORMALIZATION, ST, TS, T_HK, HK_T, T_TW, TW_T].map(|map| map.0.as_flattened());
    let tries = [ST_PHRASES, TS_PHRASES]
        .into_iter()
        .flat_map(|trie| [trie.slots, trie.nodes].map(<[Word]>::as_flattened));
    let values = [ST_TO_T, ST_TO_HK, ST_TO_TWP, T_TO_S, HKP_TO_S, TWP_TO_S].map(|values| values.0);
    texts.into_iter().chain(maps).chain(tries).chain(values)
}
