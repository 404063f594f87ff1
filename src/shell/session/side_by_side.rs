//! The page that shows a page in both scripts next to each other. One grid, so that the two scroll
//! together; no script.

use std::fmt::Write as _;

use crate::pipeline::compare::{Comparison, Mark, Row, Side, Stretch};
use crate::pipeline::document::markdown::tape::{escape_into, escaped};

const STYLE: &str = "body{margin:0;font:17px/1.8 sans-serif;color:#1b1b1b;background:#fcfcf9}\
header{position:sticky;top:0;background:inherit;border-bottom:3px double #888;padding:.5rem 1rem}\
header p{margin:0}table{border-collapse:collapse;width:100%;table-layout:fixed}\
td,th{vertical-align:top;text-align:start;padding:.35rem 1rem;border-bottom:1px solid #ddd;overflow-wrap:anywhere}\
.n{width:4rem;color:#666;font-size:.8rem}mark{background:#dceaf5;color:inherit}\
mark.g{background:#f6e3c5}mark.s{background:#dff0d8}.f{font-size:.85rem;color:#8a3b00}code{font-size:.8rem}\
@media (prefers-color-scheme:dark){body{color:#e6e6e2;background:#161817}td,th{border-color:#3a3d3b}\
mark{background:#1f4258}mark.g{background:#5b4316}mark.s{background:#2b4a26}.f{color:#f0b27a}}";

/// The page.
pub fn html(comparison: &Comparison) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\">");
    let source = escaped(&comparison.source);
    let (from, to) = (&comparison.from, &comparison.to);
    // Writing into a string cannot fail.
    let _ = write!(
        out,
        "<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\"><title>{source}</title><style>{STYLE}</style></head><body><header><p><strong>{source}</strong></p><p><mark>字典 dictionary</mark> <mark class=\"g\">詞彙 glossary</mark> <mark class=\"s\">用字 style</mark></p></header><table><thead><tr><th class=\"n\">行 line</th>{}{}</tr></thead><tbody>",
        heading(from),
        heading(to)
    );
    for row in &comparison.rows {
        write_row(&mut out, row, from, to);
    }
    out.push_str("</tbody></table>");
    if !comparison.overrides.is_empty() {
        out.push_str("<table><caption>-{…}-</caption><tbody>");
        for fixed in &comparison.overrides {
            let _ = write!(
                out,
                "<tr><td class=\"n\"></td><td lang=\"{}\">{}</td><td lang=\"{}\">{}</td></tr>",
                from.tag,
                escaped(&fixed.source),
                to.tag,
                escaped(&fixed.output)
            );
        }
        out.push_str("</tbody></table>");
    }
    out.push_str("</body></html>\n");
    out
}

fn heading(side: &Side) -> String {
    format!(
        "<th lang=\"{}\"><a href=\"{}\">{}</a></th>",
        side.tag,
        escaped(&side.url),
        escaped(&side.label)
    )
}

fn write_row(out: &mut String, row: &Row, from: &Side, to: &Side) {
    let _ = write!(
        out,
        "<tr><td class=\"n\">{}</td><td lang=\"{}\">",
        row.line, from.tag
    );
    write_stretches(out, &row.source);
    let _ = write!(out, "</td><td lang=\"{}\">", to.tag);
    write_stretches(out, &row.output);
    out.push_str("</td></tr>");
    for (message, help) in &row.findings {
        let _ = write!(
            out,
            "<tr class=\"f\"><td></td><td>{}</td><td><code>{}</code></td></tr>",
            escaped(message),
            escaped(help)
        );
    }
    out.push('\n');
}

fn write_stretches(out: &mut String, stretches: &[Stretch]) {
    for stretch in stretches {
        match &stretch.mark {
            Mark::Same => {
                escape_into(out, &stretch.text);
                continue;
            }
            Mark::Dictionary => out.push_str("<mark>"),
            Mark::Style => out.push_str("<mark class=\"s\">"),
            Mark::Glossary(place) => {
                let _ = write!(out, "<mark class=\"g\" title=\"{}\">", escaped(place));
            }
        }
        escape_into(out, &stretch.text);
        out.push_str("</mark>");
    }
}
