//! The help in Chinese. The English stands beside the flags it describes ([`super`]); this is the same, row
//! by row, and a test keeps the two in step. What clap itself writes (headings, defaults, the values
//! there are) is worded here too.

use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command};

use crate::diagnostic::Language;
use crate::diagnostic::wording::simplified;

/// What a command, or one of its flags, says. Flags that several commands have stand under no command.
struct Help {
    command: &'static str,
    rows: &'static [(&'static str, &'static str)],
}

/// In a table: what the command does.
const ABOUT: &str = "";
/// In a table: what stands below its flags.
const AFTER: &str = "\n";

const HELP: &[Help] = &[
    Help {
        command: "tongwen",
        rows: &[(ABOUT, "一份原稿，繁簡兩版，一個靜態網站。")],
    },
    Help {
        command: "",
        rows: &[
            ("root", "網站的資料夾"),
            ("config", "該資料夾裏的設定檔"),
            ("quiet", "只說錯誤"),
            ("verbose", "多說一些；寫兩次就再多一些"),
            ("color", "終端機上的顏色"),
            ("lang", "訊息的語言；不寫就按系統的語言設定"),
            ("help", "顯示說明"),
            ("version", "顯示版本"),
            ("output_dir", "輸出資料夾，取代 `output_dir`"),
            ("base_url", "網站的網址，取代 `base_url`"),
            ("drafts", "連草稿也發布"),
            ("future", "連未到日期的頁面也發布"),
            ("relative_links", "連結寫成相對路徑，網站可直接從磁碟打開"),
            ("minify", "去掉 HTML 裏不必要的空白"),
            (
                "clock",
                "把這一天當作今天：2026-11-22，或連時間 2026-11-22T08:00:00+08:00",
            ),
            ("json", "以 JSON 回答"),
        ],
    },
    Help {
        command: "build",
        rows: &[
            (ABOUT, "產生網站，要麼全部寫好，要麼不動"),
            (
                AFTER,
                "例：
  tongwen build
  tongwen build --base-url https://example.org/apec/ --output-dir /srv/www
  tongwen build --drafts --clock 2026-12-01",
            ),
            ("force", "輸出資料夾裏有不是本程式產生的檔案，也取代它"),
            ("strict", "有警告也算失敗"),
            ("dump", "不產生網站，只以 JSON 印出這一頁的模板看到的資料"),
        ],
    },
    Help {
        command: "serve",
        rows: &[
            (ABOUT, "從記憶體提供網站，有改動就更新，並重新載入瀏覽器"),
            (
                AFTER,
                "例：
  tongwen serve --open
  tongwen serve --drafts --port 8000
  tongwen serve --interface 0.0.0.0 --poll",
            ),
            ("watch", "有改動就更新（預設）"),
            ("no_watch", "只提供現在的樣子"),
            ("interface", "在哪個介面上提供"),
            ("port", "通訊埠；不寫就用 1111，被佔用就用下一個空的"),
            ("open", "打開瀏覽器"),
            ("poll", "一再查看檔案，用於不會通知改動的檔案系統"),
        ],
    },
    Help {
        command: "check",
        rows: &[
            (ABOUT, "檢查整個網站，不寫入任何東西"),
            (
                AFTER,
                "例：
  tongwen check
  tongwen check --deny warnings --deny review
  tongwen check --deny unknown-name --json
  tongwen check --external --skip https://example.org/ --deny warnings

待看的地方會一直列出，直到改好文字或詞彙表，或在網站的決定檔
寫明為何沒錯：就是 review.toml，或 site.toml 指定的檔案。",
            ),
            (
                "deny",
                "有這些也算失敗：代號如 `stale`、`unknown-name`，或 `warnings`、`review`",
            ),
            ("json", "把發現寫成 JSON"),
            ("stale_after", "頁面的 `as_of` 過了多少日算舊"),
            ("external", "逐一查詢本站連到的外部網址是否還在"),
            ("skip", "略過以此開頭的網址；可寫多次"),
            ("timeout", "等候回應多少秒"),
            ("at_most", "最多查多少個網址"),
            ("fresh", "正常的回應記住多少日；0 就全部再查"),
            ("cache", "回應記在哪個檔案，取代使用者的快取資料夾"),
        ],
    },
    Help {
        command: "convert",
        rows: &[
            (ABOUT, "轉換一段文字：照本站的方式，或單純轉換"),
            (
                AFTER,
                "例：
  tongwen convert --using hk2s < article.txt
  tongwen convert notes.txt --to zh-Hans-CN --diff
  tongwen convert --using s2hk --explain 发
  tongwen convert notes.txt --report

在網站的資料夾裏，--to 會用上本站的詞彙表、體例與引號；--using 是單純的轉換，
在哪裏都可以用。輸入一律當作文字轉換，不理會標記。",
            ),
            ("file", "檔案；不寫或寫 `-` 就讀標準輸入"),
            ("to", "轉成本站的哪個語言"),
            (
                "using",
                "轉換方式的名稱：hk2s、s2hk、t2s、s2t、tw2s、s2tw、tw2sp、s2twp……",
            ),
            ("diff", "逐行顯示改動，而不是轉換結果"),
            ("report", "不轉換，只列出待看的地方"),
            ("explain", "不轉換，只說明這個詞為何這樣轉換"),
        ],
    },
    Help {
        command: "new",
        rows: &[
            (ABOUT, "開始一個頁面或事件"),
            (
                AFTER,
                "例：
  tongwen new --title \"Open for all\"
  tongwen new timeline/ --kind event --title 深圳會議 --slug 2026-shenzhen
  tongwen new about.md --title 關於本站 --draft",
            ),
            ("path", "內容資料夾裏的資料夾，或其中以 .md 結尾的檔案"),
            ("title", "頁面的標題"),
            ("kind", "哪一種頁面"),
            ("slug", "檔名（不含 .md），也就是網址的最後一段"),
            ("draft", "先不發布，直到刪去 `draft`"),
        ],
    },
    Help {
        command: "init",
        rows: &[
            (ABOUT, "開始一個繁簡兩版的網站"),
            (
                AFTER,
                "例：
  tongwen init my-site --title 我的網站 --base-url https://example.org
  tongwen init my-site --write simplified --english

沒有寫的，在終端機上會問；不在終端機上就照常用的。",
            ),
            ("folder", "新的資料夾"),
            ("title", "網站的名稱"),
            ("base_url", "網站的網址"),
            ("write", "作者用哪種字體寫；另一種由它轉換"),
            ("english", "另有手寫的英文版"),
        ],
    },
    Help {
        command: "list",
        rows: &[
            (ABOUT, "列出頁面，以及每頁有哪些語言"),
            (
                AFTER,
                "例：
  tongwen list
  tongwen list --drafts --future
  tongwen list --missing --json",
            ),
            ("missing", "只列欠缺某個語言的頁面"),
            ("drafts", "只列草稿"),
            ("future", "只列未到日期的頁面"),
            ("clock", "把這一天當作今天"),
        ],
    },
    Help {
        command: "clean",
        rows: &[
            (ABOUT, "移除 build 寫下的檔案，別的一概不動"),
            ("output_dir", "資料夾，取代 `output_dir`"),
            ("dry_run", "只說會移除甚麼"),
            ("force", "其中有別的檔案，也移除我們的；別的保留"),
        ],
    },
    Help {
        command: "info",
        rows: &[
            (ABOUT, "說明程式、詞典與設定"),
            ("templates", "列出模板，以及本站覆蓋了哪些"),
        ],
    },
    Help {
        command: "completions",
        rows: &[
            (ABOUT, "寫出命令列的自動補全"),
            (
                AFTER,
                "例：
  tongwen completions bash > ~/.local/share/bash-completion/completions/tongwen",
            ),
            ("shell", "哪一種命令列"),
        ],
    },
    Help {
        command: "manual",
        rows: &[(ABOUT, "把使用手冊寫到一個資料夾"), ("folder", "寫到哪裏")],
    },
    Help {
        command: "help",
        rows: &[(ABOUT, "顯示這個說明，或某個命令的說明")],
    },
];

