//! The table of everything that can be said: one row a code, its severity, its sentence and its help,
//! in English and Chinese.
//!
//! `{name}` in a sentence is filled from the diagnostic's arguments ([`super::sentence`]). The Chinese is
//! written in Traditional characters ([`super::wording`]).

use super::wording::Wording;

/// How serious a code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site cannot be published.
    Error,
    /// It can, and the author should know.
    Warning,
    /// A conversion that a person should look at.
    Review,
}

macro_rules! codes {
    ($( $variant:ident $severity:ident $name:literal
        en $en:literal $(help $en_help:literal)?
        zh $zh:literal $(help $zh_help:literal)? ;)*) => {
        /// Every rule a site can break.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $( #[doc = $en] $variant, )*
        }

        impl Code {
            /// All of them, in the order of the table.
            pub const ALL: &[Code] = &[$( Code::$variant, )*];

            /// The name shown in brackets and taken by `--deny`.
            pub fn name(self) -> &'static str {
                match self { $( Code::$variant => $name, )* }
            }

            /// How serious it is.
            pub fn severity(self) -> Severity {
                match self { $( Code::$variant => Severity::$severity, )* }
            }

            pub(super) fn row(self) -> Row {
                match self { $( Code::$variant => Row {
                    message: Wording { english: $en, traditional: $zh },
                    help: None$(.or(Some(Wording { english: $en_help, traditional: $zh_help })))?,
                }, )* }
            }
        }
    };
}

/// The sentences of a code.
pub(super) struct Row {
    pub(super) message: Wording,
    pub(super) help: Option<Wording>,
}

