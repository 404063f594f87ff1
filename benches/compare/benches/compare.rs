//! This engine beside ferrous-opencc, opencc-fmmseg and, with the feature `opencc`, the system's libopencc. One thread each.
//!
//! `agreement` comes first: of the lines of prose, how many each library converts as OpenCC 1.4 does (which this engine does by its
//! tests). A speed means little beside another one without it.

#[path = "../../prose/mod.rs"]
mod prose;

use std::path::Path;
use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use ferrous_opencc::OpenCC as Ferrous;
use ferrous_opencc::config::BuiltinConfig;
use opencc_fmmseg::OpenCC as Fmmseg;
use tongwen::hanzi::{Converter, Scheme};

static PROSE: LazyLock<String> = LazyLock::new(|| {
    prose::of(Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../content"
    )))
});
static SIMPLIFIED: LazyLock<String> =
    LazyLock::new(|| Converter::new(Scheme::Hk2s).convert(&PROSE).into_owned());

const SCHEMES: [Scheme; 4] = [Scheme::Hk2s, Scheme::S2hk, Scheme::T2s, Scheme::S2t];

fn main() {
    for scheme in SCHEMES {
        agreement(scheme);
    }
    divan::main();
}

fn text_for(scheme: Scheme) -> &'static str {
    if scheme.as_str().starts_with('s') {
        &SIMPLIFIED
    } else {
        &PROSE
    }
}

fn ferrous(scheme: Scheme) -> Ferrous {
    let config =
        BuiltinConfig::from_filename(&format!("{scheme}.json")).expect("it has these four");
    Ferrous::from_config(config).expect("its dictionaries are built in")
}

/// The library on one thread, as the others run.
fn fmmseg() -> Fmmseg {
    let mut fmmseg = Fmmseg::new();
    fmmseg.set_parallel(false);
    fmmseg
}

#[cfg(feature = "opencc")]
fn system(scheme: Scheme) -> std::sync::Arc<dyn tongwen::hanzi::Engine> {
    tongwen::shell::opencc::engine(scheme).expect("libopencc has these four")
}

fn agreement(scheme: Scheme) {
    let ours = Converter::new(scheme);
    let (ferrous, fmmseg) = (ferrous(scheme), fmmseg());
    let lines: Vec<&str> = text_for(scheme).lines().collect();
    let same = |other: &dyn Fn(&str) -> String| {
        lines
            .iter()
            .filter(|line| ours.convert(line) == other(line))
            .count()
    };
    print!(
        "{scheme}: of {} lines, ferrous-opencc agrees on {}, ",
        lines.len(),
        same(&|line| ferrous.convert(line))
    );
    print!(
        "opencc-fmmseg on {}",
        same(&|line| fmmseg.convert(line, scheme.as_str(), false))
    );
    #[cfg(feature = "opencc")]
    {
        let system = system(scheme);
        print!(", libopencc on {}", same(&|line| system.convert(line)));
    }
    println!();
}

#[divan::bench(args = SCHEMES)]
fn tongwen(bencher: Bencher, scheme: Scheme) {
    let (text, converter) = (text_for(scheme), Converter::new(scheme));
    bencher
        .counter(BytesCount::of_str(text))
        .bench_local(|| converter.convert(black_box(text)).len());
}

#[divan::bench(args = SCHEMES)]
fn ferrous_opencc(bencher: Bencher, scheme: Scheme) {
    let (text, converter) = (text_for(scheme), ferrous(scheme));
    bencher
        .counter(BytesCount::of_str(text))
        .bench_local(|| converter.convert(black_box(text)).len());
}

#[divan::bench(args = SCHEMES)]
fn opencc_fmmseg(bencher: Bencher, scheme: Scheme) {
    let (text, converter) = (text_for(scheme), fmmseg());
    bencher.counter(BytesCount::of_str(text)).bench_local(|| {
        converter
            .convert(black_box(text), scheme.as_str(), false)
            .len()
    });
}

#[cfg(feature = "opencc")]
#[divan::bench(args = SCHEMES, sample_count = 10)]
fn libopencc(bencher: Bencher, scheme: Scheme) {
    let (text, converter) = (text_for(scheme), system(scheme));
    bencher
        .counter(BytesCount::of_str(text))
        .bench_local(|| converter.convert(black_box(text)).len());
}
