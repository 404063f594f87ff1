//! tongwen: one text, two scripts, one static site.
pub mod config;
pub mod diagnostic;
pub mod digest;
pub mod hanzi;
pub mod pipeline;
pub mod shell;
pub mod source;
