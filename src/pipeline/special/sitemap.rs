//! The site map for search engines, and the `robots.txt` that names it.
//!
//! Each address stands with those of the same page in the other languages, itself included, so that the
//! statements are reciprocal; the first of them is also for readers of no language the site has. What
//! is no page of its own is left out: fallbacks, further parts of lists, and pages that ask for it or
//! turn search engines away.
//!
//! The format allows 50,000 addresses and 50 MB a file. A site that may exceed either gets an index of
//! several files. The size is taken from the longest address times the number of languages: it is never
//! too small, and a plan need not write the map to know its parts.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use jiff::civil::Date;

use super::{Special, tag, xml::escaped};
use crate::config::LanguageIndex;
use crate::pipeline::names;
use crate::pipeline::publication::Publication;

/// How much a file may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most addresses.
    pub addresses: usize,
    /// The most bytes.
    pub bytes: usize,
}

impl Limits {
    /// What search engines read.
    pub const FORMAT: Limits = Limits {
        addresses: 50_000,
        bytes: 50_000_000,
    };
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
    <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";

/// A file of the site map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The only one.
    Whole,
    /// The list of `count` parts.
    Index(usize),
    /// Part `number` from 0, which has `size` addresses at most.
    Numbered(usize, usize),
}

/// A page in the languages that search engines may find it in, and when each was last changed.
struct Listed<'p> {
    path: Cow<'p, str>,
    languages: Vec<(LanguageIndex, Option<Date>)>,
}

/// The files of the site map, and `robots.txt` unless the site brings its own.
pub fn all(publication: &Publication) -> Vec<(String, Special)> {
    let mut all = Vec::new();
    if publication.config.sitemap.enabled {
        let parts = parts(publication, Limits::FORMAT).into_iter();
        all.extend(parts.map(|(path, part)| (path, Special::Sitemap(part))));
    }
    if !publication.has_static("robots.txt") {
        all.push(("robots.txt".to_string(), Special::Robots));
    }
    all
}

/// A file of the site map.
pub fn make(publication: &Publication, part: Part) -> Vec<u8> {
    let addresses = &publication.addresses;
    let (skip, take) = match part {
        Part::Index(count) => {
            let mut out = String::from(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
                 <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
            );
            for number in 0..count {
                let address = addresses.absolute(&addresses.root_relative(&file(number)));
                // Writing into a string cannot fail.
                let _ = writeln!(out, "<sitemap><loc>{}</loc></sitemap>", escaped(&address));
            }
            out.push_str("</sitemapindex>\n");
            return out.into_bytes();
        }
        Part::Whole => (0, usize::MAX),
        Part::Numbered(number, size) => (number * size, size),
    };
    let mut out = String::from(HEAD);
    let mut passed = 0;
    for page in listed(publication) {
        let first = passed;
        passed += page.languages.len();
        let from = skip.saturating_sub(first).min(page.languages.len());
        let to = skip.saturating_add(take).saturating_sub(first);
        let to = to.min(page.languages.len());
        if from < to {
            write_urls(&mut out, publication, &page, from..to);
        }
    }
    out.push_str("</urlset>\n");
    out.into_bytes()
}

/// `robots.txt`: everybody is welcome, and there is a map.
pub fn robots(publication: &Publication) -> Vec<u8> {
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if publication.config.sitemap.enabled {
        let addresses = &publication.addresses;
        let address = addresses.absolute(&addresses.root_relative(names::SITEMAP));
        let _ = write!(out, "\nSitemap: {address}\n");
    }
    out.into_bytes()
}

/// The files of the site map, by path.
pub fn parts(publication: &Publication, limits: Limits) -> Vec<(String, Part)> {
    let (count, size) = (count(publication), part_size(publication, limits));
    let name = names::SITEMAP.to_string();
    if count <= size {
        return vec![(name, Part::Whole)];
    }
    let numbers = 0..count.div_ceil(size);
    let index = Part::Index(numbers.len());
    let numbered = numbers.map(|number| (file(number), Part::Numbered(number, size)));
    std::iter::once((name, index)).chain(numbered).collect()
}

