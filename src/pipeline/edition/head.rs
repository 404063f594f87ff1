//! What other pages show of a page: its title and a sentence or two, in one language.

use super::voice::Voice;
use crate::pipeline::document::Document;

/// How long a summary made from the text may be, in characters.
const SUMMARY: usize = 120;

/// The part of an edition that lists, menus and feeds show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The title.
    pub title: String,
    /// The title in menus.
    pub menu_title: String,
    /// The description of the front matter, or else the summary.
    pub description: String,
    /// The summary of the front matter, or else the beginning of the text, cut at the end of a sentence.
    pub summary: String,
}

impl Head {
    /// The head of `document` as `voice` says it.
    pub fn of(document: &Document, voice: &Voice<'_>) -> Head {
        let front = &document.front;
        let title = voice.say(&front.title).into_owned();
        let summary = match &front.summary {
            Some(summary) => voice.say(summary).into_owned(),
            None => voice
                .convert(beginning(&document.markdown.lead))
                .into_owned(),
        };
        Head {
            menu_title: match &front.menu_title {
                Some(menu_title) => voice.say(menu_title).into_owned(),
                None => title.clone(),
            },
            description: match &front.description {
                Some(description) => voice.say(description).into_owned(),
                None => summary.clone(),
            },
            title,
            summary,
        }
    }
}

/// The beginning of a text: whole sentences as far as they fit, else as many characters as fit.
fn beginning(text: &str) -> &str {
    let limit = text
        .char_indices()
        .nth(SUMMARY)
        .map_or(text.len(), |(at, _)| at);
    if limit == text.len() {
        return text;
    }
    let fits = &text[..limit];
    let end = fits
        .char_indices()
        .filter(|(at, ch)| match ch {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' => text[at + 1..].starts_with(char::is_whitespace),
            _ => false,
        })
        .map(|(at, ch)| at + ch.len_utf8())
        .next_back();
    match end {
        Some(end) => {
            let closing = text[end..]
                .chars()
                .next()
                .filter(|ch| matches!(ch, '」' | '』' | '”' | '）'));
            &text[..end + closing.map_or(0, char::len_utf8)]
        }
        None => fits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_at_the_end_of_a_sentence() {
        let long = format!("第一句。第二句說「好！」{}", "字".repeat(200));
        assert_eq!(beginning(&long), "第一句。第二句說「好！」");
        assert_eq!(beginning("短句"), "短句");
        assert_eq!(beginning(&"字".repeat(300)).chars().count(), SUMMARY);
    }
}
