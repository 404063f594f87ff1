//! Which names of the view the templates of a page may read.
//!
//! What no template names that has a part in a page is not put into the page's view, and what is dear to make is
//! not even made. Nothing is parsed for that: a template reads only what its own text names, or that of a template
//! which its text names. When in doubt it reads everything. (The engine's own list of a template's variables leaves
//! out those that a template may set itself.)

use std::collections::BTreeMap;

use crate::source::Source;

/// What is dear to make, and stands at the top of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dear {
    /// What search engines are told.
    JsonLd,
    /// What social networks are told.
    OpenGraph,
}

impl Dear {
    const ALL: [Dear; 2] = [Dear::JsonLd, Dear::OpenGraph];

    /// As templates write it.
    pub fn name(self) -> &'static str {
        match self {
            Dear::JsonLd => "json_ld",
            Dear::OpenGraph => "og",
        }
    }
}

/// Some of the keys of `page`, each a bit by its place among all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys(u64);

impl Keys {
    /// All there are.
    pub const ALL: Keys = Keys(u64::MAX);

    /// Whether the key at `place` is one of them.
    pub fn has(self, place: usize) -> bool {
        self.0 & (1 << place) != 0
    }

    /// How many of the first `all` keys they are.
    pub fn count(self, all: usize) -> usize {
        (0..all).filter(|place| self.has(*place)).count()
    }
}

impl Default for Keys {
    fn default() -> Keys {
        Keys::ALL
    }
}

/// The engine's name for the whole view.
const WHOLE_VIEW: &str = "__tera_context";

/// The page's name in the view.
const PAGE: &str = "page";

/// By template: what it may read, by itself or through others.
pub struct Readers(BTreeMap<String, Read>);

/// What a template may read: the bits of [`Dear::ALL`], and above them those of the keys of `page`.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Read(u64);

impl Readers {
    /// The readers among `templates` of what is dear and of `keys`, which the page has. `in_any_page` are the
    /// templates that a page may use without naming them: its text does.
    pub fn of(
        templates: &BTreeMap<String, Source>,
        keys: &[&str],
        in_any_page: impl Fn(&str) -> bool,
    ) -> Readers {
        let names: Vec<&str> = (Dear::ALL.iter().map(|dear| dear.name()))
            .chain(keys.iter().copied())
            .collect();
        let texts: Vec<&str> = templates.values().map(Source::text).collect();
        let mut reads: Vec<Read> = texts.iter().map(|text| Read::of(text, &names)).collect();
        // Which template may use which: by place.
        let mut uses = Vec::new();
        for (used, name) in templates.keys().enumerate() {
            let is_user = |text: &str| in_any_page(name) || text.contains(name.as_str());
            let users = (0..texts.len()).filter(|user| *user != used && is_user(texts[*user]));
            uses.extend(users.map(|user| (user, used)));
        }
        loop {
            let before = reads.clone();
            for (user, used) in &uses {
                reads[*user].0 |= reads[*used].0;
            }
            if reads == before {
                break;
            }
        }
        Readers(templates.keys().cloned().zip(reads).collect())
    }

    /// Whether a page drawn by `template` may need it.
    pub fn may_read(&self, template: &str, dear: Dear) -> bool {
        self.read(template).0 & (1 << dear as usize) != 0
    }

    /// The keys of `page` that a page drawn by `template` may need.
    pub fn keys(&self, template: &str) -> Keys {
        Keys(self.read(template).0 >> Dear::ALL.len())
    }

    fn read(&self, template: &str) -> Read {
        // A template that is not there is an error, which tells what there is.
        self.0.get(template).copied().unwrap_or(Read::EVERYTHING)
    }
}

impl Read {
    const EVERYTHING: Read = Read(u64::MAX);

    /// What a template's own text says that it may read.
    fn of(text: &str, names: &[&str]) -> Read {
        // A name with an escape in it need not look like one; a component of the engine's may take what it names from
        // wherever it is called.
        if text.contains('\\') || text.contains("component") || text.contains(WHOLE_VIEW) {
            return Read::EVERYTHING;
        }
        let places = names.iter().enumerate();
        let named = places.filter(|(_, name)| words(text, name).next().is_some());
        let mut read = named.fold(0, |read, (place, _)| read | 1 << place);
        if words(text, PAGE).any(|(before, after)| is_whole_page(before, after)) {
            read |= Read::EVERYTHING.0 << Dear::ALL.len();
        }
        Read(read)
    }
}

/// Whether `page`, between these two, may be looked at otherwise than by a name behind a dot.
fn is_whole_page(before: &str, after: &str) -> bool {
    // In quotes, or before one, it is a text; behind one dot, the key of something else (behind three it is spread);
    // behind a word and a hyphen, part of a longer word (`{{-` is no word).
    let is_key = before.ends_with('.') && !before.ends_with("...");
    let is_part = |before: &str| before.ends_with(char::is_alphanumeric);
    let is_text = after.starts_with(['"', '\'']) || before.ends_with(['"', '\'']);
    let is_longer = before.strip_suffix('-').is_some_and(is_part);
    !(after.starts_with('.') || is_key || is_text || is_longer)
}

/// What stands before and after each `word` of `text`.
fn words<'t>(text: &'t str, word: &str) -> impl Iterator<Item = (&'t str, &'t str)> {
    let is_part = |ch: char| ch.is_alphanumeric() || ch == '_';
    let found = text.match_indices(word);
    let sides = found.map(move |(at, word)| (&text[..at], &text[at + word.len()..]));
    sides.filter(move |(before, after)| !before.ends_with(is_part) && !after.starts_with(is_part))
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
        let readers = Readers::of(&templates, &[], |_| false);
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
        let readers = Readers::of(&templates, &[], |name| name == "head.html");
        assert!(readers.may_read("log.html", Dear::OpenGraph));
    }

    #[test]
    fn keys_of_the_page() {
        let keys = ["title", "words", "url"];
        let read = |text: &str| {
            let name = "page.html".to_string();
            let source = Source::new(SitePath::new(name.clone()), text.to_string());
            let readers = Readers::of(&BTreeMap::from([(name, source)]), &keys, |_| false);
            let read = readers.keys("page.html");
            let read = (0..keys.len()).filter(|place| read.has(*place));
            read.map(|place| keys[place]).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            read("{{ page.title }} {% if page.url %}1{% endif %}"),
            "title url"
        );
        assert_eq!(
            read("{% for p in list.pages %}{{ p.title }}{% endfor %}"),
            "title"
        );
        assert_eq!(
            read("<a aria-current=\"page\" class=\"my-page\">{{ list.page }}"),
            ""
        );
        for whole in [
            "{{ page | json_encode }}",
            "{{ page[key] }}",
            "{{ page [key] }}",
            "{% set p = page %}{{ p.title }}",
            "{% for key, value in page %}{{ key }}{% endfor %}",
            "{{ part(of=page) }}",
            "{{-page | json_encode-}}",
            "{{ {...page} | json_encode }}",
        ] {
            assert_eq!(read(whole), "title words url", "{whole}");
        }
    }
}
