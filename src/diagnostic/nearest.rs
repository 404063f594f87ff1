//! What was probably meant by each of many names that are wrong, of many that are right, without comparing
//! each with all.
//!
//! A site of ten thousand pages may have as many dead links, when a folder was renamed. So the known names are
//! filed once by the pairs and triples of characters in them. A wrong name is looked for among those that share the
//! rarest of its own; how like such a name can be at most is sooner known than how like it is, so that few are
//! compared; and a wrong name that comes again is not looked for again.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::{SLIP, likeness};
use crate::hanzi::same_in_search;

/// Up to so many names are all looked at.
const FEW: usize = 256;
/// How many names are gathered by what they share.
const GATHERED: usize = 1024;

/// Names that are right.
#[derive(Debug, Default)]
pub struct Names {
    names: Vec<Name>,
    /// The names that have a gram, by their numbers.
    having: FxHashMap<Gram, Vec<u32>>,
    /// What was found for a wrong name.
    found: Mutex<FxHashMap<Box<str>, Option<u32>>>,
}

#[derive(Debug)]
struct Name {
    known: Box<str>,
    /// The same as it is compared.
    folded: Folded,
}

/// A name as it is compared: without capitals, and with one form for the characters that are one to a reader.
#[derive(Debug)]
struct Folded {
    text: Box<str>,
    length: usize,
    /// How often it has each character; some share a place.
    counts: [u8; PLACES],
}

const PLACES: usize = 64;

/// Two or three characters that stand beside each other.
type Gram = [char; 3];

impl Names {
    /// These names.
    pub fn of<N: Into<Box<str>>>(names: impl IntoIterator<Item = N>) -> Names {
        let mut filed = Names::default();
        for (known, number) in names.into_iter().zip(0..) {
            let known = known.into();
            let folded = Folded::of(&known);
            for gram in grams(&folded.text) {
                filed.having.entry(gram).or_default().push(number);
            }
            filed.names.push(Name { known, folded });
        }
        filed
    }

    /// The name nearest to `written`, when it is near enough to be a slip. A name in the other script or in
    /// capitals is the same name; so is one that begins with steps out of a folder, which no known one does.
    pub fn nearest(&self, written: &str) -> Option<&str> {
        let found = |number: u32| &*self.names[number as usize].known;
        // What is remembered is whole whatever a panicking thread did.
        let known = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(written) {
            return known.map(found);
        }
        drop(known);
        let bare = written.trim_start_matches("./").trim_start_matches("../");
        let nearest = self.look_for(&Folded::of(bare));
        let mut known = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(written.into(), nearest);
        nearest.map(found)
    }

    /// The number of the nearest; of equals, the last.
    fn look_for(&self, written: &Folded) -> Option<u32> {
        let folded = |number: u32| &self.names[number as usize].folded;
        let candidates = self.candidates(&written.text).into_iter();
        let mut promising: Vec<(f64, u32)> = candidates
            .map(|number| (written.most_like(folded(number)), number))
            .filter(|(most, _)| *most > SLIP)
            .collect();
        promising.sort_unstable_by(|one, other| other.0.total_cmp(&one.0));
        let mut best: Option<(f64, u32)> = None;
        for (most, number) in promising {
            if best.is_some_and(|(score, _)| score > most) {
                break;
            }
            let score = likeness(&written.text, &folded(number).text);
            if score > SLIP && best.is_none_or(|best| best < (score, number)) {
                best = Some((score, number));
            }
        }
        best.map(|(_, number)| number)
    }

    /// The names that `written` is worth comparing with, each once.
    fn candidates(&self, written: &str) -> Vec<u32> {
        if self.names.len() <= FEW {
            return (0..self.names.len() as u32).collect();
        }
        let grams = grams(written);
        let having = grams.iter().filter_map(|gram| self.having.get(gram));
        let mut having: Vec<&[u32]> = having.map(Vec::as_slice).collect();
        having.sort_by_key(|numbers| numbers.len());
        let mut gathered: Vec<u32> = Vec::new();
        for numbers in having {
            let room = GATHERED - gathered.len();
            if numbers.len() > room && !gathered.is_empty() {
                break;
            }
            gathered.extend(numbers.iter().take(room));
        }
        gathered.sort_unstable();
        gathered.dedup();
        gathered
    }
}

impl Folded {
    fn of(name: &str) -> Folded {
        let fold = |c: char| match c.is_ascii() {
            true => c.to_ascii_lowercase(),
            false => same_in_search(c).first().copied().unwrap_or(c),
        };
        let text: String = name.chars().map(fold).collect();
        let mut counts = [0; PLACES];
        for c in text.chars() {
            let count: &mut u8 = &mut counts[c as usize % PLACES];
            *count = count.saturating_add(1);
        }
        Folded {
            length: text.chars().count(),
            counts,
            text: text.into(),
        }
    }

