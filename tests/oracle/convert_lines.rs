//! Converts standard input by one scheme: `convert_lines s2hk < in > out`. What `tests/oracle/compare.py` runs.

use std::io::{Read, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let name = std::env::args().nth(1).unwrap_or_default();
    let converter = tongwen::hanzi::Converter::new(name.parse()?);
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut out = String::with_capacity(text.len());
    // Line by line, as the oracle is asked: a line is a text of its own.
    for line in text.lines() {
        converter.convert_into(line, &mut out);
        out.push('\n');
    }
    Ok(std::io::stdout().write_all(out.as_bytes())?)
}
