//! Files that cannot lie in one folder: one where another needs a folder, and two whose names differ in
//! capitals alone, which some file systems take for one.
//!
//! Pages are left out: the catalogue compares their addresses, and their files are all called `index.html`.

use std::collections::HashMap;

use super::{OutputPath, Publication, Work, collision};
use crate::diagnostic::Diagnostic;

/// What is said of each; `works` are in the order of their paths.
pub fn find(publication: &Publication, works: &[(OutputPath, Work)]) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let mut copies: HashMap<String, &Work> = HashMap::new();
    for (path, work) in works {
        if matches!(work, Work::Page { .. }) {
            continue;
        }
        let inside = format!("{}/", path.as_str());
        let first = works.partition_point(|(other, _)| other.as_str() < inside.as_str());
        if let Some((other, owner)) = works.get(first)
            && other.as_str().starts_with(&inside)
        {
            notes.extend(collision(publication, path, owner, work));
        }
        if matches!(work, Work::Copy(_))
            && let Some(other) = copies.insert(path.as_str().to_lowercase(), work)
        {
            notes.extend(collision(publication, path, other, work));
        }
    }
    notes
}
