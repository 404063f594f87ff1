//! Links rewritten relative to the page they stand on, so that the site works from any folder and from
//! disk. A link to a folder becomes one to its `index.html`, because nothing but a server adds that.

/// Attributes that hold an address of the site.
const ATTRIBUTES: &[&str] = &[
    "href",
    "src",
    "data-search",
    "data-fold",
    "action",
    "poster",
];

/// `html`, which is published at `path`, with its addresses below `base` made relative.
pub fn links(html: &str, path: &str, base: &str) -> String {
    let up = "../".repeat(path.matches('/').count());
    let root = format!("{base}/");
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("=\"") {
        let (before, after) = rest.split_at(at + 2);
        out.push_str(before);
        rest = after;
        let name = before[..at]
            .rsplit(|ch: char| ch.is_ascii_whitespace())
            .next()
            .unwrap_or("");
        let end = rest.find('"').unwrap_or(rest.len());
        let value = &rest[..end];
        if ATTRIBUTES.contains(&name) && value.starts_with(&root) && !value.starts_with("//") {
            out.push_str(&relative(&value[root.len()..], &up));
            rest = &rest[end..];
        }
    }
    out.push_str(rest);
    out
}

/// An address below the root, as seen from a page `up` leads to the root from.
fn relative(address: &str, up: &str) -> String {
    let split = address.find(['#', '?']).unwrap_or(address.len());
    let (path, rest) = address.split_at(split);
    let index = if path.is_empty() || path.ends_with('/') {
        "index.html"
    } else {
        ""
    };
    let up = if up.is_empty() { "./" } else { up };
    format!("{up}{path}{index}{rest}")
}

#[cfg(test)]
mod tests {
    use super::links;

    #[test]
    fn rewriting() {
        for (html, path, base, expected) in [
            (
                "<a href=\"/\">",
                "index.html",
                "",
                "<a href=\"./index.html\">",
            ),
            (
                "<a href=\"/b/#c\">",
                "a/index.html",
                "",
                "<a href=\"../b/index.html#c\">",
            ),
            (
                "<a href=\"/x/b.css?v=1\">",
                "a/b/index.html",
                "/x",
                "<a href=\"../../b.css?v=1\">",
            ),
            ("<a href=\"/y/\">", "a/index.html", "/x", "<a href=\"/y/\">"),
            ("<a href=\"#top\">", "a/index.html", "", "<a href=\"#top\">"),
            (
                "<a href=\"//h/\" title=\"/\">",
                "a.html",
                "",
                "<a href=\"//h/\" title=\"/\">",
            ),
        ] {
            assert_eq!(links(html, path, base), expected);
        }
    }
}
