//! A site of generated pages, the same on every machine: about 1,700 Han characters each, with headings,
//! a list, a table, links, a footnote and code, in Hong Kong Traditional.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Pages in one section.
const SECTION: usize = 100;

const SITE: &str = r#"base_url = "https://example.org"
title = "量度用的網站"
default_language = "zh-Hant-HK"

[languages.zh-Hant-HK]
label = "繁體"

[languages.zh-Hans-CN]
label = "简体"
path = "hans"
derive = { from = "zh-Hant-HK", using = "hk2s" }
"#;

/// Words that sentences are made of; many change from one script to the other, some only as phrases.
const WORDS: &[&str] = &[
    "會議",
    "經濟",
    "發展",
    "合作",
    "地區",
    "城市",
    "成員",
    "貿易",
    "投資",
    "技術",
    "數碼",
    "網絡",
    "社會",
    "教育",
    "環境",
    "能源",
    "運輸",
    "碼頭",
    "機場",
    "鐵路",
    "學校",
    "圖書館",
    "醫院",
    "市場",
    "農業",
    "漁業",
    "製造",
    "服務",
    "旅遊",
    "文化",
    "頭髮",
    "乾淨",
    "乾隆年間",
    "皇后大道",
    "後來",
    "以後",
    "裏面",
    "這裏",
    "臺階",
    "舞台",
    "颱風",
    "準備",
    "標準",
    "批准",
    "關係",
    "聯繫",
    "系統",
    "歷史",
    "日曆",
    "複雜",
    "恢復",
    "答覆",
    "重複",
    "鐘聲",
    "鍾情",
    "麵包",
    "表面",
    "手錶",
    "代表",
    "徵求",
    "長征",
    "範圍",
    "餘下",
    "剩餘",
    "週期",
    "周圍",
    "看着",
    "著作",
    "寫字",
    "討論",
    "計劃",
    "建議",
    "報告",
    "宣言",
    "代表團",
    "記者",
    "文件",
    "議程",
    "目標",
    "方向",
    "機會",
    "挑戰",
    "變化",
    "創新",
    "開放",
    "包容",
    "可持續",
    "互聯互通",
    "供應鏈",
    "中小企業",
    "青年",
    "婦女",
    "健康",
    "安全",
    "氣候",
    "海洋",
    "森林",
    "糧食",
    "水資源",
    "電力",
    "太陽能",
    "人工智能",
    "數據",
    "軟件",
    "硬件",
];

const JOINS: &[&str] = &["與", "和", "在", "對", "為", "把", "從", "向", "由", "的"];
const ENDS: &[&str] = &["。", "。", "。", "；", "？", "！"];

/// Writes a site of `count` pages into `folder`; returns how many Han characters they hold together.
pub fn write(folder: &Path, count: usize) -> usize {
    put(folder, "site.toml", SITE);
    put(
        folder,
        "content/index.md",
        "---\ntitle: 首頁\n---\n\n量度。\n",
    );
    let mut characters = 0;
    for number in 0..count {
        let section = number / SECTION;
        if number % SECTION == 0 {
            let index = format!("---\ntitle: 第{section}欄\n---\n");
            put(folder, &format!("content/s{section:03}/_index.md"), &index);
        }
        let page = page(number, count);
        characters += page.chars().filter(|ch| is_han(*ch)).count();
        put(folder, &path(number), &page);
    }
    characters
}

fn path(number: usize) -> String {
    format!("content/s{:03}/p{number:05}.md", number / SECTION)
}

fn page(number: usize, count: usize) -> String {
    let mut dice = Dice(number as u64 * 2 + 1);
    let mut text = String::new();
    let day = number % 28 + 1;
    let month = number / 28 % 12 + 1;
    let _ = write!(
        text,
        "---\ntitle: {}\ndescription: {}\ndate: 2025-{month:02}-{day:02}\n---\n\n",
        words(&mut dice, 3),
        words(&mut dice, 8)
    );
    for section in 0..5 {
        let _ = write!(text, "## {} {section}\n\n", words(&mut dice, 2));
        for _ in 0..3 {
            paragraph(&mut dice, &mut text, number, count);
        }
        match section {
            1 => {
                for _ in 0..4 {
                    let _ = writeln!(text, "- {}", words(&mut dice, 4));
                }
                text.push('\n');
            }
            2 => {
                text.push_str("| 項目 | 說明 | 數量 |\n|---|---|--:|\n");
                for row in 0..4 {
                    let (item, note) = (words(&mut dice, 1), words(&mut dice, 3));
                    let _ = writeln!(text, "| {item} | {note} | {row} |");
                }
                text.push('\n');
            }
            3 => {
                let _ = write!(text, "{}[^a]\n\n", words(&mut dice, 4));
                let _ = write!(text, "[^a]: {}。\n\n", words(&mut dice, 6));
            }
            4 => text.push_str("```rust\nlet 後 = \"裏\";\n```\n\n"),
            _ => {}
        }
    }
    text
}

fn paragraph(dice: &mut Dice, text: &mut String, number: usize, count: usize) {
    for sentence in 0..4 {
        match sentence {
            1 => {
                let _ = write!(text, "「{}」，", words(dice, 2));
            }
            2 => {
                let other = dice.below(count);
                let file = path(other);
                let _ = write!(
                    text,
                    "[{}](../{})，",
                    words(dice, 1),
                    &file["content/".len()..]
                );
            }
            3 if number.is_multiple_of(2) => {
                let _ = writeln!(text, "**{}**，", words(dice, 1));
            }
            _ => {}
        }
        text.push_str(&words(dice, 10));
        text.push_str(ENDS[dice.below(ENDS.len())]);
    }
    text.push_str("\n\n");
}

fn words(dice: &mut Dice, count: usize) -> String {
    let mut text = String::new();
    for word in 0..count {
        if word > 0 && dice.below(3) == 0 {
            text.push_str(JOINS[dice.below(JOINS.len())]);
        }
        text.push_str(WORDS[dice.below(WORDS.len())]);
    }
    text
}

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    let parent = path.parent().expect("the path lies in the folder");
    fs::create_dir_all(parent).expect("the site's folder can be made");
    fs::write(path, text).expect("the site can be written");
}

fn is_han(ch: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&ch)
}

/// Numbers that look random and are the same everywhere: Steele and others' SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}
