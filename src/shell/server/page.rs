//! A page as the dev server shows it: the site's own, and one line that keeps it up to date.

use super::address::OWN;
use super::state::State;

/// The script's name among the server's own addresses.
pub(super) const SCRIPT_NAME: &str = "reload.js";

/// The script.
pub(super) const SCRIPT: &str = include_str!("client/reload.js");

/// `html` with the script put before its end; without `html`, a page that says what is wrong.
pub(super) fn page(html: Option<&[u8]>, state: &State, base: &str) -> Vec<u8> {
    let Some(html) = html else {
        return empty(state, base).into_bytes();
    };
    let at = memchr::memmem::rfind(html, b"</body>").unwrap_or(html.len());
    let script = script(state, base);
    let mut page = Vec::with_capacity(html.len() + script.len());
    page.extend_from_slice(&html[..at]);
    page.extend_from_slice(script.as_bytes());
    page.extend_from_slice(&html[at..]);
    page
}

fn empty(state: &State, base: &str) -> String {
    let (title, text) = match &state.broken {
        Some(report) => ("tongwen", report.as_str()),
        None => ("404", "404: nothing is here"),
    };
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title></head><body><pre>{}</pre>{}</body></html>\n",
        escape(text),
        script(state, base)
    )
}

fn script(state: &State, base: &str) -> String {
    // A state is text and lists of text, which JSON can always hold.
    let state = serde_json::to_string(state).unwrap_or_default();
    let base = super::address::encode(base);
    format!(
        "<script id=\"tongwen-reload\" src=\"{base}/{OWN}/{SCRIPT_NAME}\" data-base=\"{base}\" data-state=\"{}\"></script>",
        escape(&state)
    )
}

fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_goes_before_the_end_and_brings_nothing_else_in() {
        let state = State {
            page: Some("1".to_string()),
            styles: Vec::new(),
            broken: Some("a \"</script><b>\" & 'x'".to_string()),
        };
        let page = page(Some(b"<body><p>x</p></body></html>"), &state, "/文");
        let page = String::from_utf8(page).expect("UTF-8 in, UTF-8 out");
        assert!(page.starts_with(
            "<body><p>x</p><script id=\"tongwen-reload\" src=\"/%E6%96%87/.tongwen/reload.js\""
        ));
        assert!(page.ends_with("></script></body></html>"));
        assert_eq!(page.matches("</script>").count(), 1);
        assert!(!page.contains("<b>"));
    }
}
