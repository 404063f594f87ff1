//! A finished file of the site: its path, its bytes.
//!
//! Outputs are what every command ends in: `build` publishes them, `serve` answers with them, `check`
//! lets them go.

use std::borrow::Cow;
use std::fmt;

use crate::digest::Digest;
use crate::source::SitePath;

/// Where a file lies inside the output folder: relative, `/` between the parts, never `.` or `..`,
/// never empty. Whoever makes one has checked that; [`OutputPath::new`] refuses the rest.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Box<str>);

impl OutputPath {
    /// The path, unless a part of it could lead elsewhere.
    pub fn new(path: &str) -> Option<OutputPath> {
        let sound = path.split('/').all(|part| {
            !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0'])
        });
        sound.then(|| OutputPath(path.into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder part, without a `/` at its end; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

impl fmt::Debug for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

/// One file of the finished site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Where it goes.
    pub path: OutputPath,
    /// What it holds.
    pub body: Body,
}

/// The bytes of an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Made by the pipeline, or embedded in the program.
    Bytes(Cow<'static, [u8]>),
    /// A file of the site's own, copied unread: its place and the digest it had when the inputs were
    /// taken.
    Copy {
        /// Where it lies in the site's folder.
        from: SitePath,
        /// The digest of its bytes.
        digest: Digest,
    },
}

impl Output {
    /// The digest of the bytes; for a copy, the one found when the inputs were read.
    pub fn digest(&self) -> Digest {
        match &self.body {
            Body::Bytes(bytes) => Digest::of(bytes),
            Body::Copy { digest, .. } => *digest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_could_lead_elsewhere_are_refused() {
        for bad in [
            "", "/a", "a/", "a//b", "../a", "a/../b", "./a", "a\\b", "a\0b",
        ] {
            assert!(OutputPath::new(bad).is_none(), "{bad:?}");
        }
        for good in ["index.html", "a/b/index.html", "時間線/..a"] {
            assert!(OutputPath::new(good).is_some(), "{good:?}");
        }
    }
}
