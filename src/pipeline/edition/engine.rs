//! The engine that `[convert] engine` asks for.
//!
//! The pipeline cannot load libraries; the shell hands in how. Without that, and without a reason to ask,
//! the built-in engine converts.

use crate::config::{Config, Engine as Wanted};
use crate::diagnostic::{Code, Diagnostic};
use crate::hanzi::{Converter, Open, Scheme, Unavailable};
use crate::source::Source;

/// Makes the converters of one site.
#[derive(Clone, Copy)]
pub struct Engines {
    /// None for the built-in engine.
    open: Option<Open>,
    is_missing: bool,
}

impl Engines {
    /// The engines that `config` asks for, opened by `open`.
    pub fn of(config: &Config, open: Option<Open>) -> Engines {
        let is_foreign = config.convert.engine == Wanted::Opencc;
        Engines {
            open: open.filter(|_| is_foreign),
            is_missing: is_foreign && open.is_none(),
        }
    }

    /// The built-in engine.
    pub const BUILT_IN: Engines = Engines {
        open: None,
        is_missing: false,
    };

    /// A converter without rules or style. Where the engine asked for is not to be had the built-in one
    /// stands in, so that everything else can still be looked at; [`Engines::fault`] says so.
    pub fn converter(self, scheme: Scheme) -> Converter {
        let built_in = Converter::new(scheme);
        match self.open.map(|open| open(scheme)) {
            Some(Ok(engine)) => built_in.with_engine(engine),
            Some(Err(_)) | None => built_in,
        }
    }

    /// What is wrong with the engine for `scheme`, said of `site.toml`.
    pub fn fault(self, scheme: Scheme, config: &Source) -> Option<Diagnostic> {
        let unavailable = match self.open {
            Some(open) => open(scheme).err()?,
            None if self.is_missing => Unavailable::NotBuilt,
            None => return None,
        };
        let note = match unavailable {
            Unavailable::NotBuilt => Diagnostic::new(Code::OpenccNotBuilt),
            Unavailable::NoConfiguration(scheme) => {
                Diagnostic::new(Code::OpenccNoConfiguration).with("scheme", scheme.as_str())
            }
        };
        let text = config.text();
        Some(match text.find("\"opencc\"") {
            Some(at) => note.at(config, at..at + "\"opencc\"".len()),
            None => note.in_file(config.path()),
        })
    }
}
