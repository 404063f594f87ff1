//! The whole site looked over before it is published: what a build would report, and what only shows
//! when every page is there.
//!
//! Everything is made, read and let go; nothing is written. The finished HTML is what is judged
//! ([`markup`]), so that templates answer for themselves too.

mod leakage;
mod links;
mod markup;
pub mod outside;
mod sources;

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::output::{Body, OutputPath};
use super::plan::{self, Plan, Work};
use super::publication::Publication;
use crate::config::LanguageIndex;
use crate::diagnostic::{Code, Diagnostic, Language, Place};
use crate::source::{SitePath, Source};
use leakage::{Allowed, Leak};
use markup::{Scanned, Words};
use outside::Outside;

/// What to hold a site to.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// After how many days a page's `as_of` is old.
    pub stale_after: i32,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Checked {
    /// What was noticed, in no order.
    pub notes: Vec<Diagnostic>,
    /// The addresses of other sites that its pages link to.
    pub outside: Vec<Outside>,
}

/// A finished page that was read.
pub(super) struct Seen<'p> {
    path: &'p str,
    /// The file it is made from, if it is one file.
    source: Option<&'p Source>,
    scanned: Scanned,
}

/// Makes and reads every file of the site; `tick` is called after each.
pub fn check(
    publication: &Publication,
    plan: &Plan,
    measure: Measure,
    tick: impl Fn() + Sync,
) -> Checked {
    let allowed = Allowed::of(publication);
    let works: Vec<_> = plan.works().collect();
    let looked: Vec<(Vec<Diagnostic>, Option<Seen<'_>>)> = works
        .into_par_iter()
        .map(|(path, work)| {
            let looked = look(publication, &allowed, path, work);
            tick();
            looked
        })
        .collect();
    let mut notes = Vec::new();
    let mut seen = Vec::new();
    for (said, page) in looked {
        notes.extend(said);
        seen.extend(page);
    }
    leave_out_echoes(&mut notes);
    // A link that its source has been blamed for is broken in the finished pages too.
    let blamed: BTreeSet<SitePath> = notes
        .iter()
        .filter(|note| {
            matches!(
                note.code,
                Code::DeadLink | Code::HeldBackLink | Code::DeadAnchor
            )
        })
        .filter_map(|note| note.path().cloned())
        .collect();
    let broken = links::check(publication, plan, &seen).into_iter();
    notes.extend(broken.filter(|note| !note.path().is_some_and(|path| blamed.contains(path))));
    notes.extend(links::one_sided(&seen));
    notes.extend(sources::check(publication, measure));
    notes.extend(sources::orphans(
        publication,
        &links::linked(publication, plan, &seen),
    ));
    Checked {
        notes,
        outside: outside::find(publication, &seen),
    }
}

/// A character that leaks on its own page leaks in lists, feeds and the search index too; the place in
/// the source says it all.
fn leave_out_echoes(notes: &mut Vec<Diagnostic>) {
    let character = |note: &Diagnostic| {
        let found = note.args.iter().find(|(name, _)| *name == "character");
        found.map(|(_, value)| value.text(Language::English).to_string())
    };
    let is_placed = |note: &Diagnostic| matches!(note.place, Place::Span(_));
    let is_leak = |note: &Diagnostic| note.code == Code::ScriptLeak;
    let known: BTreeSet<String> = notes
        .iter()
        .filter(|note| is_leak(note) && is_placed(note))
        .filter_map(character)
        .collect();
    notes.retain(|note| {
        !is_leak(note) || is_placed(note) || character(note).is_none_or(|c| !known.contains(&c))
    });
}

fn look<'p>(
    publication: &'p Publication,
    allowed: &Allowed,
    path: &'p OutputPath,
    work: &Work,
) -> (Vec<Diagnostic>, Option<Seen<'p>>) {
    let made = plan::make(publication, path, work);
    let mut notes = made.notes;
    let Some(Body::Bytes(bytes)) = made.value.map(|output| output.body) else {
        return (notes, None);
    };
    if matches!(work, Work::Theme(_) | Work::Copy(_)) {
        return (notes, None);
    }
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return (notes, None);
    };
    let language = language_of(publication, path.as_str());
    let tag = publication.config.language(language).tag.as_str();
    let source = match work {
        Work::Page { id, language, .. } => publication
            .catalogue
            .edition(*id, *language)
            .map(|edition| &edition.document.source),
        _ => None,
    };
    let is_off =
        matches!(work, Work::Page { id, language, .. } if is_off(publication, *id, *language));
    let is_html = path.as_str().ends_with(".html");
    let scanned = read(path.as_str(), text, tag);
    let page = Seen {
        path: path.as_str(),
        source,
        scanned,
    };
    if !is_off {
        let leaks = page.scanned.words.iter();
        let mut leaks: Vec<Leak> = leaks.filter_map(|words| allowed.leak(words)).collect();
        leaks.sort_by_key(|leak| leak.character);
        leaks.dedup_by_key(|leak| leak.character);
        notes.extend(leaks.iter().map(|leak| leaked(&page, leak)));
    }
    let is_page = matches!(work, Work::Page { .. });
    (notes, (is_html && is_page).then_some(page))
}

