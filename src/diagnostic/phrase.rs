//! What commands say besides diagnostics: answers, totals, questions. One row a sentence, in English
//! and Chinese, filled like the sentences of [`super::code`].

use super::Language;
use super::code::fill;
use super::term::Arg;

macro_rules! phrases {
    ($( $variant:ident $en:literal $zh:literal ;)*) => {
        /// A sentence of a command's.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Phrase {
            $( #[doc = $en] $variant, )*
        }

        impl Phrase {
            /// All of them, in the order of the table.
            pub const ALL: &[Phrase] = &[$( Phrase::$variant, )*];

            fn template(self, language: Language) -> &'static str {
                match (self, language) {
                    $( (Phrase::$variant, Language::English) => $en,
                       (Phrase::$variant, Language::Chinese) => $zh, )*
                }
            }
        }
    };
}

phrases! {
    // Faults of a run rather than of the site
    CannotRead "error: `{path}` cannot be read: {detail}" "錯誤：讀不到「{path}」：{detail}";
    CannotWrite "error: `{path}` cannot be written: {detail}" "錯誤：寫不到「{path}」：{detail}";
    BadClock "error: --clock: `{value}` is not a date; write 2026-11-22" "錯誤：--clock：「{value}」不是日期；請寫成 2026-11-22";
    UnknownCode "error: --deny: there is no code `{value}`" "錯誤：--deny：沒有「{value}」這個代號";
    NearestName "       did you mean `{name}`?" "       是不是「{name}」？";

    // check
    CheckTotals "{errors} errors, {warnings} warnings, {reviews} to review" "錯誤 {errors}、警告 {warnings}、待看 {reviews}";
}

impl Phrase {
    /// The sentence in `language`, with `{name}` filled from `args`.
    pub fn say(self, language: Language, args: &[(&'static str, &str)]) -> String {
        let args: Vec<(&'static str, Arg)> = args
            .iter()
            .map(|(name, value)| (*name, Arg::from(*value)))
            .collect();
        fill(self.template(language), &args, language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::code::placeholders;

    #[test]
    fn both_languages_say_the_same() {
        for phrase in Phrase::ALL {
            assert_eq!(
                placeholders(phrase.template(Language::English)),
                placeholders(phrase.template(Language::Chinese)),
                "{phrase:?}"
            );
        }
    }
}
