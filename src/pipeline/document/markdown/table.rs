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
        let name = if table.head { "th scope=\"col\"" } else { "td" };
        let class = match table.alignments.get(table.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::None) | None => "",
        };
        table.column += 1;
        self.block(&["<", name, class, ">"].concat());
    }
}
