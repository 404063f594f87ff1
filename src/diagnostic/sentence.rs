//! Sentences with their values in them.

use std::borrow::Cow;

use super::wording::{Language, Wording};
use super::{Arg, Diagnostic, Label, Phrase};

/// The headline of a diagnostic.
pub fn message(diagnostic: &Diagnostic, language: Language) -> String {
    fill(diagnostic.code.row().message, &diagnostic.args, language)
}

/// What to do about it, if the table says.
pub fn help(diagnostic: &Diagnostic, language: Language) -> Option<String> {
    let help = diagnostic.code.row().help;
    help.map(|help| fill(help, &diagnostic.args, language))
}

/// "did you mean `name`?"
pub fn did_you_mean(name: &str, language: Language) -> String {
    Phrase::DidYouMean.say(language, &[("name", name)])
}

/// The short text beside a related place.
pub fn label(label: Label, language: Language) -> Cow<'static, str> {
    label.wording().text(language)
}

/// A sentence with its places filled. It is worded first and filled afterwards, so that nothing an author wrote
/// is converted; in one pass from left to right, so that braces in it stay as they are.
pub(super) fn fill(wording: Wording, args: &[(&'static str, Arg)], language: Language) -> String {
    let template = wording.text(language);
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = &*template;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        let filled = rest.find('}').and_then(|close| {
            let (_, value) = args.iter().find(|(name, _)| *name == &rest[1..close])?;
            Some((value.text(language), close))
        });
        match filled {
            Some((value, close)) => {
                text.push_str(&value);
                rest = &rest[close + 1..];
            }
            None => {
                text.push('{');
                rest = &rest[1..];
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_author_wrote_stays() {
        let args = [
            ("key", Arg::from("{value}")),
            ("value", Arg::from("{key}：檔案")),
        ];
        let wording = Wording {
            english: "{key} {value} {#id} {",
            traditional: "檔案 {value} {#id} {",
        };
        for (language, expected) in [
            (Language::English, "{value} {key}：檔案 {#id} {"),
            (Language::Simplified, "文件 {key}：檔案 {#id} {"),
        ] {
            assert_eq!(fill(wording, &args, language), expected);
        }
    }
}
