//! Every package that becomes part of the program may: its licence is one that `deny.toml` allows, and it comes
//! from the registry. `cargo deny check` says the same of all platforms, and looks for known faults besides;
//! this needs nothing but cargo.

use std::collections::BTreeSet;
use std::process::Command;

use serde::Deserialize;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Deny {
    licenses: Licenses,
}

#[derive(Deserialize)]
struct Licenses {
    allow: BTreeSet<String>,
}

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

#[test]
fn only_licences_that_are_allowed() {
    let deny: Deny = toml::from_str(include_str!("../deny.toml")).expect("deny.toml is sound");
    let allowed = &deny.licenses.allow;
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    let packages = packages();
    for package in &packages {
        let name = format!("{} {}", package.name, package.version);
        if package
            .source
            .as_deref()
            .is_some_and(|source| source != REGISTRY)
        {
            wrong.push(format!("{name} comes from {:?}", package.source));
        }
        match &package.license {
            Some(license) if fits(license, allowed) => {
                used.extend(terms(license).map(str::to_string));
            }
            license => wrong.push(format!("{name}: {license:?}")),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(packages.len() > 50, "only {} packages", packages.len());
    assert!(used.contains("MIT"), "{used:?}");
}

/// What is compiled for this platform, tests included.
fn packages() -> Vec<Package> {
    let version = Command::new("rustc")
        .arg("-vV")
        .output()
        .expect("rustc can be started");
    let version = String::from_utf8(version.stdout).expect("rustc writes UTF-8");
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let ran = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--locked",
            "--format-version",
            "1",
            "--filter-platform",
        ])
        .arg(host.expect("rustc names its host"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo can be started");
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let metadata: Metadata = serde_json::from_slice(&ran.stdout).expect("cargo writes JSON");
    metadata.packages
}

/// Whether an expression of licences leaves a choice that is allowed: `(MIT OR X) AND Y` needs Y.
fn fits(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let expression = expression.trim();
    if let Some(parts) = split(expression, " AND ") {
        return parts.iter().all(|part| fits(part, allowed));
    }
    if let Some(parts) = split(expression, " OR ").or_else(|| split(expression, "/")) {
        return parts.iter().any(|part| fits(part, allowed));
    }
    match expression
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        Some(inner) => fits(inner, allowed),
        None => allowed.contains(expression),
    }
}

/// The parts between `word` where no bracket is open; none when it does not occur there.
fn split<'e>(expression: &'e str, word: &str) -> Option<Vec<&'e str>> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, character) in expression.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 && expression[at..].starts_with(word) => {
                parts.push(&expression[start..at]);
                start = at + word.len();
            }
            _ => {}
        }
    }
    parts.push(&expression[start..]);
    (parts.len() > 1).then_some(parts)
}

fn terms(expression: &str) -> impl Iterator<Item = &str> {
    let words = expression.split(['(', ')', '/', ' ']);
    words.filter(|word| !matches!(*word, "" | "OR" | "AND" | "WITH"))
}

#[test]
fn expressions() {
    let allowed = BTreeSet::from(["MIT", "ISC"].map(str::to_string));
    for (expression, good) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR GPL-3.0) AND ISC", true),
        ("(MIT OR ISC) AND GPL-3.0", false),
        ("MIT OR (ISC AND GPL-3.0)", true),
    ] {
        assert_eq!(fits(expression, &allowed), good, "{expression}");
    }
}
