//! What lies around the dictionaries: the caller's rules, the house style, quotation marks.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use tongwen::hanzi::{
    By, Converter, Engine, QuoteState, Quotes, Rule, Rules, Scheme, Style, UsedRules,
};

/// Rules as (pattern, replacement or "=" to keep, level); the id is the row's number.
fn rules(rows: &[(&str, &str, u8)]) -> Vec<Rule> {
    let rule = |(id, &(pattern, replacement, level)): (usize, &(&str, &str, u8))| Rule {
        pattern: pattern.into(),
        replacement: (replacement != "=").then(|| replacement.into()),
        level,
        id: id as u32,
    };
    rows.iter().enumerate().map(rule).collect()
}

#[test]
fn rules_go_before_the_dictionaries() {
    type Row = (
        Scheme,
        &'static [(&'static str, &'static str, u8)],
        &'static str,
        &'static str,
        &'static [u32],
    );
    let rows: [Row; 9] = [
        (
            Scheme::Hk2s,
            &[("余承東", "余承东", 0)],
            "余承東在後台",
            "余承东在后台",
            &[0],
        ),
        (
            Scheme::S2hk,
            &[("余承东", "余承東", 0), ("后台", "=", 0)],
            "余承东在后台后面",
            "余承東在后台後面",
            &[0, 1],
        ),
        // The longest pattern wins at a place, whatever the levels.
        (
            Scheme::Hk2s,
            &[("資訊", "资讯", 9), ("資訊科技", "信息技术", 0)],
            "資訊科技及資訊",
            "信息技术及资讯",
            &[0, 1],
        ),
        // The leftmost wins over a longer one that begins inside it.
        (
            Scheme::Hk2s,
            &[("甲乙", "一", 0), ("乙丙丁", "二", 0)],
            "甲乙丙丁",
            "一丙丁",
            &[0],
        ),
        // Of the same pattern the higher level wins, and of equal levels the last.
        (
            Scheme::Hk2s,
            &[("的士", "出租车", 1), ("的士", "计程车", 0)],
            "的士",
            "出租车",
            &[0],
        ),
        (
            Scheme::Hk2s,
            &[("的士", "出租车", 0), ("的士", "计程车", 0)],
            "的士",
            "计程车",
            &[1],
        ),
        // A match is a border: 发 and 展 are two segments here, and 后 alone is 後.
        (
            Scheme::S2hk,
            &[("展", "=", 0)],
            "头发展示",
            "頭髮展示",
            &[0],
        ),
        (Scheme::S2hk, &[("皇", "=", 0)], "皇后", "皇後", &[0]),
        (Scheme::S2hk, &[("", "x", 0)], "头发", "頭髮", &[]),
    ];
    for (scheme, list, source, expected, used_ids) in rows {
        let converter = Converter::new(scheme).with_rules(&Rules::compile(rules(list)));
        assert_eq!(converter.convert(source), expected, "{source}");
        let (mut out, mut cuts, mut used) = (String::new(), Vec::new(), UsedRules::default());
        converter.convert_with_cuts(source, &[source.len()], &mut out, &mut cuts);
        converter.review_noting(source, &mut used);
        assert_eq!(
            (out.as_str(), cuts.as_slice()),
            (expected, &[expected.len()][..]),
            "{source}"
        );
        assert_eq!(used.iter().collect::<Vec<_>>(), used_ids, "{source}");
    }
}

