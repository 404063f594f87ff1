//! Where a long text may be cut and converted in parts.

use super::chain::DESCRIPTION;

/// OpenCC reads no description sequence longer than this, in characters.
const LONGEST_DESCRIPTION: usize = 64;

/// The length in bytes of the longest beginning of `text` that ends with a line and converts by itself as it does within any text that
/// goes on from there; none when there is no such place yet. No key of any dictionary holds a line break, but a description sequence
/// (⿰木⏎) may, so a line with an operator near its end is not one to stop at. A caller's rules are taken to hold no line break.
pub fn safe_border(text: &str) -> Option<usize> {
    let breaks = text.rmatch_indices('\n').map(|(at, _)| at + 1);
    breaks.into_iter().find(|&border| {
        let before = text[..border].chars().rev().take(LONGEST_DESCRIPTION);
        !before
            .into_iter()
            .any(|c| DESCRIPTION.contains(&u32::from(c)))
    })
}
