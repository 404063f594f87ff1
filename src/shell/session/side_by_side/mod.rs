//! The page that shows a page in both scripts next to each other. One grid, so that the two scroll
//! together, and no script but the dev server's own, which keeps it up to date.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::diagnostic::Language;
use crate::pipeline::compare::{Comparison, Finding, Mark, Row, Side, Stretch};
use crate::pipeline::document::markdown::tape::{escape_into, escaped};

const STYLE: &str = include_str!("style.css");

/// The page's own words, in English and Chinese.
struct Words {
    lang: &'static str,
    dictionary: &'static str,
    glossary: &'static str,
    style: &'static str,
    fixed: &'static str,
    quotes: &'static str,
    line: &'static str,
    before: &'static str,
    after: &'static str,
    only: &'static str,
    front: &'static str,
    text: &'static str,
    in_text: &'static str,
    nothing: &'static str,
}

const ENGLISH: Words = Words {
    lang: "en",
    dictionary: "dictionary",
    glossary: "glossary",
    style: "house style",
    fixed: "fixed in the text",
    quotes: "quotation marks",
    line: "line",
    before: "← page before",
    after: "page after →",
    only: "only what differs",
    front: "Front matter",
    text: "Text",
    in_text: "in the text",
    nothing: "This page has no text to convert.",
};

const CHINESE: Words = Words {
    lang: "zh-Hant",
    dictionary: "字典",
    glossary: "詞彙表",
    style: "用字體例",
    fixed: "文中指定",
    quotes: "引號",
    line: "行",
    before: "← 上一頁",
    after: "下一頁 →",
    only: "只看有分別的",
    front: "頁首資料",
    text: "正文",
    in_text: "在文中",
    nothing: "這一頁沒有要轉換的文字。",
};

/// The page. `base` is the site's base path, `own` the address of side-by-side pages below it.
pub fn html(comparison: &Comparison, base: &str, own: &str, language: Language) -> String {
    let words = match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    };
    let mut out = String::new();
    let source = escaped(&comparison.source);
    // Writing into a string cannot fail.
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{source}</title><style>{STYLE}</style></head><body><header><div class=\"bar\"><h1>{source}</h1><nav>",
        words.lang
    );
    for (url, words) in comparison
        .neighbours
        .iter()
        .zip([words.before, words.after])
    {
        let Some(url) = url else { continue };
        let inside = url.strip_prefix(base).unwrap_or(url);
        let address = format!("{base}{own}{inside}");
        let _ = write!(out, "<a href=\"{}\">{words}</a>", escaped(&address));
    }
    out.push_str("</nav></div>");
    write_legend(&mut out, comparison, words, language);
    let (from, to) = (&comparison.from, &comparison.to);
    let _ = write!(
        out,
        "<div class=\"names\"><span class=\"n\">{}</span>{}{}</div></header><main>",
        words.line,
        name(from),
        name(to)
    );
    let mut named = BTreeSet::new();
    for (in_text, heading) in [(false, words.front), (true, words.text)] {
        let mut rows = comparison
            .rows
            .iter()
            .filter(|row| row.in_text == in_text)
            .peekable();
        if rows.peek().is_some() {
            let _ = write!(out, "<h2>{heading}</h2>");
        }
        for row in rows {
            // Several passages may stand in a line; the first has its name.
            let is_first = named.insert(row.line);
            write_row(&mut out, row, is_first, [from, to], words);
        }
    }
    if comparison.rows.is_empty() {
        let _ = write!(out, "<p class=\"none\">{}</p>", words.nothing);
    }
    out.push_str("</main></body></html>\n");
    out
}

