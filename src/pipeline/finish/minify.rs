//! HTML without needless space.
//!
//! It does what cannot change a page: a run of space in text becomes one character, a line end if it had
//! one, and goes where it touches an element that begins a line of its own. Style sheets can make much
//! else stand in a line (`li`, `div`, `nav`), so their neighbours keep their one character: it costs a
//! byte, which compression takes back. Tags, comments, and elements whose space is theirs to keep are
//! copied byte for byte. What a style sheet may still see is `white-space: pre` on an element that is
//! none of those.
//!
//! Doing it twice is doing it once. It takes one pass and time by the length of the page.

/// Elements whose space means what it says.
const KEPT: &[&str] = &[
    "code",
    "iframe",
    "kbd",
    "listing",
    "noembed",
    "noframes",
    "plaintext",
    "pre",
    "samp",
    "script",
    "style",
    "textarea",
    "xmp",
];

/// Elements that begin a line of their own, and that no style sheet has a reason to put into one.
const BLOCKS: &[&str] = &[
    "article",
    "base",
    "blockquote",
    "body",
    "caption",
    "col",
    "colgroup",
    "dl",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "link",
    "main",
    "meta",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

/// `html` with less space in it.
pub fn html(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    // The beginning and the end of a document are like the edge of a block.
    let mut after_block = true;
    while !rest.is_empty() {
        let (text, markup) = rest.split_at(text_end(rest));
        let (markup, next) = markup.split_at(markup_end(markup));
        let block = markup.is_empty() || is_block(markup);
        push_text(&mut out, text, after_block, block);
        out.push_str(markup);
        rest = next;
        after_block = block;
        if let Some(name) = opens_kept(markup) {
            let (kept, next) = rest.split_at(closing(rest, name));
            out.push_str(kept);
            rest = next;
        }
    }
    out
}

/// Where the text at the start of `html` ends: at the next tag, comment or declaration.
fn text_end(html: &str) -> usize {
    let mut from = 0;
    while let Some(at) = html[from..].find('<') {
        let at = from + at;
        let next = html.as_bytes().get(at + 1);
        if next.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
        {
            return at;
        }
        from = at + 1;
    }
    html.len()
}

/// Where the tag, comment or declaration at the start of `html` ends. One that does not end takes the
/// rest.
fn markup_end(html: &str) -> usize {
    if let Some(comment) = html.strip_prefix("<!--") {
        return comment.find("-->").map_or(html.len(), |at| 4 + at + 3);
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// Appends text with its runs of space made one, and without those that touch a block.
fn push_text(out: &mut String, text: &str, after_block: bool, before_block: bool) {
    let mut rest = text;
    let mut at_start = true;
    loop {
        let space = rest.find(is_space).unwrap_or(rest.len());
        out.push_str(&rest[..space]);
        at_start &= space == 0;
        rest = &rest[space..];
        if rest.is_empty() {
            return;
        }
        let word = rest.find(|ch| !is_space(ch)).unwrap_or(rest.len());
        let at_end = word == rest.len();
        if !(at_start && after_block || at_end && before_block) {
            out.push(if rest[..word].contains('\n') {
                '\n'
            } else {
                ' '
            });
        }
        at_start = false;
        rest = &rest[word..];
    }
}

/// The space that HTML collapses; an ideographic or a no-break space is a character like others.
fn is_space(ch: char) -> bool {
    matches!(ch, ' ' | '\n' | '\t' | '\r' | '\u{c}')
}

/// The name of a tag, as written; empty for comments and declarations.
fn name(markup: &str) -> &str {
    let inner = markup.trim_start_matches(['<', '/']);
    let end = inner.find(|ch: char| !ch.is_ascii_alphanumeric() && ch != '-');
    &inner[..end.unwrap_or(inner.len())]
}

fn is_block(markup: &str) -> bool {
    let declares = markup.get(..9);
    declares.is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"))
        || among(BLOCKS, name(markup)).is_some()
}

fn opens_kept(markup: &str) -> Option<&'static str> {
    let opens = !markup.starts_with("</") && !markup.ends_with("/>");
    among(KEPT, name(markup)).filter(|_| opens)
}

fn among(list: &[&'static str], name: &str) -> Option<&'static str> {
    list.iter()
        .find(|known| known.eq_ignore_ascii_case(name))
        .copied()
}

/// Where the end tag of `name` begins; where there is none, the end.
fn closing(html: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = html[from..].find("</") {
        let at = from + at;
        let found = self::name(&html[at..]);
        if found.eq_ignore_ascii_case(name) {
            return at;
        }
        from = at + 2;
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_goes_and_what_stays() {
        for (before, after) in [
            (" \n<!doctype html>\n <html>\n", "<!doctype html><html>"),
            (
                "<p>  一\n\n 二  </p>\n\n<p>三</p>",
                "<p>一\n二</p><p>三</p>",
            ),
            ("<p><a>甲</a> <a>乙</a></p>", "<p><a>甲</a> <a>乙</a></p>"),
            ("<li>甲</li>\n  <li>乙</li>", "<li>甲</li>\n<li>乙</li>"),
            ("<ul>\n  <li>甲</li>\n</ul>", "<ul><li>甲</li></ul>"),
            ("<pre>  a\n\n  b </pre>\n<p>", "<pre>  a\n\n  b </pre><p>"),
            ("<p>x <code>a  b</code>  y", "<p>x <code>a  b</code> y"),
            (
                "<script>a  =  '<p>  </p>'</script>",
                "<script>a  =  '<p>  </p>'</script>",
            ),
            ("<textarea>\n\n a</textarea>", "<textarea>\n\n a</textarea>"),
            (
                "<a title=\"a  >  b\"  href='x'>  c",
                "<a title=\"a  >  b\"  href='x'> c",
            ),
            ("<!--  a  <p>  -->  b", "<!--  a  <p>  --> b"),
            ("1  <  2  <3", "1 < 2 <3"),
            (
                "一\u{3000}\u{3000}二\u{a0} 三",
                "一\u{3000}\u{3000}二\u{a0} 三",
            ),
            ("<p>a<", "<p>a<"),
            ("<PRE>  </PRE>", "<PRE>  </PRE>"),
            ("<pre>  never closed", "<pre>  never closed"),
            ("<p>a <br>\n b", "<p>a <br>\nb"),
        ] {
            let made = html(before);
            assert_eq!(made, after, "{before:?}");
        }
    }

    /// Pieces that pages are made of, and pieces that break them: first those that begin no line.
    const PIECES: &[&str] = &[
        "<a href=\"x  y\">",
        "</a>",
        "<code>",
        "</code>",
        "<script>",
        "</script>",
        "<textarea>",
        "</textarea>",
        "<li>",
        "</li>",
        "<!-- ",
        " -->",
        "<br>",
        "<svg/>",
        " ",
        "  ",
        "\n",
        " \n\t ",
        "\u{3000}",
        "字",
        "a",
        "<",
        ">",
        "&lt;",
        "\"",
        "'",
        "</",
        "<b ",
        "=\"",
        "-",
        "<p>",
        "</p>",
        "<pre>",
        "</pre>",
        "<!doctype html>",
    ];
    const INLINE: usize = 30;

    fn pages(pieces: usize) -> impl Strategy<Value = String> {
        let piece = proptest::sample::select(&PIECES[..pieces]);
        proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn twice_is_once(page in pages(PIECES.len())) {
            let once = html(&page);
            prop_assert_eq!(html(&once), once);
        }

        #[test]
        fn only_space_goes(page in pages(PIECES.len())) {
            let without = |text: &str| text.chars().filter(|ch| !is_space(*ch)).collect::<String>();
            let made = html(&page);
            prop_assert_eq!(without(&made), without(&page));
            prop_assert!(made.len() <= page.len());
        }

        #[test]
        fn inside_a_line_no_words_join(page in pages(INLINE)) {
            let words = |text: &str| text.split(is_space).filter(|word| !word.is_empty()).count();
            prop_assert_eq!(words(&html(&page)), words(&page));
        }
    }
}
