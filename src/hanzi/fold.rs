//! Characters that are one to whoever searches: 后 finds 後, 裡 finds 里.
//!
//! Two characters belong together when any dictionary of single characters, in either direction and with any of its values, makes
//! the one of the other; and what belongs to a third belongs together. That is coarser than conversion on purpose: a search that
//! shows one page too many is better than one that misses a page because of how a word was typed. The largest sets have six
//! characters (台臺檯颱枱), so the coarseness stays among forms that readers confuse themselves.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::tables as t;

/// The characters that a search takes for `c`, in the order of their codes, itself among them; the first of them stands for all.
/// Empty when `c` stands alone.
pub fn same_in_search(c: char) -> &'static [char] {
    static SETS: LazyLock<Sets> = LazyLock::new(Sets::new);
    SETS.number
        .get(&c)
        .map_or(&[], |number| SETS.members[*number].as_slice())
}

#[derive(Default)]
struct Sets {
    /// Each in the order of codes; empty where a set went into another.
    members: Vec<Vec<char>>,
    number: FxHashMap<char, usize>,
}

impl Sets {
    fn new() -> Sets {
        let mut sets = Sets::default();
        for map in [t::ST, t::TS, t::T_HK, t::HK_T, t::T_TW, t::TW_T] {
            for (from, to) in map.entries() {
                if let (Some(from), Some(to)) = (char::from_u32(from), char::from_u32(to)) {
                    sets.join(from, to);
                }
            }
        }
        for line in t::ALTERNATIVES.lines() {
            let mut parts = line.split(['\t', ' ']).skip(1);
            if let Some(from) = parts.next().and_then(alone) {
                parts.filter_map(alone).for_each(|to| sets.join(from, to));
            }
        }
        sets.members.iter_mut().for_each(|set| set.sort_unstable());
        sets
    }

    /// Makes the sets of two characters one.
    fn join(&mut self, one: char, other: char) {
        if one == other {
            return;
        }
        let (kept, gone) = (self.set_of(one), self.set_of(other));
        if kept == gone {
            return;
        }
        for c in std::mem::take(&mut self.members[gone]) {
            self.number.insert(c, kept);
            self.members[kept].push(c);
        }
    }

    /// The number of the set of `c`, which is a set of its own if it was in none.
    fn set_of(&mut self, c: char) -> usize {
        let new = self.members.len();
        let number = *self.number.entry(c).or_insert(new);
        if number == new {
            self.members.push(vec![c]);
        }
        number
    }
}

/// The character of a text of one.
fn alone(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_find_each_other() {
        for row in [
            "后後",
            "里裏裡",
            "台臺檯颱",
            "发發髮",
            "着著",
            "周週",
            "啟啓启",
            "説說说",
            "画畫劃",
        ] {
            let mut chars = row.chars();
            let first = chars.next().unwrap();
            for other in chars {
                assert_eq!(
                    same_in_search(first).first(),
                    same_in_search(other).first(),
                    "{first}{other}"
                );
                assert!(same_in_search(first).contains(&other));
            }
        }
        for alone in ['人', 'a', '。'] {
            assert!(same_in_search(alone).is_empty(), "{alone}");
        }
        assert!(!same_in_search('后').contains(&'里'));
    }
}
