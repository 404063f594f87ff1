//! Speed of the conversion engine on the site's own prose, one thread. `cargo bench --bench conversion`; the comparison with other
//! libraries is in `benches/compare`.

mod prose;

use std::path::Path;
use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use tongwen::hanzi::{Converter, QuoteState, Quotes, Rule, Rules, Scheme, Style};

fn main() {
    divan::main();
}

static PROSE: LazyLock<String> =
    LazyLock::new(|| prose::of(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content"))));

static SIMPLIFIED: LazyLock<String> =
    LazyLock::new(|| Converter::new(Scheme::Hk2s).convert(&PROSE).into_owned());

fn prose_for(scheme: Scheme) -> &'static str {
    if scheme.as_str().starts_with('s') {
        &SIMPLIFIED
    } else {
        &PROSE
    }
}

#[divan::bench(args = Scheme::ALL)]
fn text(bencher: Bencher, scheme: Scheme) {
    let (text, converter) = (prose_for(scheme), Converter::new(scheme));
    let mut out = String::with_capacity(text.len() * 2);
    bencher.counter(BytesCount::of_str(text)).bench_local(|| {
        out.clear();
        converter.convert_into(black_box(text), &mut out);
        out.len()
    });
}

/// As pages are converted: with the cuts of a paragraph's pieces, a glossary of a hundred words, and the press style.
#[divan::bench(args = [Scheme::Hk2s, Scheme::S2hk])]
fn page(bencher: Bencher, scheme: Scheme) {
    let text = prose_for(scheme);
    let words: Vec<&str> = text
        .split(['，', '。', '、'])
        .filter(|word| (6..15).contains(&word.len()))
        .take(100)
        .collect();
    let rules = words.iter().zip(0..).map(|(word, id)| Rule {
        pattern: (*word).into(),
        replacement: None,
        level: 0,
        id,
    });
    let converter = Converter::new(scheme)
        .with_style(&Style::press())
        .with_rules(&Rules::compile(rules));
    let cuts: Vec<usize> = text.char_indices().step_by(12).map(|(at, _)| at).collect();
    let (mut out, mut out_cuts) = (String::new(), Vec::new());
    bencher.counter(BytesCount::of_str(text)).bench_local(|| {
        out.clear();
        out_cuts.clear();
        converter.convert_with_cuts(black_box(text), &cuts, &mut out, &mut out_cuts);
        out.len()
    });
}

#[divan::bench(args = [Scheme::Hk2s, Scheme::S2hk])]
fn twelve_characters(bencher: Bencher, scheme: Scheme) {
    let text: String = prose_for(scheme).chars().take(12).collect();
    let converter = Converter::new(scheme);
    bencher.bench_local(|| converter.convert(black_box(&text)).len());
}

#[divan::bench]
fn quotation_marks(bencher: Bencher) {
    let text: &str = &PROSE;
    bencher.counter(BytesCount::of_str(text)).bench_local(|| {
        Quotes::Curly
            .apply(black_box(text), &mut QuoteState::default())
            .len()
    });
}

/// The tables of a scheme from nothing, as the first converter of a process builds them.
#[divan::bench(args = [Scheme::Hk2s, Scheme::S2hk, Scheme::S2twp, Scheme::Tw2sp])]
fn start(bencher: Bencher, scheme: Scheme) {
    bencher.bench_local(|| Converter::unshared(black_box(scheme)));
}
