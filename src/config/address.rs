//! What may stand in an address: the rules for `slug`, `path`, `aliases` and a language's folder.
//!
//! Addresses become folders of the output, on any file system and any host, so the rules are those of
//! the strictest. Han characters are welcome; whoever writes a link percent-encodes them.

use crate::diagnostic::Term;

/// Checks one segment of an address; the rule it breaks, if one.
pub fn check_segment(segment: &str) -> Result<(), Term> {
    if segment.contains('/') {
        return Err(Term::PartSlash);
    }
    check_part(segment)
}

/// Checks a path of segments, with or without a `/` at its ends, and gives it without. The root is
/// the empty path; nothing else may be empty in it.
pub fn check_path(path: &str) -> Result<&str, Term> {
    let inner = path.strip_prefix('/').unwrap_or(path);
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    if !inner.is_empty() {
        inner.split('/').try_for_each(check_part)?;
    }
    Ok(inner)
}

fn check_part(part: &str) -> Result<(), Term> {
    if part.is_empty() {
        return Err(Term::PartEmpty);
    }
    if part == "." || part == ".." {
        return Err(Term::PartDots);
    }
    if part.len() > 200 {
        return Err(Term::PartLong);
    }
    if part.chars().any(unseen) || part.ends_with('.') {
        return Err(if part.ends_with('.') {
            Term::PartDots
        } else {
            Term::PartControl
        });
    }
    if part.contains(['\\', '?', '#', '%', ':', '*', '"', '<', '>', '|']) {
        return Err(Term::PartReserved);
    }
    if is_device(part) {
        return Err(Term::PartDevice);
    }
    Ok(())
}

/// Names that Windows takes for devices, with any ending, so that the output could not be copied there.
fn is_device(part: &str) -> bool {
    let name = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
    let numbered = |stem: &str| {
        let number = name.strip_prefix(stem);
        number.is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']))
    };
    matches!(name.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// Characters that a reader cannot see in an address, or that turn its direction around.
/// Whether a file that is published as it is may be called so. What an address cannot say without being
/// encoded twice is refused; other names are the author's to choose.
pub fn check_file(path: &str) -> Result<(), Term> {
    if path.contains(['\\', '?', '#', '%']) {
        return Err(Term::FileReserved);
    }
    if path.chars().any(char::is_control) {
        return Err(Term::PartControl);
    }
    Ok(())
}

fn unseen(character: char) -> bool {
    character.is_control()
        || character.is_whitespace()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (path, read) in [
            ("a/b", Ok("a/b")),
            ("/a/b/", Ok("a/b")),
            ("/", Ok("")),
            ("", Ok("")),
            ("時間線/2014-北京", Ok("時間線/2014-北京")),
            ("feed.xml", Ok("feed.xml")),
            ("a//b", Err(Term::PartEmpty)),
            ("//a", Err(Term::PartEmpty)),
            ("../a", Err(Term::PartDots)),
            ("a/./b", Err(Term::PartDots)),
            ("a.", Err(Term::PartDots)),
            ("a b", Err(Term::PartControl)),
            ("a\u{202e}b", Err(Term::PartControl)),
            ("a\nb", Err(Term::PartControl)),
            ("a?b", Err(Term::PartReserved)),
            ("a\\b", Err(Term::PartReserved)),
            ("100%", Err(Term::PartReserved)),
            ("a/NUL.txt", Err(Term::PartDevice)),
            ("com1", Err(Term::PartDevice)),
            ("com10/console/auxiliary", Ok("com10/console/auxiliary")),
        ] {
            assert_eq!(check_path(path), read, "{path:?}");
        }
        assert_eq!(check_path(&"長".repeat(67)), Err(Term::PartLong));
        assert_eq!(check_segment("a/b"), Err(Term::PartSlash));
        assert_eq!(check_segment(""), Err(Term::PartEmpty));
    }
}
