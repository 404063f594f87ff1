//! Turns the dictionaries into the files described in `src/hanzi/packed.rs`.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use crate::chain::Chain;
use crate::dictionaries::{Dictionaries, Dictionary};
use crate::packed;

/// Name and bytes of every table.
pub fn tables(d: &Dictionaries) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut files = Vec::new();
    let mut pool = Pool::default();
    for (name, map) in [
        ("normalization", &d.normalization),
        ("st", &d.st_characters),
        ("ts", &d.ts_characters),
        ("t_hk", &d.hk_variants),
        ("hk_t", &d.hk_variants_rev),
        ("t_tw", &d.tw_variants),
        ("tw_t", &d.tw_variants_rev),
    ] {
        files.push((format!("{name}.map"), pack_map(name, map)?));
    }
    // Segmentation keys: each with what it becomes at the end of every chain that begins by segmenting with them.
    let st = ["s2t", "s2hk", "s2tw", "s2twp", "s2hkp"];
    let ts = ["t2s", "hk2s", "tw2s", "tw2sp", "hk2sp"];
    pack_segments(d, "st", &d.st_phrases, &st, true, &mut pool, &mut files)?;
    pack_segments(d, "ts", &d.ts_phrases, &ts, false, &mut pool, &mut files)?;
    for (name, phrases) in [
        ("t_hk", &d.hk_variants_phrases),
        ("hk_t", &d.hk_variants_rev_phrases),
        ("t_tw", &d.tw_variants_phrases),
        ("tw_t", &d.tw_variants_rev_phrases),
        ("hk_phrases", &d.hk_phrases),
        ("hk_phrases_rev", &d.hk_phrases_rev),
        ("tw_phrases", &d.tw_phrases),
        ("tw_phrases_rev", &d.tw_phrases_rev),
    ] {
        let mut values = Vec::new();
        let mut keys = Vec::new();
        for (number, (key, forms)) in phrases.entries.iter().enumerate() {
            values.extend(pool.add(&forms[0])?.to_le_bytes());
            keys.push((codes(key), packed::ENTRY + number as u32));
        }
        files.push((format!("{name}.trie"), pack_trie(keys)?));
        files.push((format!("{name}.values"), values));
    }
    files.push(("pool".into(), pool.text.into_bytes()));
    files.push(("alternatives".into(), alternatives(d).into_bytes()));
    Ok(files)
}

/// Every entry that has more than one value, a line each: dictionary, key, values, with tabs between them.
fn alternatives(d: &Dictionaries) -> String {
    let mut lines = String::new();
    for (name, dictionary) in [
        ("STPhrases", &d.st_phrases),
        ("STCharacters", &d.st_characters),
        ("TSPhrases", &d.ts_phrases),
        ("TSCharacters", &d.ts_characters),
        ("HKPhrases", &d.hk_phrases),
        ("HKPhrasesRev", &d.hk_phrases_rev),
        ("HKVariants", &d.hk_variants),
        ("HKVariantsRev", &d.hk_variants_rev),
        ("HKVariantsRevPhrases", &d.hk_variants_rev_phrases),
        ("TWPhrases", &d.tw_phrases),
        ("TWPhrasesRev", &d.tw_phrases_rev),
        ("TWVariants", &d.tw_variants),
        ("TWVariantsRev", &d.tw_variants_rev),
        ("TWVariantsRevPhrases", &d.tw_variants_rev_phrases),
    ] {
        for (key, values) in dictionary
            .entries
            .iter()
            .filter(|(_, values)| values.len() > 1)
        {
            lines += &format!("{name}\t{key}\t{}\n", values.join(" "));
        }
    }
    lines
}

fn pack_segments(
    d: &Dictionaries,
    name: &str,
    phrases: &Dictionary,
    schemes: &[&str],
    plain: bool,
    pool: &mut Pool,
    files: &mut Vec<(String, Vec<u8>)>,
) -> Result<(), String> {
    let chains: Vec<Chain> = schemes
        .iter()
        .map(|scheme| Chain::named(d, scheme).ok_or_else(|| format!("no chain named {scheme}")))
        .collect::<Result<_, _>>()?;
    let mut values = vec![Vec::new(); schemes.len()];
    let mut keys = Vec::with_capacity(phrases.entries.len());
    let singly: Vec<Vec<char>> = chains.iter().filter(|_| plain).map(one_by_one).collect();
    let mut number = 0;
    for (key, _) in &phrases.entries {
        let outputs: Vec<String> = chains.iter().map(|chain| chain.segment(key)).collect();
        let is_plain = |(output, singly): (&String, &Vec<char>)| {
            let single = |c: char| singly.get(c as usize).copied().unwrap_or(c);
            output.chars().eq(key.chars().map(single))
        };
        if plain && outputs.iter().zip(&singly).all(is_plain) {
            keys.push((codes(key), packed::PLAIN));
            continue;
        }
        for (values, output) in values.iter_mut().zip(&outputs) {
            values.extend(pool.add(output)?.to_le_bytes());
        }
        keys.push((codes(key), packed::ENTRY + number));
        number += 1;
    }
    files.push((format!("{name}.trie"), pack_trie(keys)?));
    for (scheme, values) in schemes.iter().zip(values) {
        files.push((format!("{name}.{scheme}.values"), values));
    }
    Ok(())
}

