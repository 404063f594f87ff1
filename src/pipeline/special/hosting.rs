//! What hosts are told: `_redirects` and `_headers`, in the form that Netlify and Cloudflare Pages share.
//! Other hosts serve them as two more files that nobody asks for. A site's own files of these names, in
//! `static/`, take their place.
//!
//! Redirects are those that have a page of their own as well, for hosts that read no such file. A
//! language's own page for wrong addresses is named too: Netlify would else show everybody the first
//! one's; Cloudflare looks for the nearest by itself and skips the line.
//!
//! The policy for contents fits what the theme does: everything from the site itself, nothing inline.
//! (JSON-LD is data, which no policy stops.) Pictures and sound may come from other hosts over HTTPS,
//! because Markdown can ask for them. Style sheets and scripts are named by templates with `?v=` and
//! their digest, so browsers may keep them for ever.

use std::fmt::Write as _;

use super::Special;
use crate::config::LanguageIndex;
use crate::pipeline::publication::{Publication, static_path};
use crate::theme;

const REDIRECTS: &str = "_redirects";
const HEADERS: &str = "_headers";

/// Told for every address.
const ALWAYS: &[(&str, &str)] = &[
    (
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data: https:; media-src 'self' https:; object-src 'none'; \
         base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
    ),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("X-Content-Type-Options", "nosniff"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=()",
    ),
];

/// Both, unless the site brings its own.
pub fn all(publication: &Publication) -> Vec<(String, Special)> {
    [
        (REDIRECTS, Special::HostRedirects),
        (HEADERS, Special::HostHeaders),
    ]
    .into_iter()
    .filter(|(name, _)| !publication.has_static(name))
    .map(|(name, special)| (name.to_string(), special))
    .collect()
}

/// `_redirects`.
pub fn redirects(publication: &Publication) -> Vec<u8> {
    let addresses = &publication.addresses;
    let mut out = String::new();
    for (path, special) in super::redirect::all(publication) {
        let Special::Redirect { to, .. } = special else {
            continue;
        };
        let from = path.strip_suffix("index.html").unwrap_or(&path);
        // Writing into a string cannot fail, here and below.
        let _ = writeln!(out, "{} {to} 301", addresses.root_relative(from));
    }
    for position in 0..publication.config.languages.len() {
        let language = LanguageIndex::new(position);
        if publication.config.language(language).path.is_empty() {
            continue;
        }
        let folder = addresses.of(language, "");
        let page = addresses.of(language, "404.html");
        let _ = writeln!(out, "{folder}* {page} 404");
    }
    out.into_bytes()
}

/// `_headers`.
pub fn headers(publication: &Publication) -> Vec<u8> {
    let addresses = &publication.addresses;
    let mut out = format!("{}*\n", addresses.root_relative(""));
    for (name, value) in ALWAYS {
        let _ = writeln!(out, "  {name}: {value}");
    }
    let own = publication.inputs.static_files.iter();
    let mut kept: Vec<String> = own
        .map(|file| static_path(&file.path))
        .chain(theme::STATIC.iter().map(|(path, _)| path.to_string()))
        .filter(|path| path.ends_with(".css") || path.ends_with(".js"))
        .collect();
    kept.sort();
    kept.dedup();
    for path in kept {
        let _ = writeln!(
            out,
            "{}\n  Cache-Control: public, max-age=31536000, immutable",
            addresses.root_relative(&path)
        );
    }
    out.into_bytes()
}
