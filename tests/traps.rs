//! The traps of conversion, a sentence each, as this site converts them: the engine, the site's own
//! glossary, quotation marks and the press style of Hong Kong. `tests/traps.yaml` has the sentences, what
//! each must become, and why it is hard.

use serde::Deserialize;

use tongwen::config::{self, LanguageIndex};
use tongwen::pipeline::edition::Conversions;
use tongwen::pipeline::edition::engine::Engines;
use tongwen::source::{SitePath, Source};

#[derive(Deserialize)]
struct Traps {
    to_simplified: Vec<Trap>,
    to_traditional: Vec<Trap>,
}

#[derive(Deserialize)]
struct Trap {
    id: String,
    from: String,
    to: String,
    why: String,
}

/// A site written in Simplified characters, for the other direction.
const SIMPLIFIED: &str = "base_url = \"https://example.org\"\ntitle = \"站\"\n\n[languages.zh-Hans-CN]\nlabel = \"简体\"\n\n[languages.zh-Hant-HK]\nlabel = \"繁體\"\npath = \"hant\"\nderive = { from = \"zh-Hans-CN\", using = \"s2hk\" }\n";

#[test]
fn to_simplified_as_this_site_does() {
    let glossary = source("glossary.toml", include_str!("../glossary.toml"));
    let config = source("site.toml", include_str!("../site.toml"));
    check(&config, &[glossary], &traps().to_simplified);
}

#[test]
fn to_hong_kong_traditional() {
    let config = source("site.toml", SIMPLIFIED);
    check(&config, &[], &traps().to_traditional);
}

/// Every sentence converted into the first derived language; all that fail are told.
fn check(config: &Source, glossaries: &[Source], traps: &[Trap]) {
    let config = config::parse(config)
        .value
        .expect("the configuration is sound");
    let (conversions, notes) = Conversions::new(&config, glossaries, Engines::BUILT_IN);
    assert!(notes.is_empty(), "{notes:?}");
    let derived = config
        .languages
        .iter()
        .position(|language| language.derive.is_some())
        .expect("a derived language");
    let conversion = conversions.of_site(LanguageIndex::new(derived));
    let wrong: Vec<String> = traps
        .iter()
        .filter_map(|trap| {
            let got = conversion.text(&trap.from);
            (got != trap.to).then(|| {
                format!(
                    "{}: {}\n  got  {got}\n  want {}\n  ({})",
                    trap.id, trap.from, trap.to, trap.why
                )
            })
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(traps.len() > 15, "the sentences are read");
}

fn traps() -> Traps {
    serde_yaml::from_str(include_str!("traps.yaml")).expect("the sentences are YAML")
}

fn source(path: &str, text: &str) -> Source {
    Source::new(SitePath::new(path), text.to_string())
}
