//! Functions, filters and tests of templates: the tables name all that the program has, and each example gives
//! what the table says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Document, root, sample};

/// The tables, and how a package registers what is in them.
const TABLES: [(&str, &str); 3] = [
    ("Functions", "register_function("),
    ("Filters", "register_filter("),
    ("Tests", "register_test("),
];

#[test]
fn the_tables_name_all_there_are() {
    let document = Document::read("templates.md");
    for (heading, call) in TABLES {
        let rows = document.rows_under(heading);
        let name = |cell: &str| cell.split('(').next().unwrap_or(cell).to_string();
        let listed: BTreeSet<String> = rows.iter().map(|cells| name(cells[0])).collect();
        let engine = fs::read_to_string(engine().join("src/tera.rs")).expect("tera's source");
        let (engine, _) = engine.split_once("#[cfg(test)]").unwrap_or((&engine, ""));
        let mut known = called(engine, call);
        known.extend(registered(&root().join("src"), call));
        // The program's own, for `build --dump`.
        known.remove("json");
        assert_eq!(listed, known, "{heading}");
    }
}

#[test]
fn each_example_gives_what_the_table_says() {
    let document = Document::read("templates.md");
    let mut examples: Vec<(String, String)> = Vec::new();
    for (heading, _) in TABLES {
        for cells in document.rows_under(heading) {
            let example = cells[2].replace("\\|", "|");
            if let Some((expression, result)) = example.split_once(" → ") {
                let bare = |code: &str| code.trim_matches('`').replace("\\n", "\n");
                examples.push((expression.trim_matches('`').to_string(), bare(result)));
            }
        }
    }
    assert!(examples.len() > 50, "{} examples", examples.len());
    let template: String = examples
        .iter()
        .map(|(expression, _)| format!("<li>{expression}</li>"))
        .collect();
    let mut files = sample::files();
    files.push(("templates/index.html", template));
    let publication = sample::publication(&files).expect("the sample has no error");
    let mut given = String::new();
    sample::make_all(&publication, |path, text| {
        if path == "hans/index.html" {
            given = text.to_string();
        }
    });
    let given: Vec<&str> = given
        .split("</li>")
        .filter_map(|item| item.strip_prefix("<li>"))
        .collect();
    assert_eq!(given.len(), examples.len());
    for ((expression, result), given) in examples.iter().zip(given) {
        assert_eq!(given, result, "{expression}");
    }
}

/// The names that are registered in the files of a folder.
fn registered(folder: &Path, call: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let entries = fs::read_dir(folder).expect("the source can be listed");
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(registered(&path, call));
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.extend(called(&text, call));
        }
    }
    found
}

/// The names in a source that `call` is given; those in its documentation are examples.
fn called(source: &str, call: &str) -> BTreeSet<String> {
    let code: Vec<&str> = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    let names = code.split(call).skip(1).filter_map(|rest| {
        let name = rest.trim_start().strip_prefix('"')?;
        name.split('"').next().map(str::to_string)
    });
    names.collect()
}

/// Where the template engine's source lies.
fn engine() -> PathBuf {
    let ran = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .expect("cargo can be started");
    let metadata: serde_json::Value =
        serde_json::from_slice(&ran.stdout).expect("cargo writes JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let manifest = packages
        .iter()
        .find(|package| package["name"] == "tera")
        .and_then(|package| package["manifest_path"].as_str())
        .expect("tera is a package of this one");
    Path::new(manifest)
        .parent()
        .expect("it lies in a folder")
        .to_path_buf()
}
