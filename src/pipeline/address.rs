//! How addresses are spelled: the base path, the language's folder, the page's path.

use std::fmt::Write as _;

use crate::config::{Config, LanguageIndex};

/// Spells the addresses of one site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// Scheme and host, without a `/` at the end.
    origin: String,
    /// The base path, `/`-led, without a `/` at the end; empty at the root of a domain.
    base: String,
    /// The folder of each language, without `/` at either end.
    folders: Vec<String>,
}

impl Addresses {
    /// The speller for a configuration.
    pub fn new(config: &Config) -> Addresses {
        Addresses {
            origin: config.base_url.origin().to_string(),
            base: config.base_url.path().trim_end_matches('/').to_string(),
            folders: config
                .languages
                .iter()
                .map(|language| language.path.clone())
                .collect(),
        }
    }

    /// The address of a page or file: `path` is below the language's folder, `a/b/` or `feed.xml`.
    pub fn of(&self, language: LanguageIndex, path: &str) -> String {
        self.root_relative(&self.below(language, path))
    }

    /// The address of a page, from its path without a `/` at the end.
    pub fn page(&self, language: LanguageIndex, path: &str) -> String {
        let folder = self.folders.get(language.position()).map_or("", |f| f);
        let mut address = String::with_capacity(self.base.len() + folder.len() + path.len() + 3);
        address.push_str(&self.base);
        address.push('/');
        for part in [folder, path].into_iter().filter(|part| !part.is_empty()) {
            encode_into(&mut address, part);
            address.push('/');
        }
        address
    }

    /// The address of a path below the site's root.
    pub fn root_relative(&self, path: &str) -> String {
        let mut address = String::with_capacity(self.base.len() + path.len() + 1);
        address.push_str(&self.base);
        address.push('/');
        encode_into(&mut address, path);
        address
    }

    /// `address`, as the methods above give it, with scheme and host.
    pub fn absolute(&self, address: &str) -> String {
        if address.starts_with('/') && !address.starts_with("//") {
            // Not `format!`, which begins with too little room: every page has half a dozen of these.
            [&*self.origin, address].concat()
        } else {
            address.to_string()
        }
    }

    /// A path below the language's folder as a path below the site's root.
    pub fn below(&self, language: LanguageIndex, path: &str) -> String {
        match self.folders.get(language.position()).map(String::as_str) {
            Some("") | None => path.to_string(),
            Some(folder) => format!("{folder}/{path}"),
        }
    }

    /// The path of the output that holds a page: `hans/a/b/index.html`.
    pub fn output(&self, language: LanguageIndex, path: &str) -> String {
        let folder = self.folders.get(language.position()).map_or("", |f| f);
        let parts = [folder, path, "index.html"];
        let parts = || parts.into_iter().filter(|part| !part.is_empty());
        let mut output = String::with_capacity(parts().map(|part| part.len() + 1).sum());
        for part in parts() {
            if !output.is_empty() {
                output.push('/');
            }
            output.push_str(part);
        }
        output
    }

    /// How many languages there are.
    pub fn languages(&self) -> usize {
        self.folders.len()
    }

    /// The base path, without a `/` at the end.
    pub fn base(&self) -> &str {
        &self.base
    }
}

/// Appends a path percent-encoded as RFC 3986 wants it; `/` and what is already encoded stay.
pub(super) fn encode_into(out: &mut String, path: &str) {
    let mut rest = path;
    // What stays is all ASCII, so what does not begins and ends at a character.
    while let Some(at) = rest.bytes().position(|byte| !STAYS[usize::from(byte)]) {
        out.push_str(&rest[..at]);
        let end = rest[at..].bytes().position(|byte| STAYS[usize::from(byte)]);
        let end = end.map_or(rest.len(), |end| at + end);
        for byte in rest[at..end].bytes() {
            // Writing into a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
}

/// The bytes that stay as they are in an address.
const STAYS: [bool; 256] = {
    let mut stays = [false; 256];
    let marks = b"/-_.~!$'()*+,;=:@%#?&";
    let mut at = 0;
    while at < marks.len() {
        stays[marks[at] as usize] = true;
        at += 1;
    }
    let mut byte = 0;
    while byte < 128 {
        stays[byte] |= (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    stays
};

/// A heading's id as it stands behind `#`.
pub fn fragment(id: &str) -> String {
    let mut out = String::from("#");
    encode_into(&mut out, id);
    out
}
