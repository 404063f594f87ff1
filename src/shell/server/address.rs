//! The path of a request: what it may be, and which output it asks for.
//!
//! It is decoded once. What could mean something else to another reader of paths (dot segments,
//! backslashes, encoded slashes, control characters, bytes that are no UTF-8) is refused, not mended.

use crate::pipeline::output::OutputPath;

/// The longest path taken, in bytes as sent.
pub(super) const LONGEST: usize = 4096;

/// The folder of the server's own addresses; begins with a dot, so no output is ever there.
pub(super) const OWN: &str = ".tongwen";

/// A path within the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// A file by its own name.
    File(OutputPath),
    /// A folder, with its slash at the end; the index in it is asked for.
    Folder(OutputPath),
    /// One of the server's own, by the name below [`OWN`].
    Own(String),
}

/// Why a path leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoAddress {
    /// It is not a path that anybody could mean.
    Malformed,
    /// It is sound and never has anything: a hidden file, an empty segment.
    Nothing,
    /// It lies outside the base path; everything of the site is below it.
    OutsideBase,
}

/// Reads the path of a request. `base` is the site's base path: empty, or `/docs`, with no `/` at its
/// end.
pub(super) fn read(raw: &str, base: &str) -> Result<Address, NoAddress> {
    let decoded = decode(raw).ok_or(NoAddress::Malformed)?;
    let inside = decoded.strip_prefix(base).ok_or(NoAddress::OutsideBase)?;
    let inside = inside.strip_prefix('/').ok_or(NoAddress::OutsideBase)?;
    match inside
        .strip_prefix(OWN)
        .and_then(|own| own.strip_prefix('/'))
    {
        Some(own) => Ok(Address::Own(own.to_string())),
        None => locate(&format!("/{inside}")),
    }
}

/// The output at a path that is decoded already and begins with `/`.
pub(super) fn locate(path: &str) -> Result<Address, NoAddress> {
    let inside = path.strip_prefix('/').ok_or(NoAddress::Nothing)?;
    let hidden = |part: &str| part.starts_with('.') && part != ".well-known";
    if inside.split('/').any(hidden) {
        return Err(NoAddress::Nothing);
    }
    let is_folder = inside.is_empty() || inside.ends_with('/');
    let path = match is_folder {
        true => OutputPath::new(&format!("{inside}index.html")),
        false => OutputPath::new(inside),
    };
    let path = path.ok_or(NoAddress::Nothing)?;
    Ok(match is_folder {
        true => Address::Folder(path),
        false => Address::File(path),
    })
}

/// Decodes the `%XX` of a request's path; `None` for what is refused.
pub(super) fn decode(raw: &str) -> Option<String> {
    let text = decode_reference(raw)?;
    let leads_away = text.split('/').any(|part| part == "." || part == "..");
    (!leads_away).then_some(text)
}

/// The same for a path written on a page, which may climb.
pub(super) fn decode_reference(raw: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        let byte = match byte {
            b'%' => match hex(rest.next()?)? * 16 + hex(rest.next()?)? {
                // Hidden from whoever split the path at its slashes.
                b'/' => return None,
                decoded => decoded,
            },
            byte => byte,
        };
        if byte == b'\\' || byte < 0x20 || byte == 0x7f {
            return None;
        }
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok()
}

/// Encodes a path for a header or an attribute: everything but letters, digits, `/` and `-._~`.
pub(super) fn encode(path: &str) -> String {
    use std::fmt::Write;
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            // Writing to a String cannot fail.
            byte => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let file = |path| {
            OutputPath::new(path)
                .map(Address::File)
                .ok_or(NoAddress::Nothing)
        };
        let folder = |path| {
            OutputPath::new(path)
                .map(Address::Folder)
                .ok_or(NoAddress::Nothing)
        };
        let rows = [
            ("/", folder("index.html")),
            ("/a/", folder("a/index.html")),
            ("/a/b.css", file("a/b.css")),
            ("/%E6%99%82%E9%96%93/", folder("時間/index.html")),
            ("/時間/", folder("時間/index.html")),
            ("/a%20b", file("a b")),
            ("/%252e%252e/x", file("%2e%2e/x")),
            ("/.well-known/x", file(".well-known/x")),
            ("/a+b", file("a+b")),
            ("/.tongwen/events", Ok(Address::Own("events".to_string()))),
            ("//", Err(NoAddress::Nothing)),
            ("//evil.example/", Err(NoAddress::Nothing)),
            ("/a//b", Err(NoAddress::Nothing)),
            ("/.git/config", Err(NoAddress::Nothing)),
            ("/a/.env", Err(NoAddress::Nothing)),
            ("/%2egit/config", Err(NoAddress::Nothing)),
            ("/.tongwen", Err(NoAddress::Nothing)),
            ("/..", Err(NoAddress::Malformed)),
            ("/../x", Err(NoAddress::Malformed)),
            ("/a/../../x", Err(NoAddress::Malformed)),
            ("/%2e%2e/x", Err(NoAddress::Malformed)),
            ("/.%2E/x", Err(NoAddress::Malformed)),
            ("/%2e/x", Err(NoAddress::Malformed)),
            ("/..%2fx", Err(NoAddress::Malformed)),
            ("/a%2Fb", Err(NoAddress::Malformed)),
            ("/..\\x", Err(NoAddress::Malformed)),
            ("/..%5cx", Err(NoAddress::Malformed)),
            ("/%00", Err(NoAddress::Malformed)),
            ("/a%0d%0ab", Err(NoAddress::Malformed)),
            ("/%c0%ae%c0%ae/x", Err(NoAddress::Malformed)),
            ("/%c0%af", Err(NoAddress::Malformed)),
            ("/%e0%80%ae", Err(NoAddress::Malformed)),
            ("/%ff", Err(NoAddress::Malformed)),
            ("/%", Err(NoAddress::Malformed)),
            ("/%4", Err(NoAddress::Malformed)),
            ("/%zz", Err(NoAddress::Malformed)),
            ("/.tongwen/../x", Err(NoAddress::Malformed)),
            ("*", Err(NoAddress::OutsideBase)),
        ];
        for (raw, expected) in rows {
            assert_eq!(read(raw, ""), expected, "{raw}");
        }
        assert_eq!(read("/docs/a/", "/docs"), folder("a/index.html"));
        for outside in ["/", "/docs", "/docsx/", "/a/"] {
            assert_eq!(
                read(outside, "/docs"),
                Err(NoAddress::OutsideBase),
                "{outside}"
            );
        }
    }

    #[test]
    fn encoding_is_undone_by_decoding() {
        for path in ["/時間線/a b/", "/a\"<>&'/", "/100%/", "/-._~/"] {
            let encoded = encode(path);
            assert!(encoded.is_ascii() && !encoded.contains(['"', '<', '&', ' ']));
            assert_eq!(decode(&encoded).as_deref(), Some(path));
        }
    }
}
