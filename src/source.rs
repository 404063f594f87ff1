//! A text of the site as it was read: its path, its characters, its digest.
//!
//! Everything that can be wrong in a site points into a [`Source`]. Sources are shared, not copied:
//! a diagnostic keeps the one it speaks of, so it can be shown long after the run that made it.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::digest::Digest;

/// A path inside the site's folder: relative, `/` between the parts, never `.` or `..`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Wraps a path that is already in the site's form.
    pub fn new(path: impl Into<Arc<str>>) -> SitePath {
        SitePath(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder part, without a `/` at its end; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// What follows the last dot of the file name, if there is one.
    pub fn extension(&self) -> Option<&str> {
        self.file_name().rsplit_once('.').map(|(_, ext)| ext)
    }
}

impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

/// A text file of the site.
#[derive(Clone, Debug)]
pub struct Source(Arc<Text>);

#[derive(Debug)]
struct Text {
    path: SitePath,
    text: String,
    digest: Digest,
}

impl Source {
    /// A source at `path` that reads `text`.
    pub fn new(path: SitePath, text: String) -> Source {
        let digest = Digest::of(text.as_bytes());
        Source(Arc::new(Text { path, text, digest }))
    }

    /// Where the file lies.
    pub fn path(&self) -> &SitePath {
        &self.0.path
    }

    /// What it says.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The digest of its text (not of its path).
    pub fn digest(&self) -> Digest {
        self.0.digest
    }

    /// The place of `range` (bytes) in this source.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span {
            source: self.clone(),
            range,
        }
    }
}

impl PartialEq for Source {
    /// Whether both read the same at the same place; at once when they are one.
    fn eq(&self, other: &Source) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.digest() == other.digest() && self.path() == other.path())
    }
}

impl Eq for Source {}

/// A stretch of a source, in bytes.
#[derive(Clone, Debug)]
pub struct Span {
    /// The text it lies in.
    pub source: Source,
    /// Its bytes; clamped to the text when shown.
    pub range: Range<usize>,
}

impl Span {
    /// Line and column of the start, both from 1; the column counts characters.
    pub fn line_column(&self) -> (usize, usize) {
        let text = self.source.text();
        let start = floor_boundary(text, self.range.start);
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }

    /// The range, moved onto character boundaries and into the text.
    pub fn clamped(&self) -> Range<usize> {
        let text = self.source.text();
        let start = floor_boundary(text, self.range.start);
        let end = floor_boundary(text, self.range.end.max(start));
        start..end
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = Source::new(SitePath::new("a.md"), "一二\n三四五".to_string());
        assert_eq!(source.span(10..13).line_column(), (2, 2));
        assert_eq!(source.span(999..1000).line_column(), (2, 4));
        assert_eq!(source.span(1..2).clamped(), 0..0);
    }

    #[test]
    fn parts_of_a_path() {
        let path = SitePath::new("content/a/page.en.md");
        assert_eq!(path.folder(), "content/a");
        assert_eq!(path.file_name(), "page.en.md");
        assert_eq!(path.extension(), Some("md"));
        assert_eq!(SitePath::new("site.toml").folder(), "");
    }
}
