//! Files that cannot lie in one folder: one where another needs a folder, and two whose names differ in
//! capitals alone, which some file systems take for one.
//!
//! Pages are left out: the catalogue compares their addresses, and their files are all called `index.html`.

use std::collections::HashMap;

use super::{Plan, Publication, Work, collision};
use crate::diagnostic::Diagnostic;

/// What is said of each.
pub fn find(publication: &Publication, plan: &Plan) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let mut copies: HashMap<String, &Work> = HashMap::new();
    for (path, work) in &plan.others {
        let inside = format!("{}/", path.as_str());
        if let Some(owner) = plan.first_in(&inside) {
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