/// What the colours mean, how much of each there is, how many places wait for a person.
fn write_legend(out: &mut String, comparison: &Comparison, words: &Words, language: Language) {
    let rows = &comparison.rows;
    let count = |wanted: fn(&Mark) -> bool| {
        let stretches = rows.iter().flat_map(|row| &row.source);
        stretches.filter(|stretch| wanted(&stretch.mark)).count()
    };
    out.push_str("<div class=\"legend\">");
    for (class, name, count) in [
        (
            "",
            words.dictionary,
            count(|mark| *mark == Mark::Dictionary),
        ),
        (
            "g",
            words.glossary,
            count(|mark| matches!(mark, Mark::Glossary(_))),
        ),
        ("s", words.style, count(|mark| *mark == Mark::Style)),
        ("f", words.fixed, count(|mark| *mark == Mark::Fixed)),
        ("q", words.quotes, count(|mark| *mark == Mark::Quotes)),
    ] {
        if count > 0 {
            let _ = write!(
                out,
                "<span><mark class=\"{class}\">{name}</mark> {count}</span>"
            );
        }
    }
    let findings: usize = rows.iter().map(|row| row.findings.len()).sum();
    let first = rows.iter().find(|row| !row.findings.is_empty());
    let first = first.map_or(0, |row| row.line);
    let _ = match (findings, language) {
        (0, Language::English) => write!(out, "<span>nothing to review</span>"),
        (0, Language::Chinese) => write!(out, "<span>沒有待看的地方</span>"),
        (1, Language::English) => {
            write!(
                out,
                "<a class=\"due\" href=\"#line-{first}\">1 place to review</a>"
            )
        }
        (count, Language::English) => {
            write!(
                out,
                "<a class=\"due\" href=\"#line-{first}\">{count} places to review</a>"
            )
        }
        (count, Language::Chinese) => {
            write!(
                out,
                "<a class=\"due\" href=\"#line-{first}\">待看 {count} 處</a>"
            )
        }
    };
    let _ = write!(
        out,
        "<label><input type=\"checkbox\" id=\"only\"> {}</label></div>",
        words.only
    );
}

fn name(side: &Side) -> String {
    let (tag, url, label) = (&side.tag, escaped(&side.url), escaped(&side.label));
    format!("<span lang=\"{tag}\"><a href=\"{url}\">{label}</a></span>")
}

fn write_row(out: &mut String, row: &Row, is_first: bool, sides: [&Side; 2], words: &Words) {
    let class = if row.differs() { "row" } else { "row same" };
    let line = row.line;
    let _ = write!(out, "<div class=\"{class}\"");
    if is_first {
        let _ = write!(out, " id=\"line-{line}\"");
    }
    let _ = write!(out, "><span class=\"n\">{line}</span>");
    for (side, stretches) in sides.into_iter().zip([&row.source, &row.output]) {
        let _ = write!(out, "<div class=\"side\" lang=\"{}\">", side.tag);
        for stretch in stretches {
            write_stretch(out, stretch);
        }
        out.push_str("</div>");
    }
    write_reasons(out, row);
    for finding in &row.findings {
        write_finding(out, finding, words);
    }
    out.push_str("</div>\n");
}

fn write_stretch(out: &mut String, stretch: &Stretch) {
    let class = match &stretch.mark {
        Mark::Same => None,
        Mark::Dictionary => Some(""),
        Mark::Style => Some("s"),
        Mark::Quotes => Some("q"),
        Mark::Fixed => Some("f"),
        Mark::Glossary(_) => Some("g"),
    };
    if stretch.open {
        out.push_str("<span class=\"o\">");
    }
    let _ = match (class, &stretch.mark) {
        (Some(class), Mark::Glossary(place)) => {
            write!(out, "<mark class=\"{class}\" title=\"{}\">", escaped(place))
        }
        (Some(""), _) => write!(out, "<mark>"),
        (Some(class), _) => write!(out, "<mark class=\"{class}\">"),
        (None, _) => Ok(()),
    };
    escape_into(out, &stretch.text);
    if class.is_some() {
        out.push_str("</mark>");
    }
    if stretch.open {
        out.push_str("</span>");
    }
}

/// The glossary rows that decided something in a row, each once, with their places.
fn write_reasons(out: &mut String, row: &Row) {
    let mut said: Vec<(&str, &str, &str)> = Vec::new();
    for (source, output) in row.source.iter().zip(&row.output) {
        if let Mark::Glossary(place) = &source.mark {
            let reason = (&*source.text, &*output.text, &**place);
            if !said.contains(&reason) {
                said.push(reason);
            }
        }
    }
    if said.is_empty() {
        return;
    }
    out.push_str("<div class=\"why\">");
    for (source, output, place) in said {
        let (source, output, place) = (escaped(source), escaped(output), escaped(place));
        let _ = write!(out, "<span>{source} → {output} <code>{place}</code></span>");
    }
    out.push_str("</div>");
}

fn write_finding(out: &mut String, finding: &Finding, words: &Words) {
    let message = escaped(&finding.message);
    let _ = write!(out, "<div class=\"finding\"><p>{message}</p><dl>");
    for (file, line) in &finding.remedies {
        let file = file.unwrap_or(words.in_text);
        let line = escaped(line);
        let _ = write!(
            out,
            "<div><dt>{file}</dt><dd><code>{line}</code></dd></div>"
        );
    }
    out.push_str("</dl></div>");
}
