//! The system's OpenCC as a conversion engine (`[convert] engine = "opencc"`), behind the cargo feature `opencc`.
//!
//! Everything around the engine stays ours: rules, style, quotation marks, the structure of documents. What is lost is exactness
//! (distributions ship OpenCC 1.1.6, which fails half of today's test cases), speed, and alignment inside a clause whose length
//! changes.

use std::fmt;
use std::sync::Arc;

use crate::hanzi::{Engine, Scheme};

/// Why the system's OpenCC cannot be used. Its text says what to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unavailable {
    /// This program was built without the feature.
    NotBuilt,
    /// The installed library has no such configuration, or lacks its files.
    NoConfiguration(Scheme),
}

/// The engine for a scheme. Loads its dictionaries, some tens of milliseconds: once per scheme and run.
pub fn engine(scheme: Scheme) -> Result<Arc<dyn Engine>, Unavailable> {
    #[cfg(feature = "opencc")]
    return System::open(scheme).map(|system| Arc::new(system) as Arc<dyn Engine>);
    #[cfg(not(feature = "opencc"))]
    {
        let _ = scheme;
        Err(Unavailable::NotBuilt)
    }
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unavailable::NotBuilt => f.write_str(
                "this tongwen was built without the system's OpenCC: install its development files (Debian: libopencc-dev) and build \
                 with `--features opencc`, or leave out `engine = \"opencc\"`",
            ),
            Unavailable::NoConfiguration(scheme) => write!(
                f,
                "the installed OpenCC has no configuration {scheme}.json: install its data (Debian: libopencc-data), choose another \
                 conversion, or leave out `engine = \"opencc\"`"
            ),
        }
    }
}

impl std::error::Error for Unavailable {}

#[cfg(feature = "opencc")]
struct System(opencc_rust::OpenCC);

#[cfg(feature = "opencc")]
impl System {
    fn open(scheme: Scheme) -> Result<System, Unavailable> {
        opencc_rust::OpenCC::new(format!("{scheme}.json"))
            .map(System)
            .map_err(|_| Unavailable::NoConfiguration(scheme))
    }
}

#[cfg(feature = "opencc")]
impl Engine for System {
    fn convert(&self, text: &str) -> String {
        // The C interface takes strings that end at a NUL, and the binding panics at one.
        let pieces: Vec<String> = text
            .split('\0')
            .map(|piece| self.0.convert(piece))
            .collect();
        pieces.join("\0")
    }
}