#[test]
fn an_overlay_is_nearer_than_what_it_lies_over() {
    let site = Rules::compile(rules(&[
        ("的士", "出租车", 1),
        ("質素", "素质", 1),
        ("的士司機", "出租车司机", 1),
    ]));
    let page = site.overlay([Rule {
        pattern: "的士".into(),
        replacement: None,
        level: 3,
        id: 7,
    }]);
    let convert = |rules: &Rules, text: &str| {
        Converter::new(Scheme::Hk2s)
            .with_rules(rules)
            .convert(text)
            .into_owned()
    };
    assert_eq!(convert(&site, "的士質素"), "出租车素质");
    assert_eq!(convert(&page, "的士質素"), "的士素质");
    assert_eq!(convert(&page, "的士司機"), "出租车司机");
    // A weaker level laid on top does not win.
    let weaker = site.overlay([Rule {
        pattern: "的士".into(),
        replacement: None,
        level: 0,
        id: 8,
    }]);
    assert_eq!(convert(&weaker, "的士"), "出租车");
    let found = page.next_match("坐的士", 0).unwrap();
    assert_eq!((found.source, found.rule.id), (3..9, 7));
}

#[test]
fn the_press_style_leaves_what_is_fixed() {
    let style = Style::press();
    let rows: [(Scheme, &str, &str, &str); 17] = [
        (Scheme::S2hk, "说明税收温度", "說明稅收溫度", "説明税收温度"),
        (Scheme::S2hk, "了解启示", "了解啟示", "瞭解啓示"),
        (Scheme::S2hk, "简单明了", "簡單明了", "簡單明瞭"),
        (
            Scheme::S2hk,
            "借助宣布公布发布颁布分布",
            "借助宣布公布發布頒布分佈",
            "藉助宣佈公佈發佈頒佈分佈",
        ),
        (Scheme::S2hk, "修明了望台", "修明瞭望台", "修明瞭望台"),
        (Scheme::S2hk, "瞭望借口慰藉", "瞭望藉口慰藉", "瞭望藉口慰藉"),
        (
            Scheme::S2hk,
            "群峰户口阅读脱离锐利喜悦兑现面包鱼钩",
            "群峰戶口閱讀脫離銳利喜悅兌現麵包魚鉤",
            "羣峯户口閲讀脱離鋭利喜悦兑現麪包魚鈎",
        ),
        (Scheme::S2hk, "卫生", "衛生", "衞生"),
        (Scheme::S2hk, "酝酿底蕴", "醞釀底蘊", "醖釀底藴"),
        (Scheme::T2hk, "瞭解說明", "了解說明", "瞭解説明"),
        (Scheme::T2hk, "宣佈", "宣布", "宣佈"),
        (Scheme::S2hkp, "软件说明", "軟件說明", "軟件説明"),
        (Scheme::S2hk, "一目了然", "一目瞭然", "一目瞭然"),
        (
            Scheme::S2hk,
            "尽快汇报，尽早，尽量，尽可能",
            "盡快匯報，盡早，盡量，盡可能",
            "儘快彙報，儘早，儘量，儘可能",
        ),
        (Scheme::S2hk, "尽管词汇汇编", "儘管詞彙彙編", "儘管詞彙彙編"),
        (Scheme::S2hk, "说", "說", "説"),
        (Scheme::S2hk, "本说", "本說", "本説"),
    ];
    for (scheme, source, press, school) in rows {
        let converter = Converter::new(scheme);
        assert_eq!(
            converter.with_style(&Style::school()).convert(source),
            school
        );
        assert_eq!(converter.with_style(&style).convert(source), press);
        assert_eq!(converter.with_style(&style).align(source).text, press);
    }
    let own = style
        .clone()
        .without("衞")
        .avoiding("軟體", "軟件")
        .avoiding("台灣", "臺灣")
        .avoiding("祕", "秘");
    let converter = Converter::new(Scheme::S2hk).with_style(&own);
    assert_eq!(
        converter.convert("卫生说 台湾 秘书 軟體"),
        "衞生說 臺灣 秘書 軟件"
    );
    let pinned = converter.with_rules(&Rules::compile(rules(&[
        ("说文", "説文", 0),
        ("瞭解", "=", 0),
    ])));
    assert_eq!(pinned.convert("说文说 瞭解 了解"), "説文說 瞭解 了解");
    assert_eq!(pinned.align("说文").segments[0].by, By::Rule(0));
    assert_eq!(converter.align("宣布").segments[0].by, By::Style);
}

