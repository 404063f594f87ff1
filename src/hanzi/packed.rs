//! The packed format, shared by the build script that writes it and `tables.rs` that reads it.
//!
//! All numbers are little-endian and unaligned. A *code* is a code point, 21 bits. Three kinds of file:
//!
//! * **map** (`*.map`): one 64-bit word per entry, `from << 32 | to`, sorted: a dictionary of single characters.
//! * **trie** (`*.trie`): the keys of a phrase dictionary. A header of three 32-bit numbers (log2 of the slots, nodes, single
//!   keys), then 64-bit words: the single-character keys, the slots, the nodes and one closing node.
//!   * Single: `code << 20 | value`, sorted.
//!   * Slot: `first << 43 | second << 22 | node`, or 0 when empty; open addressing from [`Pair::bucket`], next slot on collision. A
//!     key's first two characters are one look-up; a random pair is usually refused by the first word it meets. Two characters that
//!     are a key and begin no longer one have no node, but [`LEAF`] and their value in its place.
//!   * Node: `label << 40 | first child << 20 | value`. Nodes are numbered level by level, so that a node's children are
//!     consecutive, sorted by label, and end where the next node's begin.
//! * **values** (`*.values`): one 32-bit number per entry, `offset << 8 | length`, into `pool`, a text. Several value files may
//!   belong to one trie: what the same segmentation key becomes differs by configuration.
//!
//! Besides these, `alternatives` is plain text: the few hundred entries with more than one value, which conversion never needs and
//! reviews do.
//!
//! A *value* in a trie is [`NONE`] (a prefix only), [`PLAIN`] (the key converted character by character gives the right output,
//! true of four in five phrases), or [`ENTRY`] plus the entry's number.

#![allow(dead_code)] // the build script writes with one half, the crate reads with the other

pub const NONE: u32 = 0;
pub const PLAIN: u32 = 1;
pub const ENTRY: u32 = 2;

pub const LOW20: u64 = (1 << 20) - 1;
pub const LOW21: u64 = (1 << 21) - 1;
pub const LOW22: u64 = (1 << 22) - 1;

/// In a slot, beside a value in place of a node.
pub const LEAF: u32 = 1 << 21;

/// Two neighbouring characters, with the hash by which they are found.
#[derive(Clone, Copy)]
pub struct Pair {
    pub first: u32,
    pub second: u32,
    hash: u64,
}

impl Pair {
    #[inline] // once per character
    pub const fn of(first: u32, second: u32) -> Pair {
        let both = (first as u64) << 21 | second as u64;
        let hash = both.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Pair {
            first,
            second,
            hash,
        }
    }

    /// A number of so many bits, from the hash's upper ones, which are the good ones.
    pub const fn bucket(self, bits: u32) -> usize {
        (self.hash >> (64 - bits)) as usize
    }
}

pub const fn slot(first: u32, second: u32, node: u32) -> u64 {
    (first as u64) << 43 | (second as u64) << 22 | node as u64
}

pub const fn slot_pair(slot: u64) -> (u32, u32) {
    ((slot >> 43) as u32, (slot >> 22 & LOW21) as u32)
}

/// A node, or [`LEAF`] and a value.
pub const fn slot_node(slot: u64) -> u32 {
    (slot & LOW22) as u32
}

pub const fn node(label: u32, first_child: u32, value: u32) -> u64 {
    (label as u64) << 40 | (first_child as u64) << 20 | value as u64
}

pub const fn node_label(node: u64) -> u32 {
    (node >> 40) as u32
}

pub const fn node_first_child(node: u64) -> u32 {
    (node >> 20 & LOW20) as u32
}

pub const fn node_value(node: u64) -> u32 {
    (node & LOW20) as u32
}

pub const fn single(code: u32, value: u32) -> u64 {
    (code as u64) << 20 | value as u64
}
