//! Reading a component line, `::: name key="value"`.
//!
//! The three colons are those of Pandoc's fenced divisions. Each line is a paragraph of its own, so that
//! what stands between the two is ordinary Markdown.

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
pub fn read(paragraph: &str) -> Result<Line, String> {
    let line = paragraph.trim();
    let rest = line.trim_start_matches(':');
    if rest.contains('\n') {
        return Err("other text follows in the same paragraph; leave a blank line".to_string());
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
        return Err("a name of letters, digits and `-` must follow the colons".to_string());
    }
    rest = after.trim_start();
    let mut args: Vec<(Box<str>, Box<str>)> = Vec::new();
    while !rest.is_empty() {
        let Some((key, value)) = rest.split_once('=') else {
            return Err(format!("`{rest}` is not `key=\"value\"`"));
        };
        let key = key.trim();
        if key.is_empty() || !key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return Err(format!("`{key}` is not a key"));
        }
        let Some((value, after)) = value
            .trim_start()
            .strip_prefix('"')
            .and_then(|value| value.split_once('"'))
        else {
            return Err(format!("the value of `{key}` must stand between two `\"`"));
        };
        if args.iter().any(|(known, _)| **known == *key) {
            return Err(format!("`{key}` is given twice"));
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
            ("::: a b", Err("`b` is not `key=\"value\"`".to_string())),
            (
                "::: a b=c",
                Err("the value of `b` must stand between two `\"`".to_string()),
            ),
            (
                "::: a\n文字",
                Err("other text follows in the same paragraph; leave a blank line".to_string()),
            ),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }
}
