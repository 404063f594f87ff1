//! Which script a character gives away.
//!
//! Most Han characters belong to both scripts, and many of those that are converted do as well: 后 里 干 余 台 are Simplified forms
//! and also Traditional characters of their own. Only what a reader of the other script never meets counts here:
//!
//! * Traditional only: simplification changes it, and it is no Simplified form itself. 乾 (乾隆) and 徵 are not, 鐘 is.
//! * Simplified only: no Traditional form of it is itself, and neither Hong Kong nor Taiwan writes it (户 峰 are no sign in Hong Kong).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::charset::CharSet;
use super::dictionaries::values;
use super::tables::{self as t, Map};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Script {
    Traditional,
    Simplified,
}

/// The one script in which this character is written; none for characters of both, and for everything that is not Han.
pub fn only_in(c: char) -> Option<Script> {
    static SETS: LazyLock<Sets> = LazyLock::new(Sets::new);
    // Asked of every character of every page, and most are not in the sets.
    if SETS.any.may_hold(c) {
        SETS.scripts.get(&c).copied()
    } else {
        None
    }
}

struct Sets {
    any: CharSet,
    scripts: HashMap<char, Script>,
}

impl Sets {
    fn new() -> Sets {
        let mut sets = Sets {
            any: CharSet::default(),
            scripts: HashMap::new(),
        };
        let simplified_forms = outputs(&[t::TS]);
        let traditional_forms = outputs(&[t::T_HK, t::T_TW]);
        let itself = |dictionary: &str, c: char| {
            let key = c.to_string();
            values(dictionary, &key).contains(&key.as_str())
        };
        for (from, to) in characters(t::TS) {
            if from != to && !simplified_forms.contains(&from) && !itself("TSCharacters", from) {
                sets.add(from, Script::Traditional);
            }
        }
        for (from, to) in characters(t::ST) {
            let elsewhere = traditional_forms.contains(&from) || sets.scripts.contains_key(&from);
            if from != to && !elsewhere && !itself("STCharacters", from) {
                sets.add(from, Script::Simplified);
            }
        }
        sets
    }

    fn add(&mut self, c: char, script: Script) {
        self.any.add(c);
        self.scripts.insert(c, script);
    }
}

fn outputs(maps: &[Map]) -> HashSet<char> {
    maps.iter()
        .flat_map(|&map| characters(map))
        .filter(|(from, to)| from != to)
        .map(|(_, to)| to)
        .collect()
}

fn characters(map: Map) -> impl Iterator<Item = (char, char)> {
    map.entries()
        .filter_map(|(from, to)| Some((char::from_u32(from)?, char::from_u32(to)?)))
}
