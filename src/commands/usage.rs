//! What is said to whoever typed something that is no command line: in English by clap, in Chinese here,
//! from the same facts.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};

use super::Ending;
use crate::cli::{Cli, chinese};
use crate::diagnostic::{Language, Phrase};

/// The command line, as `clap` describes it in `language`.
pub fn command(language: Language) -> clap::Command {
    match language {
        Language::English => Cli::command(),
        Language::Traditional | Language::Simplified => chinese::chinese(Cli::command(), language),
    }
}

/// Parses the arguments. Help and version are shown, what is wrong is said, and nothing is left to do.
pub fn parse(language: Language) -> Result<Cli, Ending> {
    let parsed = command(language)
        .try_get_matches()
        .and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| {
        // Help and version are no errors; clap prints each where it belongs.
        let is_asked = !error.use_stderr();
        let is_help = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
        match language {
            Language::Traditional | Language::Simplified if !is_asked && !is_help => {
                eprintln!("{}", say(&error, language));
            }
            _ => drop(error.print()),
        }
        if is_asked {
            Ending::Fine
        } else {
            Ending::CouldNotRun
        }
    })
}

/// The error in Chinese: what is wrong, what may have been meant, how it goes.
fn say(error: &clap::Error, language: Language) -> String {
    let get = |kind| error.get(kind).map(text).unwrap_or_default();
    let chinese = |phrase: Phrase, args: &[(&'static str, &str)]| phrase.say(language, args);
    let (arg, value) = (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    let (prior, command) = (
        get(ContextKind::PriorArg),
        get(ContextKind::InvalidSubcommand),
    );
    let args = [
        ("arg", arg.as_str()),
        ("value", &value),
        ("prior", &prior),
        ("command", &command),
    ];
    let phrase = match error.kind() {
        ErrorKind::UnknownArgument => Phrase::UsageUnknown,
        ErrorKind::InvalidSubcommand => Phrase::UsageNoCommand,
        ErrorKind::InvalidValue if value.is_empty() => Phrase::UsageNeedsValue,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Phrase::UsageBadValue,
        ErrorKind::ArgumentConflict if prior == arg || prior.is_empty() => Phrase::UsageTwice,
        ErrorKind::ArgumentConflict => Phrase::UsageConflict,
        ErrorKind::MissingRequiredArgument => Phrase::UsageMissing,
        ErrorKind::MissingSubcommand => Phrase::UsageNeedsCommand,
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            Phrase::UsageNeedsValue
        }
        ErrorKind::TooManyValues => Phrase::UsageNoValue,
        ErrorKind::InvalidUtf8 => Phrase::UsageNotUtf8,
        _ => Phrase::UsageOther,
    };
    let mut lines = vec![chinese(phrase, &args)];
    let valid = get(ContextKind::ValidValue);
    if !valid.is_empty() {
        lines.push(chinese(Phrase::UsageValid, &[("known", &valid)]));
    }
    let near = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    if let Some(name) = near.into_iter().map(get).find(|name| !name.is_empty()) {
        lines.push(chinese(Phrase::NearestName, &[("name", &name)]));
    }
    let usage = get(ContextKind::Usage);
    if !usage.is_empty() {
        let usage = usage.trim_start_matches("Usage:").trim();
        lines.push(String::new());
        lines.push(chinese(Phrase::UsageForm, &[("usage", usage)]));
    }
    lines.push(String::new());
    lines.push(chinese(Phrase::UsageMore, &[]));
    lines.join("\n")
}

fn text(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
