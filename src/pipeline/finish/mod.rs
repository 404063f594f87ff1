//! The last touch on a made page: no needless space and links relative to the page, where the site wants
//! them so.

mod minify;
mod relative;

use super::output::OutputPath;
use super::publication::Publication;

/// The bytes as they are published.
pub fn finish(publication: &Publication, path: &OutputPath, bytes: Vec<u8>) -> Vec<u8> {
    let config = &publication.config;
    if !(config.relative_links || config.minify_html) || !path.as_str().ends_with(".html") {
        return bytes;
    }
    let mut html = match String::from_utf8(bytes) {
        Ok(html) => html,
        Err(error) => return error.into_bytes(),
    };
    if config.minify_html {
        html = minify::html(&html);
    }
    if config.relative_links {
        html = relative::links(&html, path.as_str(), publication.addresses.base());
    }
    html.into_bytes()
}
