//! What is fuzzed, a module a target: each takes a text and ends in a panic when something that must hold
//! of every text does not hold of this one. `tests/fuzzed.rs` runs the same over what fuzzing has found.

#[path = "../../case/mod.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod case;
pub mod conversion;
pub mod front_matter;
pub mod glossary;
pub mod markdown;
pub mod mutation;
pub mod notes;
mod pieces;
pub mod site;
#[path = "../../case/site.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod small;
#[path = "../../outputs/xml.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod xml;
