//! The output of a pass, in the making.

/// Text, as bytes: a `String` finds out of every character how long it is and whether there is room, which was over a
/// quarter of the conversion's instructions. That it is UTF-8 is seen at the end, many bytes at a time.
pub(super) struct Output {
    /// The text, and after it room for more.
    bytes: Vec<u8>,
    len: usize,
}

impl Output {
    /// Room for what `text` becomes.
    pub(super) fn of(text: &str) -> Output {
        Output {
            bytes: vec![0; text.len() + text.len() / 8 + 4],
            len: 0,
        }
    }

    /// In bytes.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn push_str(&mut self, text: &str) {
        let end = self.len + text.len();
        if end > self.bytes.len() {
            self.grow(end);
        }
        self.bytes[self.len..end].copy_from_slice(text.as_bytes());
        self.len = end;
    }

    pub(super) fn push(&mut self, c: char) {
        self.push_str(c.encode_utf8(&mut [0; 4]));
    }

    /// The room there is behind the text.
    pub(super) fn room(&mut self) -> &mut [u8] {
        &mut self.bytes[self.len..]
    }

    /// So many bytes of the room are text now: whole characters.
    pub(super) fn wrote(&mut self, len: usize) {
        self.len += len;
    }

    #[inline(never)] // rare
    fn grow(&mut self, end: usize) {
        self.bytes.resize(end + end / 2 + 4, 0);
    }

    /// Appends all of it to `out`.
    pub(super) fn append_to(&self, out: &mut String) {
        let bytes = &self.bytes[..self.len];
        match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => out.push_str(text),
            // Only whole characters are ever put in.
            Err(_) => out.push_str(&String::from_utf8_lossy(bytes)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_every_length() {
        let text = "a\u{7f}\u{80}é\u{7ff}\u{800}中\u{ffff}\u{10000}𠮷\u{10ffff}";
        let mut output = Output::of(text);
        for c in text.chars() {
            output.push(c);
        }
        let mut all = String::from("前");
        output.append_to(&mut all);
        assert_eq!(all, format!("前{text}"));
    }
}