/// `command` and all below it, in the Chinese of `language`.
pub fn chinese(mut command: Command, language: Language) -> Command {
    // Help flags and the command `help` are there only when it is built.
    command.build();
    worded(command, language)
}

/// A text of the tables in the Chinese of `language`.
fn spelled(text: &str, language: Language) -> String {
    match language {
        Language::Simplified => simplified(text),
        Language::Traditional | Language::English => text.to_string(),
    }
}

fn worded(command: Command, language: Language) -> Command {
    let name = command.get_name().to_string();
    let subcommands: Vec<String> = command
        .get_subcommands()
        .map(|inner| inner.get_name().to_string())
        .collect();
    let template = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";
    let mut command = command
        .help_template(spelled(template, language))
        .subcommand_help_heading("命令")
        .mut_args(|arg| {
            let help = say(&name, arg.get_id().as_str());
            flag(arg, help, language)
        });
    if let Some(about) = say(&name, ABOUT) {
        command = command.about(spelled(about, language));
    }
    if let Some(after) = say(&name, AFTER) {
        command = command.after_help(spelled(after, language));
    }
    for inner in subcommands {
        command = command.mut_subcommand(inner, |inner| worded(inner, language));
    }
    command
}

fn flag(arg: Arg, help: Option<&'static str>, language: Language) -> Arg {
    let heading = match arg.get_help_heading() {
        Some(_) => "與 --external 同用",
        None if arg.is_positional() => "對象",
        None => "選項",
    };
    let list = |values: Vec<String>| values.join("、");
    let takes = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
    let possible = arg.get_possible_values();
    let possible = possible.iter().map(|value| value.get_name().to_string());
    let usual = arg.get_default_values().iter();
    let usual = usual.map(|value| value.to_string_lossy().into_owned());
    let mut notes = Vec::new();
    if takes && possible.len() > 0 {
        notes.push(format!("可寫 {}", list(possible.collect())));
    }
    if takes && usual.len() > 0 {
        notes.push(format!("預設 {}", list(usual.collect())));
    }
    let mut text = help.unwrap_or_default().to_string();
    if !notes.is_empty() {
        text = format!("{text}（{}）", notes.join("；"));
    }
    arg.help(StyledStr::from(spelled(&text, language)))
        .help_heading(spelled(heading, language))
        .hide_default_value(true)
        .hide_possible_values(true)
}

