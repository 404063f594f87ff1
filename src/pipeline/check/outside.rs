//! Addresses of other sites: which there are, where they are written, and what is said of one after its
//! site was asked. Asking is the shell's.

use std::collections::{BTreeMap, BTreeSet};

use super::Seen;
use crate::diagnostic::{Arg, Code, Diagnostic, Place, Term};
use crate::pipeline::publication::Publication;
use crate::source::Source;

/// An address of another site.
#[derive(Clone, Debug)]
pub struct Outside {
    /// It, without what follows a `#`.
    pub address: String,
    /// Where the site's files write it; the files of the pages that show it, where none does as it stands.
    pub places: Vec<Place>,
}

/// What another site says of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is there.
    There,
    /// It is there, and for good at another address.
    Moved(String),
    /// It is not there: the status it was answered with.
    Gone(u16),
    /// Nothing that can be relied on.
    Unsure(Silence),
}

/// Why nothing was learned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Silence {
    /// A status that says nothing about the address: not for programs, not now, not without a password.
    Status(u16),
    /// No answer in time.
    Late,
    /// The name of the host is not known.
    NoHost,
    /// It leads from one address to another, and on.
    Circle,
    /// Anything else that went wrong on the way, as the network says it.
    Fault(String),
}

/// The addresses that pages link to, in order, with their places.
pub(super) fn find(publication: &Publication, seen: &[Seen<'_>]) -> Vec<Outside> {
    let own = publication.config.base_url.as_str();
    let mut shown: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut files: BTreeMap<&str, &Source> = BTreeMap::new();
    for page in seen {
        for link in page
            .scanned
            .links
            .iter()
            .filter(|link| is_outside(link, own))
        {
            let address = link.split('#').next().unwrap_or(link);
            let pages = shown.entry(address).or_default();
            if let Some(source) = page.source {
                pages.insert(source.path().as_str());
                files.insert(source.path().as_str(), source);
            }
        }
    }
    let mut written = written(publication, &shown);
    let outside = shown.into_iter().map(|(address, pages)| Outside {
        address: address.to_string(),
        places: written.remove(address).unwrap_or_else(|| {
            let sources = pages.iter().filter_map(|path| files.get(path));
            sources
                .map(|source| Place::File(source.path().clone()))
                .collect()
        }),
    });
    outside.collect()
}

fn is_outside(link: &str, own: &str) -> bool {
    let is_web = link.starts_with("https://") || link.starts_with("http://");
    let is_own = link
        .strip_prefix(own)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
    is_web && !is_own
}

/// Every place where a file of the site writes one of the addresses. Each file is read once: what looks
/// like the beginning of an address is compared with the known ones, the longest first, since a bracket or a full
/// stop behind it may or may not belong to it.
fn written<'a>(
    publication: &Publication,
    known: &BTreeMap<&'a str, BTreeSet<&str>>,
) -> BTreeMap<&'a str, Vec<Place>> {
    let inputs = &publication.inputs;
    let sources = inputs.pages.iter().chain(&inputs.templates);
    let mut found: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    for source in sources.chain([&inputs.config]) {
        let text = source.text();
        for (at, _) in text.match_indices("http") {
            let rest = &text[at..];
            let end = rest
                .find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '`' | '#'))
                .unwrap_or(rest.len());
            let longest = (8..=end)
                .rev()
                .filter_map(|end| rest.get(..end))
                .find_map(|written| known.get_key_value(written));
            if let Some((address, _)) = longest {
                let place = Place::Span(source.span(at..at + address.len()));
                found.entry(address).or_default().push(place);
            }
        }
    }
    found
}

impl Outside {
    /// What is to be said of the address, once for each place.
    pub fn report(&self, answer: &Answer) -> Vec<Diagnostic> {
        let note = match answer {
            Answer::There => return Vec::new(),
            Answer::Moved(target) => Diagnostic::new(Code::OutsideMoved).with("target", target),
            Answer::Gone(status) => {
                Diagnostic::new(Code::OutsideGone).with("status", status.to_string())
            }
            Answer::Unsure(silence) => {
                Diagnostic::new(Code::OutsideUnsure).with("detail", silence.detail())
            }
        };
        let note = note.with("address", &self.address);
        if self.places.is_empty() {
            return vec![note];
        }
        let at = |place: &Place| Diagnostic {
            place: place.clone(),
            ..note.clone()
        };
        self.places.iter().map(at).collect()
    }
}

impl Silence {
    fn detail(&self) -> Arg {
        match self {
            Silence::Status(status) => Arg::from(status.to_string()),
            Silence::Late => Arg::from(Term::NoAnswer),
            Silence::NoHost => Arg::from(Term::NoHost),
            Silence::Circle => Arg::from(Term::RedirectCircle),
            Silence::Fault(said) => Arg::from(said),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_outside;

    #[test]
    fn what_is_outside() {
        for (link, outside) in [
            ("https://a.org/", true),
            ("http://b.org", true),
            ("https://b.org/c", false),
            ("https://b.org/c/d", false),
            ("https://b.org/cd", true),
            ("https://b.org.example/", true),
            ("mailto:a@b.org", false),
            ("/c/d/", false),
        ] {
            assert_eq!(is_outside(link, "https://b.org/c"), outside, "{link}");
        }
    }
}
