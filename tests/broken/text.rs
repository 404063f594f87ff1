//! What stands for what cannot be written: long texts and bytes.

/// The bytes that a text of a case stands for.
pub fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('«') {
        let (inside, after) = after.split_once('»').expect("`«` is closed");
        out.extend_from_slice(before.as_bytes());
        match inside.strip_prefix("x ") {
            Some(hex) => {
                out.extend(hex.split(' ').map(|byte| {
                    u8::from_str_radix(byte, 16).expect("two hexadecimal digits a byte")
                }))
            }
            None => {
                let (times, piece) = inside.split_once('×').expect("`«times×text»`");
                let times = times.parse().expect("a number of times");
                let piece = piece.replace("\\n", "\n");
                out.extend(piece.repeat(times).as_bytes());
            }
        }
        rest = after;
    }
    out.extend_from_slice(rest.as_bytes());
    out
}
