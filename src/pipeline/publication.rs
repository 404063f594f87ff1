//! The site, arranged and ready to be rendered: what `build`, `serve` and `check` share.
//!
//! A publication is immutable. It is made in one go from [`Inputs`], with the help of a [`Memo`] that
//! spares the steps whose inputs are as they were; it renders any output when asked, in any order and
//! from any thread.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use tera::Context;

use super::address::Addresses;
use super::catalogue::{Catalogue, Edition, EntryId, Grounds};
use super::document::front_matter;
use super::document::identity::{CONTENT, Identity};
use super::document::markdown::Rules;
use super::edition::engine::Engines;
use super::edition::{Conversion, Conversions, Head, Voice};
use super::inputs::Inputs;
use super::memo::{Documents, Memo, voices_digest};
use super::page::menus::Menus;
use super::page::teasers::Teasers;
use super::page::view::{FoundView, SiteView, Strings};
use super::receipt::Due;
use super::registry::Registry;
use super::render::{AssetAddresses, Templates};
use super::shared::{Shared, Told};
use crate::config::{self, Config, LanguageIndex, Text};
use crate::diagnostic::{Diagnostic, Language, Noted, sentence};
use crate::hanzi::Scheme;
use crate::source::{SitePath, Source};
use crate::theme;

/// The site, ready to be rendered.
pub struct Publication {
    /// What `site.toml` and the command line say.
    pub config: Config,
    /// How addresses are spelled.
    pub addresses: Addresses,
    /// Which pages there are.
    pub catalogue: Arc<Catalogue>,
    /// The templates.
    pub templates: Arc<Templates>,
    /// What is the same on all pages of a language.
    shared: Vec<Shared>,
    /// What pages show of each other.
    pub teasers: Teasers,
    conversions: Arc<Conversions>,
    registry: Option<Registry>,
    static_files: BTreeSet<String>,
    /// The moments for which the same pages are due.
    pub due: Due,
    /// The inputs it was made from.
    pub inputs: Arc<Inputs>,
}

/// Makes the publication of `inputs`. The value is missing when what is wrong leaves nothing to render:
/// the configuration or the templates cannot be read.
pub fn publish(inputs: Arc<Inputs>, memo: &mut Memo) -> Noted<Option<Publication>> {
    let read = config::parse(&inputs.config);
    let mut notes = read.notes;
    let Some(mut config) = read.value else {
        return Noted { value: None, notes };
    };
    inputs.options.apply(&mut config);
    let rules = Rules {
        languages: &config.languages,
        html: config.markdown.html,
    };
    let addresses = Addresses::new(&config);
    let assets = asset_addresses(&inputs, &addresses);
    let voices = voices_digest(&inputs.config, &inputs.glossaries);
    let engines = Engines::of(&config, inputs.opencc);
    let (parsed, (conversions, templates)) = memo.both(
        |memo| memo.documents(&inputs.pages, inputs.config.digest(), rules, &inputs.zone),
        |memo| {
            let conversions = memo.conversions(voices, || {
                let (value, notes) = Conversions::new(&config, &inputs.glossaries, engines);
                let value = Arc::new(value);
                Noted { value, notes }
            });
            let templates = memo
                .templates(Templates::digest_of(&inputs.templates, &assets), || {
                    Templates::load(&inputs.templates, &assets)
                });
            (conversions, templates)
        },
    );
    notes.extend(parsed.notes);
    let Documents { read, unread } = parsed.value;
    let releases = read.iter().map(|(_, release)| *release);
    let due = inputs.options.due(releases);
    let (mut shown, mut held) = (Vec::with_capacity(read.len()), Vec::new());
    for (document, release) in read {
        match inputs.options.holds(release) {
            None => shown.push(document),
            Some(why) => held.push((document, why)),
        }
    }
    let Noted {
        value: conversions,
        notes: said,
    } = conversions;
    notes.extend(said);
    let grounds = Grounds {
        documents: shown,
        held,
        unread: unread
            .iter()
            .map(|path| Identity::of(path, &config.languages).stem)
            .collect(),
        assets: inputs.assets.iter().map(|file| file.path.clone()).collect(),
        languages: config.languages.clone(),
        voices,
    };
    let made = memo.catalogue(|before| {
        Catalogue::of(grounds, before, |document, from, to| {
            let conversion = conversions.of_page(document, from, to);
            let voice = Voice {
                language: to,
                written_in: from,
                conversion: &conversion,
            };
            Head::of(document, &voice)
        })
    });
    let catalogue = made.value;
    notes.extend(made.notes);
    notes.extend(engine_faults(&config, engines, &catalogue, &inputs.config));
    let static_files = static_files(&inputs);
    notes.extend(templates.notes);
    let Some(templates) = templates.value else {
        return Noted { value: None, notes };
    };
    let strings = super::strings::all(&config, &conversions);
    let shared = Shared::all(&config, &addresses, &conversions, &catalogue, strings);
    let pages = catalogue.entries().count();
    let mut publication = Publication {
        teasers: Teasers::new(pages, config.languages.len()),
        due,
        config,
        addresses,
        catalogue,
        templates,
        shared,
        conversions,
        registry: None,
        static_files,
        inputs,
    };
    publication.registry = Registry::of(&publication);
    notes.extend(super::page::menu_faults(&publication));
    Noted {
        value: Some(publication),
        notes,
    }
}

