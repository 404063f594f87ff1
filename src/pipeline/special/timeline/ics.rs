//! Lines of iCalendar, RFC 5545: escaped, folded, ended by CRLF.

/// The most bytes of a line, its end not counted.
const LINE: usize = 75;

/// A calendar being written.
#[derive(Default)]
pub struct Lines {
    text: String,
}

impl Lines {
    /// A line whose value is of no text type: a keyword, a date, an address.
    pub fn plain(&mut self, name: &str, value: &str) {
        let line: String = [name, ":", value]
            .into_iter()
            .flat_map(str::chars)
            .filter(|ch| !ch.is_control())
            .collect();
        self.fold(&line);
    }

    /// A line whose value is text; nothing when it is empty.
    pub fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.plain(name, &escaped(value));
        }
    }

    /// The calendar.
    pub fn finish(self) -> String {
        self.text
    }

    /// Appends a line in pieces of at most [`LINE`] bytes, each after the first led by a space, and no
    /// character in two of them.
    fn fold(&mut self, line: &str) {
        let mut room = LINE;
        for ch in line.chars() {
            if ch.len_utf8() > room {
                self.text.push_str("\r\n ");
                room = LINE - 1;
            }
            self.text.push(ch);
            room -= ch.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(ch);
            }
            '\n' => out.push_str("\\n"),
            _ => out.push(ch),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str, value: &str) -> String {
        let mut lines = Lines::default();
        lines.text(name, value);
        lines.finish()
    }

    #[test]
    fn escaping() {
        for (value, expected) in [
            ("a,b;c\\d", "X:a\\,b\\;c\\\\d\r\n"),
            ("一\r\n二\u{0}", "X:一\\n二\r\n"),
            ("", ""),
        ] {
            assert_eq!(written("X", value), expected);
        }
    }

    #[test]
    fn folding() {
        for value in [
            "字".repeat(100),
            "a".repeat(73),
            "a".repeat(74),
            format!("a{}", "😀".repeat(40)),
        ] {
            let text = written("X", &value);
            for line in text.strip_suffix("\r\n").unwrap().split("\r\n") {
                assert!(line.len() <= LINE, "{} bytes: {line}", line.len());
            }
            assert_eq!(text.replace("\r\n ", ""), format!("X:{value}\r\n"));
        }
        assert!(!written("X", &"a".repeat(73)).contains("\r\n "));
    }
}
