//! The phrases that stand in a sentence's braces and are themselves language: kinds of value, rules a
//! value must follow.
//!
//! What the author wrote goes into a sentence as it is; what this program says about it has to follow
//! the language of the sentence, so it travels as a [`Term`] and is worded when it is drawn.

use std::borrow::Cow;

use super::wording::{Language, Wording};

/// A value for a placeholder of a code's sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// The author's own words, a name, a number: the same in every language.
    Verbatim(String),
    /// A phrase of this program's.
    Term(Term),
    /// A phrase about a word of the author's, which stands where it has `{}`.
    About(Term, String),
}

impl Arg {
    /// The words, in the language of the sentence they go into.
    pub fn text(&self, language: Language) -> Cow<'_, str> {
        match self {
            Arg::Verbatim(text) => Cow::Borrowed(text),
            Arg::Term(term) => term.wording().text(language),
            Arg::About(term, word) => Cow::Owned(term.wording().text(language).replace("{}", word)),
        }
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Arg {
        Arg::Verbatim(text)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Arg {
        Arg::Verbatim(text.to_string())
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Arg {
        Arg::Verbatim(text.clone())
    }
}

impl From<std::borrow::Cow<'_, str>> for Arg {
    fn from(text: std::borrow::Cow<'_, str>) -> Arg {
        Arg::Verbatim(text.into_owned())
    }
}

impl From<Term> for Arg {
    fn from(term: Term) -> Arg {
        Arg::Term(term)
    }
}

macro_rules! terms {
    ($( $variant:ident $en:literal $zh:literal ;)*) => {
        /// A phrase of this program's, in each of its languages.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Term {
            $( #[doc = $en] $variant, )*
        }

        impl Term {
            /// All of them, in the order of the table.
            #[cfg(test)]
            pub(super) const ALL: &[Term] = &[$( Term::$variant, )*];

            /// The phrase.
            pub(super) fn wording(self) -> Wording {
                match self {
                    $( Term::$variant => Wording { english: $en, traditional: $zh }, )*
                }
            }
        }
    };
}

terms! {
    // Kinds of value
    Nothing "nothing" "空白";
    Text "a text" "文字";
    TextOrMap "a text, or a map of texts by language" "文字，或各語言文字的對照";
    Boolean "`true` or `false`" "`true` 或 `false`";
    BooleanFound "a truth value" "真假值";
    WholeNumber "a whole number" "整數";
    Number "a number" "數字";
    Fraction "a number with a fraction" "帶小數的數";
    Date "a date" "日期";
    List "a list" "列表";
    Map "a map of keys and values" "鍵與值的對照";
    Table "a table" "表（table）";
    TableList "a list of tables" "表的列表";
    ListOfTexts "a list of texts" "文字的列表";
    ListOfMaps "a list of maps" "對照的列表";
    FalseOrMap "`false`, or a map of keys and values" "`false`，或鍵與值的對照";
    TextOrNull "a text or nothing" "文字或空白";
    TextOrList "a text or a list of texts" "文字或文字的列表";
    Reference "a page as `folder/page.md`" "寫成 `folder/page.md` 的頁面";

    // Rules a value must follow
    PositiveNumber "it must be 0 or more" "須為 0 或以上";
    NumberTooLarge "it is too large" "數字太大";
    HttpAddress "an address beginning with `https://` or `http://`" "要以 `https://` 或 `http://` 開頭的網址";
    AddressHost "it names no host" "沒有主機名稱";
    AddressPlain "it must have no user, query or fragment" "不可帶使用者、查詢或片段";
    AddressAscii "write the host as `xn--…` and the path percent-encoded" "主機請寫成 `xn--…`，路徑請用百分號編碼";
    LanguageTag "a language tag such as `zh-Hant-HK`, `zh-Hans-CN` or `en`" "語言代碼如 `zh-Hant-HK`、`zh-Hans-CN` 或 `en`";
    TooManyLanguages "a site can have 64 languages" "一個網站最多 64 個語言";
    Color "a colour such as `#0a5` or `#00aa55`" "顏色如 `#0a5` 或 `#00aa55`";
    TimeZone "a time zone such as `Asia/Hong_Kong` or `UTC`" "時區如 `Asia/Hong_Kong` 或 `UTC`";
    RootedPath "a path beginning with `/`" "以 `/` 開頭的路徑";
    RootedPathOrAddress "a path beginning with `/`, or an address beginning with `https://`" "以 `/` 開頭的路徑，或以 `https://` 開頭的網址";
    RelativePath "a path inside the site's folder, without `..`" "網站資料夾內的路徑，不含 `..`";
    PageOrUrl "a menu entry has either `page` or `url`" "選單項目須有 `page` 或 `url`，只可其一";
    DerivedOnly "only a language that is not derived can have it" "只用於不是轉換而來的語言";
    PrecisionUnknown "`start` is not known that exactly" "`start` 沒有那麼精確";
    KindWord "a word of lower-case letters, digits, `-` and `_`" "由小寫字母、數字、`-` 與 `_` 組成的詞";
    DateTime "write 2026-02-10, or 2026-02-10T09:30:00+08:00" "請寫成 2026-02-10，或 2026-02-10T09:30:00+08:00";

    MissingFile "the site has no such file" "網站裏沒有這個檔案";
    Unprintable "it holds a control character" "含有控制字元";
    // Why another site did not answer
    NoAnswer "no answer in time" "沒有及時回應";
    NoHost "there is no such host" "沒有這個主機";
    RedirectCircle "it leads from address to address without end" "一再轉址，沒有盡頭";

    // Why a template was stopped
    TooLong "more than 2 s of processor time" "處理器時間超過 2 秒";
    TooMuch "more than 192 MiB of memory" "記憶體超過 192 MiB";
    // Files that are not read
    NoFolder "it is no folder" "它不是資料夾";
    NoRegularFile "it is no regular file" "它不是普通檔案";
    NameNotUtf8 "its name is not UTF-8" "檔名不是 UTF-8";
    LinkCircle "this symbolic link leads back to a folder above it" "這個符號連結指回它上層的資料夾";
    FileTooLarge "it is larger than {} MiB" "它大於 {} MiB";
    // Parts of an address
    PartEmpty "it is empty" "是空的";
    PartRoot "the root is the home page's own" "根目錄就是首頁";
    PartDots "`.` and `..` lead elsewhere" "`.` 與 `..` 會指向別處";
    PartControl "it holds a control character or a space" "含有控制字元或空格";
    PartReserved "it holds one of the reserved characters `\\ ? # % : * \" < > |`" "含有保留字元 `\\ ? # % : * \" < > |` 之一";
    FileReserved "it holds one of `\\ ? # %`, which mean something else in an address" "含有 `\\ ? # %` 之一，在網址裏另有意思";
    PartDevice "Windows keeps `con`, `prn`, `aux`, `nul`, `com1` and the like for itself" "Windows 保留了 `con`、`prn`、`aux`、`nul`、`com1` 等名稱";
    PartSlash "it may not hold `/`" "不可含有 `/`";
    PartLong "one part of it is longer than 200 bytes" "其中一段超過 200 位元組";

    // Why a page is not published, and what to do about a link to it
    HeldDraft "it is a draft" "它是草稿";
    HeldLater "it is dated {}" "它的日期是 {}";
    HeldBoth "it is a draft, and dated {}" "它是草稿，日期又是 {}";
    ReleaseDraft "take `draft: true` out of it, leave the link out until then, or publish drafts too with `--drafts`" "刪去它的 `draft: true`；發布之前不要連到它；或用 `--drafts` 連草稿一起發布";
    ReleaseLater "give it an earlier date, leave the link out until that day, or publish pages of later days too with `--future`" "把日期改早；到期之前不要連到它；或用 `--future` 連未到期的頁面一起發布";
    ReleaseBoth "take `draft: true` out of it and give it an earlier date, leave the link out until then, or publish it all the same with `--drafts --future`" "刪去它的 `draft: true`，並把日期改早；發布之前不要連到它；或用 `--drafts --future` 照樣發布";

    // Components and inline variants
    OtherText "other text follows in the same paragraph; leave a blank line" "同一段還有別的文字；請空一行";
    ComponentName "a name of letters, digits and `-` must follow the colons" "冒號之後要有名稱，用英文字母、數字與 `-`";
    NotKeyValue "`{}` is not `key=\"value\"`" "「{}」不是 `鍵=\"值\"`";
    NotKey "`{}` is not a key" "「{}」不能作鍵";
    ValueInQuotes "the value of `{}` must stand between two `\"`" "`{}` 的值要放在兩個 `\"` 之間";
    GivenTwice "`{}` is given twice" "`{}` 出現了兩次";
    ClosesNothing "it closes nothing" "前面沒有打開的組件";
    ClosesNothingHere "it closes nothing in the list item, quote or footnote it stands in" "它所在的清單項目、引文或註腳裏沒有打開的組件";
    VariantInside "one cannot stand inside another" "一個之內不能再有一個";
    VariantAcross "a part of it begins inside emphasis or a link and ends outside, or the other way round" "其中一部分在強調或連結之內開始、之外結束，或相反";
    VariantEmpty "a part of it is empty" "其中一部分是空的";
    VariantLacks "it has no text for `{}`" "沒有給 `{}` 的文字";
    VariantOpen "it is not closed with `}-` in the same block" "在同一段裏沒有以 `}-` 結束";

    // Front matter
    YamlTooLong "more than 256 KiB" "超過 256 KiB";
    YamlTooDeep "more than 16 levels" "超過 16 層";
    YamlColon "a text with `: ` in it goes in quotation marks" "含有 `: ` 的文字要加引號";
    YamlNoColon "this line has no `: `" "這一行沒有 `: `";
    YamlUnclosedText "a quotation mark is not closed" "引號沒有結束";
    YamlUnclosedList "a `[` is not closed, or a comma is missing" "`[` 沒有結束，或少了逗號";
    YamlUnclosedMap "a `{` is not closed, or a comma is missing" "`{` 沒有結束，或少了逗號";
    YamlIndent "this line is not indented like its neighbours" "這一行的縮排與上下不一致";
    YamlEscape "no such escape; in single quotation marks `\\` is literal" "沒有這種轉義；單引號裏的 `\\` 就是它自己";
    YamlMark "a text cannot begin with this mark, unless in quotation marks" "不加引號的文字不能以這個符號開頭";
    YamlAfterText "nothing can follow the closing quotation mark" "結束引號之後不能再有文字";
    YamlNotMap "front matter is a list of `key: value` lines" "前置資料是一行行的「鍵: 值」";
    YamlKeyNotText "a key must be a plain text" "鍵必須是文字";
    YamlSecondDocument "there is a second document after `...`" "`...` 之後還有第二份文件";
    TomlUnquoted "a text goes in quotation marks" "文字要加引號";
    TomlUnclosedText "a quotation mark is not closed" "引號沒有結束";
    TomlUnclosed "a bracket is not closed" "括號沒有結束";
    TomlOpenAbove "a comma is missing before this, or a bracket above is not closed" "這之前少了逗號，或上面有括號沒有結束";
    TomlNoValue "this key is given nothing" "這個鍵沒有值";
    TomlNoEquals "`=` is missing between the key and its value" "鍵與值之間少了 `=`";
    TomlNoComma "a comma is missing" "少了逗號";
    TomlExtraComma "there is a comma too many" "多了一個逗號";
    TomlKey "a key of other than letters, digits, `-` and `_` goes in quotation marks" "鍵若含有英文字母、數字、`-`、`_` 以外的字，要加引號";
    TomlZero "a number cannot begin with 0" "數字不能以 0 開頭";
    TomlTooLong "more than 1 MiB" "超過 1 MiB";
    TomlTooDeep "more than 64 levels" "超過 64 層";
}
