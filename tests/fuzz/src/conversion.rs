//! The conversion engine by itself: the ways of asking it agree, and alignment leaves nothing out.

use std::sync::LazyLock;

use tongwen::hanzi::{By, Converter, QuoteState, Quotes, Rule, Rules, Scheme, Style, safe_border};

/// With a style, whose tables are too dear to be made for every text.
static STYLED: LazyLock<Vec<Converter>> = LazyLock::new(|| {
    let style = Style::press().avoiding("後面", "後頭").avoiding("裡", "裏");
    let schemes = [Scheme::S2hk, Scheme::T2hk, Scheme::S2t, Scheme::Tw2t];
    let styled = |scheme| Converter::new(scheme).with_style(&style);
    schemes.into_iter().map(styled).collect()
});

/// Converts `text` in all fourteen ways; the character it begins with says which is looked at closely.
pub fn try_out(text: &str) {
    let chosen = text.chars().next().map_or(0, |ch| ch as usize);
    for scheme in Scheme::ALL {
        let converter = Converter::new(scheme);
        let plain = aligned(&converter, text);
        if let Some(border) = safe_border(text) {
            let (before, after) = text.split_at(border);
            let parts = converter.convert(before).into_owned() + &converter.convert(after);
            assert_eq!(parts, plain, "{scheme:?} in two parts");
        }
    }
    let converter = Converter::new(Scheme::ALL[chosen % Scheme::ALL.len()]);
    closely(&converter, text);
    by_segment(&converter, text);
    ruled(&converter, text);
    closely(&STYLED[chosen % STYLED.len()], text);
    for quotes in [Quotes::Corner, Quotes::Curly] {
        quotes.apply(text, &mut QuoteState::default());
    }
}

/// The text with cuts, explained and reviewed.
fn closely(converter: &Converter, text: &str) {
    let plain = aligned(converter, text);
    let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    cut(converter, text, &plain, &cuts);
    let third: Vec<usize> = cuts.iter().copied().step_by(3).collect();
    cut(converter, text, &plain, &third);
    for finding in converter.review(text) {
        assert!(text.get(finding.source.clone()).is_some());
    }
    let (mut source, mut output) = (String::new(), String::new());
    for part in converter.explain(text) {
        source.push_str(&part.source);
        output.push_str(&part.output);
    }
    assert_eq!((source.as_str(), output), (text, plain));
}

/// What a segment became it becomes by itself too: nothing reaches over its borders.
fn by_segment(converter: &Converter, text: &str) {
    let aligned = converter.align(text);
    for segment in &aligned.segments {
        let alone = converter.convert(&text[segment.source.clone()]);
        let within = &aligned.text[segment.output.clone()];
        assert_eq!(alone, within, "{:?} {segment:?}", converter.scheme());
    }
}

/// A rule over two characters of the text is applied wherever they stand, and parts the text there.
fn ruled(converter: &Converter, text: &str) {
    let mut chars = text.char_indices().skip(text.len() / 7 % 5);
    let (Some((from, _)), Some((second, last))) = (chars.next(), chars.next()) else {
        return;
    };
    let pattern = &text[from..second + last.len_utf8()];
    let rule = |replacement: Option<&str>| Rule {
        pattern: pattern.to_string(),
        replacement: replacement.map(str::to_string),
        level: 0,
        id: 7,
    };
    for replacement in [Some("後*"), Some(""), None] {
        let ruled = converter.with_rules(&Rules::compile([rule(replacement)]));
        let parts: Vec<_> = text
            .split(pattern)
            .map(|part| converter.convert(part))
            .collect();
        let expected = parts.join(replacement.unwrap_or(pattern));
        assert_eq!(aligned(&ruled, text), expected, "{pattern:?}");
        for segment in ruled.align(text).segments {
            assert_eq!(segment.by == By::Rule(7), &text[segment.source] == pattern);
        }
    }
}

/// The text converted, after a look at its alignment.
fn aligned(converter: &Converter, text: &str) -> String {
    let plain = converter.convert(text);
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
    plain.into_owned()
}

fn cut(converter: &Converter, text: &str, plain: &str, cuts: &[usize]) {
    let (mut out, mut places) = (String::new(), Vec::new());
    converter.convert_with_cuts(text, cuts, &mut out, &mut places);
    assert_eq!(out, plain);
    assert_eq!(places.len(), cuts.len());
    assert!(places.is_sorted());
    assert!(places.iter().all(|&place| plain.is_char_boundary(place)));
}
