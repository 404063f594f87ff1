//! A page in both scripts side by side, at an address of the server's own.

use super::answers::{Answer, Answers, Found};
use super::state::{Kind, Shown, State};
use crate::pipeline::output::OutputPath;

/// Below the server's own folder: this, and the page's path.
pub(super) const NAME: &str = "compare";

const NONE: &str = "<!doctype html><html lang=\"zh-Hant\"><head><meta charset=\"utf-8\"><title>404</title></head>\
<body><p>這一頁沒有轉換而成的版本。</p><p lang=\"en\">This page has no converted edition.</p></body></html>\n";

/// What is shown for the page at `path`, and its state, by which an open tab is kept up to date.
pub(super) fn shown(answers: &dyn Answers, path: &OutputPath) -> Shown {
    let broken = match answers.output(path) {
        Answer::Broken { report, .. } => Some(report),
        Answer::Found(_) | Answer::Missing => None,
    };
    let (kind, found) = match (answers.side_by_side(path), &broken) {
        (Some(html), _) => (Kind::Found, Some(Found::new(html))),
        // Nothing to compare while nothing can be made.
        (None, Some(_)) => (Kind::Broken, None),
        (None, None) => (Kind::Missing, Some(Found::new(NONE))),
    };
    let state = State {
        page: found.as_ref().map(|found| found.digest.to_string()),
        styles: Vec::new(),
        broken,
    };
    Shown { kind, found, state }
}
