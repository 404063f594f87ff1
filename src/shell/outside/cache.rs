//! What other sites said lately, so that the next run need not ask again: a file beside the caches of
//! other programs, never in the site's folder. Only good answers are kept; whether a dead address has come back
//! is asked each time.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::{env, fs};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::pipeline::check::outside::Answer;

/// Seconds.
const DAY: i64 = 24 * 60 * 60;

/// Good answers by address.
#[derive(Default)]
pub struct Cache {
    path: Option<PathBuf>,
    known: BTreeMap<String, Known>,
}

/// The file. One that another version wrote otherwise cannot be read, and is written anew.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    answers: BTreeMap<String, Known>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    /// When it was asked, in seconds since 1970.
    asked: i64,
    /// Where it has moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved: Option<String>,
}

impl Cache {
    /// What is known at `path`, or at the usual place, and was learned at most `days` before `now`. Without
    /// a file, or a place for one, nothing is known.
    pub fn read(path: Option<&Path>, days: u16, now: Timestamp) -> Cache {
        let path = path.map(Path::to_path_buf).or_else(usual);
        let bytes = path.as_deref().and_then(|path| fs::read(path).ok());
        let file: Option<File> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let mut known = file.unwrap_or_default().answers;
        let oldest = now.as_second() - DAY * i64::from(days);
        known.retain(|_, known| known.asked > oldest);
        Cache { path, known }
    }

    /// What an address's site said lately.
    pub fn get(&self, address: &str) -> Option<Answer> {
        let known = self.known.get(address)?;
        Some(match &known.moved {
            Some(to) => Answer::Moved(to.clone()),
            None => Answer::There,
        })
    }

    /// Keeps an answer that may be kept.
    pub fn put(&mut self, address: &str, answer: &Answer, now: Timestamp) {
        let moved = match answer {
            Answer::There => None,
            Answer::Moved(to) => Some(to.clone()),
            Answer::Gone(_) | Answer::Unsure(_) => return,
        };
        let known = Known {
            asked: now.as_second(),
            moved,
        };
        self.known.insert(address.to_string(), known);
    }

    /// Writes it all down, in place of what was there.
    ///
    /// # Errors
    /// The path, and why it cannot be written.
    pub fn write(self) -> Result<(), (PathBuf, io::Error)> {
        let Some(path) = self.path else {
            return Ok(());
        };
        let file = File {
            answers: self.known,
        };
        let bytes = serde_json::to_vec_pretty(&file).unwrap_or_default();
        let beside = path.with_extension(format!("{}.new", std::process::id()));
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        let written = folder
            .and_then(|()| fs::write(&beside, bytes))
            .and_then(|()| fs::rename(&beside, &path));
        written.map_err(|error| (path, error))
    }
}

/// Where programs keep what they can find out again.
fn usual() -> Option<PathBuf> {
    let named = |name: &str| env::var_os(name).map(PathBuf::from);
    let folder = named("XDG_CACHE_HOME").filter(|path| path.is_absolute());
    let folder = folder.or_else(|| Some(named("HOME")?.join(".cache")))?;
    Some(folder.join("tongwen/outside.json"))
}
