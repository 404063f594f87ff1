//! Where the dictionaries are: the locked package's folder, asked of cargo itself, or a folder named by the builder.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Names a folder holding OpenCC's `STCharacters.txt` and its siblings; overrides the locked package.
pub const VARIABLE: &str = "TONGWEN_OPENCC_DATA";

const PACKAGE: &str = "opencc-sys";
const INSIDE: &str = "OpenCC/data/dictionary";
const MARKER: &str = "STCharacters.txt";

pub fn dictionary_folder() -> Result<PathBuf, String> {
    if let Some(named) = std::env::var_os(VARIABLE) {
        let named = PathBuf::from(named);
        for folder in [named.clone(), named.join("dictionary"), named.join(INSIDE)] {
            if folder.join(MARKER).is_file() {
                return Ok(folder);
            }
        }
        return Err(format!(
            "{VARIABLE} names {}, which holds no {MARKER}.\nPoint it at OpenCC's data/dictionary folder (version 1.4.1), or unset it.",
            named.display()
        ));
    }
    // Offline first: the package is there after any ordinary build, and a build script should not wait for a network.
    let metadata = metadata(&["--offline"]).or_else(|_| metadata(&[]));
    let manifest = metadata.as_ref().ok().and_then(|text| manifest_path(text));
    let folder = manifest
        .as_deref()
        .and_then(Path::parent)
        .map(|package| package.join(INSIDE));
    match folder {
        Some(folder) if folder.join(MARKER).is_file() => Ok(folder),
        _ => Err(format!(
            "The dictionaries of OpenCC were not found: they come with the locked package {PACKAGE}.\n\
             Run `cargo fetch --locked` once with a network, or unpack OpenCC 1.4.1 and set {VARIABLE} to its data/dictionary folder.\n{}",
            metadata.err().unwrap_or_default()
        )),
    }
}

fn metadata(extra: &[&str]) -> Result<String, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--locked", "--format-version", "1"])
        .args(extra)
        .output()
        .map_err(|e| format!("cargo metadata did not start: {e}"))?;
    if !output.status.success() {
        return Err(format!(
            "cargo metadata: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        ));
    }
    String::from_utf8(output.stdout).map_err(|e| format!("cargo metadata: {e}"))
}

/// The manifest of the package in cargo's JSON. A package object opens with its name and version, while a dependency's object has
/// `source` in second place, so two string searches do what a JSON parser compiled for the build script would.
fn manifest_path(metadata: &str) -> Option<PathBuf> {
    let package = metadata.find(&format!("\"name\":\"{PACKAGE}\",\"version\":"))?;
    let rest = &metadata[package..];
    let start = rest.find("\"manifest_path\":\"")? + "\"manifest_path\":\"".len();
    let mut path = String::new();
    let mut chars = rest[start..].chars();
    loop {
        match chars.next()? {
            '"' => return Some(path.into()),
            '\\' => path.push(chars.next()?),
            c => path.push(c),
        }
    }
}