    /// What [`likeness`] is at most: with every shared character in its place.
    fn most_like(&self, other: &Folded) -> f64 {
        let counts = self.counts.iter().zip(&other.counts);
        let shared: u32 = counts.map(|(one, other)| u32::from(*one.min(other))).sum();
        if shared == 0 {
            return 0.0;
        }
        let of = |length: usize| f64::from(shared) / length as f64;
        let most = (of(self.length) + of(other.length) + 1.0) / 3.0;
        let pairs = self.text.chars().zip(other.text.chars()).take(4);
        let begin = pairs.take_while(|(one, other)| one == other).count();
        most + 0.1 * begin as f64 * (1.0 - most)
    }
}

/// The pairs and triples of a name, each once; its ends count as characters, its extension does not.
fn grams(name: &str) -> Vec<Gram> {
    const END: char = '\0';
    let stem = match name.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => stem,
        _ => name,
    };
    let ends = || std::iter::once(END);
    let chars: Vec<char> = ends().chain(stem.chars()).chain(ends()).collect();
    let pairs = chars.windows(2).map(|pair| [pair[0], pair[1], END]);
    let triples = chars.windows(3).map(|three| [three[0], three[1], three[2]]);
    let mut grams: Vec<Gram> = pairs.chain(triples).collect();
    grams.sort_unstable();
    grams.dedup();
    grams
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::closest;

    /// The pages of a large site: numbers, words and Chinese names in folders.
    fn site() -> Vec<String> {
        let topics = [
            "transport",
            "economy",
            "history",
            "交通",
            "經濟合作",
            "會議",
        ];
        let words = [
            "guide",
            "visit",
            "summary",
            "report",
            "發展",
            "歷史頁面",
            "後記",
        ];
        let mut names = Vec::new();
        for section in 0..12 {
            for page in 0..60 {
                names.push(format!("s{section:03}/p{section:03}{page:02}.md"));
            }
        }
        for topic in topics {
            for word in words {
                for number in 1..8 {
                    names.push(format!("{topic}/{word}-{number}.md"));
                    names.push(format!("{topic}/{number}/{word}.png"));
                }
            }
        }
        for name in [
            "about.md",
            "contact.md",
            "timeline/_index.md",
            "新聞/發展.md",
            "map.png",
        ] {
            names.push(name.to_string());
        }
        names
    }

    #[test]
    fn ordinary_slips() {
        let names = Names::of(site());
        assert!(names.names.len() > FEW);
        for (written, meant) in [
            // in the last part
            ("abuot.md", "about.md"),
            ("s003/p00330x.md", "s003/p00330.md"),
            ("交通/發展-1x.md", "交通/發展-1.md"),
            ("../contact.md", "contact.md"),
            // in a folder
            ("timelin/_index.md", "timeline/_index.md"),
            ("ecnomy/report-3.md", "economy/report-3.md"),
            ("新文/發展.md", "新聞/發展.md"),
            // the slash
            ("timeline_index.md", "timeline/_index.md"),
            ("economyreport-3.md", "economy/report-3.md"),
            ("新聞發展.md", "新聞/發展.md"),
            // the extension
            ("map.pgn", "map.png"),
            ("economy/report-3.html", "economy/report-3.md"),
            ("transport/5/guide.jpeg", "transport/5/guide.png"),
            ("about", "about.md"),
            ("../economy/report-3", "economy/report-3.md"),
            // the other script, and capitals
            ("新闻/发展.md", "新聞/發展.md"),
            ("经济合作/历史页面-4.md", "經濟合作/歷史頁面-4.md"),
            ("ABOUT.md", "about.md"),
        ] {
            assert_eq!(names.nearest(written), Some(meant), "{written}");
            // From memory.
            assert_eq!(names.nearest(written), Some(meant), "{written}");
        }
        for far in ["none.md", "x/none.md", "", "../../etc/passwd", "。.md"] {
            assert_eq!(names.nearest(far), None, "{far}");
        }
    }

    /// Whatever a comparison with every name would find of a slip, the look-up finds.
    #[test]
    fn nothing_is_missed() {
        let site = site();
        let names = Names::of(site.iter().map(String::as_str));
        let mut looked = 0;
        for (number, name) in site.iter().enumerate().step_by(17) {
            let chars: Vec<char> = name.chars().collect();
            let at = 1 + number % (chars.len() - 4);
            let [mut swapped, mut doubled, mut without] = [(); 3].map(|()| chars.clone());
            swapped.swap(at - 1, at);
            doubled.insert(at, chars[at]);
            without.remove(at);
            for wrong in [swapped, doubled, without] {
                let wrong: String = wrong.into_iter().collect();
                let all = closest(&wrong, site.iter().map(String::as_str));
                if site.contains(&wrong) || all != Some(name) {
                    continue;
                }
                looked += 1;
                assert_eq!(names.nearest(&wrong), Some(name.as_str()), "{wrong}");
            }
        }
        assert!(looked > 100, "{looked}");
    }
}