codes! {
    // Files
    NotUtf8 Error "not-utf8"
        en "this file is not UTF-8: byte {offset} cannot be read" help "save it as UTF-8 (an editor's \"save with encoding\")"
        zh "這個檔案不是 UTF-8：第 {offset} 個位元組讀不出來" help "用編輯器的「以編碼儲存」存成 UTF-8";
    NulCharacter Error "nul-character"
        en "this file contains a NUL character" help "delete it, or save the file again as plain UTF-8 text"
        zh "這個檔案含有 NUL 字元" help "刪去它，或重新存成純文字 UTF-8";
    NulAt Error "nul-at"
        en "this text holds a NUL character at byte {offset}" help "delete it, or convert the file from UTF-16 first"
        zh "這段文字的第 {offset} 個位元組是 NUL 字元" help "刪去它；若檔案是 UTF-16，請先轉成 UTF-8";
    Unreadable Error "unreadable"
        en "this file cannot be read: {detail}" help "a site is made of ordinary files that whoever builds it may read: mend it, or move it out of the site"
        zh "讀不到這個檔案：{detail}" help "網站由可以讀取的普通檔案組成：請修正它，或移出網站";
    LeavesSite Error "leaves-site"
        en "this symbolic link leads out of the site's folder" help "copy the file into the site instead"
        zh "這個符號連結指向網站資料夾之外" help "請把檔案複製到網站內";
    MissingConfig Error "missing-config"
        en "there is no `{file}` here" help "run this in a site's folder, name one with --root, or start one with `tongwen init`"
        zh "這裏沒有 `{file}`" help "在網站的資料夾裏執行，用 --root 指定，或以 `tongwen init` 開始一個";

    // site.toml
    TomlSyntax Error "toml-syntax"
        en "this is not valid TOML: {detail}"
        zh "這不是有效的 TOML：{detail}";
    UnknownKey Error "unknown-key"
        en "unknown key `{key}`" help "remove it, or keep your own values under `extra`"
        zh "不認識的鍵「{key}」" help "刪去它；自訂的值請放在 `extra` 之下";
    WrongType Error "wrong-type"
        en "`{key}` must be {expected}, not {found}"
        zh "`{key}` 應為{expected}，而不是{found}";
    BadValue Error "bad-value"
        en "`{value}` is not a value that `{key}` can have: {expected}"
        zh "`{key}` 不能是「{value}」：{expected}";
    EmptyValue Error "empty-value"
        en "`{key}` must not be empty"
        zh "`{key}` 不可為空";
    KeyOfKind Error "key-of-kind"
        en "`{key}` belongs to pages with `kind: {kind}`" help "set the kind, or remove the key"
        zh "`{key}` 只用於 `kind: {kind}` 的頁面" help "請設定 `kind`，或刪去這個鍵";
    MissingKey Error "missing-key"
        en "`{key}` is missing" help "add `{example}`"
        zh "缺少 `{key}`" help "加上 `{example}`";
    DuplicateKey Error "duplicate-key"
        en "`{key}` is given twice" help "keep one of the two"
        zh "`{key}` 出現了兩次" help "只留一個";
    UnknownLanguage Error "unknown-language"
        en "`{language}` is not a language of this site" help "the site's languages are {known}"
        zh "這個網站沒有「{language}」這個語言" help "本站的語言有 {known}";
    SamePath Error "same-path"
        en "the languages `{first}` and `{second}` have the same path `{path}`" help "give each language a path of its own"
        zh "語言 `{first}` 與 `{second}` 用了同一個路徑「{path}」" help "請給每個語言各自的路徑";

    DeriveChain Error "derive-chain"
        en "`{language}` cannot be derived from `{from}`, which is itself derived" help "derive it from a language that is written by hand"
        zh "`{language}` 不能由 `{from}` 轉換而來，因為後者本身也是轉換而來" help "請改由手寫的語言轉換";
    DerivedDefault Error "derived-default"
        en "the default language `{language}` is derived" help "files without a language in their name are written in the default language: name a language without `derive`"
        zh "預設語言 `{language}` 是轉換而來的" help "檔名不帶語言的檔案以預設語言寫成：請指定一個沒有 `derive` 的語言";

    // Front matter
    NoFrontMatter Error "no-front-matter"
        en "this page has no front matter" help "begin the file with a line `---`, then `title: …`, then `---`"
        zh "這一頁沒有前置資料" help "檔案開頭寫一行 `---`，然後 `title: …`，再一行 `---`";
    UnclosedFrontMatter Error "unclosed-front-matter"
        en "the front matter is not closed" help "end it with a line that is only `---`"
        zh "前置資料沒有結束" help "用單獨一行 `---` 結束它";
    YamlSyntax Error "yaml-syntax"
        en "this is not valid YAML: {detail}"
        zh "這不是有效的 YAML：{detail}";
    YamlTooLarge Error "yaml-too-large"
        en "the front matter is too large or too deep: {detail}" help "move long text into the page's body"
        zh "前置資料太大或太深：{detail}" help "長文字請放到正文";
    YamlAnchor Error "yaml-anchor"
        en "anchors and aliases are not read in front matter" help "write the value out; a text that begins with `&` or `*` goes in quotes"
        zh "前置資料不接受錨點（`&`）與引用（`*`）" help "請把值寫出來；以 `&` 或 `*` 開頭的文字要加引號";
    YamlTag Error "yaml-tag"
        en "the tag `{tag}` is not read in front matter" help "write the value without it; a text that begins with `!` goes in quotes"
        zh "前置資料不接受標籤 `{tag}`" help "去掉標籤；以 `!` 開頭的文字要加引號";
    YamlTab Error "yaml-tab"
        en "a tab cannot indent YAML" help "indent with spaces"
        zh "YAML 不能用定位字元（Tab）縮排" help "請用空格縮排";
    TomlTooLarge Error "toml-too-large"
        en "this TOML file is too large or too deep: {detail}" help "look for brackets in brackets, or for data that belongs into pages"
        zh "這個 TOML 檔案太大或太深：{detail}" help "請查有沒有層層相套的括號，或應放在頁面裏的資料";
    BadDate Error "bad-date"
        en "`{value}` is not a date" help "write 2026-02-10, 2026-02 or 2026"
        zh "「{value}」不是日期" help "請寫成 2026-02-10、2026-02 或 2026";
    EndBeforeStart Error "end-before-start"
        en "the event ends ({end}) before it starts ({start})" help "correct one of the two dates"
        zh "事件結束（{end}）早於開始（{start}）" help "請改正其中一個日期";
    AnnouncedOutcome Error "announced-outcome"
        en "an announced event cannot have outcomes" help "set `status: held` when a later source confirms it, or write them as `aims`"
        zh "公布而未證實的事件不能有成果" help "有事後來源才把 `status` 改為 `held`；否則寫成 `aims`";
    UnknownSource Error "unknown-source"
        en "there is no source `{id}`" help "add it to `entries` of the sources page, or correct the id"
        zh "沒有編號為「{id}」的來源" help "把它加入來源頁的 `entries`，或改正編號";
    UnknownFact Error "unknown-fact"
        en "there is no fact `{id}`" help "add it to `fact_index` of the sources page, or correct the id"
        zh "沒有編號為「{id}」的事實" help "把它加入來源頁的 `fact_index`，或改正編號";

    // Markdown
    DeadLink Error "dead-link"
        en "there is no page or file `{target}`" help "link to a file of the content folder, as `folder/page.md`"
        zh "沒有「{target}」這個頁面或檔案" help "連結寫成內容資料夾裏的檔案路徑，如 `folder/page.md`";
    HeldBackLink Error "held-back-link"
        en "the page `{page}` is there, but is not published: {why}" help "{remedy}"
        zh "有「{page}」這一頁，但沒有發布：{why}" help "{remedy}";
    DeadAnchor Error "dead-anchor"
        en "`{page}` has no heading `#{anchor}`" help "its headings are {known}"
        zh "`{page}` 沒有標題 `#{anchor}`" help "它的標題有 {known}";
    UnsafeLink Error "unsafe-link"
        en "a link may not begin with `{scheme}`" help "use http, https, mailto, tel, or a path"
        zh "連結不可用 `{scheme}` 開頭" help "請用 http、https、mailto、tel 或路徑";
    RawHtml Error "raw-html"
        en "raw HTML is not allowed" help "write it in Markdown, or set `[markdown] html = true` in site.toml"
        zh "不允許直接寫 HTML" help "改用 Markdown，或在 site.toml 設 `[markdown] html = true`";
    DuplicateId Error "duplicate-id"
        en "the heading id `{id}` is used twice on this page" help "give one of the headings another `{#id}`"
        zh "標題代號 `{id}` 在本頁用了兩次" help "請給其中一個標題另一個 `{#id}`";
    UnknownComponent Error "unknown-component"
        en "there is no component `{name}`" help "components are the files of templates/components/: {known}"
        zh "沒有「{name}」這個組件" help "組件就是 templates/components/ 裏的檔案：{known}";
    BadComponent Error "bad-component"
        en "this component line cannot be read: {detail}" help "write `::: name key=\"value\"` alone in its paragraph, and `:::` alone in a later one"
        zh "讀不懂這行組件：{detail}" help "`::: 名稱 鍵=\"值\"` 自成一段，結束時另有一段只寫 `:::`";
    UnclosedComponent Error "unclosed-component"
        en "the component `{name}` is not closed" help "end it with a paragraph that is only `:::`, inside the list item, quote or footnote it begins in"
        zh "組件「{name}」沒有結束" help "用只寫 `:::` 的一段結束它；它若始於清單項、引文或註腳之內，也要在其內結束";
    InlineVariant Error "inline-variant"
        en "this `-{…}-` cannot be read: {detail}" help "write `-{乾隆}-` or `-{default; lang: text}-`; `\\-{` is literal"
        zh "讀不懂這個 `-{…}-`：{detail}" help "寫成 `-{乾隆}-` 或 `-{預設; 語言: 文字}-`；要原樣顯示寫 `\\-{`";
    TooDeep Error "too-deep"
        en "the nesting here is too deep" help "more than {limit:level is:levels are} refused"
        zh "這裏的巢狀太深" help "超過 {limit} 層不予處理";

    // Glossary
    GlossaryDuplicate Error "glossary-duplicate"
        en "the glossary has `{term}` twice" help "keep one of the two rows"
        zh "詞彙表裏「{term}」出現兩次" help "只留一行";

    OpenccNotBuilt Error "opencc-not-built"
        en "this tongwen was built without the system's OpenCC" help "install its development files (Debian: libopencc-dev) and build with `cargo install --path . --features opencc`, or leave out `engine`"
        zh "這個 tongwen 沒有連同系統的 OpenCC 一起編譯" help "請安裝它的開發檔案（Debian：libopencc-dev），再執行 `cargo install --path . --features opencc`；或刪去 `engine`";
    OpenccNoConfiguration Error "opencc-no-configuration"
        en "the installed OpenCC has no configuration `{scheme}.json`" help "install its data (Debian: libopencc-data), choose another conversion, or leave out `engine`"
        zh "系統的 OpenCC 沒有 `{scheme}.json` 這個設定" help "請安裝它的資料（Debian：libopencc-data）、改用別的轉換，或刪去 `engine`";

    // Arranging
    AddressTaken Error "address-taken"
        en "`{address}` is already the address of `{other}`" help "give one of the two pages another `slug` or `path`"
        zh "`{address}` 已是 `{other}` 的網址" help "請給其中一頁另一個 `slug` 或 `path`";
    BadAddress Error "bad-address"
        en "`{value}` cannot be part of an address: {detail}" help "use letters, digits, `-`, `_`, `.` or Han characters"
        zh "「{value}」不能用作網址：{detail}" help "可用字母、數字、`-`、`_`、`.` 或漢字";
    NumbersDiffer Error "numbers-differ"
        en "this page's `{edition}` edition has numbers that `{source}` has not, or the other way round: {numbers}" help "correct one of the two editions"
        zh "本頁的 `{edition}` 版與 `{source}` 版數字不同：{numbers}" help "請改正其中一版";

    // Looking over the finished site
    ScriptLeak Error "script-leak"
        en "`{page}` shows `{character}`, which its script does not have: {context}" help "mend the conversion in the glossary, or mark what is meant so: `-{…}-`, `lang`, `translate=\"no\"`"
        zh "`{page}` 有「{character}」，不是這一頁的字體：{context}" help "用詞彙表改正轉換；有意如此就用 `-{…}-`、`lang` 或 `translate=\"no\"` 標明";
    BrokenAddress Error "broken-address"
        en "`{page}` leads to `{target}`, which is not there" help "look for it in the page's source, in a menu, or in a template"
        zh "`{page}` 指向不存在的「{target}」" help "請查這一頁的來源、選單或模板";
    OneSidedAlternate Error "one-sided-alternate"
        en "`{page}` names `{target}` as its other language, which does not name it back" help "let a template write `alternates` whole, on every page"
        zh "`{page}` 以「{target}」為另一語言的版本，但對方沒有指回來" help "模板須在每一頁完整寫出 `alternates`";
    BareImage Warning "bare-image"
        en "this image has no words for those who do not see it" help "write them as `![words](file)`, or as `image_alt` in the front matter"
        zh "這幅圖沒有替代文字" help "寫成 `![文字](檔案)`，或在前置資料寫 `image_alt`";
    OrphanAsset Warning "orphan-asset"
        en "no page shows this file or links to it" help "remove it, or move it to `static/` if something else needs it"
        zh "沒有一頁用到這個檔案" help "刪去它；若別處要用，請移到 `static/`";
    Stale Warning "stale"
        en "`as_of` is {date}, more than {days:day:days} ago" help "check the page's facts again, then set `as_of` to that day"
        zh "`as_of` 是 {date}，已超過 {days} 日" help "請重新查證這一頁，再把 `as_of` 改為查證日期";

    // Addresses of other sites
    OutsideGone Error "outside-gone"
        en "`{address}` is not there: the answer is {status}" help "find where it went, link elsewhere, or leave addresses out with --skip"
        zh "「{address}」已不存在：對方回應 {status}" help "請找它的新網址、改連別處，或以 --skip 略過";
    OutsideMoved Warning "outside-moved"
        en "`{address}` has moved for good to `{target}`" help "write the new address"
        zh "「{address}」已永久移到「{target}」" help "請改用新網址";
    OutsideUnsure Warning "outside-unsure"
        en "whether `{address}` is there could not be learned: {detail}" help "open it in a browser; some sites answer no programs"
        zh "無法確定「{address}」是否存在：{detail}" help "請用瀏覽器打開看看；有些網站不回應程式";
    OutsideLeftOut Warning "outside-left-out"
        en "{count:address of another site was:addresses of other sites were} not asked about: {limit:is:are} the most of one run" help "allow more with --at-most"
        zh "還有 {count} 個外部網址沒有查：一次最多查 {limit} 個" help "用 --at-most 放寬上限";

    // Conversions to look at
    UnknownName Review "unknown-name"
        en "in {language} `{text}` became `{chosen}`; as a name it may be `{others}`" help "if it is wrong, write `{inline}` there, or in {glossary}:\n{row}\nif it is right, write in {review}:\n{decision}"
        zh "{language} 把「{text}」寫成「{chosen}」；若是姓名，可能應為「{others}」" help "不對就在原文寫 `{inline}`，或在 {glossary} 寫：\n{row}\n對就在 {review} 寫：\n{decision}";
    BareAmbiguous Review "bare-ambiguous"
        en "in {language} `{text}` became `{chosen}`, and no phrase decided it; it may be `{others}`" help "if it is wrong, write `{inline}` there, or in {glossary}:\n{row}\nif it is right, write in {review}:\n{decision}"
        zh "{language} 把「{text}」寫成「{chosen}」，沒有詞語可作依據；也可能是「{others}」" help "不對就在原文寫 `{inline}`，或在 {glossary} 寫：\n{row}\n對就在 {review} 寫：\n{decision}";
    TwoValuedPhrase Review "two-valued-phrase"
        en "in {language} `{text}` became `{chosen}`; the dictionary also has `{others}`" help "if it is wrong, write `{inline}` there, or in {glossary}:\n{row}\nif it is right, write in {review}:\n{decision}"
        zh "{language} 把「{text}」寫成「{chosen}」；詞典另有「{others}」" help "不對就在原文寫 `{inline}`，或在 {glossary} 寫：\n{row}\n對就在 {review} 寫：\n{decision}";
    HouseStyle Review "house-style"
        en "in {language} the glossary writes `{text}` as `{chosen}`; the house style writes `{others}`" help "if the style is right, let the glossary's row be:\n{row}\nif the row is right, write in {review}:\n{decision}"
        zh "{language} 的詞彙表把「{text}」寫成「{chosen}」；本站體例寫「{others}」" help "體例對就把詞彙表那一行改成：\n{row}\n詞彙表對就在 {review} 寫：\n{decision}";
    NoReturn Review "no-return"
        en "in {language} `{text}` became `{chosen}`, which would come back as `{others}`" help "if `{others}` was meant, correct the source; if not, lock the word in {glossary}:\n{row}\nor write in {review}:\n{decision}"
        zh "{language} 把「{text}」寫成「{chosen}」，轉回來卻是「{others}」" help "原意是「{others}」就改原稿；不是就在 {glossary} 鎖定這個詞：\n{row}\n或在 {review} 寫：\n{decision}";
    GlossaryConflict Review "glossary-conflict"
        en "in {language} one row of the glossaries makes `{chosen}` of `{text}`; another would make `{others}`" help "if the other is right, write in {glossary}:\n{row}\nif it is right as it is, write in {review}:\n{decision}"
        zh "{language} 照詞彙表的一行把「{text}」寫成「{chosen}」；照另一行應為「{others}」" help "另一行對就在 {glossary} 寫：\n{row}\n現在這樣對就在 {review} 寫：\n{decision}";
    UnusedGlossary Review "unused-glossary"
        en "no page uses the glossary's `{text}`" help "remove it, or correct its spelling; if it is to stay, write in {review}:\n{decision}"
        zh "沒有一頁用到詞彙表的「{text}」" help "刪去它，或改正寫法；要留就在 {review} 寫：\n{decision}";
    UnusedDecision Warning "unused-decision"
        en "no sentence of the site has the decision `{key}` any more" help "remove the row; what has changed is listed anew"
        zh "網站裏已沒有決定「{key}」的句子" help "請刪去這一項；改過的句子會重新列出";

    // Templates
    TemplateSyntax Error "template-syntax"
        en "this template cannot be read: {detail}" help "the marks are `{{ value }}`, `{% tag %}` and `{# remark #}`; without the file, the built-in template is used"
        zh "讀不懂這個模板：{detail}" help "記號有 `{{ 值 }}`、`{% 標籤 %}` 和 `{# 註解 #}`；沒有這個檔案就用內建的模板";
    TemplateRender Error "template-render"
        en "this template failed on `{page}`: {detail}" help "`tongwen build --dump {page}` shows everything that a page's template is given"
        zh "模板處理 `{page}` 時出錯：{detail}" help "`tongwen build --dump {page}` 會列出頁面給模板的一切";
    TemplateRunaway Error "template-runaway"
        en "this template came to no end on `{page}` and was stopped: {detail}" help "look for a loop in a loop, a component that draws itself, or a text that grows by itself"
        zh "模板處理 `{page}` 時沒有盡頭，已經停止：{detail}" help "請查有沒有迴圈套迴圈、組件套自己，或不斷加長的文字";
    TemplateMissing Error "template-missing"
        en "there is no template `{name}`" help "add templates/{name}, or name another in the front matter"
        zh "沒有模板「{name}」" help "加入 templates/{name}，或在前置資料另指定一個";

    // Publishing
    OutputNotOurs Error "output-not-ours"
        en "the output folder `{folder}` holds files that this program did not make (`{example}`)" help "choose an empty folder with --output-dir, or allow replacing it with --force"
        zh "輸出資料夾「{folder}」裏有不是本程式產生的檔案（{example}）" help "用 --output-dir 另選一個空資料夾，或用 --force 允許取代";
    OutputInSite Error "output-in-site"
        en "the output folder `{folder}` is, holds, or lies in a folder of the site's own" help "choose another with --output-dir or `output_dir`"
        zh "輸出資料夾「{folder}」與網站自己的資料夾重疊" help "用 --output-dir 或 `output_dir` 另選一個";
    OutputLeadsAway Error "output-leads-away"
        en "the output folder `{folder}` is a symbolic link, or lies behind one that leads out of the site's folder" help "name the folder it leads to with --output-dir"
        zh "輸出資料夾「{folder}」是符號連結，或在一個通往網站之外的連結後面" help "用 --output-dir 直接寫出它所指的資料夾";
    OutputNotFolder Error "output-not-folder"
        en "`{folder}` is not a folder" help "choose another with --output-dir or `output_dir`"
        zh "「{folder}」不是資料夾" help "用 --output-dir 或 `output_dir` 另選一個";
    OutputEdited Error "output-edited"
        en "`{example}` in the output folder `{folder}` was changed after it was built" help "make the change in the site instead, or allow replacing it with --force"
        zh "輸出資料夾「{folder}」裏的「{example}」在產生之後被改過" help "請把改動寫進網站的來源，或用 --force 允許取代";
    OutputHoldsRepository Error "output-holds-repository"
        en "the output folder `{folder}` is a repository of its own (`{example}`), which is never replaced" help "build into another folder and copy its files over"
        zh "輸出資料夾「{folder}」本身是一個版本庫（{example}），不會取代" help "請輸出到另一個資料夾，再把檔案複製過去";
    OutputTwice Error "output-twice"
        en "two files would be written to `{path}`" help "give one of the two another name or address; some file systems take capital and small letters as the same"
        zh "有兩個檔案要寫到「{path}」" help "請給其中一個另一個名稱或網址；有些檔案系統不分大小寫";
    CopyChanged Error "copy-changed"
        en "this file was changed while the site was being built" help "build again"
        zh "這個檔案在產生網站的過程中被改動" help "請再執行一次";
    OutputKept Warning "output-kept"
        en "somebody put files into the output folder while it was being built; they are in `{folder}` now" help "move them where they belong; an output folder holds only what was built"
        zh "產生網站期間有人在輸出資料夾放了檔案；現在移到「{folder}」" help "請移到適當的地方；輸出資料夾只放產生的檔案";
    OutputBusy Error "output-busy"
        en "another build is writing to `{folder}`" help "wait until it has ended, then build again"
        zh "另一個程序正在寫入「{folder}」" help "請等它結束再執行";
    CleanNotOurs Error "clean-not-ours"
        en "`{folder}` was not made by this program" help "nothing was removed; name the output folder with --output-dir or `output_dir`"
        zh "「{folder}」不是本程式產生的" help "沒有移除任何東西；請用 --output-dir 或 `output_dir` 指出輸出資料夾";
    OutputBesideTaken Error "output-beside-taken"
        en "`{path}` is needed for building, and is somebody else's" help "move it away, or choose another output folder with --output-dir"
        zh "產生網站時要用到「{path}」，但它不是本程式建立的" help "請移開它，或用 --output-dir 另選一個輸出資料夾";
    OutputHalfway Error "output-halfway"
        en "the output was only partly replaced: `{path}`: {detail}" help "build again; every file is whole, some are old and some new, because this folder can only be replaced file by file"
        zh "輸出只換了一部分：「{path}」：{detail}" help "請再執行一次；每個檔案都是完整的，但新舊並存，因為這個資料夾只能逐個檔案更換";
    OutputIo Error "output-io"
        en "the output could not be published: `{path}`: {detail}" help "the previous output is as it was"
        zh "無法發布輸出：「{path}」：{detail}" help "先前的輸出保持原樣";

    // Watching
    WatchFallsBack Warning "watch-falls-back"
        en "the system gives no events for these files ({detail}); their times are looked at instead, about three times a second" help "on Linux, raise `fs.inotify.max_user_watches` and `fs.inotify.max_user_instances`, or pass --poll to choose this"
        zh "系統無法通知檔案的改動（{detail}）；改為每秒約三次查看檔案時間" help "在 Linux 可調高 `fs.inotify.max_user_watches` 與 `fs.inotify.max_user_instances`，或以 --poll 指定這種方式";

    // Serving
    PortBusy Error "port-busy"
        en "port {port} is in use" help "choose another with --port, or leave --port out and the next free one is taken"
        zh "埠 {port} 正被使用" help "用 --port 另選一個；不寫 --port 則自動用下一個空的";
    NoInterface Error "no-interface"
        en "there is no interface `{interface}` on this machine" help "give --interface an address, such as 127.0.0.1 or 0.0.0.0"
        zh "這台機器沒有「{interface}」這個介面" help "--interface 請寫位址，如 127.0.0.1 或 0.0.0.0";
    ServeIo Error "serve-io"
        en "cannot listen on {address}: {detail}" help "choose another --interface or --port"
        zh "無法在 {address} 上提供服務：{detail}" help "請另選 --interface 或 --port";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
