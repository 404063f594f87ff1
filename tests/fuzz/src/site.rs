//! Whole small sites: made, checked, reviewed, and their outputs read back.

use std::collections::BTreeSet;
use std::sync::Arc;

use tongwen::config::BaseUrl;
use tongwen::diagnostic::any_error;
use tongwen::pipeline::check::{Measure, check};
use tongwen::pipeline::memo::Memo;
use tongwen::pipeline::plan::Plan;
use tongwen::pipeline::publication;
use tongwen::pipeline::review::review;

use crate::case::{Case, Part};
use crate::{notes, small, xml};

/// Makes the site that `text` writes down, as far as it is one that could lie on a disk.
pub fn try_out(text: &str) {
    let mut case = Case::read(text);
    let mut known = BTreeSet::new();
    case.parts
        .retain(|part| !part.expected && could_be_read(part) && known.insert(part.name.clone()));
    let inputs = Arc::new(small::inputs(&case));
    let published = publication::publish(inputs, &mut Memo::default());
    notes::sound(&published.notes);
    if let Some(publication) = &published.value {
        let plan = Plan::of(publication).value;
        notes::sound(&check(publication, &plan, Measure { stale_after: 365 }, || {}).notes);
        let (open, said) = review(publication);
        notes::sound(&said);
        for place in open {
            notes::sound(&[place.diagnostic]);
        }
    }
    let made = small::make(&case);
    notes::sound(&made.notes);
    if !any_error(&made.notes) {
        for (path, text) in &made.files {
            read_back(path, text);
        }
    }
}

/// What templates of the site's own write is theirs; the rest is for machines.
fn read_back(path: &str, text: &str) {
    match path.rsplit('.').next() {
        Some("json") if !text.starts_with("(a copy") => {
            let read = serde_json::from_str::<serde_json::Value>(text);
            assert!(read.is_ok(), "{path}: {read:?}");
        }
        Some("xml") if !text.starts_with("(a copy") => {
            xml::read(text);
        }
        _ => {}
    }
}

fn could_be_read(part: &Part) -> bool {
    let name = part.name.as_str();
    let whole = name.split('/').all(|part| !matches!(part, "" | "." | ".."));
    let folder = name.split('/').next().unwrap_or_default();
    let placed = ["content", "templates", "static"].contains(&folder) && name.contains('/');
    // The command line refuses others before there is a site.
    let sound = |line: &str| match (line.strip_prefix("clock"), line.strip_prefix("base-url")) {
        (Some(clock), _) => clock.trim().parse::<jiff::Timestamp>().is_ok(),
        (_, Some(url)) => BaseUrl::parse(url.trim()).is_ok(),
        _ => true,
    };
    !part.text.contains('\0')
        && match name {
            "options" => part.text.lines().all(sound),
            "site.toml" | "glossary.toml" => true,
            _ => whole && placed,
        }
}
