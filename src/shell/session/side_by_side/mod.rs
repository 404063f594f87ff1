//! The page that shows a page in both scripts next to each other. One grid, so that the two scroll
//! together, and no script but the dev server's own, which keeps it up to date.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::diagnostic::{Language, Phrase};
use crate::pipeline::compare::{Comparison, Finding, Mark, Row, Side, Stretch};
use crate::pipeline::escape::{escape_into, escaped};

const STYLE: &str = include_str!("style.css");

/// The page. `base` is the site's base path, `own` the address of side-by-side pages below it.
pub fn html(comparison: &Comparison, base: &str, own: &str, language: Language) -> String {
    let mut out = String::new();
    let source = escaped(&comparison.source);
    // Writing into a string cannot fail.
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{source}</title><style>{STYLE}</style></head><body><header><div class=\"bar\"><h1>{source}</h1><nav>",
        language.tag()
    );
    let directions = [Phrase::PageBefore, Phrase::PageAfter];
    for (url, direction) in comparison.neighbours.iter().zip(directions) {
        let Some(url) = url else { continue };
        let inside = url.strip_prefix(base).unwrap_or(url);
        let address = format!("{base}{own}{inside}");
        let direction = direction.text(language);
        let _ = write!(out, "<a href=\"{}\">{direction}</a>", escaped(&address));
    }
    out.push_str("</nav></div>");
    write_legend(&mut out, comparison, language);
    let (from, to) = (&comparison.from, &comparison.to);
    let _ = write!(
        out,
        "<div class=\"names\"><span class=\"n\">{}</span>{}{}</div></header><main>",
        Phrase::Line.text(language),
        name(from),
        name(to)
    );
    let mut named = BTreeSet::new();
    for (in_text, heading) in [(false, Phrase::FrontMatter), (true, Phrase::PageText)] {
        let mut rows = comparison
            .rows
            .iter()
            .filter(|row| row.in_text == in_text)
            .peekable();
        if rows.peek().is_some() {
            let _ = write!(out, "<h2>{}</h2>", heading.text(language));
        }
        for row in rows {
            // Several passages may stand in a line; the first has its name.
            let is_first = named.insert(row.line);
            write_row(&mut out, row, is_first, [from, to], language);
        }
    }
    if comparison.rows.is_empty() {
        let _ = write!(
            out,
            "<p class=\"none\">{}</p>",
            Phrase::NoText.text(language)
        );
    }
    out.push_str("</main></body></html>\n");
    out
}

/// What the colours mean, how much of each there is, how many places wait for a person.
fn write_legend(out: &mut String, comparison: &Comparison, language: Language) {
    let rows = &comparison.rows;
    let count = |wanted: fn(&Mark) -> bool| {
        let stretches = rows.iter().flat_map(|row| &row.source);
        stretches.filter(|stretch| wanted(&stretch.mark)).count()
    };
    out.push_str("<div class=\"legend\">");
    for (class, name, count) in [
        (
            "",
            Phrase::ByDictionary,
            count(|mark| *mark == Mark::Dictionary),
        ),
        (
            "g",
            Phrase::ByGlossary,
            count(|mark| matches!(mark, Mark::Glossary(_))),
        ),
        (
            "s",
            Phrase::ByHouseStyle,
            count(|mark| *mark == Mark::Style),
        ),
        ("f", Phrase::ByAuthor, count(|mark| *mark == Mark::Fixed)),
        ("q", Phrase::ByQuotes, count(|mark| *mark == Mark::Quotes)),
    ] {
        if count > 0 {
            let _ = write!(
                out,
                "<span><mark class=\"{class}\">{}</mark> {count}</span>",
                name.text(language)
            );
        }
    }
    let findings: usize = rows.iter().map(|row| row.findings.len()).sum();
    let first = rows.iter().find(|row| !row.findings.is_empty());
    let first = first.map_or(0, |row| row.line);
    let _ = match findings {
        0 => write!(out, "<span>{}</span>", Phrase::NoReviews.text(language)),
        count => {
            let said = Phrase::Reviews.say(language, &[("count", &count.to_string())]);
            write!(out, "<a class=\"due\" href=\"#line-{first}\">{said}</a>")
        }
    };
    let _ = write!(
        out,
        "<label><input type=\"checkbox\" id=\"only\"> {}</label></div>",
        Phrase::OnlyDifferences.text(language)
    );
}

fn name(side: &Side) -> String {
    let (tag, url, label) = (&side.tag, escaped(&side.url), escaped(&side.label));
    format!("<span lang=\"{tag}\"><a href=\"{url}\">{label}</a></span>")
}

fn write_row(out: &mut String, row: &Row, is_first: bool, sides: [&Side; 2], language: Language) {
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
        write_finding(out, finding, language);
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

fn write_finding(out: &mut String, finding: &Finding, language: Language) {
    let message = escaped(&finding.message);
    let in_text = Phrase::InText.text(language);
    let _ = write!(out, "<div class=\"finding\"><p>{message}</p><dl>");
    for (file, line) in &finding.remedies {
        let file = escaped(file.as_deref().unwrap_or(&in_text));
        let line = escaped(line);
        let _ = write!(
            out,
            "<div><dt>{file}</dt><dd><code>{line}</code></dd></div>"
        );
    }
    out.push_str("</dl></div>");
}
