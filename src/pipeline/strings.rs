//! Interface strings: the theme's, with the site's laid over them, in every language.
//!
//! For a language the nearest given string counts: the site's for it, the site's for the language it
//! is derived from (converted), the theme's for its script, the theme's for Chinese (converted), the
//! theme's English.

use std::collections::BTreeMap;

use super::edition::Conversions;
use super::page::view::Strings;
use crate::config::{Config, LanguageIndex, LanguageTag};
use crate::hanzi::{Converter, Scheme};
use crate::theme;

/// The strings of every language, in their order.
pub fn all(config: &Config, conversions: &Conversions) -> Vec<Strings> {
    let theme = theme_strings();
    config
        .languages
        .iter()
        .enumerate()
        .map(|(position, language)| {
            let index = LanguageIndex::new(position);
            let mut strings = themed(&theme, &language.tag);
            if let Some(derive) = &language.derive
                && let Some(given) = config.strings.get(&derive.from)
            {
                let conversion = conversions.of_site(index);
                for (key, written) in given {
                    strings.insert(key.clone(), conversion.text(written.as_str()).into_owned());
                }
            }
            if let Some(given) = config.strings.get(&index) {
                for (key, written) in given {
                    strings.insert(key.clone(), written.as_str().to_string());
                }
            }
            strings
        })
        .collect()
}

fn theme_strings() -> BTreeMap<String, Strings> {
    // A test reads the same file, so it cannot be broken in a released program.
    toml::from_str(theme::STRINGS).unwrap_or_default()
}

fn themed(theme: &BTreeMap<String, Strings>, tag: &LanguageTag) -> Strings {
    let empty = Strings::new();
    let table = |name: &str| theme.get(name).unwrap_or(&empty);
    if tag.language() != "zh" {
        return match theme.get(tag.language()) {
            Some(strings) => strings.clone(),
            None => table("en").clone(),
        };
    }
    let chinese = table("zh-Hant");
    let scheme = match (tag.script(), tag.region()) {
        (Some("Hans"), _) | (None, Some("CN" | "SG" | "MY")) => Scheme::Hk2s,
        (_, Some("TW")) => Scheme::Hk2t,
        _ => return chinese.clone(),
    };
    let converter = Converter::new(scheme);
    let taiwan = (scheme == Scheme::Hk2t).then(|| Converter::new(Scheme::T2tw));
    chinese
        .iter()
        .map(|(key, text)| {
            let text = converter.convert(text);
            let text = match &taiwan {
                Some(taiwan) => taiwan.convert(&text).into_owned(),
                None => text.into_owned(),
            };
            (key.clone(), text)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_says_everything_in_both_languages() {
        let theme = theme_strings();
        let keys = |name: &str| theme[name].keys().collect::<Vec<_>>();
        assert_eq!(keys("zh-Hant"), keys("en"));
    }

    #[test]
    fn simplified_strings_are_converted() {
        let theme = theme_strings();
        let tag = LanguageTag::new("zh-Hans-CN").unwrap();
        assert_eq!(themed(&theme, &tag)["skip_to_content"], "跳到正文");
        assert_eq!(themed(&theme, &tag)["main_menu"], "主选单");
    }
}
