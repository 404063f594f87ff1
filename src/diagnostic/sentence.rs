//! A code's sentences with its values in them.

use super::code::Language;
use super::{Arg, Diagnostic, Label};

/// The headline of a diagnostic.
pub fn message(diagnostic: &Diagnostic, language: Language) -> String {
    let row = diagnostic.code.row();
    let template = match language {
        Language::English => row.english,
        Language::Chinese => row.chinese,
    };
    fill(template, &diagnostic.args, language)
}

/// What to do about it, if the table says.
pub fn help(diagnostic: &Diagnostic, language: Language) -> Option<String> {
    let row = diagnostic.code.row();
    let template = match language {
        Language::English => row.english_help,
        Language::Chinese => row.chinese_help,
    };
    template.map(|template| fill(template, &diagnostic.args, language))
}

/// "did you mean `name`?"
pub fn did_you_mean(name: &str, language: Language) -> String {
    match language {
        Language::English => format!("did you mean `{name}`?"),
        Language::Chinese => format!("是不是「{name}」？"),
    }
}

/// The short text beside a related place.
pub fn label(label: Label, language: Language) -> &'static str {
    match (label, language) {
        (Label::First, Language::English) => "first here",
        (Label::First, Language::Chinese) => "第一次在這裏",
        (Label::Start, Language::English) => "the start",
        (Label::Start, Language::Chinese) => "開始日期",
        (Label::Opened, Language::English) => "opened here",
        (Label::Opened, Language::Chinese) => "在這裏開始",
        (Label::UsedHere, Language::English) => "used from here",
        (Label::UsedHere, Language::Chinese) => "從這裏用到",
    }
}

/// One pass from left to right, so that braces in what the author wrote stay as they are.
pub fn fill(template: &str, args: &[(&'static str, Arg)], language: Language) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
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

/// The names in braces of a sentence, in order.
#[cfg(test)]
pub fn placeholders(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .filter(|name| name.bytes().all(|byte| byte.is_ascii_lowercase()) && !name.is_empty())
        .collect();
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn both_languages_say_the_same() {
        for code in Code::ALL {
            let row = code.row();
            assert_eq!(
                placeholders(row.english),
                placeholders(row.chinese),
                "{}",
                code.name()
            );
            assert_eq!(
                row.english_help.map(placeholders),
                row.chinese_help.map(placeholders),
                "{}",
                code.name()
            );
        }
    }

    #[test]
    fn braces_of_the_author_stay() {
        let args = [("key", Arg::from("{value}")), ("value", Arg::from("{key}"))];
        let filled = fill("{key} {value} {#id} {", &args, Language::English);
        assert_eq!(filled, "{value} {key} {#id} {");
    }
}
