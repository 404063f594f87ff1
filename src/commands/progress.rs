//! A line on the terminal that says how far a long work has come.

use std::io::{self, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Shorter works end before anybody would read of them.
const PATIENCE: Duration = Duration::from_millis(400);
/// How often the line is drawn anew.
const PACE: Duration = Duration::from_millis(100);

/// The line. Nothing is drawn where nobody looks: in a pipe, or with `--quiet`.
pub struct Progress(Option<Mutex<Line>>);

struct Line {
    words: String,
    total: usize,
    done: usize,
    next: Instant,
    shown: bool,
}

impl Progress {
    /// A line that says `words` and how many of `total` are done.
    pub fn new(words: String, total: usize, seen: bool) -> Progress {
        let line = Line {
            words,
            total,
            done: 0,
            next: Instant::now() + PATIENCE,
            shown: false,
        };
        Progress(seen.then(|| Mutex::new(line)))
    }

    /// One more is done.
    pub fn step(&self) {
        let Some(Ok(mut line)) = self.0.as_ref().map(|line| line.lock()) else {
            return;
        };
        line.done += 1;
        let now = Instant::now();
        if now >= line.next {
            line.next = now + PACE;
            line.shown = true;
            let text = format!("\r{} {}/{}", line.words, line.done, line.total);
            // Nobody is left to tell when standard error is gone.
            let _ = io::stderr().write_all(text.as_bytes());
        }
    }
}

impl Drop for Progress {
    /// Takes the line away: what is said next begins at the left.
    fn drop(&mut self) {
        let line = self.0.as_ref().and_then(|line| line.lock().ok());
        if line.is_some_and(|line| line.shown) {
            let _ = io::stderr().write_all(b"\r\x1b[K");
        }
    }
}
