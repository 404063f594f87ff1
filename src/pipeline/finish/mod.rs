//! The last touch on a made file: links relative to the page, where the site wants them so.

mod relative;

use super::output::OutputPath;
use super::publication::Publication;

/// The bytes as they are published.
pub fn finish(publication: &Publication, path: &OutputPath, bytes: Vec<u8>) -> Vec<u8> {
    if !publication.config.relative_links || !path.as_str().ends_with(".html") {
        return bytes;
    }
    match String::from_utf8(bytes) {
        Ok(html) => {
            relative::links(&html, path.as_str(), publication.addresses.base()).into_bytes()
        }
        Err(error) => error.into_bytes(),
    }
}
