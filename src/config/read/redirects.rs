//! `[[redirects]]`: old addresses, and where they lead.

use super::REDIRECT_KEYS;
use crate::config::reader::{Fields, Reader};
use crate::config::{Redirect, Written, address};
use crate::diagnostic::{Code, Diagnostic, Term};

/// The redirects, in the order of the file.
pub fn read(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<Redirect> {
    let (items, name) = reader.items(fields, "redirects", Term::TableList);
    let mut redirects = Vec::with_capacity(items.len());
    for item in items {
        let Some(item) = reader.fields(item, &name, REDIRECT_KEYS) else {
            continue;
        };
        for (key, example) in [("from", "from = \"/old/\""), ("to", "to = \"/new/\"")] {
            if item.get(key).is_none() {
                reader.missing(&item, key, example);
            }
        }
        let from = reader.string(&item, "from").and_then(|mut written| {
            let path = reader.rooted(&item, "from", &written)?.to_string();
            written.text = path;
            Some(written)
        });
        let to = reader.string(&item, "to").and_then(|written| {
            let whole = written.text.starts_with("https://") || written.text.starts_with("http://");
            let rooted = written.text.starts_with('/') && !written.text.starts_with("//");
            if whole || rooted {
                return Some(written);
            }
            reader.bad_value(&item, "to", written.text, Term::RootedPathOrAddress)
        });
        if let (Some(from), Some(to)) = (from, to) {
            redirects.push(Redirect { from, to });
        }
    }
    redirects
}

impl Reader<'_> {
    /// A path that begins with `/`, checked part by part and given without the `/` at its ends.
    fn rooted<'w>(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        written: &'w Written,
    ) -> Option<&'w str> {
        if !written.text.starts_with('/') {
            return self.bad_value(fields, key, written.as_str(), Term::RootedPath);
        }
        match address::check_path(&written.text) {
            Ok("") => self.bad_value(fields, key, written.as_str(), Term::PartRoot),
            Ok(path) => Some(path),
            Err(rule) => {
                let note = Diagnostic::new(Code::BadAddress)
                    .with("value", written.as_str())
                    .with("detail", rule)
                    .at(self.source, written.range());
                self.notes.push(note);
                None
            }
        }
    }
}
