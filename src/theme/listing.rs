//! Lists the files of the built-in theme, so that the program embeds whatever lies there.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The text of `theme.rs`: two lists of (path, contents).
///
/// # Errors
/// A file whose name is not UTF-8.
pub fn listing(theme: &Path) -> Result<String, String> {
    let mut code = String::new();
    for (folder, name, kind, include) in [
        ("templates", "TEMPLATES", "str", "include_str"),
        ("static", "STATIC", "[u8]", "include_bytes"),
    ] {
        let root = theme.join(folder);
        let mut files = Vec::new();
        collect(&root, &mut files)?;
        files.sort();
        let _ = writeln!(
            code,
            "/// The files of the theme's `{folder}`, by path.\npub const {name}: &[(&str, &{kind})] = &["
        );
        for file in files {
            let path = file.strip_prefix(&root).ok().and_then(Path::to_str);
            let path = path.ok_or_else(|| format!("{} is not UTF-8", file.display()))?;
            // The folder of the package stays a variable: a checkout that is moved with its build
            // folder is not listed anew.
            let _ = writeln!(
                code,
                "    ({path:?}, {include}!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?}))),",
                format!("/src/theme/{folder}/{path}")
            );
        }
        code.push_str("];\n");
    }
    Ok(code)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
