//! What a plain scalar is: the core schema of YAML 1.2, except that digits with a leading zero stay a
//! text, since `007` is rarely meant as 7.

use crate::config::tree::Kind;

/// What a plain scalar is.
pub fn plain(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" => return Kind::Boolean(true),
        "false" | "False" | "FALSE" => return Kind::Boolean(false),
        _ => {}
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let bytes = unsigned.as_bytes();
    let numeric = |byte: &u8| byte.is_ascii_digit() || b".eE+-".contains(byte);
    if let Some(hexadecimal) = text.strip_prefix("0x") {
        return radix(text, hexadecimal, 16);
    } else if let Some(octal) = text.strip_prefix("0o") {
        return radix(text, octal, 8);
    } else if !bytes.iter().all(numeric) || !bytes.iter().any(u8::is_ascii_digit) {
        return Kind::Text(text.to_string());
    }
    let leading_zero = bytes[0] == b'0' && bytes.get(1).is_some_and(u8::is_ascii_digit);
    if leading_zero || bytes[0] == b'-' || bytes[0] == b'+' {
        return Kind::Text(text.to_string());
    }
    if let Ok(number) = text.parse() {
        return Kind::Integer(number);
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Kind::Float(number),
        _ => Kind::Text(text.to_string()),
    }
}

fn radix(text: &str, digits: &str, radix: u32) -> Kind {
    let unsigned = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    match i64::from_str_radix(digits, radix) {
        Ok(number) if unsigned => Kind::Integer(number),
        _ => Kind::Text(text.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars() {
        let text = |text: &str| Kind::Text(text.to_string());
        for (written, kind) in [
            ("", Kind::Null),
            ("~", Kind::Null),
            ("null", Kind::Null),
            ("nULL", text("nULL")),
            ("true", Kind::Boolean(true)),
            ("False", Kind::Boolean(false)),
            ("yes", text("yes")),
            ("12", Kind::Integer(12)),
            ("-12", Kind::Integer(-12)),
            ("+12", Kind::Integer(12)),
            ("0", Kind::Integer(0)),
            ("012", text("012")),
            ("0x1F", Kind::Integer(31)),
            ("0x-1", text("0x-1")),
            ("0o17", Kind::Integer(15)),
            ("0o19", text("0o19")),
            ("9223372036854775808", Kind::Float(9223372036854775808.0)),
            ("1.5", Kind::Float(1.5)),
            ("-.5", Kind::Float(-0.5)),
            ("1e3", Kind::Float(1000.0)),
            ("0.5", Kind::Float(0.5)),
            ("1e999", text("1e999")),
            ("e", text("e")),
            (".", text(".")),
            ("--1", text("--1")),
            ("1-2", text("1-2")),
            ("2026-11-22", text("2026-11-22")),
            (".inf", text(".inf")),
            (".nan", text(".nan")),
            ("1_000", text("1_000")),
        ] {
            assert_eq!(plain(written), kind, "{written:?}");
        }
    }
}
