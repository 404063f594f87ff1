//! A strict reader for the XML that this project writes: elements, attributes in double quotes, the
//! predefined entities. Everything else, and every fault, ends the test.

/// An element.
#[derive(Debug, Default)]
pub struct Element {
    /// Its name, prefix and all.
    pub name: String,
    /// Its attributes in their order.
    pub attributes: Vec<(String, String)>,
    /// The elements in it.
    pub children: Vec<Element>,
    /// The text in it, without that of the elements in it.
    pub text: String,
}

/// The root element of a document.
pub fn read(text: &str) -> Element {
    for ch in text.chars() {
        let allowed =
            matches!(ch, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        assert!(allowed, "XML has no character {ch:?}");
    }
    let head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    let rest = text.strip_prefix(head).expect("an XML declaration");
    let mut open = vec![Element::default()];
    let mut rest = rest;
    while !rest.is_empty() {
        let at = rest.find('<').unwrap_or(rest.len());
        let (before, after) = rest.split_at(at);
        let top = open.last_mut().expect("an open element");
        top.text.push_str(&unescaped(before));
        let Some(after) = after.strip_prefix('<') else {
            break;
        };
        let (tag, after) = after.split_once('>').expect("`>`");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let done = open.pop().expect("an open element");
            assert_eq!(done.name, name, "elements nest");
            open.last_mut()
                .expect("a root around it")
                .children
                .push(done);
            continue;
        }
        let (tag, empty) = match tag.strip_suffix('/') {
            Some(tag) => (tag, true),
            None => (tag, false),
        };
        let element = opened(tag);
        if empty {
            let top = open.last_mut().expect("an open element");
            top.children.push(element);
        } else {
            open.push(element);
        }
    }
    assert_eq!(open.len(), 1, "every element ends");
    let document = open.pop().expect("the document");
    assert_eq!(document.text.trim(), "", "nothing stands outside the root");
    let mut roots = document.children;
    assert_eq!(roots.len(), 1, "there is one root");
    roots.remove(0)
}

impl Element {
    /// The elements in it with this name.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The one element in it with this name.
    pub fn one<'e>(&'e self, name: &'e str) -> &'e Element {
        let mut found = self.all(name);
        let first = found.next();
        let first = first.unwrap_or_else(|| panic!("<{}> has no <{name}>", self.name));
        assert!(found.next().is_none(), "<{}> has two <{name}>", self.name);
        first
    }

    /// The value of an attribute, empty when it is not there.
    pub fn attribute(&self, name: &str) -> &str {
        let mut all = self.attributes.iter();
        all.find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }
}

fn opened(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes: Vec<(String, String)> = Vec::new();
    while !rest.is_empty() {
        let (key, after) = rest.split_once("=\"").expect("an attribute");
        let (value, after) = after.split_once('"').expect("the end of an attribute");
        let key = key.trim_start();
        assert!(
            attributes.iter().all(|(other, _)| other != key),
            "{key} twice"
        );
        attributes.push((key.to_string(), unescaped(value)));
        rest = after;
    }
    Element {
        name: name.to_string(),
        attributes,
        ..Element::default()
    }
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (name, after) = after.split_once(';').expect("an entity");
        out.push_str(match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            _ => panic!("an entity XML does not have: {name}"),
        });
        rest = after;
    }
    out.push_str(rest);
    out
}
