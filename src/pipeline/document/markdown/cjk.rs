//! What CommonMark does not know about Chinese: emphasis beside full-width punctuation, and line
//! breaks inside a sentence.
//!
//! CommonMark decides whether `**` opens or closes by the characters beside it, and takes `「` for
//! punctuation as it does `(`. Between Han characters, where no spaces are written, that leaves
//! `這是**「中國年」**主題` without emphasis, or pairs the wrong marks. The remedy is the one that
//! browsers' editors took for CJK: beside a `*` or `~`, full-width punctuation counts as a letter. The
//! parser cannot be told so, but it can be shown a copy of the text in which each such mark is replaced
//! by a private-use character of the same length in bytes, so that every offset still fits.

use std::borrow::Cow;

/// The first of the private-use characters that stand in; all are three bytes, as the marks are.
const STAND_IN: u32 = 0xF500;

/// The full-width marks, each standing in by its place in this list.
const MARKS: [char; 38] = [
    '、', '。', '〈', '〉', '《', '》', '「', '」', '『', '』', '【', '】', '〔', '〕', '〖', '〗',
    '（', '）', '，', '．', '：', '；', '？', '！', '“', '”', '‘', '’', '…', '—', '～', '－', '〝',
    '〞', '‧', '／', '％', '＋',
];

/// A copy of `text` with full-width marks beside `*` or `~` replaced; borrowed when there are none, or
/// when the text has characters of its own in the private range.
pub fn shield(text: &str) -> Cow<'_, str> {
    let mut copy = String::new();
    let mut copied = 0;
    for at in memchr::memchr2_iter(b'*', b'~', text.as_bytes()) {
        let before = text[..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        for (mark, place) in [
            (before, at - before.map_or(0, char::len_utf8)),
            (after, at + 1),
        ] {
            let Some(stand_in) = mark.and_then(stand_in) else {
                continue;
            };
            // A mark between two signs was replaced when the first one came.
            if place < copied {
                continue;
            }
            if copy.is_empty() {
                if has_stand_in(text) {
                    return Cow::Borrowed(text);
                }
                copy.reserve(text.len());
            }
            copy.push_str(&text[copied..place]);
            copy.push(stand_in);
            copied = place + stand_in.len_utf8();
        }
    }
    if copy.is_empty() {
        return Cow::Borrowed(text);
    }
    copy.push_str(&text[copied..]);
    Cow::Owned(copy)
}

/// Puts the marks back into a piece of a shielded text.
pub fn unshield(text: &str) -> Cow<'_, str> {
    // Destinations and code mostly are ASCII, which is sooner known.
    if text.is_ascii() || !has_stand_in(text) {
        return Cow::Borrowed(text);
    }
    let restored = text.chars().map(|ch| {
        let index = (ch as u32).wrapping_sub(STAND_IN) as usize;
        MARKS.get(index).copied().unwrap_or(ch)
    });
    Cow::Owned(restored.collect())
}

/// Whether a soft line break between these two characters is only a break in the source: true between
/// Han characters and beside full-width punctuation, false where words are parted by spaces.
pub fn joins(before: char, after: char) -> bool {
    let wide = |ch| is_han(ch) || is_full_width_mark(ch) || is_kana(ch);
    (wide(before) && wide(after)) || is_full_width_mark(before) || is_full_width_mark(after)
}

/// Whether `ch` is a Han character.
pub fn is_han(ch: char) -> bool {
    matches!(ch as u32,
        0x2E80..=0x2FDF | 0x3005 | 0x3007 | 0x3021..=0x3029 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

fn is_kana(ch: char) -> bool {
    matches!(ch as u32, 0x3040..=0x30FF | 0x31F0..=0x31FF)
}

/// Whether `ch` is a mark as wide as a Han character.
pub fn is_full_width_mark(ch: char) -> bool {
    matches!(ch as u32, 0x3001..=0x3003 | 0x3008..=0x3011 | 0x3014..=0x301F | 0xFF01..=0xFF0F
        | 0xFF1A..=0xFF20 | 0xFF3B..=0xFF40 | 0xFF5B..=0xFF65)
}

fn stand_in(mark: char) -> Option<char> {
    let index = MARKS.iter().position(|known| *known == mark)?;
    char::from_u32(STAND_IN + index as u32)
}

/// Asked of every text, so the bytes that all stand-ins begin with are looked for first.
fn has_stand_in(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), &[0xEF, 0x94]).is_some() && text.chars().any(is_stand_in)
}

fn is_stand_in(ch: char) -> bool {
    (STAND_IN..STAND_IN + MARKS.len() as u32).contains(&(ch as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shielding_keeps_offsets_and_returns() {
        let text = "這是**「中國年」**主題，~~，刪~~。";
        let shielded = shield(text);
        assert_eq!(shielded.len(), text.len());
        assert_ne!(shielded, text);
        assert_eq!(unshield(&shielded), text);
        assert!(matches!(shield("沒有「標記」"), Cow::Borrowed(_)));
    }

    #[test]
    fn every_mark_is_three_bytes() {
        assert!(MARKS.iter().all(|mark| mark.len_utf8() == 3));
    }

    #[test]
    fn line_breaks() {
        for (before, after, joined) in [
            ('中', '文', true),
            ('。', 'A', true),
            ('」', '主', true),
            ('中', 'A', false),
            ('a', 'b', false),
        ] {
            assert_eq!(joins(before, after), joined, "{before}{after}");
        }
    }
}
