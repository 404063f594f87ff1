//! Publishing: from finished outputs to a folder that a web server can be pointed at, all or nothing.
//!
//! ```text
//! Target --begin--> Staging --put, put, put--> commit --> Published
//! ```
//!
//! A build writes a whole new folder beside the output and then exchanges the two, so that a build
//! that fails, is killed or fills the disk leaves the output as it was. A marker inside says what was
//! made, and only what was made, and is still so, is ever replaced or removed. What the outputs are is
//! the pipeline's affair; when to build is the commands'.

mod clean;
mod copy;
mod error;
mod exchange;
mod folder;
mod folders;
mod piecewise;
mod place;
mod previous;
mod record;
mod recover;
mod staging;
mod standing;
mod work;

pub use clean::{Cleaned, clean};
pub use error::{CopyFault, PublishError};
pub use place::Target;
pub use staging::{Published, Staging};
pub use standing::standing;