/// Blocks one after the other, with one state.
#[test]
fn quotation_marks() {
    use Quotes::{Corner, Curly};
    let rows: [(Quotes, &[&str], &[&str]); 22] = [
        (Curly, &["他說：「好。」"], &["他說：“好。”"]),
        (Curly, &["「甲『乙』丙」『丁』"], &["“甲‘乙’丙”‘丁’"]),
        (Curly, &["「甲「乙」丙」"], &["“甲‘乙’丙”"]),
        (Curly, &["「甲『乙「丙」』」"], &["“甲‘乙“丙”’”"]),
        (Curly, &["『甲『乙』』"], &["‘甲“乙”’"]),
        (Curly, &["沒有"], &["沒有"]),
        (Curly, &["只有關」也換"], &["只有關”也換"]),
        (Curly, &["「未關『丙"], &["“未關‘丙"]),
        // Several paragraphs, each opened anew.
        (
            Curly,
            &["「一。", "「二『甲』。", "「三。」「四」"],
            &["“一。", "“二‘甲’。", "“三。”“四”"],
        ),
        (
            Curly,
            &["「一『二", "「『三』四」"],
            &["“一‘二", "“‘三’四”"],
        ),
        // A forgotten mark ends with its block.
        (Curly, &["「一", "說「二」"], &["“一", "說“二”"]),
        (Curly, &["「一", "二", "三」"], &["“一", "二", "三”"]),
        (Corner, &["他说：“好。”"], &["他说：「好。」"]),
        (Corner, &["“甲‘乙’丙”‘丁’"], &["「甲『乙』丙」『丁』"]),
        (Corner, &["“甲“乙”丙”"], &["「甲『乙』丙」"]),
        (Corner, &["“Hello” it’s “don’t”"], &["“Hello” it’s “don’t”"]),
        (Corner, &["“他说‘it’s fine’吗”"], &["「他说‘it’s fine’吗」"]),
        (
            Corner,
            &["O’Brien的“书”，’90s，students’"],
            &["O’Brien的「书」，’90s，students’"],
        ),
        (
            Corner,
            &["“one 一", "“two", "three”"],
            &["「one 一", "「two", "three」"],
        ),
        (Corner, &["“一", "二”", "三”"], &["「一", "二」", "三”"]),
        (Corner, &["“one", "two”"], &["“one", "two”"]),
        (Corner, &["‘好’2"], &["『好』2"]),
    ];
    for (quotes, blocks, expected) in rows {
        let mut state = QuoteState::default();
        let got: Vec<Cow<str>> = blocks
            .iter()
            .map(|block| quotes.apply(block, &mut state))
            .collect();
        assert_eq!(got, expected);
    }
}

/// An engine that only gives a text back: the built-in one seen from outside, changing lengths as tw2sp does.
struct Bare(Converter);

impl Engine for Bare {
    fn convert(&self, text: &str) -> String {
        self.0.convert(text).into_owned()
    }
}

#[test]
fn another_engine_keeps_rules_style_and_cuts() {
    let bare = |scheme| Converter::new(scheme).with_engine(Arc::new(Bare(Converter::new(scheme))));
    let rows: [(Scheme, &[&str], &[&str]); 6] = [
        (
            Scheme::S2hk,
            &["头", "发，", "皇后"],
            &["頭", "髮，", "皇后"],
        ),
        (Scheme::S2hk, &["说", "明"], &["說", "明"]),
        (
            Scheme::Tw2sp,
            &["搭計", "程車，很", "後面"],
            &["搭出", "租车，很", "后面"],
        ),
        (Scheme::Tw2sp, &["計程車後", "滑鼠"], &["出租车后", "鼠标"]),
        (Scheme::Hk2s, &["的", "士後"], &["出租", "车后"]),
        (Scheme::Hk2s, &["abc", "", "，"], &["abc", "", "，"]),
    ];
    let taxi = Rules::compile(rules(&[("的士", "出租车", 0)]));
    for (scheme, pieces, expected) in rows {
        let converter = bare(scheme)
            .with_style(&Style::default().avoiding("説", "說"))
            .with_rules(&taxi);
        let mut cuts = Vec::new();
        for piece in pieces {
            cuts.push(cuts.last().unwrap_or(&0) + piece.len());
        }
        let (mut out, mut out_cuts) = (String::new(), Vec::new());
        converter.convert_with_cuts(&pieces.concat(), &cuts, &mut out, &mut out_cuts);
        let mut start = 0;
        let got: Vec<&str> = out_cuts
            .iter()
            .map(|&cut| &out[std::mem::replace(&mut start, cut)..cut])
            .collect();
        assert_eq!(got, expected, "{scheme}");
    }
}

