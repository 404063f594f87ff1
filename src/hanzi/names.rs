//! Names in running text, as far as their surroundings give them away, and the words around a single character.

use std::ops::Range;

use super::quotes::is_han;

/// Surnames whose character is also something else.
pub(super) const SURNAMES: &str = "余范于钟沈后里干岳丰云松郁姜叶万华征卜涂布郑钟游卢邓於鍾乾甯";
const TITLES: [&str; 30] = [
    "先生", "女士", "小姐", "太太", "夫人", "教授", "博士", "主席", "总统", "總統", "议员", "議員",
    "主任", "校长", "校長", "老师", "老師", "医生", "醫生", "经理", "經理", "部长", "部長", "局长",
    "局長", "记者", "記者", "律师", "律師", "同学",
];
/// The name that the surname at `place` begins: before a title of address with a given name of up to two characters between, or
/// alone with its title; or the title of a work that it stands in.
pub(super) fn name(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
    let mut end = place.end;
    for _ in 0..3 {
        let rest = &text[end..];
        if let Some(title) = TITLES.iter().find(|title| rest.starts_with(**title)) {
            let is_alone = end == place.end;
            return Some(place.start..if is_alone { end + title.len() } else { end });
        }
        match rest.chars().next() {
            Some(c) if is_han(c) => end += c.len_utf8(),
            _ => break,
        }
    }
    let open = text[..place.start].rfind('《')?;
    let inside = open + '《'.len_utf8();
    match text[open..].find('》') {
        Some(close) if open + close < place.start => None,
        Some(close) => Some(inside..open + close),
        None => Some(with_neighbour(text, place)),
    }
}

/// A single character with the one before it, or else after it; anything longer as it is.
pub(super) fn with_neighbour(text: &str, place: &Range<usize>) -> Range<usize> {
    if text[place.clone()].chars().nth(1).is_some() {
        return place.clone();
    }
    let before = text[..place.start].chars().next_back();
    let after = text[place.end..].chars().next();
    match (before.filter(|c| is_han(*c)), after.filter(|c| is_han(*c))) {
        (Some(before), _) => place.start - before.len_utf8()..place.end,
        (None, Some(after)) => place.start..place.end + after.len_utf8(),
        (None, None) => place.clone(),
    }
}
