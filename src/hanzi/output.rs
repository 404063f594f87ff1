//! The output of a pass, in the making.

use super::entry::Entry;

/// Text, as bytes: a `String` finds out of every character how long it is and whether there is room, which was over a
/// quarter of the conversion's instructions. That it is UTF-8 is seen at the end, many bytes at a time.
pub(super) struct Output(Vec<u8>);

impl Output {
    /// Room for what `text` becomes.
    pub(super) fn of(text: &str) -> Output {
        Output(Vec::with_capacity(text.len() + text.len() / 8))
    }

    /// In bytes.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn push_str(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    /// Appends characters.
    pub(super) fn push_all(&mut self, characters: &[[u8; 3]]) {
        self.0.extend_from_slice(characters.as_flattened());
    }

    /// Appends the character that `entry` says.
    #[inline(always)] // once per character
    pub(super) fn push(&mut self, entry: Entry) {
        if entry.is_three_bytes() {
            self.0.extend_from_slice(&entry.bytes()[..3]);
        } else {
            self.push_other(entry);
        }
    }

    #[cold]
    #[inline(never)] // leaves what calls `push` its registers
    fn push_other(&mut self, entry: Entry) {
        self.push_str(entry.output().encode_utf8(&mut [0; 4]));
    }

    /// Appends all of it to `out`.
    pub(super) fn append_to(&self, out: &mut String) {
        match simdutf8::basic::from_utf8(&self.0) {
            Ok(text) => out.push_str(text),
            // Only whole characters are ever put in.
            Err(_) => out.push_str(&String::from_utf8_lossy(&self.0)),
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
        text.chars()
            .for_each(|c| output.push(Entry::of(c.into(), c.into())));
        let mut all = String::from("前");
        output.append_to(&mut all);
        assert_eq!(all, format!("前{text}"));
    }
}
