//! The conversion engine against OpenCC's own test cases, against OpenCC's algorithm written out plainly, and against itself.
//!
//! The cases and the dictionaries are read from the locked package at test time; neither is in this repository.

#[path = "../src/hanzi/packing/chain.rs"]
mod chain;
#[allow(dead_code, reason = "the build uses more of it")]
#[path = "../src/hanzi/packing/dictionaries.rs"]
mod dictionaries;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;
use tongwen::hanzi::{By, Converter, Scheme, safe_border};

const DICTIONARIES: &str = env!("TONGWEN_DICTIONARIES");

/// OpenCC's version and the number of its expectations for the fourteen; another number means the file was misread or replaced.
/// (The package `opencc-sys` 0.5.2 calls itself +1.4.1 and carries 1.4.2; 0.5.1 carries 1.4.1.)
const EXPECTATIONS: [(&str, usize); 2] = [("1.4.1", 467), ("1.4.2", 548)];

#[test]
fn opencc_test_cases() {
    let opencc = Path::new(DICTIONARIES).join("../..");
    let news = std::fs::read_to_string(opencc.join("NEWS.md")).unwrap();
    let version = news
        .lines()
        .find_map(|line| line.strip_prefix("## Version "))
        .unwrap();
    let text = std::fs::read_to_string(opencc.join("test/testcases/testcases.json")).unwrap();
    let cases: serde_json::Value = serde_json::from_str(&plain_json(&text)).unwrap();
    let mut counts = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in cases["cases"].as_array().unwrap() {
        let input = case["input"].as_str().unwrap();
        for (name, expected) in case["expected"].as_object().unwrap() {
            if name == "jp2t" || name == "t2jp" {
                continue; // Japanese is not among the fourteen
            }
            let scheme: Scheme = name.parse().unwrap();
            *counts.entry(scheme).or_insert(0) += 1;
            let output = Converter::new(scheme).convert(input);
            if output != expected.as_str().unwrap() {
                wrong.push(format!(
                    "{} {name}: {input} → {output}, OpenCC: {expected}",
                    case["id"]
                ));
            }
        }
    }
    println!("OpenCC {version}: {counts:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(counts.len(), Scheme::ALL.len());
    let expected = EXPECTATIONS
        .iter()
        .find(|(known, _)| *known == version)
        .expect("a row for this version of OpenCC");
    assert_eq!(counts.values().sum::<usize>(), expected.1);
}

/// Removes what OpenCC's parser allows and JSON does not: comments, and commas before a closing bracket.
fn plain_json(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if quoted => {
                plain.push(c);
                plain.extend(chars.next());
                continue;
            }
            '"' => quoted = !quoted,
            '/' if !quoted && chars.peek() == Some(&'/') => {
                chars.by_ref().find(|&c| c == '\n');
                continue;
            }
            '}' | ']' if !quoted => {
                let kept = plain.trim_end().trim_end_matches(',').len();
                plain.truncate(kept);
            }
            _ => {}
        }
        plain.push(c);
    }
    plain
}

/// Lines of random pieces of keys and values, as the Python script makes them for the wheel, but compared with the algorithm
/// written out plainly in `src/hanzi/packing/chain.rs`.
#[test]
fn same_as_the_plain_algorithm() {
    let dictionaries = dictionaries::Dictionaries::load(Path::new(DICTIONARIES)).unwrap();
    let mut random = Random(20261122);
    let lines: Vec<String> = (0..4_000)
        .map(|_| line(&dictionaries, &mut random))
        .collect();
    for scheme in Scheme::ALL {
        let plain = chain::Chain::named(&dictionaries, scheme.as_str()).unwrap();
        let converter = Converter::new(scheme);
        for line in &lines {
            assert_eq!(
                converter.convert(line),
                plain.convert(line),
                "{scheme}: {line}"
            );
        }
    }
}