fn file(number: usize) -> String {
    format!("sitemap-{}.xml", number + 1)
}

/// How many addresses there are.
fn count(publication: &Publication) -> usize {
    let tags = tag::pages(publication);
    let tags = tags.iter().map(|(_, languages)| languages.len());
    publication.catalogue.count_listed() + tags.sum::<usize>()
}

/// How many addresses surely fit into one file.
fn part_size(publication: &Publication, limits: Limits) -> usize {
    let languages = &publication.config.languages;
    let folders = languages.iter().map(|language| language.path.len());
    let tags = languages.iter().enumerate().flat_map(|(position, _)| {
        let tags = publication.catalogue.tags(LanguageIndex::new(position));
        tags.iter().map(|tag| tag.key.len() + names::TAGS.len() + 1)
    });
    let pages = publication.catalogue.arrangement().longest_path();
    let longest = tags.max().unwrap_or(0).max(pages) + folders.max().unwrap_or(0);
    // A byte of a path is three when it is percent-encoded, and `&` is five when it is escaped.
    let address = publication.config.base_url.as_str().len() + 5 * longest + 16;
    let entry = (address + 128) * (languages.len() + 2);
    (limits.bytes / entry).clamp(1, limits.addresses)
}

/// The entries of `page` in those of its languages that stand at `which`. All of them name the same alternates.
fn write_urls(out: &mut String, publication: &Publication, page: &Listed<'_>, which: Range<usize>) {
    let addresses = &publication.addresses;
    let spell = |(language, _): &(LanguageIndex, _)| {
        escaped(&addresses.absolute(&addresses.page(*language, &page.path)))
    };
    let spelled: Vec<String> = page.languages.iter().map(spell).collect();
    let mut alternates = String::new();
    if let [first, _, ..] = spelled.as_slice() {
        let mut link = |hreflang: &str, address: &str| {
            for part in [
                "\n<xhtml:link rel=\"alternate\" hreflang=\"",
                hreflang,
                "\" href=\"",
                address,
                "\"/>",
            ] {
                alternates.push_str(part);
            }
        };
        for ((language, _), address) in page.languages.iter().zip(&spelled) {
            let hreflang = &publication.config.language(*language).hreflang;
            link(&escaped(hreflang), address);
        }
        link("x-default", first);
        alternates.push('\n');
    }
    let entries = page.languages.iter().zip(&spelled);
    for ((_, changed), address) in entries.skip(which.start).take(which.len()) {
        out.push_str("<url><loc>");
        out.push_str(address);
        out.push_str("</loc>");
        if let Some(changed) = changed {
            // Writing into a string cannot fail.
            let _ = write!(out, "<lastmod>{changed}</lastmod>");
        }
        out.push_str(&alternates);
        out.push_str("</url>\n");
    }
}

/// The pages in the order of their paths, then the pages of tags.
fn listed(publication: &Publication) -> impl Iterator<Item = Listed<'_>> {
    let pages = publication.catalogue.entries().map(|(_, entry)| {
        let editions = entry.editions.iter().enumerate();
        let languages = editions.filter_map(|(position, edition)| {
            let edition = edition.as_ref().filter(|edition| edition.is_listed())?;
            let front = &edition.document.front;
            let changed = front.updated.or(front.date).map(|moment| moment.date);
            Some((LanguageIndex::new(position), changed))
        });
        Listed {
            path: Cow::Borrowed(&*entry.path),
            languages: languages.collect(),
        }
    });
    let tags = tag::pages(publication).into_iter();
    let tags = tags.map(|(path, languages)| Listed {
        path: Cow::Owned(path),
        languages: languages
            .into_iter()
            .map(|language| (language, None))
            .collect(),
    });
    pages.chain(tags)
}
