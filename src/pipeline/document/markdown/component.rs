//! Reading a component line, `::: name key="value"`.
//!
//! The three colons are those of Pandoc's fenced divisions. Each line is a paragraph of its own, so that
//! what stands between the two is ordinary Markdown.

use crate::diagnostic::{Arg, Term};

/// What a paragraph that begins with `:::` says.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// `::: name key="value"`
    Open {
        /// The component.
        name: Box<str>,
        /// The arguments in the order written.
        args: Vec<(Box<str>, Box<str>)>,
    },
    /// `:::`
    Close,
}

/// Reads the text of a paragraph that begins with `:::`.
///
/// # Errors
/// What is wrong, in a few words.
pub fn read(paragraph: &str) -> Result<Line, Arg> {
    let line = paragraph.trim();
    let rest = line.trim_start_matches(':');
    if rest.contains('\n') {
        return Err(Term::OtherText.into());
    }
    let mut rest = rest.trim();
    if rest.is_empty() {
        return Ok(Line::Close);
    }
    let name_end = rest
        .find(|ch: char| !(ch.is_ascii_alphanumeric() || ch == '-'))
        .unwrap_or(rest.len());
    let (name, after) = rest.split_at(name_end);
    if name.is_empty() {
        return Err(Term::ComponentName.into());
    }
    rest = after.trim_start();
    let mut args: Vec<(Box<str>, Box<str>)> = Vec::new();
    while !rest.is_empty() {
        let Some((key, value)) = rest.split_once('=') else {
            return Err(Arg::About(Term::NotKeyValue, rest.to_string()));
        };
        let key = key.trim();
        if key.is_empty() || !key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return Err(Arg::About(Term::NotKey, key.to_string()));
        }
        let Some((value, after)) = value
            .trim_start()
            .strip_prefix('"')
            .and_then(|value| value.split_once('"'))
        else {
            return Err(Arg::About(Term::ValueInQuotes, key.to_string()));
        };
        if args.iter().any(|(known, _)| **known == *key) {
            return Err(Arg::About(Term::GivenTwice, key.to_string()));
        }
        args.push((key.into(), value.into()));
        rest = after.trim_start();
    }
    Ok(Line::Open {
        name: name.into(),
        args,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let open = |name: &str, args: &[(&str, &str)]| {
            Ok(Line::Open {
                name: name.into(),
                args: args
                    .iter()
                    .map(|(k, v)| ((*k).into(), (*v).into()))
                    .collect(),
            })
        };
        for (line, expected) in [
            (":::", Ok(Line::Close)),
            (
                "::: ladder data=\"members\"",
                open("ladder", &[("data", "members")]),
            ),
            (
                ":::quote who=\"王毅\" date=\"2026-02-10\"",
                open("quote", &[("who", "王毅"), ("date", "2026-02-10")]),
            ),
            (
                "::: a b",
                Err(Arg::About(Term::NotKeyValue, "b".to_string())),
            ),
            (
                "::: a b=c",
                Err(Arg::About(Term::ValueInQuotes, "b".to_string())),
            ),
            ("::: a\n文字", Err(Term::OtherText.into())),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }
}
