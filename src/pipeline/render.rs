//! Templates: the theme's and the site's own, loaded, checked and run.
//!
//! Template functions are pure: they see the view of the page being rendered and what was fixed when the
//! templates were loaded (the addresses of assets), and nothing else. So a view and a template set
//! together decide every byte of a page.

mod faults;
mod readers;
pub mod underway;

use std::collections::BTreeMap;
use std::sync::Arc;

use readers::Readers;
pub use readers::{Dear, Keys};
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};
use underway::Underway;

use super::page::view::PageView;
use crate::diagnostic::{Diagnostic, Noted};
use crate::digest::{Digest, Digester};
use crate::source::{SitePath, Source};
use crate::theme;

/// A set of templates, ready to run.
pub struct Templates {
    tera: Tera,
    /// The templates by name, for pointing at faults.
    sources: BTreeMap<String, Source>,
    /// Stands for every template and asset address.
    digest: Digest,
    /// Which of them may read what is dear to make.
    readers: Readers,
    /// What is being drawn now.
    underway: Underway,
}

/// Addresses of static files, by their path as templates name it, with base path and fingerprint.
pub type AssetAddresses = BTreeMap<String, String>;

/// Where templates of the site lie.
pub const FOLDER: &str = "templates/";

impl Templates {
    /// Loads the theme's templates with the site's laid over them, file by file. The value is missing
    /// when one of them cannot be read.
    pub fn load(own: &[Source], assets: &AssetAddresses) -> Noted<Option<Templates>> {
        let mut sources: BTreeMap<String, Source> = theme::TEMPLATES
            .iter()
            .map(|(name, text)| {
                let path = SitePath::new(format!("(theme)/{name}"));
                (name.to_string(), Source::new(path, text.to_string()))
            })
            .collect();
        for source in own {
            let path = source.path().as_str();
            let name = path.strip_prefix(FOLDER).unwrap_or(path);
            sources.insert(name.to_string(), source.clone());
        }
        let mut tera = prepared(assets);
        let texts = sources
            .iter()
            .map(|(name, source)| (name.as_str(), source.text()));
        match tera.add_raw_templates(texts) {
            Ok(()) => Noted {
                value: Some(Templates {
                    readers: Readers::of(&sources, PageView::KEYS, |name| {
                        component(name).is_some()
                    }),
                    tera,
                    sources,
                    digest: Templates::digest_of(own, assets),
                    underway: Underway::default(),
                }),
                notes: Vec::new(),
            },
            Err(error) => Noted {
                value: None,
                notes: faults::of_loading(&sources, &error),
            },
        }
    }

    /// Stands for the theme with these templates over it and these addresses.
    pub fn digest_of(own: &[Source], assets: &AssetAddresses) -> Digest {
        let mut digester = Digester::new();
        for source in own {
            digester
                .part(source.path().as_str().as_bytes())
                .digest(source.digest());
        }
        for (name, address) in assets {
            digester.part(name.as_bytes()).part(address.as_bytes());
        }
        digester.finish()
    }

    /// Stands for everything that decides what a view becomes.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// What is being drawn now, for whoever watches.
    pub fn underway(&self) -> &Underway {
        &self.underway
    }

    /// Whether there is a template of this name.
    pub fn has(&self, name: &str) -> bool {
        self.sources.contains_key(name)
    }

    /// The names of all templates, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().map(String::as_str)
    }

    /// The names of the components.
    pub fn components(&self) -> impl Iterator<Item = &str> {
        self.names().filter_map(component)
    }

    /// Whether a page drawn by `template` may look at this.
    pub fn may_read(&self, template: &str, dear: Dear) -> bool {
        self.readers.may_read(template, dear)
    }

    /// The keys of `page` that a page drawn by `template` may look at.
    pub fn keys(&self, template: &str) -> Keys {
        self.readers.keys(template)
    }

    /// Runs a template and appends what it writes, which is UTF-8, to `out`. `page` names the page in an
    /// error. (Bytes, because looking through a finished page for broken UTF-8 cost a twentieth of a build.)
    ///
    /// # Errors
    /// A diagnostic at the template's line.
    #[inline(never)]
    pub fn render(
        &self,
        name: &str,
        view: &Context,
        page: &str,
        out: &mut Vec<u8>,
    ) -> Result<(), Box<Diagnostic>> {
        let place = self.sources.get(name).map(Source::path);
        let _running = self.underway.begin(place, page);
        self.tera
            .render_to(name, view, out)
            .map_err(|error| Box::new(faults::fault(&self.sources, &error, name, Some(page))))
    }
}

/// The template that draws a component.
pub fn component_template(name: &str) -> String {
    format!("components/{name}.html")
}

/// The component that a template draws.
fn component(template: &str) -> Option<&str> {
    template.strip_prefix("components/")?.strip_suffix(".html")
}

/// All that a template would see in `view`, keys in order.
pub fn as_json(view: &Context) -> serde_json::Value {
    let mut tera = Tera::new();
    tera.register_filter(
        "json",
        |view: Value, _: Kwargs, _: &State| -> TeraResult<String> {
            serde_json::to_string(&view).map_err(|error| tera::Error::message(error.to_string()))
        },
    );
    // The template is fixed, and views are made of what JSON has.
    let text = tera
        .add_raw_template("view", "{{ __tera_context | json }}")
        .and_then(|()| tera.render("view", view))
        .unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

fn prepared(assets: &AssetAddresses) -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".xml"]);
    // As the engine's own, without a copy of the text, which is a page's whole body.
    tera.register_filter("safe", |value: Value, _: Kwargs, _: &State| -> Value {
        match value.is_string() {
            true => value.mark_safe(),
            false => Value::safe_string(&value.to_string()),
        }
    });
    tera.register_function("t", translate);
    let assets = Arc::new(assets.clone());
    tera.register_function(
        "asset",
        move |args: Kwargs, _: &State| -> TeraResult<String> {
            let path = args.must_get::<&str>("path")?;
            assets.get(path).cloned().ok_or_else(|| {
                let near = crate::diagnostic::closest(path, assets.keys().map(String::as_str));
                let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                tera::Error::message(format!("there is no static file `{path}`{hint}"))
            })
        },
    );
    tera.register_function(
        "url_for",
        |args: Kwargs, state: &State| -> TeraResult<String> {
            let path = args.must_get::<&str>("path")?;
            let root = state.get::<Value>("site")?;
            let root = root
                .as_ref()
                .and_then(|site| site.get_from_path("root_url")?.as_str())
                .unwrap_or("/");
            Ok(format!(
                "{}/{}",
                root.trim_end_matches('/'),
                path.trim_start_matches('/')
            ))
        },
    );
    tera
}

/// `t(key="…")`: an interface string in the language of the page, from the view.
fn translate(args: Kwargs, state: &State) -> TeraResult<String> {
    let key = args.must_get::<&str>("key")?;
    let strings = state.get::<Value>("strings")?;
    strings
        .as_ref()
        .and_then(|strings| strings.as_map()?.get(&tera::value::Key::Str(key))?.as_str())
        .map(str::to_string)
        .ok_or_else(|| {
            tera::Error::message(format!(
                "there is no interface string `{key}`; give it in `[strings.<language>]` of site.toml"
            ))
        })
}
