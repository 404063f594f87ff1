//! Which templates may read a name of the view.
//!
//! What is dear to make, and named by no template that has a part in a page, is not made for it. Nothing is parsed
//! for that: a template reads only what its own text names, or that of a template which its text names. When in
//! doubt it reads everything. (The engine's own list of a template's variables leaves out those that a template
//! may set itself.)

use std::collections::{BTreeMap, BTreeSet};

use crate::source::Source;

/// The names that are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dear {
    /// What search engines are told.
    JsonLd,
    /// What social networks are told.
    OpenGraph,
    /// The page's length,
    Words,
    /// and how long it takes to read, which follows from that.
    Minutes,
}

impl Dear {
    const ALL: [Dear; 4] = [Dear::JsonLd, Dear::OpenGraph, Dear::Words, Dear::Minutes];

    /// As templates write it.
    pub fn name(self) -> &'static str {
        match self {
            Dear::JsonLd => "json_ld",
            Dear::OpenGraph => "og",
            Dear::Words => "words",
            Dear::Minutes => "minutes",
        }
    }
}

/// The engine's name for the whole view.
const WHOLE_VIEW: &str = "__tera_context";

/// By name: the templates that may read it, by themselves or through others.
pub struct Readers(BTreeMap<Dear, BTreeSet<String>>);

impl Readers {
    /// The readers among `templates`. `in_any_page` are those that a page may use without naming them: its text
    /// does.
    pub fn of(templates: &BTreeMap<String, Source>, in_any_page: impl Fn(&str) -> bool) -> Readers {
        let found = Dear::ALL.map(|dear| {
            let mut readers: BTreeSet<String> = templates
                .iter()
                .filter(|(_, source)| names(source.text(), dear))
                .map(|(name, _)| name.clone())
                .collect();
            let mut new: Vec<String> = readers.iter().cloned().collect();
            while let Some(reader) = new.pop() {
                for (name, source) in templates {
                    let uses = in_any_page(&reader) || source.text().contains(&reader);
                    if uses && readers.insert(name.clone()) {
                        new.push(name.clone());
                    }
                }
            }
            (dear, readers)
        });
        Readers(BTreeMap::from(found))
    }

    /// Whether a page drawn by `template` may need it.
    pub fn may_read(&self, template: &str, dear: Dear) -> bool {
        self.0[&dear].contains(template)
    }
}

/// Whether a template's own text says that it may read it.
fn names(text: &str, dear: Dear) -> bool {
    // A name with an escape in it need not look like one; a component of the engine's may take what it names from
    // wherever it is called.
    text.contains('\\')
        || text.contains("component")
        || text.contains(WHOLE_VIEW)
        || has_word(text, dear.name())
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |ch: char| ch.is_alphanumeric() || ch == '_';
    text.match_indices(word).any(|(at, _)| {
        !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    #[test]
    fn through_others_and_when_in_doubt() {
        let texts = [
            ("head.html", "<meta content=\"{{ og.title }}\">"),
            ("base.html", "{% include \"head.html\" %}"),
            ("page.html", "{% extends \"base.html\" %}"),
            (
                "blog.html",
                "<a class=\"og-blog\">blog {{ page.title }}</a>",
            ),
            ("log.html", "blog logs {{ page.title }}"),
            (
                "sets.html",
                "{% if page.x %}{% set og = page %}{% endif %}{{ og }}",
            ),
            ("whole.html", "{{ __tera_context | length }}"),
            ("escaped.html", "{% include \"a\\\"b.html\" %}"),
        ];
        let templates: BTreeMap<String, Source> = texts
            .iter()
            .map(|(name, text)| {
                let source = Source::new(SitePath::new(name.to_string()), text.to_string());
                (name.to_string(), source)
            })
            .collect();
        let readers = Readers::of(&templates, |_| false);
        let not = |dear| {
            let names = templates.keys().map(String::as_str);
            let not: Vec<&str> = names.filter(|name| !readers.may_read(name, dear)).collect();
            not.join(" ")
        };
        assert_eq!(not(Dear::OpenGraph), "log.html");
        assert_eq!(
            not(Dear::JsonLd),
            "base.html blog.html head.html log.html page.html sets.html"
        );
        let readers = Readers::of(&templates, |name| name == "head.html");
        assert!(readers.may_read("log.html", Dear::OpenGraph));
    }
}
