//! Publishing on a real file system: what is written, what is left, what is refused.
//!
//! - `replacing`: unchanged, stale and copied files; two builds compared byte for byte.
//! - `refusals`: one row for each place or folder that must not be built into.

mod desk;
mod refusals;
mod replacing;
