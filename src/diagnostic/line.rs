//! What the program says of its own work, a line at a time, in English and Chinese.
//!
//! Faults have their table in [`super::code`]; these are the lines between them.

use super::code::Language;

/// The line that a build ends with: pages by language; files written, unchanged and removed; warnings;
/// places to review, where they were looked for; milliseconds.
pub fn built(
    pages: &str,
    [written, unchanged, removed]: [usize; 3],
    warnings: usize,
    reviews: Option<usize>,
    milliseconds: u128,
    language: Language,
) -> String {
    let reviews = match (reviews, language) {
        (None, _) => String::new(),
        (Some(count), Language::English) => format!(", {count} to review"),
        (Some(count), Language::Chinese) => format!("、待看 {count}"),
    };
    match language {
        Language::English => format!(
            "pages: {pages}; files: {written} written, {unchanged} unchanged, {removed} removed; {warnings} warnings{reviews}; {milliseconds} ms"
        ),
        Language::Chinese => format!(
            "頁面：{pages}；檔案：寫入 {written}、不變 {unchanged}、移除 {removed}；警告 {warnings}{reviews}；{milliseconds} 毫秒"
        ),
    }
}

/// Where the site is served.
pub fn serving(url: &str, language: Language) -> String {
    match language {
        Language::English => format!(
            "serving {url} (Ctrl-C ends)\nboth scripts side by side: {url}.tongwen/compare/ and a page's path"
        ),
        Language::Chinese => format!(
            "網站在 {url}（按 Ctrl-C 結束）\n兩種字體並排：{url}.tongwen/compare/ 之後接頁面的路徑"
        ),
    }
}

/// The usual port was taken.
pub fn port_moved(wanted: u16, got: u16, language: Language) -> String {
    match language {
        Language::English => format!("port {wanted} is taken; using {got}"),
        Language::Chinese => format!("通訊埠 {wanted} 已被佔用，改用 {got}"),
    }
}

/// The site has faults, or has none any more.
pub fn faults(errors: usize, warnings: usize, language: Language) -> String {
    match (errors, warnings, language) {
        (0, 0, Language::English) => "no errors".to_string(),
        (0, 0, Language::Chinese) => "沒有錯誤".to_string(),
        (_, _, Language::English) => format!("{errors} errors, {warnings} warnings"),
        (_, _, Language::Chinese) => format!("錯誤 {errors}、警告 {warnings}"),
    }
}
