//! The conversion engine by itself: the ways of asking it agree, and alignment leaves nothing out.

use tongwen::hanzi::{Converter, QuoteState, Quotes, Scheme, UsedRules, safe_border};

/// Converts `text` in all fourteen ways; the character it begins with says which is looked at closely.
pub fn try_out(text: &str) {
    let chosen = text.chars().next().map_or(0, |ch| ch as usize) % Scheme::ALL.len();
    for (number, scheme) in Scheme::ALL.into_iter().enumerate() {
        let converter = Converter::new(scheme);
        let plain = converter.convert(text);
        aligned(&converter, text, &plain);
        if number == chosen {
            let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            cut(&converter, text, &plain, &cuts);
            let third: Vec<usize> = cuts.iter().copied().step_by(3).collect();
            cut(&converter, text, &plain, &third);
            for finding in converter.review(text) {
                assert!(text.get(finding.source.clone()).is_some());
            }
            converter.explain(text);
        }
        if let Some(border) = safe_border(text) {
            let (before, after) = text.split_at(border);
            let parts = converter.convert(before).into_owned() + &converter.convert(after);
            assert_eq!(parts, plain, "{scheme:?} in two parts");
        }
    }
    for quotes in [Quotes::Corner, Quotes::Curly] {
        quotes.apply(text, &mut QuoteState::default());
    }
}

fn aligned(converter: &Converter, text: &str, plain: &str) {
    let aligned = converter.align(text);
    assert_eq!(aligned.text, plain, "{:?}", converter.scheme());
    let (mut source, mut output) = (0, 0);
    for segment in &aligned.segments {
        assert_eq!(
            (segment.source.start, segment.output.start),
            (source, output)
        );
        assert!(text.get(segment.source.clone()).is_some());
        assert!(plain.get(segment.output.clone()).is_some());
        (source, output) = (segment.source.end, segment.output.end);
    }
    assert_eq!((source, output), (text.len(), plain.len()));
}

fn cut(converter: &Converter, text: &str, plain: &str, cuts: &[usize]) {
    let (mut out, mut places) = (String::new(), Vec::new());
    converter.convert_noting(text, cuts, &mut out, &mut places, &mut UsedRules::default());
    assert_eq!(out, plain);
    assert_eq!(places.len(), cuts.len());
    assert!(places.is_sorted());
    assert!(places.iter().all(|&place| plain.is_char_boundary(place)));
}
