//! What `serve` says of changes: a line each, and with `-v` why each page was rendered.

use std::time::Duration;

use crate::diagnostic::{Language, Phrase};
use crate::pipeline::output::OutputPath;
use crate::shell::session::{Affected, Fate, Rendered, Swept, Update, Why};

/// How many names are said before the rest are counted.
const SAID: usize = 3;
/// With `-v`: more, and still a line that can be read after a checkout of a thousand files.
const SAID_VERBOSELY: usize = 12;

/// What changed, what it concerns, how long it took; more names of it where `verbose`.
pub fn updated(update: &Update, verbose: bool, language: Language) -> String {
    let most = if verbose { SAID_VERBOSELY } else { SAID };
    let files = update.changed.iter();
    let files = files.map(|path| file(path.as_str(), update.fate(path), language));
    let args = [
        (
            "changed",
            &*some(&files.collect::<Vec<_>>(), most, language),
        ),
        ("affected", &affected(&update.affected(), most, language)),
        ("parsed", &update.counters.parsed.to_string()),
        ("took", &milliseconds(update.took)),
    ];
    Phrase::Updated.say(language, &args)
}

/// A page that was asked for and rendered.
pub fn rendered(page: &Rendered, language: Language) -> String {
    let outcome = match page.as_before {
        Some(true) => Phrase::AsBefore,
        Some(false) => Phrase::Differs,
        None => Phrase::NothingBefore,
    };
    let args = [
        ("address", &*address(&page.path)),
        ("why", &why(&page.why, language)),
        ("outcome", &outcome.text(language)),
        ("took", &milliseconds(page.took)),
    ];
    Phrase::Rendered.say(language, &args)
}

/// All outputs, made in the background.
pub fn swept(swept: &Swept, took: Duration, language: Language) -> String {
    let names = swept.differing.iter().flatten().map(address);
    let names: Vec<String> = names.collect();
    let phrase = match (&swept.differing, names.len()) {
        (None, _) => Phrase::SweptFirst,
        (Some(_), 0) => Phrase::SweptSame,
        (Some(_), _) => Phrase::SweptOther,
    };
    let args = [
        ("made", &*swept.made.to_string()),
        ("count", &names.len().to_string()),
        ("names", &some(&names, SAID, language)),
        ("took", &took.as_millis().to_string()),
    ];
    phrase.say(language, &args)
}

fn milliseconds(took: Duration) -> String {
    format!("{:.1}", took.as_secs_f64() * 1000.0)
}

fn file(path: &str, fate: Fate, language: Language) -> String {
    let phrase = match fate {
        Fate::Changed => Phrase::FileChanged,
        Fate::Added => Phrase::FileAdded,
        Fate::Removed => Phrase::FileRemoved,
        Fate::Due => Phrase::FileDue,
    };
    phrase.say(language, &[("path", path)])
}

fn affected(affected: &Affected, most: usize, language: Language) -> String {
    match affected {
        Affected::Nothing => Phrase::AffectedNothing.say(language, &[]),
        Affected::Pages(1) => Phrase::AffectedOnly.say(language, &[]),
        Affected::Pages(count) => {
            Phrase::AffectedAll.say(language, &[("count", &count.to_string())])
        }
        Affected::These(paths) if paths.is_empty() => Phrase::AffectedNone.say(language, &[]),
        Affected::These(paths) => {
            let addresses: Vec<String> = paths.iter().map(address).collect();
            some(&addresses, most, language)
        }
    }
}

fn why(why: &Why, language: Language) -> String {
    let (phrase, path) = match why {
        Why::First => (Phrase::WhyFirst, ""),
        Why::Source(path) => (Phrase::WhySource, path.as_str()),
        Why::Template(path) => (Phrase::WhyTemplate, path.as_str()),
        Why::Whole(path) => (Phrase::WhyWhole, path.as_str()),
        Why::Other(path) => (Phrase::WhyOther, path.as_str()),
        Why::Again => (Phrase::WhyAgain, ""),
    };
    phrase.say(language, &[("path", path)])
}

/// Where a browser finds an output, below the base path.
fn address(path: &OutputPath) -> String {
    let path = path.as_str();
    let folder = path.strip_suffix("index.html");
    match folder.filter(|folder| folder.is_empty() || folder.ends_with('/')) {
        Some(folder) => format!("/{folder}"),
        None => format!("/{path}"),
    }
}

/// The first few of some names, the rest counted.
fn some(names: &[String], most: usize, language: Language) -> String {
    let said = &names[..names.len().min(most)];
    let joined = said.join(&Phrase::NamesBetween.text(language));
    match names.len() - said.len() {
        0 => joined,
        more => Phrase::NamesMore.say(language, &[("names", &joined), ("more", &more.to_string())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (path, expected) in [
            ("index.html", "/"),
            ("a/index.html", "/a/"),
            ("a/myindex.html", "/a/myindex.html"),
            ("404.html", "/404.html"),
        ] {
            assert_eq!(
                OutputPath::new(path).as_ref().map(address).as_deref(),
                Some(expected)
            );
        }
    }

    #[test]
    fn many_names_are_counted() {
        let names: Vec<String> = (1..=5).map(|n| n.to_string()).collect();
        assert_eq!(some(&names, 2, Language::English), "1, 2 and 3 more");
        assert_eq!(some(&names, 2, Language::Traditional), "1、2 等，另有 3 個");
        assert_eq!(some(&names, 9, Language::English), "1, 2, 3, 4, 5");
    }
}
