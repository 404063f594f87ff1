//! The reference of templates, held to what templates see: every value of every page of a small site
//! is compared with its row, by name and by kind, both ways.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tongwen::config::LanguageIndex;
use tongwen::pipeline::page;
use tongwen::theme;

use crate::{Document, sample};

/// Where the names at the top are listed.
const TOP: &str = "What a template sees";
/// Where the names that only components see are listed.
const COMPONENT: &str = "In a component";

#[test]
fn every_value_is_as_documented() {
    let document = Document::read("templates.md");
    let shapes = shapes(&document);
    let mut walk = Walk {
        shapes: &shapes,
        seen: BTreeSet::new(),
        wrong: BTreeSet::new(),
    };
    let publication = sample::publication(&sample::files()).expect("the sample has no error");
    let languages = publication.config.languages.len();
    for (id, _) in publication.catalogue.entries() {
        for language in (0..languages).map(LanguageIndex::new) {
            for part in 0..publication.parts(id, language) {
                if let Some(composed) =
                    page::compose(&publication, id, language, part, page::Viewer::Author)
                {
                    walk.shape(TOP, "", &seen_by(composed.value, &shapes));
                }
            }
        }
    }
    let wrong: Vec<String> = walk.wrong.into_iter().collect();
    assert!(wrong.is_empty(), "\n  {}\n", wrong.join("\n  "));
    for (shape, rows) in shapes.iter().filter(|(shape, _)| **shape != COMPONENT) {
        for name in rows.keys() {
            let seen = walk.seen.contains(&(shape.to_string(), name.to_string()));
            assert!(seen, "{shape}: `{name}` is on no page of the sample");
        }
    }
}

/// All that the template of a page sees. Its text is put in last, by the drawing.
fn seen_by(page: page::Page<'_>, shapes: &Shapes<'_>) -> Value {
    let mut own = serde_json::to_value(&page.page).expect("a page is a map");
    own["content"] = json!("<p>");
    let timeline = page.timeline.map(|(timeline, _)| timeline);
    let mut all = json!({ "page": own, "timeline": timeline });
    for name in shapes[TOP].keys() {
        if let Some(value) = page.view.get(name) {
            all[*name] = serde_json::to_value(value).expect("a view is a value");
        }
    }
    all
}

/// A template can print the names it sees: the list at the top has those, and no more.
#[test]
fn the_names_at_the_top_are_those_a_template_sees() {
    let document = Document::read("templates.md");
    let listed: BTreeSet<&str> = shapes(&document)[TOP].keys().copied().collect();
    let names = "{{ __tera_context | keys | join(sep=\" \") | safe }}".to_string();
    let mut files = sample::files();
    let drawing = [
        "index", "page", "section", "event", "timeline", "sources", "tag", "404",
    ];
    for template in drawing {
        let path: &'static str = format!("templates/{template}.html").leak();
        files.push((path, names.clone()));
    }
    let publication = sample::publication(&files).expect("the sample has no error");
    let mut pages = 0;
    sample::make_all(&publication, |path, text| {
        if path.ends_with("/index.html") || path.ends_with("404.html") {
            pages += 1;
            let seen: BTreeSet<&str> = text.split_whitespace().collect();
            assert_eq!(seen, listed, "{path}");
        }
    });
    assert!(pages > 20, "{pages} pages");
}

/// In a component there are `args` and `body` besides.
#[test]
fn the_names_in_a_component() {
    let document = Document::read("templates.md");
    let names = "<i>{{ __tera_context | keys | join(sep=\" \") | safe }}</i>".to_string();
    let mut files = sample::files();
    files.push(("templates/components/probe.html", names));
    let publication = sample::publication(&files).expect("the sample has no error");
    let mut found = BTreeSet::new();
    sample::make_all(&publication, |path, text| {
        if path == "about/index.html" {
            let list = text
                .split("<i>")
                .nth(1)
                .and_then(|rest| rest.split("</i>").next());
            found.extend(
                list.unwrap_or_default()
                    .split_whitespace()
                    .map(str::to_string),
            );
        }
    });
    let shapes = shapes(&document);
    let mut listed: BTreeSet<String> = shapes[TOP].keys().map(ToString::to_string).collect();
    listed.remove("timeline");
    listed.extend(shapes[COMPONENT].keys().map(ToString::to_string));
    assert_eq!(found, listed);
}

