//! Conditional and partial requests (RFC 9110, sections 13 and 14).

use std::ops::Range;

use hyper::header::{HeaderMap, IF_NONE_MATCH, IF_RANGE, RANGE};

/// What of an answer's bytes is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    All,
    /// Nothing: the asker has it.
    None,
    Part(Range<usize>),
    /// A part that there is not.
    Outside,
}

/// Reads what a request for `len` bytes under `etag` wants. What is malformed, or asks for several
/// parts, is answered whole, as the RFC allows.
pub(super) fn wanted(headers: &HeaderMap, etag: &str, len: usize) -> Wanted {
    let known = headers.get_all(IF_NONE_MATCH).iter();
    let mut known = known
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    let is_ours = |tag: &str| {
        let tag = tag.trim();
        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag
    };
    if known.any(is_ours) {
        return Wanted::None;
    }
    if headers.get(IF_RANGE).is_some_and(|tag| tag != etag) {
        return Wanted::All;
    }
    let mut ranges = headers.get_all(RANGE).iter();
    match (
        ranges.next().and_then(|range| range.to_str().ok()),
        ranges.next(),
    ) {
        (Some(range), None) => part(range, len),
        _ => Wanted::All,
    }
}

fn part(range: &str, len: usize) -> Wanted {
    let Some((first, last)) = range
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'))
    else {
        return Wanted::All;
    };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // A number too large for us is larger than any length we have.
        digits.then(|| text.parse().unwrap_or(usize::MAX))
    };
    match (number(first.trim()), number(last.trim())) {
        (Some(first), None) if last.trim().is_empty() && first < len => Wanted::Part(first..len),
        (Some(_), None) if last.trim().is_empty() => Wanted::Outside,
        (Some(first), Some(last)) if first > last => Wanted::All,
        (Some(first), Some(last)) if first < len => {
            Wanted::Part(first..last.saturating_add(1).min(len))
        }
        (Some(_), Some(_)) => Wanted::Outside,
        (None, Some(0)) if first.trim().is_empty() => Wanted::Outside,
        (None, Some(_)) if first.trim().is_empty() && len == 0 => Wanted::Outside,
        (None, Some(suffix)) if first.trim().is_empty() => {
            Wanted::Part(len.saturating_sub(suffix)..len)
        }
        _ => Wanted::All,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let rows = [
            ("bytes=0-3", Wanted::Part(0..4)),
            ("bytes=2-2", Wanted::Part(2..3)),
            ("bytes=4-", Wanted::Part(4..10)),
            ("bytes=-3", Wanted::Part(7..10)),
            ("bytes=-99", Wanted::Part(0..10)),
            ("bytes=8-99999999999999999999999", Wanted::Part(8..10)),
            ("bytes=10-", Wanted::Outside),
            ("bytes=10-11", Wanted::Outside),
            ("bytes=99999999999999999999999-", Wanted::Outside),
            ("bytes=-0", Wanted::Outside),
            ("bytes=3-2", Wanted::All),
            ("bytes=0-1,3-4", Wanted::All),
            ("bytes=", Wanted::All),
            ("bytes=-", Wanted::All),
            ("bytes=a-b", Wanted::All),
            ("bytes=+1-2", Wanted::All),
            ("bytes=--1", Wanted::All),
            ("lines=0-1", Wanted::All),
        ];
        for (range, expected) in rows {
            assert_eq!(part(range, 10), expected, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Wanted::Outside);
        assert_eq!(part("bytes=-1", 0), Wanted::Outside);
    }
}
