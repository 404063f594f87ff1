//! What a conversion changes, line by line, shown by characters.

use std::io::{self, Read, Write};

use serde::Serialize;

use super::stream::{Bad, Parts};
use super::{Way, report};
use crate::commands::terminal::Terminal;
use crate::hanzi::QuoteState;

const RED: &str = "\u{1b}[31;9m";
const GREEN: &str = "\u{1b}[32;1m";
const PLAIN: &str = "\u{1b}[0m";

/// A line that changes.
#[derive(Serialize)]
struct Line {
    /// From 1.
    line: usize,
    pieces: Vec<Piece>,
}

/// A stretch of a line and what it becomes.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Piece {
    was: String,
    is: String,
}

/// Prints every line that changes, with its number.
pub fn run(
    mut parts: Parts<impl Read>,
    way: &Way,
    json: bool,
    terminal: &Terminal,
) -> Result<(), Bad> {
    let mut quotes = QuoteState::default();
    let mut number = 0;
    let mut changed = Vec::new();
    let mut out = io::stdout().lock();
    while let Some(part) = parts.next()? {
        for line in part.lines() {
            number += 1;
            let pieces = pieces(line, way, &mut quotes);
            if pieces.iter().all(|piece| piece.was == piece.is) {
                continue;
            }
            let line = Line {
                line: number,
                pieces,
            };
            if json {
                changed.push(line);
            } else {
                let drawn = drawn(&line, terminal.colors_answers());
                out.write_all(drawn.as_bytes()).map_err(Bad::Write)?;
            }
        }
    }
    if json {
        let text = report::json(&changed);
        out.write_all(text.as_bytes()).map_err(Bad::Write)?;
    }
    out.flush().map_err(Bad::Write)
}

fn drawn(line: &Line, color: bool) -> String {
    let mut text = format!("{}: ", line.line);
    for piece in &line.pieces {
        let Piece { was, is } = piece;
        text += &match (was == is, color) {
            (true, _) => was.clone(),
            (false, true) => format!("{RED}{was}{PLAIN}{GREEN}{is}{PLAIN}"),
            (false, false) => format!("[-{was}-]{{+{is}+}}"),
        };
    }
    text + "\n"
}

fn pieces(line: &str, way: &Way, quotes: &mut QuoteState) -> Vec<Piece> {
    let aligned = way.conversion.converter.align(line);
    // Marks are all of one length, so the ranges stay right.
    let output = match way.conversion.quotes {
        Some(marks) => marks.apply(&aligned.text, quotes).into_owned(),
        None => aligned.text.clone(),
    };
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |was: &str, is: &str| match pieces.last_mut() {
        Some(last) if (last.was == last.is) == (was == is) => {
            last.was.push_str(was);
            last.is.push_str(is);
        }
        _ => pieces.push(Piece {
            was: was.to_string(),
            is: is.to_string(),
        }),
    };
    for segment in &aligned.segments {
        let (was, is) = (
            &line[segment.source.clone()],
            &output[segment.output.clone()],
        );
        if was.chars().count() == is.chars().count() {
            for (from, to) in was.chars().zip(is.chars()) {
                push(from.encode_utf8(&mut [0; 4]), to.encode_utf8(&mut [0; 4]));
            }
        } else {
            push(was, is);
        }
    }
    pieces
}
