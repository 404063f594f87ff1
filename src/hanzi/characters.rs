//! The characters of a text, from its bytes: a conversion looks at each a few times, and `str::chars` is not made for that.
//!
//! The bytes are always those of a `str`, and every offset lies between two characters.

use super::chain::normalized;

/// The character at `at` and the offset after it; NUL, which no key holds, at the end.
#[inline(always)] // a call per character is a tenth of the time
pub(super) fn decode(bytes: &[u8], at: usize) -> (u32, usize) {
    match three_bytes_at(bytes, at) {
        Some(code) => (code.into(), at + 3),
        None => decode_other(bytes, at),
    }
}

/// The character at `at` if it is three bytes, as nearly all of Chinese is; one check of bounds serves them.
#[inline(always)] // as above
pub(super) fn three_bytes_at(bytes: &[u8], at: usize) -> Option<u16> {
    match *bytes[at..].first_chunk()? {
        [first @ 0xe0..0xf0, second, third] => Some(code_of(first, second, third) as u16),
        _ => None,
    }
}

/// The character that these bytes are, if they are one: three bytes of a text, the first of them on a border.
#[inline(always)] // as above
pub(super) fn three_bytes([first, second, third]: [u8; 3]) -> Option<u16> {
    // Where they begin otherwise this comes to another number than the characters of three bytes have.
    let code = code_of(first, second, third);
    (0x800..0x1_0000).contains(&code).then_some(code as u16)
}

/// The code of the character of these three bytes.
#[inline(always)] // as above
fn code_of(first: u8, second: u8, third: u8) -> u32 {
    // What they have besides the code's bits is the same in all, and goes at once.
    const MARKS: u32 = 0xe0 << 12 | 0x80 << 6 | 0x80;
    let all = (u32::from(first) << 12) + (u32::from(second) << 6) + u32::from(third);
    all.wrapping_sub(MARKS)
}

/// What `decode` says of a character that is not three bytes.
#[cold]
#[inline(never)] // leaves the loop its registers
pub(super) fn decode_other(bytes: &[u8], at: usize) -> (u32, usize) {
    if at == bytes.len() {
        return (0, at);
    }
    let byte = |offset: usize| u32::from(bytes[at + offset]);
    match bytes[at] {
        0..0x80 => (byte(0), at + 1),
        0x80..0xe0 => ((byte(0) & 0x1f) << 6 | byte(1) & 0x3f, at + 2),
        0xe0..0xf0 => (
            (byte(0) & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | byte(2) & 0x3f,
            at + 3,
        ),
        0xf0.. => {
            let code = (byte(0) & 0x07) << 18
                | (byte(1) & 0x3f) << 12
                | (byte(2) & 0x3f) << 6
                | byte(3) & 0x3f;
            (code, at + 4)
        }
    }
}

/// The normalised characters from `at` to `end`, each with the offset after it.
pub(super) fn cursor(
    bytes: &[u8],
    mut at: usize,
    end: usize,
) -> impl FnMut() -> Option<(u32, usize)> {
    move || {
        (at < end).then(|| {
            let (code, after) = decode(bytes, at);
            at = after;
            (normalized(code), after)
        })
    }
}

/// The characters from `at` as they are written, each with the offset after it.
pub(super) fn raw_cursor(bytes: &[u8], mut at: usize) -> impl FnMut() -> Option<(u32, usize)> {
    move || {
        (at < bytes.len()).then(|| {
            let (code, after) = decode(bytes, at);
            at = after;
            (code, after)
        })
    }
}

/// The end of the run of ASCII at `at`, eight bytes at a time.
pub(super) fn ascii_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..at + 8) {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        let high = u64::from_le_bytes(word) & 0x8080_8080_8080_8080;
        if high != 0 {
            return at + (high.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while at < bytes.len() && bytes[at] < 0x80 {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_characters_of_three_bytes_are_taken_for_such() {
        let starts = (0..0x80).chain(0xc2..0xf5);
        for first in starts {
            for second in 0..=0xff {
                for third in 0..=0xff {
                    let bytes = [first, second, third];
                    let character = str::from_utf8(&bytes).ok().and_then(|it| {
                        let mut chars = it.chars();
                        chars.next().filter(|_| chars.next().is_none())
                    });
                    let follows_in_text = match first {
                        0..0x80 => true,
                        0x80..0xe0 => (0x80..0xc0).contains(&second),
                        _ => [second, third].iter().all(|it| (0x80..0xc0).contains(it)),
                    };
                    if character.is_some() || follows_in_text && !(0xe0..0xf0).contains(&first) {
                        let expected = character.map(|it| u32::from(it) as u16);
                        assert_eq!(three_bytes(bytes), expected, "{bytes:x?}");
                    }
                }
            }
        }
    }
}
