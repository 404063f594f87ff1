//! Golden sites: small sites as data, with what must come of them.
//!
//! A file of `tests/golden/` is one case. It opens with a sentence saying what it shows; then come the
//! files of the site, each under a line `-- path --`, and what is expected, under lines
//! `== path of an output ==`. `== path | lines word … ==` looks only at the lines that hold one of the
//! words, `== files ==` at the list of pages, redirects and copies, `== diagnostics ==` at what is said; a case without that last part expects silence.
//!
//! `-- options --` holds flags of the command line, one a line. Without the flag `theme`, pages are drawn
//! by templates that show the body alone, so that a case says what it is about and no more. A site
//! without a `site.toml` is Traditional with Simplified made from it.
//!
//! Everything runs in memory, with the real conversion. After a change that is meant, run once with
//! `BLESS=1`, which rewrites what is expected, and read the difference before committing it.

mod case;
#[path = "case/site.rs"]
mod site;

const CASES: &str = "tests/golden";

#[test]
fn sites_come_out_as_recorded() {
    case::check_all(CASES, 30, |case| {
        let made = site::make(case);
        let said = case.parts.iter().any(|part| part.name == "diagnostics");
        let text = case.rewritten(|part| made.shown(&part.name));
        match said || made.notes.is_empty() {
            true => text,
            false => format!("{text}== diagnostics ==\n{}", made.shown("diagnostics")),
        }
    });
}
