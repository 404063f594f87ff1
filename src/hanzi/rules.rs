//! A caller's own list of words: what they become, or that they stay.
//!
//! Rules go before the dictionaries. The text is searched for the leftmost, longest pattern of the whole merged list; where two
//! rules have the same pattern the higher level wins (a page's rule over its section's, that over the whole list's), and among equal
//! levels the one added last. Length goes before level, because a longer pattern says more about its place: a page that fixes 於
//! does not undo the common list's 於崇文. A match is a segment of its own: the dictionaries see the text on both sides separately, as
//! if it ended there.
//!
//! A list is compiled once and shared; [`Rules::overlay`] lays a few rules over a large list without compiling that again.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::charset::CharSet;

/// One rule. `id` is the caller's; it comes back in what a conversion reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    /// As written in the source; matched exactly. A rule with an empty pattern matches nothing.
    pub pattern: String,
    /// None keeps the text as it stands.
    pub replacement: Option<String>,
    /// Greater is nearer to the text and wins over the same pattern elsewhere.
    pub level: u8,
    pub id: u32,
}

/// Compiled rules. Cheap to clone, and shared by any number of threads.
#[derive(Clone, Default)]
pub struct Rules {
    /// The nearest first; an overlay adds one in front.
    layers: Vec<Arc<Layer>>,
    opens: Option<Arc<Opens>>,
}

/// A place where a rule applies. The range is bytes of the source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleMatch<'r> {
    pub source: Range<usize>,
    pub rule: &'r Rule,
}

/// The ids of the rules that were applied, each once, in order.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct UsedRules(Vec<u32>);

struct Layer {
    /// One per pattern, grouped by first character, the longest first.
    rules: Vec<Rule>,
    starts: HashMap<char, Range<usize>>,
}

/// What patterns begin with, to pass over nearly every character of a text by one or two bits.
#[derive(Clone, Default)]
struct Opens {
    first: CharSet,
    second: CharSet,
    /// True when a pattern has one character only, so that the second one says nothing.
    single: bool,
}

impl Rules {
    pub fn compile(rules: impl IntoIterator<Item = Rule>) -> Rules {
        Rules::default().overlay(rules)
    }

    /// These rules with a few more laid over them. Costs what the few cost, and sixteen kilobytes.
    pub fn overlay(&self, rules: impl IntoIterator<Item = Rule>) -> Rules {
        let layer = Layer::new(rules);
        if layer.rules.is_empty() {
            return self.clone();
        }
        let mut opens = self.opens.as_deref().cloned().unwrap_or_default();
        for rule in &layer.rules {
            opens.add(&rule.pattern);
        }
        let mut layers = vec![Arc::new(layer)];
        layers.extend(self.layers.iter().cloned());
        Rules {
            layers,
            opens: Some(Arc::new(opens)),
        }
    }

    pub(super) fn patterns(&self) -> impl Iterator<Item = &str> {
        self.layers
            .iter()
            .flat_map(|layer| &layer.rules)
            .map(|rule| rule.pattern.as_str())
    }

    pub fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }

    /// The first match at or after the byte `from`.
    pub fn next_match(&self, text: &str, from: usize) -> Option<RuleMatch<'_>> {
        let opens = self.opens.as_deref()?;
        let mut chars = text[from..].char_indices().peekable();
        while let Some((at, first)) = chars.next() {
            if !opens.first.may_hold(first) {
                continue;
            }
            if !opens.single
                && !chars
                    .peek()
                    .is_some_and(|&(_, second)| opens.second.may_hold(second))
            {
                continue;
            }
            let at = from + at;
            if let Some(rule) = self.longest(&text[at..], first) {
                return Some(RuleMatch {
                    source: at..at + rule.pattern.len(),
                    rule,
                });
            }
        }
        None
    }

    /// The rules that `won` kept from being applied although their words stand there: those that begin inside it and reach beyond
    /// it, and those of a higher level anywhere inside.
    pub(super) fn giving_way_to(&self, won: &RuleMatch<'_>, text: &str) -> Vec<RuleMatch<'_>> {
        let mut found = Vec::new();
        for (inside, first) in text[won.source.clone()].char_indices() {
            let at = won.source.start + inside;
            let layers = self.layers.iter();
            let here = layers.flat_map(|layer| layer.all(&text[at..], first));
            found.extend(here.filter_map(|rule| {
                let source = at..at + rule.pattern.len();
                let reaches_on = inside > 0 && source.end > won.source.end;
                let is_nearer = source.end <= won.source.end && rule.level > won.rule.level;
                (reaches_on || is_nearer).then_some(RuleMatch { source, rule })
            }));
        }
        found
    }

    /// The rule whose pattern begins `rest` and is the longest to do so.
    pub(super) fn longest_at(&self, rest: &str) -> Option<&Rule> {
        rest.chars()
            .next()
            .and_then(|first| self.longest(rest, first))
    }

    fn longest(&self, rest: &str, first: char) -> Option<&Rule> {
        let found = self
            .layers
            .iter()
            .filter_map(|layer| layer.longest(rest, first));
        // `max_by_key` keeps the last of equals: the layers are asked from the farthest, so that the nearest wins.
        found
            .rev()
            .max_by_key(|rule| (rule.pattern.len(), rule.level))
    }
}

impl UsedRules {
    pub fn add(&mut self, id: u32) {
        if let Err(at) = self.0.binary_search(&id) {
            self.0.insert(at, id);
        }
    }

    pub fn contains(&self, id: u32) -> bool {
        self.0.binary_search(&id).is_ok()
    }

    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().copied()
    }

    pub fn extend(&mut self, other: &UsedRules) {
        other.iter().for_each(|id| self.add(id));
    }
}

impl Layer {
    fn new(rules: impl IntoIterator<Item = Rule>) -> Layer {
        let mut rules: Vec<Rule> = rules
            .into_iter()
            .filter(|rule| !rule.pattern.is_empty())
            .collect();
        // Latest first, then a stable sort: of equal patterns and levels the one added last is kept.
        rules.reverse();
        let key = |rule: &Rule| {
            (
                rule.pattern.chars().next(),
                std::cmp::Reverse(rule.pattern.len()),
            )
        };
        rules.sort_by(|a, b| (key(a), &a.pattern, b.level).cmp(&(key(b), &b.pattern, a.level)));
        rules.dedup_by(|later, kept| later.pattern == kept.pattern);
        let mut starts: HashMap<char, Range<usize>> = HashMap::new();
        for (at, rule) in rules.iter().enumerate() {
            if let Some(first) = rule.pattern.chars().next() {
                starts.entry(first).or_insert(at..at).end = at + 1;
            }
        }
        Layer { rules, starts }
    }

    fn longest(&self, rest: &str, first: char) -> Option<&Rule> {
        self.all(rest, first).next()
    }

    /// The rules whose patterns begin `rest`, the longest first.
    fn all<'l>(&'l self, rest: &str, first: char) -> impl Iterator<Item = &'l Rule> {
        let range = self.starts.get(&first).cloned().unwrap_or_default();
        let rules = self.rules[range].iter();
        rules.filter(|rule| rest.starts_with(&rule.pattern))
    }
}

impl Opens {
    fn add(&mut self, pattern: &str) {
        let mut chars = pattern.chars();
        match (chars.next(), chars.next()) {
            (Some(first), Some(second)) => {
                self.first.add(first);
                self.second.add(second);
            }
            (Some(only), None) => {
                self.first.add(only);
                self.single = true;
            }
            (None, _) => {}
        }
    }
}
