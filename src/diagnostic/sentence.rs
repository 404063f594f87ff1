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
///
/// What is counted has its noun in the braces, for one and for any other number: `{count:page:pages}`.
pub(super) fn fill(wording: Wording, args: &[(&'static str, Arg)], language: Language) -> String {
    let template = wording.text(language);
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = &*template;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        let filled = rest.find('}').and_then(|close| {
            let mut parts = rest[1..close].splitn(3, ':');
            let name = parts.next()?;
            let (_, value) = args.iter().find(|(known, _)| *known == name)?;
            Some((value.text(language), parts.next().zip(parts.next()), close))
        });
        match filled {
            Some((value, counted, close)) => {
                text.push_str(&value);
                if let Some((one, many)) = counted {
                    text.push(' ');
                    text.push_str(if value == "1" { one } else { many });
                }
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
    fn what_is_counted_is_one_or_many() {
        let wording = Wording {
            english: "{count:page is:pages are} old",
            traditional: "{count} 頁已舊",
        };
        for (count, english) in [
            ("0", "0 pages are old"),
            ("1", "1 page is old"),
            ("11", "11 pages are old"),
        ] {
            let args = [("count", Arg::from(count))];
            assert_eq!(fill(wording, &args, Language::English), english);
            let chinese = fill(wording, &args, Language::Traditional);
            assert_eq!(chinese, format!("{count} 頁已舊"));
        }
    }

    #[test]
    fn totals_of_one() {
        for (phrase, expected) in [
            (Phrase::ListTotal, "1 page"),
            (Phrase::Faults, "1 error, 1 warning"),
            (Phrase::CheckTotals, "1 error, 1 warning, 1 to review"),
            (Phrase::Cleaned, "removed 1 file (1 byte) from 1"),
            (Phrase::WouldClean, "would remove 1 file (1 byte) from 1"),
            (Phrase::Reviews, "1 place to review"),
        ] {
            let names = [
                "count", "errors", "warnings", "reviews", "files", "bytes", "folder",
            ];
            let said = phrase.say(Language::English, &names.map(|name| (name, "1")));
            assert_eq!(said, expected);
        }
    }

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
