//! OpenCC's text dictionaries, with the four its own build generates from them.

use std::collections::HashMap;
use std::path::Path;

/// One dictionary: keys in file order, each with all its values, the preferred one first.
#[derive(Default, Clone)]
pub struct Dictionary {
    pub entries: Vec<(String, Vec<String>)>,
    index: HashMap<String, usize>,
    /// By first character: the longest key's length in bytes. Answers most questions (“nothing starts here”) without hashing.
    longest: Vec<u8>,
}

pub struct Dictionaries {
    pub normalization: Dictionary,
    /// STPhrases with the keys generated from the regional phrases.
    pub st_phrases: Dictionary,
    pub st_characters: Dictionary,
    pub ts_phrases: Dictionary,
    /// TSCharacters, its rare extension (TSCharactersExt) taking precedence.
    pub ts_characters: Dictionary,
    pub hk_phrases: Dictionary,
    pub hk_phrases_rev: Dictionary,
    pub hk_variants: Dictionary,
    pub hk_variants_rev: Dictionary,
    pub hk_variants_phrases: Dictionary,
    pub hk_variants_rev_phrases: Dictionary,
    pub tw_phrases: Dictionary,
    pub tw_phrases_rev: Dictionary,
    pub tw_variants: Dictionary,
    pub tw_variants_rev: Dictionary,
    pub tw_variants_phrases: Dictionary,
    pub tw_variants_rev_phrases: Dictionary,
}

impl Dictionaries {
    pub fn load(folder: &Path) -> Result<Dictionaries, String> {
        let text = |name: &str| {
            let path = folder.join(name).with_extension("txt");
            std::fs::read_to_string(&path)
                .map_err(|e| format!("cannot read {}: {e}", path.display()))
        };
        let read = |name: &str| text(name).and_then(|text| Dictionary::parse(name, &text));
        let mut ts_characters = extension(&text("TSCharacters")?)?;
        ts_characters.add_missing(&read("TSCharacters")?);
        let mut loaded = Dictionaries {
            normalization: read("CJK_Compatibility_Ideographs")?,
            st_phrases: read("STPhrases")?,
            st_characters: read("STCharacters")?,
            ts_phrases: read("TSPhrases")?,
            ts_characters,
            hk_phrases: read("HKPhrases")?,
            hk_phrases_rev: read("HKPhrasesRev")?,
            hk_variants: read("HKVariants")?,
            hk_variants_rev: reversed(&text("HKVariants")?)?,
            hk_variants_phrases: read("HKVariantsPhrases")?,
            hk_variants_rev_phrases: read("HKVariantsRevPhrases")?,
            tw_phrases: read("TWPhrases")?,
            tw_phrases_rev: read("TWPhrasesRev")?,
            tw_variants: read("TWVariants")?,
            tw_variants_rev: reversed(&text("TWVariants")?)?,
            tw_variants_phrases: read("TWVariantsPhrases")?,
            tw_variants_rev_phrases: read("TWVariantsRevPhrases")?,
        };
        let regional = loaded.regional();
        loaded.st_phrases.add_missing(&regional);
        Ok(loaded)
    }

    /// The keys of the regional phrases in Simplified form, so that they are segments of their own: OpenCC's
    /// `STPhrases_GeneratedFromRegionalPhrases`. Keys of fewer than three characters would split longer words and are left out.
    fn regional(&self) -> Dictionary {
        let mut generated = Dictionary::default();
        for source in [&self.hk_phrases, &self.tw_phrases] {
            for (key, _) in &source.entries {
                let simplified = crate::chain::Chain::t2s(self).convert(key);
                if simplified.chars().count() >= 3 {
                    generated.add(simplified, vec![key.clone()]);
                }
            }
        }
        generated
    }
}

impl Dictionary {
    fn parse(name: &str, text: &str) -> Result<Dictionary, String> {
        let mut dictionary = Dictionary::default();
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let (key, values) = line
                .split_once('\t')
                .ok_or_else(|| format!("{name}.txt:{}: no tab", number + 1))?;
            dictionary.add(key.into(), values.split(' ').map(String::from).collect());
        }
        Ok(dictionary)
    }

    /// True when some key begins with this character.
    pub fn opens(&self, c: char) -> bool {
        self.longest
            .get(c as usize)
            .is_some_and(|&length| length > 0)
    }

    /// The longest key that opens `text`: its length in bytes and its first value.
    pub fn longest_prefix(&self, text: &str) -> Option<(usize, &str)> {
        let first = text.chars().next()?;
        let mut length = usize::from(*self.longest.get(first as usize)?).min(text.len());
        while length > 0 {
            if text.is_char_boundary(length)
                && let Some(&at) = self.index.get(&text[..length])
            {
                return Some((length, &self.entries[at].1[0]));
            }
            length -= 1;
        }
        None
    }

    fn add(&mut self, key: String, values: Vec<String>) {
        let Some(first) = key.chars().next() else {
            return;
        };
        if self.index.contains_key(&key) {
            return;
        }
        let first = first as usize;
        if self.longest.len() <= first {
            self.longest.resize(first + 1, 0);
        }
        self.longest[first] = self.longest[first].max(key.len().min(255) as u8);
        self.index.insert(key.clone(), self.entries.len());
        self.entries.push((key, values));
    }

    fn add_missing(&mut self, other: &Dictionary) {
        for (key, values) in &other.entries {
            self.add(key.clone(), values.clone());
        }
    }
}

/// OpenCC's TSCharactersExt: the entries marked as risking a missing glyph, without the character itself.
fn extension(ts_characters: &str) -> Result<Dictionary, String> {
    let mut extension = Dictionary::default();
    let mut lines = ts_characters.lines();
    while let Some(line) = lines.next() {
        if !line.starts_with("# @tofu-risk:") {
            continue;
        }
        let (key, values) = lines
            .next()
            .and_then(|entry| entry.split_once('\t'))
            .ok_or("TSCharacters.txt: no entry after a @tofu-risk line")?;
        let values: Vec<String> = values.split_whitespace().map(String::from).collect();
        let values = if values.first().is_some_and(|v| v == key) {
            values[1..].to_vec()
        } else {
            values
        };
        if values.is_empty() {
            return Err(format!("TSCharacters.txt: no second form for {key}"));
        }
        extension.add(key.into(), values);
    }
    Ok(extension)
}

/// A variants file read from right to left; `# @reverse-prefer:` lines say which source goes first.
fn reversed(text: &str) -> Result<Dictionary, String> {
    let forward = Dictionary::parse("variants", text)?;
    let mut sources: Vec<(String, Vec<String>)> = Vec::new();
    for (key, values) in &forward.entries {
        for value in values {
            match sources.iter_mut().find(|(v, _)| v == value) {
                Some((_, keys)) => keys.push(key.clone()),
                None => sources.push((value.clone(), vec![key.clone()])),
            }
        }
    }
    for line in text
        .lines()
        .filter_map(|line| line.strip_prefix("# @reverse-prefer:"))
    {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let (Some(value), Some(preferred)) = (fields.first(), fields.last()) else {
            continue;
        };
        if let Some((_, keys)) = sources.iter_mut().find(|(v, _)| v == value)
            && let Some(at) = keys.iter().position(|k| k == preferred)
        {
            let preferred = keys.remove(at);
            keys.insert(0, preferred);
        }
    }
    let mut dictionary = Dictionary::default();
    for (value, keys) in sources {
        dictionary.add(value, keys);
    }
    Ok(dictionary)
}
