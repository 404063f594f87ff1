//! What the engine says about a conversion: findings, explanations, the script a character gives away.

use tongwen::hanzi::{Converter, Finding, Reason, Rule, Rules, Scheme, Script, Style, only_in};

fn shown(text: &str, finding: &Finding) -> String {
    let Finding {
        reason,
        source,
        chosen,
        others,
        ..
    } = finding;
    format!(
        "{reason} {}→{chosen} ({})",
        &text[source.clone()],
        others.join(" ")
    )
}

#[test]
fn findings_by_rank() {
    use Scheme::{Hk2s, S2hk, T2hk};
    let rows: [(Scheme, &str, &[&str]); 17] = [
        (S2hk, "余先生说", &["unknown-name 余→餘 (余)"]),
        (S2hk, "于承东女士", &["unknown-name 于→於 (于)"]),
        (S2hk, "《钟》", &["unknown-name 钟→鍾 (鐘 鈡)"]),
        (S2hk, "《书》后", &["bare-ambiguous 后→後 (后)"]),
        (S2hk, "吃了9只鸡和只要", &["bare-ambiguous 只→只 (隻 祇)"]),
        (S2hk, "头发与皇后", &[]),
        (S2hk, "发", &["bare-ambiguous 发→發 (髮)"]),
        (S2hk, "四周", &["two-valued-phrase 四周→四周 (四週)"]),
        // The most serious first, then by place.
        (
            S2hk,
            "四周，发，范先生",
            &[
                "unknown-name 范→範 (范)",
                "bare-ambiguous 发→發 (髮)",
                "two-valued-phrase 四周→四周 (四週)",
            ],
        ),
        (Hk2s, "看著原著", &["bare-ambiguous 著→著 (着)"]),
        (Hk2s, "鍾小姐", &["unknown-name 鍾→钟 (锺)"]),
        (Hk2s, "乾隆的乾", &["bare-ambiguous 乾→干 (乾)"]),
        (Hk2s, "說明、說話、税務、峰會、宣布、宣佈", &[]),
        (Hk2s, "周年", &["no-return 周→周 (週)"]),
        (Hk2s, "皇后在後面", &[]),
        (T2hk, "著乾余先生", &[]),
        (Hk2s, "", &[]),
    ];
    let mut wrong = Vec::new();
    for (scheme, text, expected) in rows {
        let findings = Converter::new(scheme).review(text);
        let got: Vec<String> = findings
            .iter()
            .map(|finding| shown(text, finding))
            .collect();
        if got != expected {
            wrong.push(format!("{scheme} {text}: {got:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}",
        wrong.join(
            "
"
        )
    );
}

/// What a rule that settles the first finding is written for.
#[test]
fn words_to_write_a_rule_for() {
    use Scheme::{Hk2s, S2hk};
    let rows = [
        (S2hk, "见到余先生了", "余先生"),
        (S2hk, "见到余承东先生", "余承东"),
        (S2hk, "《大宅与钟》好看", "大宅与钟"),
        (S2hk, "《钟", "钟"),
        (S2hk, "他的发很长", "的发"),
        (S2hk, "，发很长", "发很"),
        (S2hk, "在四周", "四周"),
        (Hk2s, "六周之後", "六周"),
    ];
    for (scheme, text, expected) in rows {
        let findings = Converter::new(scheme).review(text);
        let words: Vec<&str> = findings.iter().map(|it| &text[it.word.clone()]).collect();
        assert_eq!(words.first(), Some(&expected), "{text}: {words:?}");
    }
}

#[test]
fn what_is_fixed_is_not_doubted_but_held_to_the_style() {
    let fixed = [("余先生", "余先生"), ("瞭解", "瞭解"), ("发", "髮")];
    let rule = |((pattern, write), id): (&(&str, &str), u32)| Rule {
        pattern: (*pattern).into(),
        replacement: Some((*write).into()),
        level: 0,
        id,
    };
    let rules = Rules::compile(fixed.iter().zip(0..).map(rule));
    let converter = Converter::new(Scheme::S2hk)
        .with_style(&Style::press())
        .with_rules(&rules);
    let text = "余先生发瞭解了解";
    let findings = converter.review(text);
    assert_eq!(
        findings.iter().map(|f| shown(text, f)).collect::<Vec<_>>(),
        ["house-style 瞭解→瞭解 (了解)"]
    );
    assert_eq!(
        Reason::ALL.map(Reason::as_str).join(" "),
        "unknown-name bare-ambiguous two-valued-phrase house-style no-return glossary-conflict unused-glossary"
    );
}

/// Rules as (pattern, replacement, level), a text, and what is said of it.
#[test]
fn rules_that_disagree() {
    type Row = (
        &'static [(&'static str, &'static str, u8)],
        &'static str,
        &'static [&'static str],
    );
    let rows: [Row; 7] = [
        // The first of two that overlap applies; the other would have said something else.
        (
            &[("看著", "看着", 0), ("著名", "著名", 0)],
            "看著名畫",
            &["glossary-conflict 看著名→看着名 (看著名)"],
        ),
        (
            &[("一起划", "一起划", 0), ("划船", "划船", 0)],
            "一起划船",
            &[],
        ),
        // A nearer rule loses to a longer one.
        (
            &[("的士司機", "出租车司机", 0), ("的士", "的士", 9)],
            "的士司機",
            &["glossary-conflict 的士司機→出租车司机 (的士司机)"],
        ),
        (
            &[("香港的士", "香港出租车", 0), ("的士", "的士", 9)],
            "香港的士",
            &["glossary-conflict 香港的士→香港出租车 (香港的士)"],
        ),
        // Which the order says: a longer rule of the same level, a nearer rule for the same word.
        (
            &[("的士司機", "出租车司机", 0), ("的士", "的士", 0)],
            "的士司機",
            &[],
        ),
        (&[("的士", "出租车", 0), ("的士", "的士", 9)], "的士", &[]),
        (
            &[("的士", "出租车", 9), ("士多", "小店", 0)],
            "的士、士多",
            &[],
        ),
    ];
    let mut wrong = Vec::new();
    for (list, text, expected) in rows {
        let rule = |((pattern, write, level), id): (&(&str, &str, u8), u32)| Rule {
            pattern: (*pattern).into(),
            replacement: Some((*write).into()),
            level: *level,
            id,
        };
        let rules = Rules::compile(list.iter().zip(0..).map(rule));
        let findings = Converter::new(Scheme::Hk2s).with_rules(&rules).review(text);
        let conflicts = findings
            .iter()
            .filter(|it| it.reason == Reason::GlossaryConflict);
        let got: Vec<String> = conflicts.map(|finding| shown(text, finding)).collect();
        if got != expected {
            wrong.push(format!("{text}: {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("; "));
}

#[test]
fn explanations_name_every_entry() {
    let rows: [(Scheme, &str, &[&str]); 8] = [
        (
            Scheme::S2hk,
            "后台",
            &["后台→後台: 1 STPhrases 后台→後臺 (); 2 HKVariants 臺→台 ()"],
        ),
        (Scheme::S2hk, "发", &["发→發: 1 STCharacters 发→發 (髮)"]),
        (
            Scheme::Hk2s,
            "乾隆",
            &["乾隆→乾隆: 2 TSPhrases 乾隆→乾隆 ()"],
        ),
        (Scheme::Hk2s, "著", &["著→著:"]),
        (
            Scheme::Hk2s,
            "鐘a",
            &["鐘→钟: 2 TSCharacters 鐘→钟 ()", "a→a:"],
        ),
        (
            Scheme::S2twp,
            "鼠标",
            &["鼠标→滑鼠: 1 STCharacters 标→標 (); 2 TWPhrases 鼠標→滑鼠 ()"],
        ),
        (
            Scheme::Tw2s,
            "裡",
            &["裡→里: 1 TWVariantsRev 裡→裏 (); 2 TSCharacters 裏→里 ()"],
        ),
        (Scheme::S2t, "", &[]),
    ];
    let mut wrong = Vec::new();
    for (scheme, text, expected) in rows {
        let show = |e: tongwen::hanzi::Explanation| {
            let step = |s: &tongwen::hanzi::Step| {
                format!(
                    " {} {} {}→{} ({})",
                    s.stage,
                    s.dictionary,
                    s.key,
                    s.value,
                    s.others.join(" ")
                )
            };
            format!(
                "{}→{}:{}",
                e.source,
                e.output,
                e.steps.iter().map(step).collect::<Vec<_>>().join(";")
            )
        };
        let explained: Vec<String> = Converter::new(scheme)
            .explain(text)
            .into_iter()
            .map(show)
            .collect();
        if explained != expected {
            wrong.push(format!("{scheme} {text}: {explained:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}",
        wrong.join(
            "
"
        )
    );
}

#[test]
fn phrases_that_decide_a_character() {
    let phrases = Converter::new(Scheme::Tw2s).phrases_with('乾');
    let shown: Vec<String> = phrases
        .iter()
        .map(|step| format!("{} {}→{}", step.dictionary, step.key, step.value))
        .collect();
    assert!(shown.contains(&"TSPhrases 乾隆→乾隆".into()), "{shown:?}");
    assert!(phrases.iter().all(|step| step.key.contains('乾')));
    // A plain entry has no stored value; it is put together from its characters.
    let plain = Converter::new(Scheme::S2hk).phrases_with('龟');
    assert!(
        plain
            .iter()
            .any(|step| step.key == "烂板乌龟" && step.value == "爛板烏龜"),
        "{plain:?}"
    );
}

#[test]
fn characters_that_give_a_script_away() {
    let rows = [
        (
            "後發裏臺頭髮說説話溫稅銳為爲們國學與",
            Some(Script::Traditional),
        ),
        ("发头话为们国学与东车马鸟", Some(Script::Simplified)),
        (
            "后里干余台著着乾徵瞭云面松谷丑范沈卷户峰群脱悦温税中文aé，「“𠮷",
            None,
        ),
    ];
    for (characters, script) in rows {
        for c in characters.chars() {
            assert_eq!(only_in(c), script, "{c}");
        }
    }
}

/// Converted text holds no character of the script it left.
#[test]
fn nothing_leaks() {
    let traditional =
        "後臺發現頭髮說話，國學與東西，為了學習著書立說的溫度與稅務，鐘錶裏面乾淨，雲端軟體。";
    let simplified = Converter::new(Scheme::Hk2s)
        .convert(traditional)
        .into_owned();
    assert_eq!(
        simplified
            .chars()
            .find(|&c| only_in(c) == Some(Script::Traditional)),
        None
    );
    for scheme in [Scheme::S2t, Scheme::S2hk, Scheme::S2tw] {
        let back = Converter::new(scheme).convert(&simplified).into_owned();
        assert_eq!(
            back.chars()
                .find(|&c| only_in(c) == Some(Script::Simplified)),
            None,
            "{back}"
        );
    }
}
