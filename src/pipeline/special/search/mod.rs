//! The search index of each language, and the table that makes the scripts one.
//!
//! `search.json` is `{"v":1,"pages":[{"u":…,"t":…,"x":…}]}`: the page's address seen from the index
//! itself, its title, and its words, a line for each block. So it means the same at the root of a
//! domain, below a sub-path and on disk. `search-fold.json` maps a character to the one that stands for
//! all its forms; it has every form of every character in the indexes, since a reader may type forms
//! that the site never writes.
//!
//! Browsers refuse to `fetch` from `file:`. Where links are relative there is therefore each file once
//! more as a script, which hands the same value to the element that loads it.
//!
//! An index is loaded whole. Above [`WHOLE`] bytes of text it would cost a reader more than the search is
//! worth; then pages give their titles, descriptions and headings only.

mod words;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::Special;
use crate::config::LanguageIndex;
use crate::hanzi::same_in_search;
use crate::pipeline::catalogue::{Edition, EntryId, Origin};
use crate::pipeline::names;
use crate::pipeline::page::view::FoundView;
use crate::pipeline::publication::Publication;

/// The bytes of text up to which an index has all words.
const WHOLE: usize = 4 << 20;

/// How a value is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As JSON.
    Json,
    /// As a script that gives its own element the value as `data`.
    Script,
}

/// The index.
#[derive(Serialize)]
struct Index<'p> {
    v: u8,
    pages: &'p [FoundView],
}

/// The files of the search.
pub fn all(publication: &Publication) -> Vec<(String, Special)> {
    if !publication.config.search.enabled {
        return Vec::new();
    }
    let forms: &[Form] = if publication.config.relative_links {
        &[Form::Json, Form::Script]
    } else {
        &[Form::Json]
    };
    let mut all = Vec::new();
    for &form in forms {
        for position in 0..publication.config.languages.len() {
            let language = LanguageIndex::new(position);
            let path = publication
                .addresses
                .below(language, &form.name(names::SEARCH_INDEX));
            all.push((path, Special::Search(language, form)));
        }
        all.push((form.name(names::SEARCH_FOLD), Special::SearchFold(form)));
    }
    all
}

/// The index of a language.
pub fn index(publication: &Publication, language: LanguageIndex, form: Form) -> Vec<u8> {
    let index = Index {
        v: 1,
        pages: found(publication, language),
    };
    form.write(&index)
}

/// The table of forms, for all languages.
pub fn fold(publication: &Publication, form: Form) -> Vec<u8> {
    let languages = 0..publication.config.languages.len();
    let pages: Vec<&FoundView> = languages
        .map(LanguageIndex::new)
        .flat_map(|language| found(publication, language))
        .collect();
    let written = pages
        .par_iter()
        .fold(Characters::default, |written, page| {
            written.with(&page.title).with(&page.words)
        })
        .reduce(Characters::default, Characters::and);
    form.write(&forms(&written))
}

/// The characters of texts: a bit for each there is.
struct Characters(Vec<u64>);

/// Every form of the characters of `written` but those that stand for themselves, and what stands for
/// each.
fn forms(written: &Characters) -> BTreeMap<char, char> {
    let mut forms = BTreeMap::new();
    for character in written.all() {
        if let Some((first, others)) = same_in_search(character).split_first() {
            forms.extend(others.iter().map(|other| (*other, *first)));
        }
    }
    forms
}

/// The pages that a search in `language` may find: those with text of their own in it, unless they ask
/// to be left out.
fn found(publication: &Publication, language: LanguageIndex) -> &[FoundView] {
    publication.found(language, || find(publication, language))
}

fn find(publication: &Publication, language: LanguageIndex) -> Vec<FoundView> {
    let pages: Vec<(EntryId, &Edition)> = publication
        .catalogue
        .entries()
        .filter_map(|(id, _)| Some((id, publication.catalogue.edition(id, language)?)))
        .filter(|(_, edition)| edition.origin != Origin::Fallback)
        .filter(|(_, edition)| edition.document.front.search)
        .collect();
    let size: usize = pages
        .iter()
        .map(|(_, edition)| edition.document.markdown.body.text_len)
        .sum();
    let depth = if size <= WHOLE {
        words::Depth::Whole
    } else {
        words::Depth::Outline
    };
    pages
        .into_iter()
        .map(|(id, edition)| FoundView {
            url: address(publication, id),
            title: edition.head.title.clone(),
            words: words::of(publication, edition, language, depth),
        })
        .collect()
}

fn address(publication: &Publication, id: EntryId) -> String {
    let mut address = String::from("./");
    let path = &publication.catalogue.entry(id).path;
    if !path.is_empty() {
        crate::pipeline::address::encode_into(&mut address, path);
        address.push('/');
    }
    if publication.config.relative_links {
        address.push_str("index.html");
    }
    address
}

impl Default for Characters {
    fn default() -> Characters {
        Characters(vec![0; (char::MAX as usize + 1) / 64])
    }
}

impl Characters {
    fn with(mut self, text: &str) -> Characters {
        for ch in text.chars().filter(|ch| !ch.is_ascii()) {
            self.0[ch as usize / 64] |= 1 << (ch as u32 % 64);
        }
        self
    }

    fn and(mut self, other: Characters) -> Characters {
        for (bits, more) in self.0.iter_mut().zip(other.0) {
            *bits |= more;
        }
        self
    }

    fn all(&self) -> impl Iterator<Item = char> {
        let bits = self.0.iter().enumerate().filter(|(_, bits)| **bits != 0);
        bits.flat_map(|(word, bits)| {
            let set = (0..64).filter(move |bit| bits >> bit & 1 == 1);
            set.filter_map(move |bit| char::from_u32((word * 64) as u32 + bit))
        })
    }
}

impl Form {
    fn name(self, json: &str) -> String {
        match self {
            Form::Json => json.to_string(),
            Form::Script => format!("{json}.js"),
        }
    }

    fn write(self, value: &impl Serialize) -> Vec<u8> {
        let (before, after) = match self {
            Form::Json => ("", "\n"),
            Form::Script => ("document.currentScript.data=", ";\n"),
        };
        let mut bytes = before.as_bytes().to_vec();
        // Strings, characters and numbers, written to memory: neither can fail.
        let _ = serde_json::to_writer(&mut bytes, value);
        bytes.extend_from_slice(after.as_bytes());
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_that_the_site_never_writes() {
        let written = Characters::default().with("後裏人");
        let forms = forms(&written);
        let folded = |ch: char| *forms.get(&ch).unwrap_or(&ch);
        assert_eq!(folded('後'), folded('后'));
        assert_eq!(folded('裡'), folded('里'));
        assert_eq!(folded('裏'), folded('里'));
        assert_ne!(folded('后'), folded('里'));
        assert_eq!(forms.get(&'人'), None);
        assert_eq!(forms.get(&'發'), None);
    }

    #[test]
    fn scripts_hand_over_the_same_value() {
        assert_eq!(Form::Json.write(&[1]), b"[1]\n");
        assert_eq!(
            Form::Script.write(&[1]),
            b"document.currentScript.data=[1];\n"
        );
    }
}
