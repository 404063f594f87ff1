//! What a dev server needs to know of a site: for an output's path, the output as it is now.

use hyper::body::Bytes;

use crate::digest::Digest;
use crate::pipeline::output::OutputPath;

/// A site that can be asked for its outputs. Asked from several threads at once; an answer may take
/// as long as a page's rendering.
pub trait Answers: Send + Sync + 'static {
    /// The path of the site's base URL: empty, or `/docs`. It may change while the site is served.
    fn base_path(&self) -> String {
        String::new()
    }

    /// The output at `path`.
    fn output(&self, path: &OutputPath) -> Answer;

    /// A page that shows the output at `path` in both scripts side by side, as HTML; none when there is
    /// nothing to compare.
    fn side_by_side(&self, _path: &OutputPath) -> Option<String> {
        None
    }

    /// The digest of the output at `path`, where that can be had for less than the output.
    fn digest(&self, path: &OutputPath) -> Option<Digest> {
        match self.output(path) {
            Answer::Found(found) => Some(found.digest),
            Answer::Missing | Answer::Broken { .. } => None,
        }
    }
}

/// What there is at a path.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The output.
    Found(Found),
    /// Nothing.
    Missing,
    /// It cannot be made at present.
    Broken {
        /// Why, as the terminal says it, without colours.
        report: String,
        /// What was there when it last could.
        last_good: Option<Found>,
    },
}

/// An output's bytes.
#[derive(Clone, Debug)]
pub struct Found {
    /// The bytes, shared and not copied from answer to answer.
    pub bytes: Bytes,
    /// Their digest.
    pub digest: Digest,
}

/// The longest output that is kept: 16 MiB. Whoever asks for a film again has it read again.
const LONGEST_KEPT: usize = 16 << 20;

impl Found {
    /// Whether it is short enough to be kept in memory when the answer is gone.
    pub fn may_be_kept(&self) -> bool {
        self.bytes.len() <= LONGEST_KEPT
    }

    /// An output of these bytes, its digest taken here.
    pub fn new(bytes: impl Into<Bytes>) -> Found {
        let bytes = bytes.into();
        Found {
            digest: Digest::of(&bytes),
            bytes,
        }
    }
}