/// What is wrong with the engine, once for each conversion that the site asks for.
fn engine_faults(
    config: &Config,
    engines: Engines,
    catalogue: &Catalogue,
    source: &Source,
) -> Vec<Diagnostic> {
    let derived = config
        .languages
        .iter()
        .flat_map(|language| &language.derive);
    let of_pages = catalogue
        .marked(|marks| marks.names_scheme)
        .flat_map(|(_, entry)| entry.editions.iter().flatten())
        .filter_map(|edition| match &edition.document.front.conversion {
            front_matter::Conversion::On(rules) => rules.using,
            front_matter::Conversion::Off => None,
        });
    let schemes: BTreeSet<Scheme> = derived.map(|derive| derive.using).chain(of_pages).collect();
    schemes
        .into_iter()
        .filter_map(|scheme| engines.fault(scheme, source))
        .collect()
}

impl Publication {
    /// Where the glossary row with this id stands; none for a rule of a page's own.
    pub fn glossary_place(&self, id: u32) -> Option<&crate::source::Span> {
        self.conversions.place(id)
    }

    /// How the texts of an edition become `language`.
    pub fn conversion(&self, edition: &Edition, language: LanguageIndex) -> Conversion {
        if edition.origin == super::catalogue::Origin::Fallback {
            return Conversion::AsWritten;
        }
        self.conversions
            .of_page(&edition.document, edition.written_in, language)
    }

    /// How texts of `site.toml` become `language`.
    pub fn site_conversion(&self, language: LanguageIndex) -> Conversion {
        self.conversions.of_site(language)
    }

    /// The conversions of all languages.
    pub fn conversions(&self) -> &Conversions {
        &self.conversions
    }

    /// A text of `site.toml`, in `language`.
    pub fn say_site(&self, text: &Text, language: LanguageIndex) -> String {
        let conversion = self.conversions.of_site(language);
        let voice = Voice {
            language,
            written_in: LanguageIndex::DEFAULT,
            conversion: &conversion,
        };
        voice.say(text).into_owned()
    }

    /// The part of a page's view that all pages of its language share.
    pub fn shared(&self, language: LanguageIndex) -> &Context {
        &self.shared[language.position()].context
    }

    /// The site, in `language`.
    pub fn site(&self, language: LanguageIndex) -> &SiteView {
        &self.shared[language.position()].site
    }

    /// The interface strings of `language`.
    pub fn strings(&self, language: LanguageIndex) -> &Strings {
        &self.shared[language.position()].strings
    }

    /// The interface string under `key`; the key itself when there is none.
    pub fn string<'s>(&'s self, language: LanguageIndex, key: &'s str) -> &'s str {
        self.strings(language).get(key).map_or(key, String::as_str)
    }

    /// The menus of `language`.
    pub fn menus(&self, language: LanguageIndex) -> &Menus {
        let menus = &self.shared[language.position()].menus;
        menus.get_or_init(|| Menus::of(self, language))
    }

    /// The pages that a search in `language` finds; `make` makes them for whoever asks first. The index of
    /// a language and the table of all characters are made from the same. `make` must do its work in one
    /// thread: one that waited for others here could be given a piece of work that waits for this.
    pub fn found(
        &self,
        language: LanguageIndex,
        make: impl FnOnce() -> Vec<FoundView>,
    ) -> &[FoundView] {
        self.shared[language.position()].found.get_or_init(make)
    }

    /// What the feeds of `language` tell; `make`, of which the same holds, makes it for the one asked for first.
    pub fn told(&self, language: LanguageIndex, make: impl FnOnce() -> Told) -> &Told {
        self.shared[language.position()].told.get_or_init(make)
    }

    /// The same, if somebody has asked for it.
    pub fn told_so_far(&self, language: LanguageIndex) -> Option<&Told> {
        self.shared[language.position()].told.get()
    }

    /// The list of sources, if the site has one.
    pub fn registry(&self) -> Option<&Registry> {
        self.registry.as_ref()
    }