fn line(d: &dictionaries::Dictionaries, random: &mut Random) -> String {
    let sources = [
        &d.normalization,
        &d.st_phrases,
        &d.st_characters,
        &d.ts_phrases,
        &d.ts_characters,
        &d.hk_phrases,
        &d.hk_phrases_rev,
        &d.hk_variants,
        &d.hk_variants_phrases,
        &d.hk_variants_rev_phrases,
        &d.tw_phrases,
        &d.tw_phrases_rev,
        &d.tw_variants,
        &d.tw_variants_phrases,
        &d.tw_variants_rev_phrases,
    ];
    let between = [
        "",
        "",
        "",
        "，",
        "的",
        "A",
        "B",
        "U",
        " ",
        "\u{20000}",
        "⿰",
        "⿲",
        "⿱木⿰",
        "⿾",
        "着",
        "著",
        "乾",
        "里",
        "后",
    ];
    let mut line = String::new();
    for _ in 0..=random.below(8) {
        let entries = &sources[random.below(sources.len())].entries;
        let (key, values) = &entries[random.below(entries.len())];
        let words: Vec<&String> = std::iter::once(key).chain(values).collect();
        let word: Vec<char> = words[random.below(words.len())].chars().collect();
        let start = if random.below(2) == 0 {
            0
        } else {
            random.below(word.len())
        };
        let end = if random.below(2) == 0 {
            word.len()
        } else {
            start + 1 + random.below(word.len() - start)
        };
        line.extend(&word[start..end]);
        line += between[random.below(between.len())];
    }
    line
}

/// Numbers that are the same in every run (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}

/// Text with something to convert in it: words of every script the schemes know, and what must be left alone.
fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "发现",
        "后面",
        "皇后",
        "里",
        "乾",
        "干",
        "著",
        "着",
        "頭髮",
        "头发",
        "软件",
        "軟體",
        "計程車",
        "出租车",
        "的士",
        "B超",
        "U盤",
        "为了",
        "裏面",
        "鼠标",
        "滑鼠",
        "𠮷",
        "⿰",
        "⿱艹",
        "豈",
        "塀",
        "A",
        " ",
        "\n",
        "，",
        "é",
        "€",
        "\0",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..24)
        .prop_map(|pieces| pieces.concat())
}

fn scheme() -> impl Strategy<Value = Scheme> {
    prop::sample::select(Scheme::ALL.to_vec())
}