fn is_off(
    publication: &Publication,
    id: super::catalogue::EntryId,
    language: LanguageIndex,
) -> bool {
    let edition = publication.catalogue.edition(id, language);
    edition.is_some_and(|edition| {
        edition.document.front.conversion == super::document::front_matter::Conversion::Off
    })
}

/// Reads an output by what its name says it is. Files that hold only addresses or tables of characters
/// say nothing.
fn read(path: &str, text: &str, tag: &str) -> Scanned {
    let name = path.rsplit('/').next().unwrap_or(path);
    let words = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => return markup::scan(text, tag),
        Some("xml") if !name.contains("sitemap") => {
            // Entries hold escaped HTML, whose links to elsewhere count for nothing here.
            let mut inner = Scanned::default();
            for words in markup::scan(text, tag).words {
                inner
                    .words
                    .extend(markup::scan(&words.text, &words.lang).words);
            }
            return inner;
        }
        Some("json") if !name.contains("fold") => {
            return markup::scan(&markup::json_words(text), tag);
        }
        Some("ics") => text.replace("\r\n ", ""),
        _ => return Scanned::default(),
    };
    Scanned {
        words: vec![Words {
            lang: tag.to_string(),
            text: words,
        }],
        ..Scanned::default()
    }
}

/// The language in whose folder a file lies: the longest that fits.
fn language_of(publication: &Publication, path: &str) -> LanguageIndex {
    let languages = publication.config.languages.iter().enumerate();
    languages
        .filter(|(_, language)| {
            language.path.is_empty()
                || path
                    .strip_prefix(&language.path)
                    .is_some_and(|rest| rest.starts_with('/'))
        })
        .max_by_key(|(_, language)| language.path.len())
        .map_or(LanguageIndex::DEFAULT, |(position, _)| {
            LanguageIndex::new(position)
        })
}

fn leaked(page: &Seen<'_>, leak: &Leak) -> Diagnostic {
    let note = Diagnostic::new(Code::ScriptLeak)
        .with("page", format!("/{}", page.path))
        .with("character", leak.character.to_string())
        .with("context", &leak.context);
    // What leaked was not converted, so it stands in the source as it is, more often than not.
    let at = page.source.and_then(|source| {
        let text = source.text();
        let at = text.find(&leak.context)?;
        Some((source, at + leak.context.find(leak.character)?))
    });
    match at {
        Some((source, at)) => note.at(source, at..at + leak.character.len_utf8()),
        None => page.at(note),
    }
}

impl Seen<'_> {
    fn at(&self, note: Diagnostic) -> Diagnostic {
        match self.source {
            Some(source) => note.in_file(source.path()),
            None => note,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a Simplified file of each kind shows of Traditional, and what it may hold unseen.
    #[test]
    fn leaks_wherever_a_reader_may_meet_them() {
        let rows = [
            ("a/index.html", "<p>他发現</p>", Some('現')),
            ("a/index.html", "<p title=\"發\">他</p>", Some('發')),
            ("a/index.html", "<img alt=\"後面發\">", Some('後')),
            ("a/index.html", "<a aria-label=\"發\">他</a>", Some('發')),
            ("a/index.html", "<title>說</title>", Some('說')),
            (
                "a/index.html",
                "<meta name=\"description\" content=\"說\">",
                Some('說'),
            ),
            (
                "a/index.html",
                "<script type=\"application/ld+json\">{\"name\":\"說\"}</script>",
                Some('說'),
            ),
            ("feed.xml", "<feed><title>說</title></feed>", Some('說')),
            (
                "feed.xml",
                "<feed><content type=\"html\">&lt;p title=\"說\"&gt;他&lt;/p&gt;</content></feed>",
                Some('說'),
            ),
            (
                "feed.json",
                "{\"items\":[{\"content_html\":\"<p>說</p>\"}]}",
                Some('說'),
            ),
            ("search/1.json", "{\"title\":\"\\u8aaa\"}", Some('說')),
            ("calendar.ics", "SUMMARY:高\r\n 說\r\n", Some('說')),
            // Marked, or nothing a reader sees.
            ("a/index.html", "<p lang=\"zh-Hant\">說</p>", None),
            ("a/index.html", "<p translate=\"no\">說</p>", None),
            ("a/index.html", "<a href=\"/說/\" id=\"說\">他</a>", None),
            ("a/index.html", "<code>說</code><!-- 說 -->", None),
            ("sitemap.xml", "<loc>/說/</loc>", None),
            ("search/fold.json", "{\"說\":\"说\"}", None),
            ("a.css", "/* 說 */", None),
        ];
        let allowed = Allowed::none();
        let mut wrong = Vec::new();
        for (path, text, expected) in rows {
            let scanned = read(path, text, "zh-Hans-CN");
            let leak = scanned.words.iter().find_map(|it| allowed.leak(it));
            let got = leak.map(|leak| leak.character);
            if got != expected {
                wrong.push(format!("{path} {text}: {got:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
