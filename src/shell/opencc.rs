//! The system's OpenCC as a conversion engine (`[convert] engine = "opencc"`), behind the cargo feature `opencc`.
//!
//! Everything around the engine stays ours: rules, style, quotation marks, the structure of documents. What is lost is exactness
//! (distributions ship OpenCC 1.1.6, which fails half of today's test cases), speed, and alignment inside a clause whose length
//! changes.

#[cfg(feature = "opencc")]
use std::collections::BTreeMap;
use std::sync::Arc;
#[cfg(feature = "opencc")]
use std::sync::{Mutex, PoisonError};

pub use crate::hanzi::Unavailable;
use crate::hanzi::{Engine, Scheme};

/// The engine for a scheme. The first of a scheme loads its dictionaries, some tens of milliseconds; they
/// are kept for the process.
pub fn engine(scheme: Scheme) -> Result<Arc<dyn Engine>, Unavailable> {
    #[cfg(feature = "opencc")]
    {
        static KNOWN: Mutex<BTreeMap<Scheme, Arc<System>>> = Mutex::new(BTreeMap::new());
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let system = match known.get(&scheme) {
            Some(system) => Arc::clone(system),
            None => {
                let system = Arc::new(System::open(scheme)?);
                known.insert(scheme, Arc::clone(&system));
                system
            }
        };
        Ok(system)
    }
    #[cfg(not(feature = "opencc"))]
    {
        let _ = scheme;
        Err(Unavailable::NotBuilt)
    }
}

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
