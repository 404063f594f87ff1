//! `tongwen info`: which program this is, with which dictionaries, and what it makes of `site.toml`.

use serde_json::{Value, json};

use super::Ending;
use super::report;
use super::site::{self, Unprepared};
use super::terminal::Terminal;
use crate::cli::{self, Global};
use crate::config::Config;
use crate::diagnostic::Phrase;
use crate::hanzi;
use crate::shell::disk;
use crate::theme;

/// Says what there is to know.
pub fn run(global: &Global, options: &cli::Info, terminal: &Terminal) -> Ending {
    if options.templates {
        return templates(global, options, terminal);
    }
    let program = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "dictionaries": hanzi::DICTIONARIES,
        "digest": hanzi::dictionary_digest().to_string(),
        "opencc": cfg!(feature = "opencc"),
    });
    let has_site = global.root.join(&global.config).is_file();
    let config = match has_site.then(|| site::configuration(global, terminal)) {
        None => None,
        Some(Ok(config)) => Some(configuration(&config)),
        Some(Err(Unprepared::Faulty(notes))) => {
            terminal.show(&notes);
            return Ending::SiteHasErrors;
        }
        Some(Err(Unprepared::CouldNotRun)) => return Ending::CouldNotRun,
    };
    if options.json {
        let value = json!({ "program": program, "site": config });
        terminal.answer(&report::json(&value));
        return Ending::Fine;
    }
    let mut text = String::new();
    lines("", &program, &mut text);
    match &config {
        Some(config) => {
            text += &format!("\n{}\n", global.root.join(&global.config).display());
            lines("", config, &mut text);
        }
        None => text += &format!("\n{}\n", terminal.phrase(Phrase::NoSite, &[])),
    }
    terminal.answer(&text);
    Ending::Fine
}

/// The templates there are, and whose each is.
fn templates(global: &Global, options: &cli::Info, terminal: &Terminal) -> Ending {
    let place = disk::Place {
        root: global.root.clone(),
        config: global.config.clone(),
    };
    let own: Vec<String> = match disk::read(&place, crate::pipeline::inputs::Options::default()) {
        Ok(read) => read.value.map_or(Vec::new(), |inputs| {
            let names = inputs.templates.iter().map(|source| {
                let path = source.path().as_str();
                path.strip_prefix("templates/").unwrap_or(path).to_string()
            });
            names.collect()
        }),
        Err(error) => {
            terminal.cannot_read(&global.root, &error);
            return Ending::CouldNotRun;
        }
    };
    let built_in = theme::TEMPLATES.iter().map(|(name, _)| name.to_string());
    let mut names: Vec<String> = built_in.chain(own.iter().cloned()).collect();
    names.sort();
    names.dedup();
    let whose = |name: &String| {
        let is_built_in = theme::TEMPLATES.iter().any(|(known, _)| known == name);
        match (own.contains(name), is_built_in) {
            (true, true) => ("overridden", Phrase::TemplateOverridden),
            (true, false) => ("own", Phrase::TemplateOwn),
            (false, _) => ("built-in", Phrase::TemplateBuiltIn),
        }
    };
    if options.json {
        let rows: Vec<Value> = names
            .iter()
            .map(|name| json!({ "name": name, "state": whose(name).0 }))
            .collect();
        terminal.answer(&report::json(&rows));
        return Ending::Fine;
    }
    let width = names.iter().map(String::len).max().unwrap_or(0);
    let text: String = names
        .iter()
        .map(|name| format!("{name:width$}  {}\n", terminal.phrase(whose(name).1, &[])))
        .collect();
    terminal.answer(&text);
    Ending::Fine
}

/// `site.toml` with its defaults filled in.
fn configuration(config: &Config) -> Value {
    let languages = config.languages.iter().map(|language| {
        let derive = language.derive.as_ref().map(|derive| {
            let from = config.language(derive.from).tag.as_str();
            json!({ "from": from, "using": derive.using.as_str() })
        });
        let entry = json!({
            "label": language.label,
            "path": language.path,
            "locale": language.locale,
            "hreflang": language.hreflang,
            "derive": derive,
        });
        (language.tag.as_str().to_string(), entry)
    });
    let languages: serde_json::Map<String, Value> = languages.collect();
    json!({
        "base_url": config.base_url.as_str(),
        "title": config.title.first(),
        "author": config.author.first(),
        "timezone": config.timezone.as_str(),
        "output_dir": config.output_dir,
        "relative_links": config.relative_links,
        "minify_html": config.minify_html,
        "ignored_content": config.ignored_content,
        "theme_color": config.theme_color,
        "pagination": config.pagination,
        "languages": languages,
        "convert": {
            "glossary": config.convert.glossary_file(),
            "review": config.convert.review_file(),
            "quotes": format!("{:?}", config.convert.quotes).to_lowercase(),
            "style": format!("{:?}", config.convert.style).to_lowercase(),
            "ambiguous": format!("{:?}", config.convert.ambiguous).to_lowercase(),
            "engine": format!("{:?}", config.convert.engine).to_lowercase(),
        },
        "markdown": { "html": config.markdown.html },
        "feed": { "enabled": config.feed.enabled, "limit": config.feed.limit, "full": config.feed.full },
        "search": { "enabled": config.search.enabled },
        "sitemap": { "enabled": config.sitemap.enabled },
    })
}

/// One `key = value` a line, inner keys with a dot, as TOML would have them.
fn lines(prefix: &str, value: &Value, text: &mut String) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let name = match prefix {
                    "" => key.clone(),
                    prefix => format!("{prefix}.{key}"),
                };
                lines(&name, value, text);
            }
        }
        Value::Null => {}
        value => *text += &format!("{prefix} = {value}\n"),
    }
}
