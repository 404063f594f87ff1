//! Dates as people write them, in Chinese and in English.

use jiff::civil::Date;

use super::view::DateView;
use crate::config::{LanguageTag, PartialDate};

/// The English names of the months.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day for machines and for readers of `language`.
pub fn day(date: Date, language: &LanguageTag) -> DateView {
    DateView {
        iso: date.to_string(),
        text: spoken(
            date.year(),
            Some(date.month() as u8),
            Some(date.day() as u8),
            language,
        ),
    }
}

/// A date as precise as it is known.
pub fn partial(date: PartialDate, language: &LanguageTag) -> DateView {
    DateView {
        iso: date.to_iso(),
        text: spoken(date.year(), date.month(), date.day(), language),
    }
}

/// A stretch of time: `2014年11月10日至11日`, `10–11 November 2014`.
pub fn stretch(start: PartialDate, end: Option<PartialDate>, language: &LanguageTag) -> String {
    let first = spoken(start.year(), start.month(), start.day(), language);
    let Some(end) = end.filter(|end| *end != start) else {
        return first;
    };
    let same_year = start.year() == end.year();
    let same_month = same_year && start.month() == end.month();
    if is_chinese(language) {
        let year = if same_year {
            String::new()
        } else {
            format!("{}年", end.year())
        };
        let month = match end.month() {
            Some(month) if !same_month => format!("{month}月"),
            _ => String::new(),
        };
        let day = end.day().map_or(String::new(), |day| format!("{day}日"));
        return format!("{first}至{year}{month}{day}");
    }
    let last = spoken(end.year(), end.month(), end.day(), language);
    match (start.day(), start.month()) {
        (Some(day), _) if same_month => format!("{day}–{last}"),
        (Some(day), Some(month)) if same_year => format!("{day} {} – {last}", month_name(month)),
        _ => format!("{first} – {last}"),
    }
}

fn spoken(year: i16, month: Option<u8>, day: Option<u8>, language: &LanguageTag) -> String {
    if is_chinese(language) {
        return match (month, day) {
            (Some(month), Some(day)) => format!("{year}年{month}月{day}日"),
            (Some(month), None) => format!("{year}年{month}月"),
            _ => format!("{year}年"),
        };
    }
    match (month, day) {
        (Some(month), Some(day)) => format!("{day} {} {year}", month_name(month)),
        (Some(month), None) => format!("{} {year}", month_name(month)),
        _ => year.to_string(),
    }
}

fn month_name(month: u8) -> &'static str {
    MONTHS[usize::from(month.clamp(1, 12)) - 1]
}

fn is_chinese(language: &LanguageTag) -> bool {
    language.language() == "zh"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches() {
        let rows = [
            (
                "2014-11-10",
                Some("2014-11-11"),
                "2014年11月10日至11日",
                "10–11 November 2014",
            ),
            (
                "2014-11-30",
                Some("2014-12-01"),
                "2014年11月30日至12月1日",
                "30 November – 1 December 2014",
            ),
            (
                "2025-12-31",
                Some("2026-01-01"),
                "2025年12月31日至2026年1月1日",
                "31 December 2025 – 1 January 2026",
            ),
            ("2026-02", None, "2026年2月", "February 2026"),
            ("1989", Some("1989"), "1989年", "1989"),
        ];
        let tag = |tag| LanguageTag::new(tag).unwrap();
        for (start, end, chinese, english) in rows {
            let start = PartialDate::parse(start).unwrap();
            let end = end.and_then(PartialDate::parse);
            assert_eq!(stretch(start, end, &tag("zh-Hant-HK")), chinese);
            assert_eq!(stretch(start, end, &tag("en")), english);
        }
    }
}
