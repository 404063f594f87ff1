//! Writing XML: elements with text, and nothing that XML 1.0 has no way to say.

/// Appends `text` escaped for text and for attributes in double quotes. Characters that XML forbids, in
/// any spelling, are dropped.
pub fn escape_into(out: &mut String, text: &str) {
    let mut rest = text;
    // What is asked about begins a character, so whole stretches before it are copied.
    while let Some(at) = rest.bytes().position(|byte| ASKED[usize::from(byte)]) {
        out.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        match chars.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('"') => out.push_str("&quot;"),
            Some(ch) if is_forbidden(ch) => {}
            Some(ch) => out.push(ch),
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

fn is_forbidden(ch: char) -> bool {
    matches!(ch, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

/// First bytes of the characters that are escaped, or may be dropped.
const ASKED: [bool; 256] = {
    let mut asked = [false; 256];
    let mut control = 0;
    while control < 0x20 {
        asked[control] = true;
        control += 1;
    }
    let others = b"&<>\"\x7F\xC2\xEF";
    let mut at = 0;
    while at < others.len() {
        asked[others[at] as usize] = true;
        at += 1;
    }
    asked
};

/// `text`, escaped.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

/// Appends `<name>text</name>` and a line end. `name` may have attributes, already escaped.
pub fn element(out: &mut String, name: &str, text: &str) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    escape_into(out, text);
    out.push_str("</");
    out.push_str(name.split(' ').next().unwrap_or(name));
    out.push_str(">\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaping() {
        for (text, expected) in [
            ("a<b & \"c\">", "a&lt;b &amp; &quot;c&quot;&gt;"),
            ("一\u{0}\u{8}\u{b}\u{1f}\u{85}\u{ffff}二\n", "一二\n"),
            ("]]>", "]]&gt;"),
        ] {
            assert_eq!(escaped(text), expected);
        }
        let mut out = String::new();
        element(&mut out, "a b=\"c\"", "&");
        assert_eq!(out, "<a b=\"c\">&amp;</a>\n");
    }
}
