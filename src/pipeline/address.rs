//! How addresses are spelled: the base path, the language's folder, the page's path.

use std::fmt::Write as _;

use crate::config::{Config, LanguageIndex};

/// Spells the addresses of one site.
#[derive(Clone, Debug)]
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
        if path.is_empty() {
            self.of(language, "")
        } else {
            self.of(language, &format!("{path}/"))
        }
    }

    /// The address of a path below the site's root.
    pub fn root_relative(&self, path: &str) -> String {
        let mut address = format!("{}/", self.base);
        encode_into(&mut address, path);
        address
    }

    /// `address`, as the methods above give it, with scheme and host.
    pub fn absolute(&self, address: &str) -> String {
        if address.starts_with('/') && !address.starts_with("//") {
            format!("{}{address}", self.origin)
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
        if path.is_empty() {
            self.below(language, "index.html")
        } else {
            self.below(language, &format!("{path}/index.html"))
        }
    }

    /// The base path, without a `/` at the end.
    pub fn base(&self) -> &str {
        &self.base
    }
}

/// Appends a path percent-encoded as RFC 3986 wants it; `/` and what is already encoded stay.
pub(super) fn encode_into(out: &mut String, path: &str) {
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(byte as char),
            b'/' | b'-' | b'_' | b'.' | b'~' | b'!' | b'$' | b'\'' | b'(' | b')' | b'*' | b'+'
            | b',' | b';' | b'=' | b':' | b'@' | b'%' | b'#' | b'?' | b'&' => {
                out.push(byte as char)
            }
            // Writing into a string cannot fail.
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

/// A heading's id as it stands behind `#`.
pub fn fragment(id: &str) -> String {
    let mut out = String::from("#");
    encode_into(&mut out, id);
    out
}