proptest! {
    #[test]
    fn all_ways_agree(scheme in scheme(), text in text()) {
        let converter = Converter::new(scheme);
        let converted = converter.convert(&text);
        let mut into = String::from("before");
        converter.convert_into(&text, &mut into);
        prop_assert_eq!(&into["before".len()..], &*converted);
        prop_assert_eq!(matches!(converted, Cow::Borrowed(_)), converted == text);
        prop_assert_eq!(&converter.align(&text).text, &*converted);
    }

    #[test]
    fn alignment_covers_both_sides(scheme in scheme(), text in text()) {
        let converter = Converter::new(scheme);
        let aligned = converter.align(&text);
        let (mut source, mut output) = (0, 0);
        for segment in &aligned.segments {
            prop_assert_eq!((segment.source.start, segment.output.start), (source, output));
            prop_assert!(segment.source.end > source && segment.output.end > output);
            (source, output) = (segment.source.end, segment.output.end);
            if segment.by == By::Nothing {
                prop_assert_eq!(&text[segment.source.clone()], &aligned.text[segment.output.clone()]);
            }
        }
        prop_assert_eq!((source, output), (text.len(), aligned.text.len()));
    }

    #[test]
    fn cuts_ascend_and_lie_on_characters(scheme in scheme(), text in text(), keep in prop::collection::vec(any::<bool>(), 64)) {
        let converter = Converter::new(scheme);
        let borders = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let cuts: Vec<usize> = borders.zip(keep.into_iter().cycle()).filter(|(_, keep)| *keep).map(|(at, _)| at).collect();
        let (mut out, mut out_cuts) = (String::from("…"), Vec::new());
        converter.convert_with_cuts(&text, &cuts, &mut out, &mut out_cuts);
        prop_assert_eq!(&out["…".len()..], &*converter.convert(&text));
        prop_assert_eq!(out_cuts.len(), cuts.len());
        prop_assert!(out_cuts.is_sorted());
        for (cut, out_cut) in cuts.iter().zip(&out_cuts) {
            prop_assert!(out.is_char_boundary(*out_cut));
            if *cut == 0 { prop_assert_eq!(*out_cut, "…".len()); }
            if *cut == text.len() { prop_assert_eq!(*out_cut, out.len()); }
        }
    }

    #[test]
    fn lines_convert_by_themselves(scheme in scheme(), one in text(), other in text()) {
        let converter = Converter::new(scheme);
        // A description sequence takes any character for an operand, a line break too, so such texts are left out.
        prop_assume!(!one.contains(['⿰', '⿱']));
        let together = converter.convert(&format!("{one}\n{other}")).into_owned();
        prop_assert_eq!(together, format!("{}\n{}", converter.convert(&one), converter.convert(&other)));
    }

    #[test]
    fn a_stream_converts_as_the_whole(scheme in scheme(), lines in prop::collection::vec(text(), 1..5), rest in text()) {
        let converter = Converter::new(scheme);
        let first: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        if let Some(border) = safe_border(&first) {
            let whole = first.clone() + &rest;
            let (one, other) = whole.split_at(border);
            let parts = converter.convert(one).into_owned() + &converter.convert(other);
            prop_assert_eq!(parts, converter.convert(&whole));
        } else {
            prop_assert!(first.contains(['⿰', '⿱']));
        }
    }

    #[test]
    fn ascii_stays(scheme in scheme(), text in "[ -~\n]{0,60}") {
        prop_assert!(matches!(Converter::new(scheme).convert(&text), Cow::Borrowed(_)));
    }

    #[test]
    fn simplified_stays_simplified(text in text()) {
        prop_assume!(!text.contains(['⿰', '⿱']));
        let converter = Converter::new(Scheme::Hk2s);
        let once = converter.convert(&text).into_owned();
        prop_assert_eq!(&*converter.convert(&once), &once);
    }
}

/// Source pieces and the pieces of the output they must fall into.
#[test]
fn cuts_inside_words() {
    let rows: [(Scheme, &[&str], &[&str]); 6] = [
        (Scheme::S2hk, &["头", "发"], &["頭", "髮"]),
        (Scheme::S2hk, &["头", "", "发"], &["頭", "", "髮"]),
        (
            Scheme::Hk2s,
            &["皇后", "在後", "面"],
            &["皇后", "在后", "面"],
        ),
        (Scheme::Hk2s, &["乾", "隆後"], &["乾", "隆后"]),
        (Scheme::Tw2sp, &["搭計", "程車"], &["搭出", "租车"]),
        (Scheme::S2twp, &["B", "超"], &["超音", "波"]),
    ];
    for (scheme, pieces, expected) in rows {
        let mut cuts = Vec::new();
        for piece in pieces {
            cuts.push(cuts.last().unwrap_or(&0) + piece.len());
        }
        let (mut out, mut out_cuts) = (String::new(), Vec::new());
        Converter::new(scheme).convert_with_cuts(&pieces.concat(), &cuts, &mut out, &mut out_cuts);
        let mut start = 0;
        let got: Vec<&str> = out_cuts
            .iter()
            .map(|&cut| &out[std::mem::replace(&mut start, cut)..cut])
            .collect();
        assert_eq!(got, expected, "{scheme}");
    }
}

#[test]
fn schemes_are_known_by_name() {
    for scheme in Scheme::ALL {
        assert_eq!(scheme.as_str().parse(), Ok(scheme));
        assert_eq!(scheme.reverse().reverse(), scheme);
    }
    let error = "s2x".parse::<Scheme>().unwrap_err().to_string();
    assert!(
        error.contains("`s2x`") && error.contains("s2hkp"),
        "{error}"
    );
}
