//! A sentence in the languages that messages come in: two are written, the third is converted.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::hanzi::{Converter, QuoteState, Quotes, Rule, Rules, Scheme};

/// The languages that messages come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Chinese in Traditional characters, as the tables have it.
    Traditional,
    /// The same in Simplified characters and the mainland's words.
    Simplified,
}

impl Language {
    /// The language of people who asked for `tag`, as locales (`zh_TW.UTF-8`) and BCP 47 (`zh-Hant-HK`) write
    /// it. Chinese of no script or place is read on the mainland.
    pub fn of_tag(tag: &str) -> Language {
        let tag = tag.split(['.', '@']).next().unwrap_or_default();
        let mut parts = tag.split(['_', '-']);
        if !parts
            .next()
            .is_some_and(|part| part.eq_ignore_ascii_case("zh"))
        {
            return Language::English;
        }
        let said = |names: &[&str]| {
            let mut parts = parts.clone();
            parts.any(|part| names.iter().any(|name| part.eq_ignore_ascii_case(name)))
        };
        if !said(&["Hans"]) && said(&["Hant", "TW", "HK", "MO"]) {
            Language::Traditional
        } else {
            Language::Simplified
        }
    }

    /// How BCP 47 names it.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Traditional => "zh-Hant",
            Language::Simplified => "zh-Hans",
        }
    }
}

/// What the conversion of messages gets wrong without a word: as on any site, a glossary says it.
const GLOSSARY: &[(&str, &str)] = &[
    ("查詢", "查询"),
    ("預設", "默认"),
    ("這個介面", "这个网络接口"),
    ("哪個介面", "哪个网络接口"),
    ("設定檔", "配置文件"),
    ("通訊埠", "端口"),
    ("自訂", "自定义"),
    ("甚麼", "什么"),
    ("一再轉址", "一再重定向"),
];

static CONVERTER: LazyLock<Converter> = LazyLock::new(|| {
    let rules = GLOSSARY.iter().zip(0..).map(|((pattern, word), id)| Rule {
        pattern: pattern.to_string(),
        replacement: Some(word.to_string()),
        level: 0,
        id,
    });
    // Taiwan's words for files, folders and links are those of the tables.
    Converter::new(Scheme::Tw2sp).with_rules(&Rules::compile(rules))
});

/// A text of this program's, in Traditional characters, as the mainland writes it. Never for what an author
/// wrote: fill that in afterwards.
pub fn simplified(text: &str) -> String {
    let text = CONVERTER.convert(text);
    Quotes::Curly
        .apply(&text, &mut QuoteState::default())
        .into_owned()
}

/// A sentence, with places in braces to fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording {
    pub english: &'static str,
    pub traditional: &'static str,
}

impl Wording {
    /// The sentence in `language`.
    pub fn text(self, language: Language) -> Cow<'static, str> {
        match language {
            Language::English => Cow::Borrowed(self.english),
            Language::Traditional => Cow::Borrowed(self.traditional),
            Language::Simplified => Cow::Owned(simplified(self.traditional)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Label, Phrase, Term};
    use crate::hanzi::{Script, only_in};

    /// Every sentence the program has.
    fn all() -> Vec<(String, Wording)> {
        let codes = Code::ALL.iter().flat_map(|code| {
            let row = code.row();
            let help = row.help.map(|help| (format!("{code:?}, help"), help));
            std::iter::once((format!("{code:?}"), row.message)).chain(help)
        });
        let phrases = Phrase::ALL
            .iter()
            .map(|phrase| (format!("{phrase:?}"), phrase.wording()));
        let terms = Term::ALL
            .iter()
            .map(|term| (format!("{term:?}"), term.wording()));
        let labels = Label::ALL
            .iter()
            .map(|label| (format!("{label:?}"), label.wording()));
        codes.chain(phrases).chain(terms).chain(labels).collect()
    }

    /// The names in braces of a sentence, in order.
    fn places(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split(['}', ':']).next())
            .filter(|name| name.bytes().all(|byte| byte.is_ascii_lowercase()))
            .collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn every_sentence_is_there_in_every_language() {
        let sentences = all();
        assert!(sentences.len() > 300, "{}", sentences.len());
        for (name, wording) in sentences {
            let [english, traditional, simplified] = [
                Language::English,
                Language::Traditional,
                Language::Simplified,
            ]
            .map(|language| wording.text(language));
            let leaks = |text: &str, script| text.chars().any(|c| only_in(c) == Some(script));
            assert!(!english.trim().is_empty(), "{name}");
            assert!(!traditional.trim().is_empty(), "{name}");
            assert_eq!(places(&english), places(&traditional), "{name}");
            assert_eq!(places(&english), places(&simplified), "{name}");
            assert!(!leaks(&traditional, Script::Simplified), "{traditional}");
            assert!(!leaks(&simplified, Script::Traditional), "{simplified}");
            assert!(
                !simplified.contains(['「', '」', '『', '』']),
                "{simplified}"
            );
            let is_chinese =
                |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            // Between backticks stands what an author may write.
            let own: String = english.split('`').step_by(2).collect();
            assert!(!is_chinese(&own), "{english}");
            // What has no words in English needs none in Chinese.
            let between = english
                .split('{')
                .map(|rest| rest.split_once('}').map_or(rest, |(_, rest)| rest));
            let says_words = between
                .flat_map(str::chars)
                .any(|c: char| c.is_alphabetic());
            assert!(
                is_chinese(&traditional) || !says_words,
                "{name} is not translated"
            );
        }
    }

    #[test]
    fn the_mainland_has_its_own_words() {
        for (traditional, expected) in [
            (
                "這個檔案不在資料夾「{path}」裏",
                "这个文件不在文件夹“{path}”里",
            ),
            ("預設 hk2s；查詢片段", "默认 hk2s；查询片段"),
        ] {
            assert_eq!(simplified(traditional), expected);
        }
    }

    #[test]
    fn who_reads_what() {
        for (tag, language) in [
            ("en_US.UTF-8", Language::English),
            ("C", Language::English),
            ("", Language::English),
            ("ja_JP", Language::English),
            ("zh_TW.UTF-8", Language::Traditional),
            ("zh_HK", Language::Traditional),
            ("zh-MO", Language::Traditional),
            ("zh_Hant_CN", Language::Traditional),
            ("zh-hant", Language::Traditional),
            ("zh", Language::Simplified),
            ("zh_CN.UTF-8@pinyin", Language::Simplified),
            ("zh_SG", Language::Simplified),
            ("zh-Hans-HK", Language::Simplified),
        ] {
            assert_eq!(Language::of_tag(tag), language, "{tag}");
        }
    }
}
