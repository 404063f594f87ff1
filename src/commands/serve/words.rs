//! What `serve` says of changes: a line each, and with `-v` why each page was rendered.

use std::time::Duration;

use crate::diagnostic::Language;
use crate::pipeline::output::OutputPath;
use crate::shell::session::{Affected, Fate, Rendered, Swept, Update, Why};

/// How many names are said before the rest are counted.
const SAID: usize = 3;
/// With `-v`: more, and still a line that can be read after a checkout of a thousand files.
const SAID_VERBOSELY: usize = 12;

/// What changed, what it concerns, how long it took; more names of it where `verbose`.
pub fn updated(update: &Update, verbose: bool, language: Language) -> String {
    let most = if verbose { SAID_VERBOSELY } else { SAID };
    let files = update.changed.iter();
    let files = files.map(|path| file(path.as_str(), update.fate(path), language));
    let changed = some(&files.collect::<Vec<_>>(), most, language);
    let affected = affected(&update.affected(), most, language);
    let parsed = update.counters.parsed;
    let took = update.took.as_secs_f64() * 1000.0;
    match language {
        Language::English => format!("{changed}: {affected}; {parsed} parsed; {took:.1} ms"),
        Language::Chinese => format!("{changed}：{affected}；重讀 {parsed} 頁；{took:.1} 毫秒"),
    }
}

/// A page that was asked for and rendered.
pub fn rendered(page: &Rendered, language: Language) -> String {
    let address = address(&page.path);
    let why = why(&page.why, language);
    let outcome = match (page.as_before, language) {
        (Some(true), Language::English) => "as before",
        (Some(false), Language::English) => "it differs",
        (None, Language::English) => "nothing to compare with",
        (Some(true), Language::Chinese) => "與先前相同",
        (Some(false), Language::Chinese) => "與先前不同",
        (None, Language::Chinese) => "沒有先前的可比",
    };
    let took = page.took.as_secs_f64() * 1000.0;
    match language {
        Language::English => format!("  rendered {address}: {why}; {outcome}; {took:.1} ms"),
        Language::Chinese => format!("  重做 {address}：{why}；{outcome}；{took:.1} 毫秒"),
    }
}

/// All outputs, made in the background.
pub fn swept(swept: &Swept, took: Duration, language: Language) -> String {
    let (made, took) = (swept.made, took.as_millis());
    let Some(differing) = &swept.differing else {
        return match language {
            Language::English => format!("  all {made} files made; {took} ms"),
            Language::Chinese => format!("  做了全部 {made} 個檔案；{took} 毫秒"),
        };
    };
    let names: Vec<String> = differing.iter().map(address).collect();
    let count = names.len();
    let names = some(&names, SAID, language);
    match (count, language) {
        (0, Language::English) => format!("  all {made} files made: as before; {took} ms"),
        (0, Language::Chinese) => format!("  做了全部 {made} 個檔案：與先前相同；{took} 毫秒"),
        (_, Language::English) => {
            format!("  all {made} files made: {count} differ ({names}); {took} ms")
        }
        (_, Language::Chinese) => {
            format!("  做了全部 {made} 個檔案：{count} 個不同（{names}）；{took} 毫秒")
        }
    }
}

fn file(path: &str, fate: Fate, language: Language) -> String {
    match (fate, language) {
        (Fate::Changed, Language::English) => format!("{path} changed"),
        (Fate::Added, Language::English) => format!("{path} added"),
        (Fate::Removed, Language::English) => format!("{path} removed"),
        (Fate::Due, Language::English) => format!("the day of {path} has come"),
        (Fate::Changed, Language::Chinese) => format!("改動 {path}"),
        (Fate::Added, Language::Chinese) => format!("新增 {path}"),
        (Fate::Removed, Language::Chinese) => format!("移除 {path}"),
        (Fate::Due, Language::Chinese) => format!("{path} 的日子到了"),
    }
}

fn affected(affected: &Affected, most: usize, language: Language) -> String {
    match (affected, language) {
        (Affected::Nothing, Language::English) => "nothing can be made until it is mended".into(),
        (Affected::Nothing, Language::Chinese) => "改正之前做不出頁面".into(),
        (Affected::Pages(count), Language::English) => format!("all {count} pages"),
        (Affected::Pages(count), Language::Chinese) => format!("全部 {count} 頁"),
        (Affected::These(paths), _) if !paths.is_empty() => {
            let addresses: Vec<String> = paths.iter().map(address).collect();
            some(&addresses, most, language)
        }
        (Affected::These(_), Language::English) => "no page".into(),
        (Affected::These(_), Language::Chinese) => "沒有頁面".into(),
    }
}

fn why(why: &Why, language: Language) -> String {
    match (why, language) {
        (Why::First, Language::English) => "asked for the first time".to_string(),
        (Why::Source(path), Language::English) => format!("its source {path} changed"),
        (Why::Template(path), Language::English) => format!("the template {path} changed"),
        (Why::Whole(path), Language::English) => {
            format!("{path} changed, and every page depends on it")
        }
        (Why::Other(path), Language::English) => format!("{path} changed, which it may show"),
        (Why::Again, Language::English) => "asked for again".to_string(),
        (Why::First, Language::Chinese) => "第一次要看".to_string(),
        (Why::Source(path), Language::Chinese) => format!("原文 {path} 改了"),
        (Why::Template(path), Language::Chinese) => format!("模板 {path} 改了"),
        (Why::Whole(path), Language::Chinese) => format!("{path} 改了，每一頁都用到"),
        (Why::Other(path), Language::Chinese) => format!("{path} 改了，這一頁可能用到"),
        (Why::Again, Language::Chinese) => "再次要看".to_string(),
    }
}

/// Where a browser finds an output, below the base path.
fn address(path: &OutputPath) -> String {
    let path = path.as_str();
    let folder = path.strip_suffix("index.html");
    match folder.filter(|folder| folder.is_empty() || folder.ends_with('/')) {
        Some(folder) => format!("/{folder}"),
        None => format!("/{path}"),
    }
}

/// The first few of some names, the rest counted.
fn some(names: &[String], most: usize, language: Language) -> String {
    let said = &names[..names.len().min(most)];
    match (names.len() - said.len(), language) {
        (0, Language::English) => said.join(", "),
        (0, Language::Chinese) => said.join("、"),
        (more, Language::English) => format!("{} and {more} more", said.join(", ")),
        (_, Language::Chinese) => format!("{} 等 {} 個", said.join("、"), names.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (path, expected) in [
            ("index.html", "/"),
            ("a/index.html", "/a/"),
            ("a/myindex.html", "/a/myindex.html"),
            ("404.html", "/404.html"),
        ] {
            assert_eq!(
                OutputPath::new(path).as_ref().map(address).as_deref(),
                Some(expected)
            );
        }
    }

    #[test]
    fn many_names_are_counted() {
        let names: Vec<String> = (1..=5).map(|n| n.to_string()).collect();
        assert_eq!(some(&names, 2, Language::English), "1, 2 and 3 more");
        assert_eq!(some(&names, 2, Language::Chinese), "1、2 等 5 個");
        assert_eq!(some(&names, 9, Language::English), "1, 2, 3, 4, 5");
    }
}