    /// Whether `static/`, or the theme's, has a file at `path`.
    pub fn has_static(&self, path: &str) -> bool {
        self.static_files.contains(path)
    }

    /// Whether a page is a section whose pages are all events.
    pub fn is_timeline(&self, id: EntryId) -> bool {
        self.catalogue.entry(id).is_timeline
    }

    /// The pages that a section lists in `language`, in their order.
    pub fn listed(&self, id: EntryId, language: LanguageIndex) -> impl Iterator<Item = EntryId> {
        self.catalogue.arrangement().listed(id, language)
    }

    /// How many pages one part of a section's list shows.
    pub fn part_size(&self, id: EntryId) -> usize {
        let arrangement = self.catalogue.arrangement();
        arrangement.part_size(id, self.config.pagination)
    }

    /// In how many parts a section's list is shown, at least one.
    pub fn parts(&self, id: EntryId, language: LanguageIndex) -> usize {
        let arrangement = self.catalogue.arrangement();
        arrangement.parts(id, language, self.config.pagination)
    }

    /// The path of part `part` of a section's list.
    pub fn part_path(&self, id: EntryId, part: usize) -> Cow<'_, str> {
        self.catalogue.arrangement().part_path(id, part)
    }

    /// The paths at which an output made of `file` would stand, if it is a page or copied.
    pub fn paths_of(&self, file: &SitePath) -> Vec<String> {
        let languages = &self.config.languages;
        let page = Identity::of(file, languages);
        let page = file.as_str().strip_prefix(CONTENT).and_then(|_| {
            let path = format!("{}.md", page.stem);
            self.catalogue.page(&path)
        });
        let Some(id) = page else {
            return vec![self.catalogue.asset(file), static_path(file)];
        };
        let languages = (0..languages.len()).map(LanguageIndex::new);
        languages
            .flat_map(|language| {
                let parts = 0..self.parts(id, language);
                parts.map(move |part| self.addresses.output(language, &self.part_path(id, part)))
            })
            .collect()
    }

    /// The ids that a page has in one of its editions, as far as its source tells.
    pub fn anchors<'p>(
        &'p self,
        id: EntryId,
        edition: &'p Edition,
    ) -> impl Iterator<Item = &'p str> {
        let headings = edition
            .document
            .markdown
            .headings
            .iter()
            .map(|heading| &*heading.id);
        let own = super::anchors::in_extra(&edition.document.front.extra);
        let events = self.is_timeline(id).then(|| {
            self.catalogue
                .entry(id)
                .children
                .iter()
                .map(|child| self.catalogue.entry(*child).name())
        });
        let sources = (self.catalogue.registry() == Some(id))
            .then(|| self.registry.iter().flat_map(Registry::anchors));
        headings
            .chain(own)
            .chain(events.into_iter().flatten())
            .chain(sources.into_iter().flatten())
    }
}

/// The files that are published as they are: the theme's, with the site's laid over them.
fn static_files(inputs: &Inputs) -> BTreeSet<String> {
    let own = inputs
        .static_files
        .iter()
        .map(|file| static_path(&file.path));
    let theme = theme::STATIC.iter().map(|(path, _)| path.to_string());
    own.chain(theme).collect()
}

/// The path below the site's root of a file of `static/`.
pub fn static_path(path: &SitePath) -> String {
    let path = path.as_str();
    path.strip_prefix("static/").unwrap_or(path).to_string()
}

/// The addresses that `asset` gives: with the digest of the file, so that a reader's browser may keep
/// it for ever and still sees the next version at once.
fn asset_addresses(inputs: &Inputs, addresses: &Addresses) -> AssetAddresses {
    let spell = |path: &str, digest: crate::digest::Digest| {
        format!("{}?v={}", addresses.root_relative(path), digest.short())
    };
    let mut found: AssetAddresses = theme::STATIC
        .iter()
        .map(|(path, bytes)| {
            (
                path.to_string(),
                spell(path, crate::digest::Digest::of(bytes)),
            )
        })
        .collect();
    for file in &inputs.static_files {
        let path = static_path(&file.path);
        let address = spell(&path, file.digest);
        found.insert(path, address);
    }
    found
}

/// Faults of a run, in the order they are shown in. What is the same fault for another edition of a page,
/// or for another page that a template draws, is said once.
pub fn sorted(mut notes: Vec<Diagnostic>) -> Vec<Diagnostic> {
    notes.sort_by_cached_key(|note| (note.sort_key(), sentence::message(note, Language::English)));
    let mut seen = BTreeSet::new();
    notes.retain(|note| seen.insert(note.fault_key()));
    notes
}
