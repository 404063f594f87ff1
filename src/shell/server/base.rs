//! The path below which a site is served. The configuration says it, so it may change while tabs are open.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use super::address;
use super::answers::Answers;

/// The base path as it is now: empty, or `/docs`, with no `/` at its end.
pub(super) fn of(answers: &dyn Answers) -> String {
    let base = answers.base_path();
    base.trim_end_matches('/').to_string()
}

/// The base paths under which anything was asked for. A tab that still stands under one of them is sent
/// to where its page is now.
#[derive(Default)]
pub(super) struct Former(Mutex<BTreeSet<String>>);

impl Former {
    /// Takes note of a request under `base`.
    pub fn note(&self, base: &str) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.contains(base) {
            known.insert(base.to_string());
        }
    }

    /// Where a path that has nothing now, under `base`, may have moved to: it lay below a former one.
    pub fn moved(&self, raw: &str, base: &str) -> Option<String> {
        let path = address::decode(raw)?;
        let below = |base: &str| path.strip_prefix(base)?.strip_prefix('/');
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What is below the base already is not put below it once more.
        let inside = below(base).is_some();
        let other = |former: &&String| *former != base && !(inside && base.starts_with(*former));
        // The longest first: the empty one has every path below it.
        let mut former = known.iter().rev().filter(other);
        let rest = former.find_map(|former| below(former))?;
        // A second slash would make a host's name of what follows it.
        (!rest.starts_with('/')).then(|| format!("{base}/{rest}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moved_is_found_and_nothing_leads_away() {
        let former = Former::default();
        for base in ["", "/docs", "/docs/old"] {
            former.note(base);
        }
        let rows = [
            ("/docs/old/a/", "/new", Some("/new/a/")),
            ("/docs/a/?x", "/new", Some("/new/a/?x")),
            ("/%E6%99%82/", "/new", Some("/new/時/")),
            ("/docs/a", "", Some("/a")),
            ("/docs//evil.example/", "", None),
            ("//evil.example/", "/new", None),
            ("/docs/../x", "/new", None),
            ("/docs/none", "/docs", None),
            ("/docs/old/a", "/docs", Some("/docs/a")),
        ];
        for (raw, base, expected) in rows {
            assert_eq!(former.moved(raw, base).as_deref(), expected, "{raw}");
        }
        assert_eq!(Former::default().moved("/a", "/docs"), None);
    }
}
