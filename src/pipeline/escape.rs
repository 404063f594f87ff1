//! Escaping for HTML: the four characters that text and quoted attributes must not hold as they are.

use std::borrow::Cow;

/// Appends `text` with the characters escaped that HTML gives a meaning to, in text and in quoted
/// attributes alike.
pub fn escape_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = first_special(rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Whether nothing in `text` has to be escaped.
pub fn is_plain(text: &str) -> bool {
    first_special(text.as_bytes()).is_none()
}

/// Where the first character stands that has to be escaped. Sixteen or sixty-four bytes at a time: the compiler makes
/// vector instructions of the loop without a way out of it.
pub fn first_special(bytes: &[u8]) -> Option<usize> {
    let (long, _) = bytes.as_chunks::<64>();
    let mut before = 64 * long.iter().position(has_special).unwrap_or(long.len());
    let (short, _) = bytes[before..].as_chunks::<16>();
    before += 16 * short.iter().position(has_special).unwrap_or(short.len());
    let rest = &bytes[before..];
    if rest.len() < 16
        && bytes
            .last_chunk()
            .is_some_and(|last| !has_special::<16>(last))
    {
        return None;
    }
    let within = rest.iter().position(|byte| SPECIAL[usize::from(*byte)]);
    within.map(|at| before + at)
}

/// `&` and `"` differ in one bit, and so do `<` and `>`.
fn has_special<const N: usize>(block: &[u8; N]) -> bool {
    let is_special = |byte: u8| (byte | 0x04 == b'&') | (byte | 0x02 == b'>');
    // Gathered in a byte: of one bit, the compiler makes no vectors.
    let any = block
        .iter()
        .fold(0, |any, byte| any | u8::from(is_special(*byte)));
    any != 0
}

const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    special[b'&' as usize] = true;
    special[b'<' as usize] = true;
    special[b'>' as usize] = true;
    special[b'"' as usize] = true;
    special
};

/// `text` escaped for HTML.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    escape_into(&mut out, text);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        // Texts on both sides of every length at which the search takes another step.
        #[test]
        fn the_first_is_found_wherever_it_stands(before in "[a中]{0,200}", after in "[a中&<>\"]{0,80}") {
            let text = before + &after;
            let found = text.find(['&', '<', '>', '"']);
            prop_assert_eq!(first_special(text.as_bytes()), found);
            prop_assert_eq!(is_plain(&text), found.is_none());
            let expected = (text.replace('&', "&amp;").replace('<', "&lt;")).replace('>', "&gt;").replace('"', "&quot;");
            prop_assert_eq!(escaped(&text), expected);
        }
    }
}
