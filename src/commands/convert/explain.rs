//! Why a word becomes what it becomes: the entries used, what else they offer, and for a single
//! character the phrases that decide it elsewhere.

use serde_json::json;

use super::{Way, report};
use crate::commands::Ending;
use crate::commands::terminal::Terminal;
use crate::diagnostic::Phrase;
use crate::hanzi::{By, Explanation, Step};

/// How many phrases are shown of those that hold a character.
const PHRASES: usize = 8;

/// Explains `word`.
pub fn run(word: &str, way: &Way, json: bool, terminal: &Terminal) -> Ending {
    let converter = &way.conversion.converter;
    let explained = converter.explain(word);
    let mut characters = word.chars();
    let phrases = match (characters.next(), characters.next()) {
        (Some(one), None) => converter.phrases_with(one),
        _ => Vec::new(),
    };
    if json {
        let steps = |steps: &[Step]| -> Vec<serde_json::Value> { steps.iter().map(row).collect() };
        let value = json!({
            "to": way.name,
            "segments": explained.iter().map(|part| json!({
                "source": part.source,
                "output": part.output,
                "by": by_name(part.by),
                "row": rule_place(part, way),
                "steps": steps(&part.steps),
            })).collect::<Vec<_>>(),
            "phrases": steps(&phrases),
        });
        terminal.answer(&report::json(&value));
        return Ending::Fine;
    }
    let mut text = String::new();
    for part in &explained {
        let place = rule_place(part, way).unwrap_or_default();
        let by = terminal.phrase(by_phrase(part.by), &[("place", &place)]);
        text += &format!("{} → {}  {by}\n", part.source, part.output);
        for step in &part.steps {
            text += &line(step, terminal);
        }
    }
    if !phrases.is_empty() {
        text += &terminal.phrase(Phrase::PhrasesWith, &[("text", word)]);
        text.push('\n');
        for step in phrases.iter().take(PHRASES) {
            text += &line(step, terminal);
        }
        let more = phrases.len().saturating_sub(PHRASES);
        if more > 0 {
            text += &terminal.phrase(Phrase::AndMore, &[("count", &more.to_string())]);
            text.push('\n');
        }
    }
    terminal.answer(&text);
    Ending::Fine
}

fn line(step: &Step, terminal: &Terminal) -> String {
    let Step {
        stage,
        dictionary,
        key,
        value,
        others,
    } = step;
    let others = if others.is_empty() {
        String::new()
    } else {
        let others = others.join(" ");
        format!(
            "  {}",
            terminal.phrase(Phrase::AlsoHas, &[("others", &others)])
        )
    };
    format!("  {stage} {dictionary}: {key} → {value}{others}\n")
}

fn row(step: &Step) -> serde_json::Value {
    json!({
        "stage": step.stage,
        "dictionary": step.dictionary,
        "key": step.key,
        "value": step.value,
        "others": step.others,
    })
}

/// The row of a glossary that decided, as `file:line`.
fn rule_place(part: &Explanation, way: &Way) -> Option<String> {
    let By::Rule(id) = part.by else {
        return None;
    };
    let place = way.conversions.as_ref()?.place(id)?;
    let (line, _) = place.line_column();
    Some(format!("{}:{line}", place.source.path()))
}

fn by_phrase(by: By) -> Phrase {
    match by {
        By::Nothing => Phrase::ByNothing,
        By::Character => Phrase::ByCharacter,
        By::Phrase => Phrase::ByPhrase,
        By::Style => Phrase::ByStyle,
        By::Rule(_) => Phrase::ByRule,
    }
}

fn by_name(by: By) -> &'static str {
    match by {
        By::Nothing => "nothing",
        By::Character => "character",
        By::Phrase => "phrase",
        By::Style => "style",
        By::Rule(_) => "glossary",
    }
}