/// Patterns and levels of a site's list and of a page's, over an alphabet small enough for them to meet.
fn lists() -> impl Strategy<Value = [Vec<(String, u8)>; 2]> {
    let list = || prop::collection::vec(("[甲乙丙𠀀a]{0,3}", 0..3u8), 0..5);
    [list(), list()]
}

proptest! {
    /// Every match against the definition: leftmost, then longest, then the higher level, then the one added last.
    #[test]
    fn matches_are_as_defined([site, page] in lists(), text in "[甲乙丙𠀀a。]{0,12}") {
        let all: Vec<Rule> = site.iter().chain(&page).zip(0..)
            .map(|((pattern, level), id)| Rule { pattern: pattern.clone(), replacement: None, level: *level, id })
            .collect();
        let (first, second) = all.split_at(site.len());
        let compiled = Rules::compile(first.to_vec()).overlay(second.to_vec());
        let mut from = 0;
        while from < text.len() {
            let expected = text[from..].char_indices().find_map(|(at, _)| {
                let at = from + at;
                let here = all.iter().filter(|rule| !rule.pattern.is_empty() && text[at..].starts_with(&rule.pattern));
                here.max_by_key(|rule| (rule.pattern.len(), rule.level, rule.id)).map(|rule| (at..at + rule.pattern.len(), rule.id))
            });
            let got = compiled.next_match(&text, from).map(|found| (found.source, found.rule.id));
            prop_assert_eq!(&got, &expected);
            from = got.map_or(text.len(), |(source, _)| source.end);
        }
    }

    #[test]
    fn marks_keep_every_offset(pieces in prop::collection::vec(prop::sample::select(vec!["「", "」", "『", "』", "“", "”", "‘", "’", "字", "a", " "]), 0..20)) {
        let text = pieces.concat();
        for quotes in [Quotes::Curly, Quotes::Corner] {
            let mut state = QuoteState::default();
            let out = quotes.apply(&text, &mut state);
            prop_assert_eq!(out.len(), text.len());
            let marks = ['「', '」', '『', '』', '“', '”', '‘', '’'];
            for ((at, from), (out_at, to)) in text.char_indices().zip(out.char_indices()) {
                prop_assert_eq!(at, out_at);
                prop_assert!(from == to || marks.contains(&from) && marks.contains(&to));
            }
            if quotes == Quotes::Curly {
                prop_assert!(!out.contains(['「', '」', '『', '』']));
            }
        }
    }

    #[test]
    fn fixed_text_is_byte_equal(before in "[发后里干台]{0,4}", after in "[发后里干台]{0,4}") {
        static FIXED: LazyLock<Vec<Converter>> = LazyLock::new(|| {
            let fixed = Rules::compile(rules(&[("发后里", "=", 0)]));
            let styled = |scheme| Converter::new(scheme).with_style(&Style::press());
            Scheme::ALL.into_iter().map(|scheme| styled(scheme).with_rules(&fixed)).collect()
        });
        for converter in FIXED.iter() {
            let got = converter.convert(&format!("{before}|发后里|{after}")).into_owned();
            prop_assert!(got.contains("|发后里|"), "{}", got);
        }
    }
}
