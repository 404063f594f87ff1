//! Front matter, and the same text as `site.toml`.

use tongwen::config;
use tongwen::diagnostic::{Noted, any_error};
use tongwen::pipeline::document::front_matter;
use tongwen::source::{SitePath, Source};

use crate::markdown::CONFIG;
use crate::notes;

/// Reads `text` as a page's head, with and without its fences, and as a configuration.
pub fn try_out(text: &str) {
    let source = |path: &str, text: &str| Source::new(SitePath::new(path), text.to_string());
    let site = config::parse(&source("site.toml", text));
    notes::sound(&site.notes);
    assert_eq!(site.value.is_none(), any_error(&site.notes));
    for text in [format!("---\n{text}\n---\n"), text.to_string()] {
        let page = source("content/a.md", &text);
        let read = match front_matter::split(&page) {
            Ok((head, body)) => {
                assert!(head.end <= body.start && body.end == text.len());
                front_matter::parse(&page, head, &CONFIG.0.languages)
            }
            Err(fault) => Noted {
                value: None,
                notes: vec![*fault],
            },
        };
        notes::sound(&read.notes);
        assert_eq!(read.value.is_none(), any_error(&read.notes));
    }
}
