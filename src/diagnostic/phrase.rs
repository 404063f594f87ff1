//! What commands say besides diagnostics: answers, totals, questions. One row a sentence, in English
//! and Chinese, filled like the sentences of [`super::code`].

use std::borrow::Cow;

use super::sentence::fill;
use super::term::Arg;
use super::wording::{Language, Wording};

macro_rules! phrases {
    ($( $variant:ident $en:literal $zh:literal ;)*) => {
        /// A sentence of a command's.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Phrase {
            $( #[doc = $en] $variant, )*
        }

        impl Phrase {
            /// All of them, in the order of the table.
            #[cfg(test)]
            pub(super) const ALL: &[Phrase] = &[$( Phrase::$variant, )*];

            /// The sentence, its places not filled.
            pub(super) fn wording(self) -> Wording {
                match self {
                    $( Phrase::$variant => Wording { english: $en, traditional: $zh }, )*
                }
            }
        }
    };
}

phrases! {
    // Faults of a run rather than of the site
    CannotRead "error: `{path}` cannot be read: {detail}" "錯誤：讀不到「{path}」：{detail}";
    CannotWrite "error: `{path}` cannot be written: {detail}" "錯誤：寫不到「{path}」：{detail}";
    BadClock "error: --clock: `{value}` is not a date; write 2026-11-22" "錯誤：--clock：「{value}」不是日期；請寫成 2026-11-22";
    UnknownCode "error: --deny: there is no code `{value}`" "錯誤：--deny：沒有「{value}」這個代號";
    DidYouMean "did you mean `{name}`?" "是不是「{name}」？";
    NearestName "       did you mean `{name}`?" "       是不是「{name}」？";

    UnknownScheme "error: there is no conversion `{value}`; there are {known}" "錯誤：沒有「{value}」這種轉換；有 {known}";
    NeedTarget "error: say with --to which language to convert to ({known}), or with --using which conversion, such as hk2s" "錯誤：請用 --to 指定轉成哪個語言（{known}），或用 --using 指定轉換方式，如 hk2s";
    NoSuchPage "error: there is no page `{value}`; name a file of the content folder, such as timeline/_index.md" "錯誤：沒有「{value}」這一頁；請寫內容資料夾裏的檔案，如 timeline/_index.md";
    PageHeldBack "error: the page `{value}` is held back; to see it, add {options}" "錯誤：「{value}」這一頁暫不發布；要看它，請加上 {options}";
    NeedTitle "error: give the title with --title" "錯誤：請用 --title 寫出標題";
    NeedSlug "error: `{title}` has no letters an address is made of; give it one with --slug, such as --slug guangzhou" "錯誤：標題「{title}」不能自動變成網址；請用 --slug 指定，如 --slug guangzhou";
    BadSlug "error: --slug: `{value}`: use letters, digits, `-`, `_` or Han characters" "錯誤：--slug：「{value}」：可用字母、數字、`-`、`_` 或漢字";
    FileExists "error: `{path}` is already there; nothing was written" "錯誤：「{path}」已經存在；沒有寫入任何東西";
    FolderInUse "error: `{path}` is not empty; name a new folder" "錯誤：「{path}」不是空資料夾；請另指定一個新資料夾";

    // A command line that cannot be read. clap says these itself in English, with more of the same facts.
    UsageUnknown "error: unexpected argument `{arg}`" "錯誤：沒有「{arg}」這個選項";
    UsageNoCommand "error: unrecognized command `{command}`" "錯誤：沒有「{command}」這個命令";
    UsageNeedsCommand "error: a command is needed" "錯誤：請寫一個命令";
    UsageBadValue "error: invalid value `{value}` for `{arg}`" "錯誤：「{arg}」不能是「{value}」";
    UsageNeedsValue "error: a value is required for `{arg}`" "錯誤：「{arg}」之後要寫一個值";
    UsageNoValue "error: unexpected value `{value}` for `{arg}`" "錯誤：「{arg}」之後不能再寫「{value}」";
    UsageTwice "error: `{arg}` cannot be used multiple times" "錯誤：「{arg}」只能寫一次";
    UsageConflict "error: `{arg}` cannot be used with `{prior}`" "錯誤：「{arg}」不能與「{prior}」同用";
    UsageMissing "error: these are required: {arg}" "錯誤：還欠 {arg}";
    UsageNotUtf8 "error: an argument is not UTF-8" "錯誤：命令列裏有不是 UTF-8 的文字";
    UsageOther "error: the command line cannot be read" "錯誤：讀不懂這個命令";
    UsageValid "       it can be: {known}" "       可寫：{known}";
    UsageForm "usage: {usage}" "用法：{usage}";
    UsageMore "see `--help`" "詳情請看 `--help`。";

    // new and init
    Written "wrote {path}" "已寫入 {path}";
    AskTitle "Title" "標題";
    AskSlug "Last part of its address" "網址的最後一段";
    AskBaseUrl "Address of the site" "網站的網址";
    AskScript "Script, traditional or simplified" "原稿：traditional 繁、simplified 簡";
    AskEnglish "English pages too, yes or no" "要不要英文版，yes 或 no";
    Started "{path} is ready: `cd {path}`, then `tongwen serve`" "{path} 已備妥：`cd {path}`，然後 `tongwen serve`";

    // clean
    Cleaned "removed {files:file:files} ({bytes:byte:bytes}) from {folder}" "已從 {folder} 移除 {files} 個檔案（{bytes} 位元組）";
    WouldClean "would remove {files:file:files} ({bytes:byte:bytes}) from {folder}" "將從 {folder} 移除 {files} 個檔案（{bytes} 位元組）";
    NothingToClean "nothing to remove" "沒有可移除的輸出";

    // list
    ListTotal "{count:page:pages}" "共 {count} 頁";
    StateWritten "written" "手寫";
    StateDerived "derived" "轉換";
    StateFallback "fallback" "代用";
    StateMissing "missing" "缺";
    StateDraft "draft" "草稿";
    StateFuture "future" "未到期";

    // info
    NoSite "no site here" "這裏沒有網站";
    TemplateBuiltIn "built in" "內建";
    TemplateOverridden "overridden by the site" "本站覆蓋";
    TemplateOwn "the site's own" "本站自有";

    // convert
    ReportTotal "{count} to review" "待看 {count}";
    ByNothing "no dictionary has it: it stays" "詞典沒有，照樣保留";
    ByCharacter "from the table of characters" "按單字表";
    ByPhrase "from a phrase" "按詞語";
    ByStyle "from a phrase and the house style" "按詞語及本站體例";
    ByRule "from the glossary, {place}" "按詞彙表 {place}";
    AlsoHas "(also {others})" "（另有 {others}）";
    PhrasesWith "phrases that hold {text}:" "含「{text}」的詞語：";
    AndMore "  and {count} more" "  另有 {count} 個";

    // Long work
    WritingFiles "writing" "寫入檔案";
    LookingOver "looking over" "檢查檔案";
    AskingOutside "asking other sites" "查詢外部網址";

    // build
    Built "pages: {pages}; files: {written} written, {unchanged} unchanged, {removed} removed; {warnings:warning:warnings}{reviews}; {milliseconds} ms" "頁面：{pages}；檔案：寫入 {written}、不變 {unchanged}、移除 {removed}；警告 {warnings}{reviews}；{milliseconds} 毫秒";
    BuiltReviews ", {count} to review" "、待看 {count}";

    // serve
    Serving "serving {url} (Ctrl-C ends)\nboth scripts side by side: {url}.tongwen/compare/ and a page's path" "網站在 {url}（按 Ctrl-C 結束）\n兩種字體並排：{url}.tongwen/compare/ 之後接頁面的路徑";
    PortMoved "port {wanted} is taken; using {got}" "通訊埠 {wanted} 已被佔用，改用 {got}";
    NoFaults "no errors" "沒有錯誤";
    Faults "{errors:error:errors}, {warnings:warning:warnings}" "錯誤 {errors}、警告 {warnings}";
    Updated "{changed}: {affected}; {parsed} parsed; {took} ms" "{changed}：{affected}；重讀 {parsed} 頁；{took} 毫秒";
    FileChanged "{path} changed" "改動 {path}";
    FileAdded "{path} added" "新增 {path}";
    FileRemoved "{path} removed" "移除 {path}";
    FileDue "the day of {path} has come" "{path} 的日子到了";
    AffectedNothing "nothing can be made until it is mended" "改正之前做不出頁面";
    AffectedOnly "the only page" "唯一的一頁";
    AffectedAll "all {count} pages" "全部 {count} 頁";
    AffectedNone "no page" "沒有頁面";
    NamesBetween ", " "、";
    NamesMore "{names} and {more} more" "{names} 等，另有 {more} 個";
    Rendered "  rendered {address}: {why}; {outcome}; {took} ms" "  重做 {address}：{why}；{outcome}；{took} 毫秒";
    AsBefore "as before" "與先前相同";
    Differs "it differs" "與先前不同";
    NothingBefore "nothing to compare with" "沒有先前的可比";
    WhyFirst "asked for the first time" "第一次要看";
    WhySource "its source {path} changed" "原文 {path} 改了";
    WhyTemplate "the template {path} changed" "模板 {path} 改了";
    WhyWhole "{path} changed, and every page depends on it" "{path} 改了，每一頁都用到";
    WhyOther "{path} changed, which it may show" "{path} 改了，這一頁可能用到";
    WhyAgain "asked for again" "再次要看";
    SweptFirst "  all {made:file:files} made; {took} ms" "  做了全部 {made} 個檔案；{took} 毫秒";
    SweptSame "  all {made:file:files} made: as before; {took} ms" "  做了全部 {made} 個檔案：與先前相同；{took} 毫秒";
    SweptOther "  all {made:file:files} made: {count:differs:differ} ({names}); {took} ms" "  做了全部 {made} 個檔案：{count} 個不同（{names}）；{took} 毫秒";

    // The page of serve that shows both scripts
    ByDictionary "dictionary" "詞典";
    ByGlossary "glossary" "詞彙表";
    ByHouseStyle "house style" "用字體例";
    ByAuthor "fixed in the text" "文中指定";
    ByQuotes "quotation marks" "引號";
    Line "line" "行";
    PageBefore "← page before" "← 上一頁";
    PageAfter "page after →" "下一頁 →";
    OnlyDifferences "only what differs" "只看有分別的";
    FrontMatter "Front matter" "前置資料";
    PageText "Text" "正文";
    InText "in the text" "在文中";
    NoText "This page has no text to convert." "這一頁沒有要轉換的文字。";
    NoReviews "nothing to review" "沒有待看的地方";
    Reviews "{count:place:places} to review" "待看 {count} 處";

    // check
    ExternalNotBuilt "error: this tongwen was built without `check --external`; build it with `cargo install --path . --features external`" "錯誤：這個 tongwen 沒有編入 `check --external`；請以 `cargo install --path . --features external` 重新編譯";
    BadCertificates "error: SSL_CERT_FILE: {detail}" "錯誤：SSL_CERT_FILE：{detail}";
    CheckTotals "{errors:error:errors}, {warnings:warning:warnings}, {reviews} to review" "錯誤 {errors}、警告 {warnings}、待看 {reviews}";
}

impl Phrase {
    /// The sentence in `language`, for one with nothing to fill.
    pub fn text(self, language: Language) -> Cow<'static, str> {
        self.wording().text(language)
    }

    /// The sentence in `language`, with `{name}` filled from `args`.
    pub fn say(self, language: Language, args: &[(&'static str, &str)]) -> String {
        let args: Vec<(&'static str, Arg)> = args
            .iter()
            .map(|(name, value)| (*name, Arg::from(*value)))
            .collect();
        fill(self.wording(), &args, language)
    }
}
