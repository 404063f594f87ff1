//! Conversion between Simplified and Traditional Chinese, to OpenCC's output byte for byte, in one pass.
//!
//! Dictionaries and algorithm are those of OpenCC 1.4; the data's own version decides the rest, and is pinned with the package that
//! carries it. A small library of its own: it knows texts, and nothing of files, Markdown or web sites. Input is any `str`; the one character
//! callers should refuse beforehand is NUL, which passes through here and which OpenCC itself cannot represent.
//!
//! # What OpenCC does
//!
//! A configuration ([`Scheme`]) is a chain. `s2hk` reads: replace compatibility ideographs by their ordinary forms; cut the text
//! into segments with the phrase dictionary, taking the longest key at each position, whatever lies between two keys being a *run*;
//! take each segment and each run by itself through stage one (phrases, else characters) and its result through stage two (Hong
//! Kong's phrases, else its characters). So for 他发现后面:
//!
//! ```text
//! segment     他 | 发现 | 后面          发现 and 后面 are keys, 他 is a run
//! stage one   他   發現   後面          from the phrases
//! stage two   他   發現   後面          Hong Kong writes them alike
//! ```
//!
//! # What this does instead
//!
//! A segmentation key always meets the same stages, so its final output is known when the tables are packed: one look-up gives
//! 发现 → 發現. A character that opens no phrase has a known output too, normalisation and all stages folded into one table. Only a
//! run in which a later stage may find a phrase of its own needs more, and there the stages run over each other token by token
//! until their borders meet. A filter of neighbouring characters tells the three apart before any dictionary is touched.
//!
//! # Use
//!
//! ```
//! use tongwen::hanzi::{Converter, Rule, Rules, Scheme};
//!
//! let converter = Converter::new(Scheme::Hk2s);
//! assert_eq!(converter.convert("皇后在後面"), "皇后在后面");
//!
//! // A caller's word goes first, and the alignment says what became of what, in bytes.
//! let taxi = Rule { pattern: "的士".into(), replacement: Some("出租车".into()), level: 0, id: 7 };
//! let aligned = converter.with_rules(&Rules::compile([taxi])).align("坐的士去");
//! assert_eq!(aligned.text, "坐出租车去");
//! assert_eq!(aligned.segments[1].source, 3..9);
//! assert_eq!(aligned.segments[1].output, 3..12);
//!
//! // A text in pieces, as emphasis cuts it: the cuts come back where the pieces end.
//! let (mut out, mut cuts) = (String::new(), Vec::new());
//! converter.convert_with_cuts("頭髮", &[3, 6], &mut out, &mut cuts);
//! assert_eq!((out.as_str(), cuts), ("头发", vec![3, 6]));
//! ```
//!
//! # Around the dictionaries
//!
//! A caller's own words ([`Rules`]) go first: a match is a segment of its own, and what lies between two matches is converted as if
//! nothing else were there. A house [`Style`] is laid over what the dictionaries give, and over nothing else. Quotation marks
//! ([`Quotes`]) are a separate step, since they pair across blocks.
//!
//! Another [`Engine`] may take the place of the built-in one; everything around it stays.
//!
//! What a person should look at afterwards is [`Converter::review`]'s to say, why a word became what it became
//! [`Converter::explain`]'s, which script a single character gives away
//! [`only_in`]'s, and which characters are one to whoever searches [`same_in_search`]'s.
//!
//! # Map
//!
//! [`Scheme`] names the conversion; [`Converter`] runs it, as text, with cuts, or with its alignment. Inside: `packed` is the format
//! of the tables, `packing` writes them when this is built, `tables` reads them; `chain` makes a configuration ready, `entry` is its table's, `pairs` its
//! filter, `characters` decodes the text, `engine` is the pass, `stages` the overlapping stages, `align` what became of what. `dictionaries` names them for
//! `explain` and `review`, `returned` is the part of a review that converts back, `names` finds names, and `scripts` and `fold` sort characters.

mod align;
mod chain;
mod characters;
mod charset;
mod converter;
mod data;
mod dictionaries;
mod engine;
mod entry;
mod explain;
mod fold;
mod foreign;
mod names;
mod output;
mod packed;
mod pairs;
mod quotes;
mod returned;
mod review;
mod rules;
mod scheme;
mod scripts;
mod stages;
mod stream;
mod style;
mod tables;

pub use align::{Aligned, Segment};
pub use converter::{Converter, Run};
pub use data::{DICTIONARIES, dictionary_digest};
pub use engine::By;
pub use explain::{Explanation, Step};
pub use fold::same_in_search;
pub use foreign::{Engine, Open, Unavailable};
pub use quotes::{QuoteState, Quotes};
pub use review::{Finding, Reason};
pub use rules::{Rule, RuleMatch, Rules, UsedRules};
pub use scheme::{Scheme, UnknownScheme};
pub use scripts::{Script, only_in};
pub use stream::safe_border;
pub use style::Style;