#[test]
fn templates_and_components_are_listed() {
    let document = Document::read("templates.md");
    let listed = |heading: &str| -> BTreeSet<String> {
        let rows = document.rows_under(heading);
        let name = |cell: &str| cell.split('(').next().unwrap_or(cell).to_string();
        rows.iter().map(|cells| name(cells[0])).collect()
    };
    let templates = theme::TEMPLATES.iter().map(|(name, _)| name.to_string());
    let (components, files): (BTreeSet<_>, BTreeSet<_>) =
        templates.partition(|name| name.starts_with("components/"));
    assert_eq!(listed("The files of the theme"), files);
    let components: BTreeSet<String> = components
        .iter()
        .map(|name| name.replace("components/", "").replace(".html", ""))
        .collect();
    assert_eq!(listed("Components of the theme"), components);
}

/// The documented kinds, by shape and name.
type Shapes<'d> = BTreeMap<&'d str, BTreeMap<&'d str, &'d str>>;

fn shapes(document: &Document) -> Shapes<'_> {
    let mut shapes = Shapes::new();
    for (heading, rows) in document.rows() {
        let other = [
            "Functions",
            "Filters",
            "Tests",
            "The files of the theme",
            "Components of the theme",
        ];
        if !other.contains(&heading) {
            let rows = rows.iter().map(|cells| (cells[0], cells[1])).collect();
            shapes.insert(heading.trim_matches('`'), rows);
        }
    }
    shapes
}

struct Walk<'d> {
    shapes: &'d Shapes<'d>,
    seen: BTreeSet<(String, String)>,
    wrong: BTreeSet<String>,
}

impl Walk<'_> {
    /// Compares a map with the table of a shape.
    fn shape(&mut self, shape: &str, at: &str, value: &Value) {
        let Some(rows) = self.shapes.get(shape) else {
            self.wrong
                .insert(format!("{at}: there is no table `{shape}`"));
            return;
        };
        let Some(map) = value.as_object() else {
            self.wrong.insert(format!("{at} is no map"));
            return;
        };
        for name in map.keys().filter(|name| !rows.contains_key(name.as_str())) {
            self.wrong
                .insert(format!("{shape}: `{name}` is not in the table"));
        }
        for (name, kind) in rows {
            let at = format!("{at}.{name}");
            match map.get(*name) {
                Some(value) => {
                    self.kind(kind, &at, value);
                    // What is never more than nothing is not known to be right.
                    if !value.is_null() && *value != json!([]) {
                        self.seen.insert((shape.to_string(), name.to_string()));
                    }
                }
                None => {
                    self.wrong.insert(format!("{shape}: there is no `{name}`"));
                }
            }
        }
    }

    /// Compares a value with a kind: `text`, `list of [link](#link)`, `[date](#date) or nothing`.
    fn kind(&mut self, kind: &str, at: &str, value: &Value) {
        if let Some(some) = kind.strip_suffix(" or nothing") {
            if !value.is_null() {
                self.kind(some, at, value);
            }
            return;
        }
        if let Some(item) = kind.strip_prefix("list of ") {
            match value.as_array() {
                Some(items) => items.iter().for_each(|value| self.kind(item, at, value)),
                None => drop(self.wrong.insert(format!("{at} is no list"))),
            }
            return;
        }
        if let Some(item) = kind.strip_prefix("map of ") {
            match value.as_object() {
                Some(items) => items.values().for_each(|value| self.kind(item, at, value)),
                None => drop(self.wrong.insert(format!("{at} is no map"))),
            }
            return;
        }
        if let Some((shape, _)) = kind.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            return self.shape(shape.trim_matches('`'), at, value);
        }
        let fits = match kind {
            "text" | "HTML" => value.is_string(),
            "number" => value.is_number(),
            "yes or no" => value.is_boolean(),
            "your own" => value.is_object(),
            _ => false,
        };
        if !fits {
            self.wrong.insert(format!("{at} is not `{kind}`: {value}"));
        }
    }
}
