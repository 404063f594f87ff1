//! The system's OpenCC in place of the built-in engine: `cargo test --features opencc --test hanzi_opencc`.

use tongwen::hanzi::Scheme;
#[cfg(feature = "opencc")]
use tongwen::hanzi::{Converter, Rule, Rules};
use tongwen::shell::opencc::{Unavailable, engine};

#[cfg(not(feature = "opencc"))]
#[test]
fn without_the_feature_there_is_none() {
    let error = engine(Scheme::S2hk).err().unwrap();
    assert_eq!(error, Unavailable::NotBuilt);
}

#[cfg(feature = "opencc")]
#[test]
fn rules_and_cuts_stay_ours() {
    let rules = Rules::compile([Rule {
        pattern: "的士".into(),
        replacement: Some("出租车".into()),
        level: 0,
        id: 0,
    }]);
    let rows: [(Scheme, &[&str], &[&str]); 4] = [
        (
            Scheme::S2hk,
            &["头", "发，", "皇后"],
            &["頭", "髮，", "皇后"],
        ),
        (
            Scheme::Hk2s,
            &["頭", "髮在後", "面"],
            &["头", "发在后", "面"],
        ),
        (Scheme::Hk2s, &["坐的", "士"], &["坐出租", "车"]),
        (Scheme::Hk2s, &["後\0", "後"], &["后\0", "后"]),
    ];
    for (scheme, pieces, expected) in rows {
        let converter = Converter::new(scheme)
            .with_engine(engine(scheme).unwrap())
            .with_rules(&rules);
        let mut cuts = Vec::new();
        for piece in pieces {
            cuts.push(cuts.last().unwrap_or(&0) + piece.len());
        }
        let (mut out, mut out_cuts) = (String::new(), Vec::new());
        converter.convert_with_cuts(&pieces.concat(), &cuts, &mut out, &mut out_cuts);
        let mut start = 0;
        let got: Vec<&str> = out_cuts
            .iter()
            .map(|&cut| &out[std::mem::replace(&mut start, cut)..cut])
            .collect();
        assert_eq!(got, expected, "{scheme}");
    }
}

#[cfg(feature = "opencc")]
#[test]
fn a_configuration_the_library_lacks_is_named() {
    // Debian's library is older than s2hkp; a newer one may have it.
    if let Err(error) = engine(Scheme::S2hkp) {
        assert_eq!(error, Unavailable::NoConfiguration(Scheme::S2hkp));
        assert_eq!(error, Unavailable::NoConfiguration(Scheme::S2hkp));
    }
}