/// The sentence of a flag: the command's own, or the one that commands share.
fn say(command: &str, key: &str) -> Option<&'static str> {
    let of = |command: &str| {
        let help = HELP.iter().find(|help| help.command == command)?;
        let row = help.rows.iter().find(|(name, _)| *name == key)?;
        Some(row.1)
    };
    of(command).or_else(|| of("").filter(|_| key != ABOUT && key != AFTER))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use clap::CommandFactory;

    /// Every command and flag has its row, and every row its command or flag.
    #[test]
    fn the_table_is_complete() {
        let mut root = crate::cli::Cli::command();
        root.build();
        let mut used = BTreeSet::new();
        let mut missing = Vec::new();
        for command in std::iter::once(&root).chain(root.get_subcommands()) {
            let name = command.get_name();
            let mut keys = vec![ABOUT.to_string()];
            keys.extend(command.get_after_help().map(|_| AFTER.to_string()));
            if name != "help" {
                keys.extend(command.get_arguments().map(|arg| arg.get_id().to_string()));
            }
            for key in keys {
                let own = HELP.iter().find(|help| help.command == name);
                let is_own = own.is_some_and(|help| help.rows.iter().any(|(row, _)| *row == key));
                used.insert((
                    if is_own {
                        name.to_string()
                    } else {
                        String::new()
                    },
                    key.clone(),
                ));
                if say(name, &key).is_none() {
                    missing.push(format!("{name} {key}"));
                }
            }
        }
        assert!(missing.is_empty(), "without Chinese: {missing:?}");
        for help in HELP {
            for (key, _) in help.rows {
                let row = (help.command.to_string(), key.to_string());
                assert!(used.contains(&row), "a row of nothing: {row:?}");
            }
        }
    }
}
