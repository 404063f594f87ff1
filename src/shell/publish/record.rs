//! The record of what a build wrote, kept inside the output as its marker.
//!
//! It lists path, length and digest of every file, sorted by path, and nothing that differs between
//! two builds of the same input, so that two outputs compare equal, marker and all. Whether a file on
//! the disk still is what the record says is [`super::previous`]'s question. The [`Receipt`], if the build has
//! one, says what they were made from.

use crate::digest::Digest;
use crate::pipeline::output::OutputPath;
use crate::pipeline::receipt::Receipt;

/// The marker's name, at the top of the output.
pub(super) const MARKER: &str = ".tongwen";

const HEADER: &str = "tongwen output 1 ";

/// What the line of the receipt begins with; a row begins with a digest.
const RECEIPT: &str = "receipt ";

/// One file of an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub path: OutputPath,
    pub digest: Digest,
    /// In bytes.
    pub len: u64,
}

/// All files of an output, sorted by path, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    rows: Vec<Row>,
    receipt: Option<Receipt>,
}

impl Record {
    /// The record of `rows`, which name each path once.
    pub fn new(mut rows: Vec<Row>) -> Record {
        rows.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Record {
            rows,
            receipt: None,
        }
    }

    /// This record, of an output that was made from what the receipt says.
    pub fn with_receipt(self, receipt: Option<Receipt>) -> Record {
        Record { receipt, ..self }
    }

    /// What the output was made from.
    pub fn receipt(&self) -> Option<&Receipt> {
        self.receipt.as_ref()
    }

    /// Reads a marker; `None` if this is no marker or it was cut short or changed.
    pub fn parse(bytes: &[u8]) -> Option<Record> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (head, body) = text.strip_prefix(HEADER)?.split_once('\n')?;
        if digest(head)? != Digest::of(body.as_bytes()) {
            return None;
        }
        let mut rows: Vec<Row> = Vec::new();
        let mut receipt = None;
        for line in body.split_terminator("\0\n") {
            if let Some(line) = line.strip_prefix(RECEIPT) {
                receipt = Receipt::parse(line);
                continue;
            }
            let mut parts = line.splitn(3, ' ');
            let row = Row {
                digest: digest(parts.next()?)?,
                len: parts.next()?.parse().ok()?,
                path: OutputPath::new(parts.next()?)?,
            };
            if rows.last().is_some_and(|last| last.path >= row.path) {
                return None;
            }
            rows.push(row);
        }
        Some(Record { rows, receipt })
    }

    /// The marker's bytes. A path may hold a line break, never a NUL, so a row ends in both.
    pub fn to_bytes(&self) -> Vec<u8> {
        use std::fmt::Write;
        let mut body = String::with_capacity(self.rows.len() * 96);
        // Writing to a String cannot fail.
        if let Some(receipt) = &self.receipt {
            let _ = writeln!(body, "{RECEIPT}{}\0", receipt.to_line());
        }
        for row in &self.rows {
            let _ = writeln!(body, "{} {} {}\0", row.digest, row.len, row.path.as_str());
        }
        format!("{HEADER}{}\n{body}", Digest::of(body.as_bytes())).into_bytes()
    }

    /// The rows, sorted by path.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The index of the row for `path`.
    pub fn find(&self, path: &str) -> Option<usize> {
        self.rows
            .binary_search_by(|row| row.path.as_str().cmp(path))
            .ok()
    }

    /// Whether any row lies in `folder` (no `/` at its end).
    pub fn has_folder(&self, folder: &str) -> bool {
        let inside = format!("{folder}/");
        let at = self
            .rows
            .partition_point(|row| row.path.as_str() < inside.as_str());
        self.rows
            .get(at)
            .is_some_and(|row| row.path.as_str().starts_with(&inside))
    }

    /// These rows and those of `other` whose paths are not here.
    pub fn joined(&self, other: &Record) -> Record {
        let more = other.rows.iter();
        let more = more.filter(|row| self.find(row.path.as_str()).is_none());
        Record::new(self.rows.iter().chain(more).cloned().collect())
    }
}

fn digest(hex: &str) -> Option<Digest> {
    let number = u128::from_str_radix(hex, 16).ok()?;
    (hex.len() == 32).then(|| Digest::from_u128(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::receipt::Due;

    fn record(paths: &[&str]) -> Record {
        let row = |path: &&str| {
            let path = OutputPath::new(path)?;
            let digest = Digest::of(path.as_str().as_bytes());
            Some(Row {
                path,
                digest,
                len: 7,
            })
        };
        Record::new(paths.iter().filter_map(row).collect())
    }

    #[test]
    fn a_marker_reads_back_and_a_damaged_one_does_not() {
        let record = record(&["b/index.html", "a b\nc", "b-c", "時間線/index.html"]);
        let record = record.with_receipt(Some(Receipt {
            made_from: Digest::of(b"site"),
            due: Due::default(),
            pages: "zh-Hant-HK 1".to_string(),
            places: None,
        }));
        let bytes = record.to_bytes();
        assert_eq!(Record::parse(&bytes), Some(record));
        for cut in 0..bytes.len() {
            assert_eq!(Record::parse(&bytes[..cut]), None, "cut at {cut}");
        }
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!(Record::parse(&damaged), None, "damaged at {at}");
        }
    }

    #[test]
    fn folders_are_found_though_names_sort_between() {
        let record = record(&["a-b", "a/x", "a0/y/z"]);
        for (folder, there) in [("a", true), ("a0", true), ("a0/y", true), ("a-b", false)] {
            assert_eq!(record.has_folder(folder), there, "{folder}");
        }
    }
}
