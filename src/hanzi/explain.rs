//! Why a word becomes what it becomes.

use super::converter::Converter;
use super::dictionaries::{Named, stages, values};
use super::engine::By;

/// One segment of the text and what was done to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    pub source: String,
    pub output: String,
    pub by: By,
    /// The entries used, stage by stage; empty for what no dictionary knows. A rule and a style are not among them: see `by`.
    pub steps: Vec<Step>,
}

/// An entry of a dictionary that was used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// 1 or 2.
    pub stage: usize,
    /// OpenCC's name for it, such as `TSCharacters`.
    pub dictionary: &'static str,
    pub key: String,
    pub value: String,
    /// The entry's other values, in the dictionary's order. OpenCC never chooses them.
    pub others: Vec<String>,
}

impl Converter {
    /// Explains every character and phrase of `text`, in order.
    pub fn explain(&self, text: &str) -> Vec<Explanation> {
        let aligned = self.align(text);
        let mut explained = Vec::new();
        for segment in aligned.segments {
            let (source, output) = (&text[segment.source], &aligned.text[segment.output]);
            if segment.by == By::Nothing {
                // Characters no phrase claimed: each by itself.
                let one = |c: char| self.explanation(c.to_string(), c.to_string(), segment.by);
                explained.extend(source.chars().map(one));
            } else {
                explained.push(self.explanation(source.into(), output.into(), segment.by));
            }
        }
        explained
    }

    /// Every phrase of this conversion's dictionaries that holds `c`, stage by stage: where a character is decided that has no entry
    /// of its own, such as 著. May be hundreds.
    pub fn phrases_with(&self, c: char) -> Vec<Step> {
        let mut steps = Vec::new();
        for (stage, group) in stages(self.scheme()).iter().enumerate() {
            for dictionary in group {
                for (key, value) in dictionary.phrases_with(c) {
                    let others = others(dictionary.name, &key, &value);
                    steps.push(Step {
                        stage: stage + 1,
                        dictionary: dictionary.name,
                        key,
                        value,
                        others,
                    });
                }
            }
        }
        steps
    }

    fn explanation(&self, source: String, output: String, by: By) -> Explanation {
        let mut steps = Vec::new();
        if !matches!(by, By::Rule(_)) {
            let mut text = source.clone();
            for (stage, group) in stages(self.scheme()).iter().enumerate() {
                text = apply(stage + 1, group, &text, &mut steps);
            }
        }
        Explanation {
            source,
            output,
            by,
            steps,
        }
    }
}

/// One stage over one segment; what it used is added to `steps`.
fn apply(stage: usize, group: &[Named], text: &str, steps: &mut Vec<Step>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let found = group
            .iter()
            .find_map(|dictionary| Some((dictionary.name, dictionary.longest(rest)?)));
        let Some((dictionary, found)) = found else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        let (key, after) = rest.split_at(found.key);
        let others = others(dictionary, key, &found.value);
        out.push_str(&found.value);
        steps.push(Step {
            stage,
            dictionary,
            key: key.into(),
            value: found.value,
            others,
        });
        rest = after;
    }
    out
}

fn others(dictionary: &str, key: &str, chosen: &str) -> Vec<String> {
    values(dictionary, key)
        .into_iter()
        .filter(|value| *value != chosen)
        .map(String::from)
        .collect()
}
