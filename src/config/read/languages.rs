//! `[languages.*]`: their order, their defaults, and that each can be made.

use std::ops::Range;

use crate::config::reader::{Fields, Reader};
use crate::config::text::Written;
use crate::config::tree::Entry;
use crate::config::{Derive, Language, LanguageIndex, LanguageTag, Missing, address, language};
use crate::diagnostic::{Code, Diagnostic, Label, Term};
use crate::hanzi::Scheme;

/// The keys of one language.
pub(crate) const KEYS: &[&str] = &["label", "path", "locale", "hreflang", "derive", "missing"];
/// The keys of `derive`.
pub(crate) const DERIVE_KEYS: &[&str] = &["from", "using"];

pub(crate) const MISSING: [(&str, Missing); 2] =
    [("omit", Missing::Omit), ("fallback", Missing::Fallback)];

/// A language whose `derive.from` is still a tag.
struct Draft {
    language: Language,
    path_range: Range<usize>,
    from: Option<(Written, Scheme)>,
}

/// The languages, the default first; none when there is nothing to build on.
pub fn read(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<Language> {
    let Some(node) = fields.get("languages") else {
        reader.missing(fields, "languages", "[languages.zh-Hant-HK]");
        return Vec::new();
    };
    let Some(entries) = reader.map(node, "languages", Term::Table) else {
        return Vec::new();
    };
    let mut entries: Vec<&Entry> = entries.iter().collect();
    if entries.len() > language::MOST_LANGUAGES {
        let count = entries.len().to_string();
        reader.bad_value::<()>(fields, "languages", count, Term::TooManyLanguages);
        entries.truncate(language::MOST_LANGUAGES);
    }
    let default = default(reader, fields, &entries);
    entries.sort_by_key(|entry| Some(entry.key.as_str()) != default.as_deref());
    let drafts: Vec<Draft> = entries
        .iter()
        .enumerate()
        .filter_map(|(position, entry)| draft(reader, entry, position == 0))
        .collect();
    if drafts.is_empty() && entries.is_empty() {
        reader.missing(fields, "languages", "[languages.zh-Hant-HK]");
    }
    note_same_paths(reader, &drafts);
    derive(reader, fields, drafts)
}

/// The tag of the default language: the one named, or else the first that is not derived.
fn default(reader: &mut Reader<'_>, fields: &Fields<'_>, entries: &[&Entry]) -> Option<String> {
    let Some(written) = reader.string(fields, "default_language") else {
        let is_derived = |entry: &Entry| match &entry.value.kind {
            crate::config::tree::Kind::Map(fields) => fields.iter().any(|f| f.key == "derive"),
            _ => false,
        };
        let first = entries.iter().find(|entry| !is_derived(entry));
        return first.map(|entry| entry.key.clone());
    };
    if !entries.iter().any(|entry| entry.key == written.text) {
        let known: Vec<String> = entries.iter().map(|e| format!("`{}`", e.key)).collect();
        let mut note = Diagnostic::new(Code::UnknownLanguage)
            .with("language", written.as_str())
            .with("known", known.join(", "))
            .at(reader.source, written.range());
        let tags = entries.iter().map(|entry| entry.key.as_str());
        note.did_you_mean = language::closest(&written.text, tags).map(str::to_string);
        reader.notes.push(note);
    }
    Some(written.text)
}

fn draft(reader: &mut Reader<'_>, entry: &Entry, is_default: bool) -> Option<Draft> {
    let name = format!("languages.{}", entry.key);
    let tag = LanguageTag::new(&entry.key);
    if tag.is_none() {
        let canonical = LanguageTag::canonical(&entry.key.replace('_', "-"));
        let mut note = Diagnostic::new(Code::BadValue)
            .with("key", "languages")
            .with("value", entry.key.as_str())
            .with("expected", Term::LanguageTag)
            .at(reader.source, entry.key_range.clone());
        note.did_you_mean = canonical;
        reader.notes.push(note);
    }
    let fields = reader.fields(&entry.value, &name, KEYS)?;
    if fields.get("label").is_none() {
        reader.missing(&fields, "label", "label = \"繁體\"");
    }
    let label = reader.string(&fields, "label");
    let (path, path_range) = match reader.string(&fields, "path") {
        Some(written) => (path(reader, &written), written.range()),
        None if is_default => (String::new(), entry.key_range.clone()),
        None => (entry.key.clone(), entry.key_range.clone()),
    };
    let from = derive_from(reader, &fields, &name);
    let missing = reader.choice(&fields, "missing", &MISSING);
    if fields.get("derive").is_some() && missing.is_some() {
        let written = fields
            .get("missing")
            .map_or(0..0, |node| node.range.clone());
        let value = reader.source.text().get(written).unwrap_or("").to_string();
        reader.bad_value::<()>(&fields, "missing", value, Term::DerivedOnly);
    }
    let locale = reader.string(&fields, "locale").map(|w| w.text);
    let hreflang = reader.string(&fields, "hreflang").map(|w| w.text);
    if let Some(text) = hreflang
        .as_ref()
        .filter(|text| LanguageTag::new(text).is_none())
    {
        reader.bad_value::<()>(&fields, "hreflang", text, Term::LanguageTag);
    }
    let tag = tag?;
    Some(Draft {
        language: Language {
            label: label.map_or_else(|| tag.to_string(), |w| w.text),
            path,
            locale: locale.unwrap_or_else(|| tag.locale()),
            hreflang: hreflang.unwrap_or_else(|| tag.to_string()),
            derive: None,
            missing: missing.unwrap_or_default(),
            tag,
        },
        path_range,
        from,
    })
}

fn path(reader: &mut Reader<'_>, written: &Written) -> String {
    match address::check_path(&written.text) {
        Ok(path) => path.to_string(),
        Err(rule) => {
            let note = Diagnostic::new(Code::BadAddress)
                .with("value", written.as_str())
                .with("detail", rule)
                .at(reader.source, written.range());
            reader.notes.push(note);
            written.text.clone()
        }
    }
}

/// The tag and the conversion of `derive`; the conversion is checked here, the tag when all are known.
fn derive_from(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    name: &str,
) -> Option<(Written, Scheme)> {
    let node = fields.get("derive")?;
    let name = format!("{name}.derive");
    let table = reader.fields(node, &name, DERIVE_KEYS)?;
    for (key, example) in [
        (
            "from",
            "derive = { from = \"zh-Hant-HK\", using = \"hk2s\" }",
        ),
        (
            "using",
            "derive = { from = \"zh-Hant-HK\", using = \"hk2s\" }",
        ),
    ] {
        if table.get(key).is_none() {
            reader.missing(&table, key, example);
        }
    }
    let from = reader.string(&table, "from");
    let using = reader.scheme(&table, "using");
    from.zip(using)
}

fn note_same_paths(reader: &mut Reader<'_>, drafts: &[Draft]) {
    for (position, draft) in drafts.iter().enumerate() {
        // Folders that differ only in case are one folder on some systems.
        let folder = draft.language.path.to_lowercase();
        let same = |other: &&Draft| other.language.path.to_lowercase() == folder;
        let Some(other) = drafts[..position].iter().find(same) else {
            continue;
        };
        let note = Diagnostic::new(Code::SamePath)
            .with("first", other.language.tag.as_str())
            .with("second", draft.language.tag.as_str())
            .with("path", format!("/{}", draft.language.path))
            .at(reader.source, draft.path_range.clone())
            .related(reader.source.span(other.path_range.clone()), Label::First);
        reader.notes.push(note);
    }
}

/// Resolves each `derive.from`, which must be a language written by hand.
fn derive(reader: &mut Reader<'_>, fields: &Fields<'_>, drafts: Vec<Draft>) -> Vec<Language> {
    let languages: Vec<Language> = drafts.iter().map(|d| d.language.clone()).collect();
    let mut resolved = Vec::with_capacity(drafts.len());
    for draft in &drafts {
        let mut language = draft.language.clone();
        if let Some((from, using)) = &draft.from {
            let found = language::find(&languages, &from.text);
            match found {
                None => unknown(reader, &languages, from),
                Some(index) if drafts[index.position()].from.is_some() => {
                    let note = Diagnostic::new(Code::DeriveChain)
                        .with("language", language.tag.as_str())
                        .with("from", from.as_str())
                        .at(reader.source, from.range());
                    reader.notes.push(note);
                }
                Some(_) => {}
            }
            language.derive = found.map(|from| Derive {
                from,
                using: *using,
            });
        }
        resolved.push(language);
    }
    if drafts.first().is_some_and(|draft| draft.from.is_some()) {
        note_derived_default(reader, fields, &resolved[LanguageIndex::DEFAULT.position()]);
    }
    resolved
}

fn unknown(reader: &mut Reader<'_>, languages: &[Language], from: &Written) {
    let known = languages.iter().map(|language| language.tag.as_str());
    let mut note = Diagnostic::new(Code::UnknownLanguage)
        .with("language", from.as_str())
        .with("known", language::list(languages))
        .at(reader.source, from.range());
    note.did_you_mean = language::closest(&from.text, known).map(str::to_string);
    reader.notes.push(note);
}

fn note_derived_default(reader: &mut Reader<'_>, fields: &Fields<'_>, default: &Language) {
    let range = fields
        .get("default_language")
        .or_else(|| fields.get("languages"))
        .map_or(0..0, |node| node.range.clone());
    let note = Diagnostic::new(Code::DerivedDefault)
        .with("language", default.tag.as_str())
        .at(reader.source, range);
    reader.notes.push(note);
}
