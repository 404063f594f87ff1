//! Tables: the columns' alignment, and which row is the head.

use pulldown_cmark::Alignment;

use super::Writer;

/// A table being read.
pub struct OpenTable {
    pub(super) alignments: Vec<Alignment>,
    pub(super) column: usize,
    pub(super) head: bool,
}

impl Writer<'_> {
    pub(super) fn table_head(&mut self, begins: bool) {
        self.reset_column();
        if let Some(table) = &mut self.table {
            table.head = begins;
        }
        if begins {
            self.block("<thead><tr>");
        } else {
            self.end_block("</tr></thead>\n<tbody>\n");
        }
    }

    pub(super) fn reset_column(&mut self) {
        if let Some(table) = &mut self.table {
            table.column = 0;
        }
    }

    pub(super) fn start_cell(&mut self) {
        let Some(table) = &mut self.table else { return };
        let alignment = table.alignments.get(table.column);
        let html = match (table.head, alignment.unwrap_or(&Alignment::None)) {
            (true, Alignment::None) => "<th scope=\"col\">",
            (true, Alignment::Left) => "<th scope=\"col\" class=\"left\">",
            (true, Alignment::Center) => "<th scope=\"col\" class=\"center\">",
            (true, Alignment::Right) => "<th scope=\"col\" class=\"right\">",
            (false, Alignment::None) => "<td>",
            (false, Alignment::Left) => "<td class=\"left\">",
            (false, Alignment::Center) => "<td class=\"center\">",
            (false, Alignment::Right) => "<td class=\"right\">",
        };
        table.column += 1;
        self.block(html);
    }
}
