//! Footnotes: written at the end of the page, numbered by first reference.

use super::super::body::{Op, OpKind};
use super::Writer;

/// Footnotes of the page: written at its end, numbered by first reference.
#[derive(Default)]
pub struct Footnotes {
    /// Labels in the order of their first reference, with how often each was referred to.
    referred: Vec<(Box<str>, usize)>,
    /// Definitions: label and ops.
    defined: Vec<(Box<str>, Vec<Op>)>,
    /// The definitions being read, the innermost last: each one's label, and the ops around it.
    pub(super) diverted: Vec<(Box<str>, Vec<Op>)>,
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let referred = &mut self.footnotes.referred;
        let index = referred
            .iter()
            .position(|(known, _)| **known == *label)
            .unwrap_or_else(|| {
                referred.push((label.into(), 0));
                referred.len() - 1
            });
        referred[index].1 += 1;
        let number = index + 1;
        let again = match referred[index].1 {
            1 => String::new(),
            times => format!("-{times}"),
        };
        self.tape.markup(&format!(
            "<sup class=\"footnote\"><a href=\"#fn-{number}\" id=\"fnref-{number}{again}\" role=\"doc-noteref\">{number}</a></sup>"
        ));
    }

    pub(super) fn start_footnote(&mut self, label: &str) {
        self.begin_block();
        let ops = std::mem::take(&mut self.tape.body.ops);
        self.footnotes.diverted.push((label.into(), ops));
    }

    pub(super) fn end_footnote(&mut self) {
        self.close_open_variant();
        self.tape.boundary();
        if let Some((label, ops)) = self.footnotes.diverted.pop() {
            let definition = std::mem::replace(&mut self.tape.body.ops, ops);
            self.footnotes.defined.push((label, definition));
        }
    }

    pub(super) fn write_footnotes(&mut self) {
        if self.footnotes.referred.is_empty() {
            return;
        }
        let footnotes = std::mem::take(&mut self.footnotes);
        self.tape
            .markup("<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
        for (index, (label, _)) in footnotes.referred.iter().enumerate() {
            let number = index + 1;
            self.tape.markup(&format!("<li id=\"fn-{number}\">"));
            let defined = footnotes.defined.iter().find(|(known, _)| known == label);
            if let Some((_, ops)) = defined {
                let base = self.tape.body.ops.len();
                let moved = ops.iter().map(|op| match op.kind() {
                    OpKind::Variant | OpKind::Open => op.with_until(base + op.until()),
                    _ => *op,
                });
                self.tape.body.ops.extend(moved);
            }
            self.tape.part_phrases();
            self.tape.markup(&format!(
                "<a href=\"#fnref-{number}\" class=\"footnote-back\" role=\"doc-backlink\">↩</a></li>\n"
            ));
        }
        self.tape.markup("</ol>\n</section>\n");
    }
}
