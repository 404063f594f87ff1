//! Which dictionaries these are.

use super::tables;
use crate::digest::{Digest, Digester};

/// The dictionaries' name and version, and the package they come from.
pub const DICTIONARIES: &str = "OpenCC 1.4.1 (opencc-sys 0.5.1)";

/// The digest of all tables, as packed into this program: two programs with equal digests convert alike.
pub fn dictionary_digest() -> Digest {
    let mut digester = Digester::new();
    for table in tables::bytes() {
        digester.part(table);
    }
    digester.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_locked_package() {
        let (_, package) = include_str!("../../Cargo.lock")
            .split_once("name = \"opencc-sys\"\nversion = \"")
            .unwrap();
        let (version, _) = package.split_once('"').unwrap();
        let (package, data) = version.split_once('+').unwrap();
        assert_eq!(
            DICTIONARIES,
            format!("OpenCC {data} (opencc-sys {package})")
        );
    }
}
