//! From sources to outputs, without touching the world.
pub mod document;
pub mod output;
