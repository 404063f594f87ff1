//! What a link's destination is, judged by its spelling alone; looking it up is the catalogue's work.

use super::super::body::LinkTarget;

/// The schemes a link may have. Everything else that looks like a scheme is refused: `javascript:` and
/// `data:` run or show what nobody reviewed.
const SAFE_SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "ftp", "sms", "geo"];

/// Sorts a destination. `shown` says it is an image.
///
/// # Errors
/// The scheme, when it is one that a page may not link to.
pub fn classify(destination: &str, shown: bool) -> Result<LinkTarget, String> {
    if let Some(scheme) = scheme(destination) {
        return if SAFE_SCHEMES.contains(&scheme.as_str()) {
            Ok(LinkTarget::Address(destination.into()))
        } else {
            Err(format!("{scheme}:"))
        };
    }
    if let Some(anchor) = destination.strip_prefix('#') {
        return Ok(LinkTarget::Anchor(decode(anchor).into()));
    }
    if destination.starts_with('/') {
        return Ok(LinkTarget::Address(destination.into()));
    }
    let (path, anchor) = match destination.split_once('#') {
        Some((path, anchor)) => (path, Some(decode(anchor).into())),
        None => (destination, None),
    };
    Ok(LinkTarget::File {
        path: decode(path).into(),
        anchor,
        shown,
    })
}

/// The scheme of a destination, in lower case, if it has one. Browsers skip control characters and
/// spaces when they look for it, so this does too.
fn scheme(destination: &str) -> Option<String> {
    if !destination.contains(':') {
        return None;
    }
    let seen: String = destination
        .chars()
        .filter(|ch| !ch.is_control() && !ch.is_whitespace())
        .take(32)
        .collect();
    let (scheme, _) = seen.split_once(':')?;
    let valid = scheme.starts_with(|ch: char| ch.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|ch| ch.is_ascii_alphanumeric() || matches!(ch, '+' | '-' | '.'));
    valid.then(|| scheme.to_ascii_lowercase())
}

/// Percent-decoded, when what comes out is UTF-8; as written otherwise.
pub fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_string();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |at: usize| bytes.get(at).and_then(|b| (*b as char).to_digit(16));
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, _, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_destinations() {
        let file = |path: &str, anchor: Option<&str>| {
            Ok(LinkTarget::File {
                path: path.into(),
                anchor: anchor.map(Into::into),
                shown: false,
            })
        };
        for (destination, expected) in [
            (
                "https://a.b/c#d",
                Ok(LinkTarget::Address("https://a.b/c#d".into())),
            ),
            ("//a.b/c", Ok(LinkTarget::Address("//a.b/c".into()))),
            ("#第一節", Ok(LinkTarget::Anchor("第一節".into()))),
            (
                "timeline/_index.md#2014",
                file("timeline/_index.md", Some("2014")),
            ),
            ("%E4%B8%80.md", file("一.md", None)),
            ("100%.md", file("100%.md", None)),
            ("javascript:alert(1)", Err("javascript:".to_string())),
            ("java\tscript:alert(1)", Err("javascript:".to_string())),
            (" JavaScript:alert(1)", Err("javascript:".to_string())),
            ("data:text/html,x", Err("data:".to_string())),
        ] {
            assert_eq!(classify(destination, false), expected, "{destination}");
        }
    }
}
