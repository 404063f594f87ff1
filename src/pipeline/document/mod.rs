//! A content file, read.
pub mod front_matter;