/// What every character becomes through the character tables alone, the last dictionary of every stage; an array by code point.
fn one_by_one(chain: &Chain) -> Vec<char> {
    let mut table: Vec<char> = Vec::new();
    for code in 0..0x3_0000 {
        table.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    for map in chain.stages.iter().rev().filter_map(|group| group.last()) {
        let becomes = |value: &str| {
            value
                .chars()
                .next()
                .and_then(|c| table.get(c as usize).copied())
        };
        let stage: Vec<(usize, char)> = map
            .entries
            .iter()
            .filter_map(|(key, values)| Some((key.chars().next()? as usize, becomes(&values[0])?)))
            .collect();
        for (code, to) in stage {
            if let Some(place) = table.get_mut(code) {
                *place = to;
            }
        }
    }
    table
}

fn codes(key: &str) -> Vec<u32> {
    key.chars().map(u32::from).collect()
}

fn pack_map(name: &str, map: &Dictionary) -> Result<Vec<u8>, String> {
    let mut entries = Vec::with_capacity(map.entries.len());
    for (key, values) in &map.entries {
        let mut from = key.chars();
        let mut to = values[0].chars();
        match (from.next(), from.next(), to.next(), to.next()) {
            (Some(from), None, Some(to), None) => entries.push((from as u64) << 32 | to as u64),
            _ => {
                return Err(format!(
                    "{name}: {key} is not one character to one character"
                ));
            }
        }
    }
    entries.sort_unstable();
    Ok(entries
        .iter()
        .flat_map(|entry| entry.to_le_bytes())
        .collect())
}

fn pack_trie(mut keys: Vec<(Vec<u32>, u32)>) -> Result<Vec<u8>, String> {
    keys.sort_unstable();
    let singles: Vec<u64> = keys
        .iter()
        .filter(|(key, _)| key.len() == 1)
        .map(|(key, value)| packed::single(key[0], *value))
        .collect();
    keys.retain(|(key, _)| key.len() > 1);
    // Level by level: a group is the keys that share a prefix, and becomes one node.
    let mut pairs = Vec::new();
    let mut groups = VecDeque::new();
    for (group, depth) in split(&keys, 0..keys.len(), 2) {
        let (key, value) = &keys[group.start];
        if group.len() == 1 && key.len() == depth {
            pairs.push((key[0], key[1], packed::LEAF | *value));
        } else {
            pairs.push((key[0], key[1], groups.len() as u32));
            groups.push_back((group, depth));
        }
    }
    let mut nodes = Vec::new();
    let mut numbered = groups.len();
    while let Some((group, depth)) = groups.pop_front() {
        let (first, value) = &keys[group.start];
        let ends_here = first.len() == depth;
        let children = split(
            &keys,
            group.start + usize::from(ends_here)..group.end,
            depth + 1,
        );
        let value = if ends_here { *value } else { packed::NONE };
        nodes.push(packed::node(first[depth - 1], numbered as u32, value));
        numbered += children.len();
        groups.extend(children);
    }
    nodes.push(packed::node(0, numbered as u32, packed::NONE));
    if numbered as u64 > packed::LOW20 {
        return Err("a dictionary has grown past what a node can number".into());
    }
    let log2_slots = (pairs.len() * 3 / 2).next_power_of_two().max(16).ilog2();
    let mut slots = vec![0u64; 1 << log2_slots];
    for (first, second, node) in pairs {
        let mut at = packed::Pair::of(first, second).bucket(log2_slots);
        while slots[at] != 0 {
            at = (at + 1) % slots.len();
        }
        slots[at] = packed::slot(first, second, node);
    }
    let mut bytes = Vec::new();
    for number in [log2_slots, nodes.len() as u32 - 1, singles.len() as u32] {
        bytes.extend(number.to_le_bytes());
    }
    for word in singles.iter().chain(&slots).chain(&nodes) {
        bytes.extend(word.to_le_bytes());
    }
    Ok(bytes)
}

/// Cuts a sorted range of keys where the first `depth` characters change.
fn split(
    keys: &[(Vec<u32>, u32)],
    range: Range<usize>,
    depth: usize,
) -> Vec<(Range<usize>, usize)> {
    let mut parts = Vec::new();
    let mut start = range.start;
    for at in range.clone() {
        if at + 1 == range.end || keys[at + 1].0[..depth] != keys[start].0[..depth] {
            parts.push((start..at + 1, depth));
            start = at + 1;
        }
    }
    parts
}

/// One text holding every output once.
#[derive(Default)]
struct Pool {
    text: String,
    known: HashMap<String, u32>,
}

impl Pool {
    fn add(&mut self, output: &str) -> Result<u32, String> {
        if let Some(&word) = self.known.get(output) {
            return Ok(word);
        }
        if output.is_empty() || output.len() > 255 || self.text.len() >= 1 << 24 {
            return Err(format!("cannot pack the output {output:?}"));
        }
        let word = (self.text.len() as u32) << 8 | output.len() as u32;
        self.text += output;
        self.known.insert(output.into(), word);
        Ok(word)
    }
}
