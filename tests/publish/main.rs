//! Publishing on a real file system: what is written, what is left, what is refused, what survives.
//!
//! - `replacing`: unchanged, stale and copied files; two builds compared byte for byte.
//! - `refusals`: one row for each place or folder that must not be built into.
//! - `faults`: a full disk, an exhausted quota, missing permission, mount points, readers meanwhile. What
//!   needs root, or a file system with quotas, says so and is passed over without.
//! - `kills`: a building process killed at random moments, 8 times here and as often as
//!   `PUBLISH_KILLS` says (200 before a release).
//! - `strangers`: whatever anybody does around us, and while we build, no file of theirs is changed or
//!   lost. `PROPTEST_CASES` sets the number of stories.
//! - `watchers`: another program has the output open and under watch.

mod desk;
mod faults;
mod kills;
mod refusals;
mod replacing;
mod strangers;
mod watchers;
