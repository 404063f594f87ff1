//! A glossary, and a text converted under it.

use tongwen::config::glossary;
use tongwen::pipeline::edition::Conversions;
use tongwen::pipeline::edition::engine::Engines;
use tongwen::source::{SitePath, Source};

use crate::markdown::{CONFIG, made_with};
use crate::notes;

/// What parts the glossary from the text.
const FENCE: &str = "\n====\n";

/// Reads what stands before a line `====` as a glossary, and what stands after it as a page under it.
pub fn try_out(text: &str) {
    let (rules, body) = text
        .split_once(FENCE)
        .unwrap_or((text, "後面的軟件「發展」"));
    let config = &CONFIG.0;
    let source = Source::new(SitePath::new("content/glossary.toml"), rules.to_string());
    let read = glossary::parse(&source, &config.languages);
    notes::sound(&read.notes);
    let (conversions, said) = Conversions::new(config, &[source], Engines::BUILT_IN);
    assert_eq!(said.len(), read.notes.len());
    made_with(&conversions, body, true);
}
