//! The commands around the build, run as programs: their exact words and exit codes.

mod around;
mod check;
mod convert;
#[cfg(feature = "external")]
mod external;
#[cfg(feature = "external")]
mod neighbour;
mod site;
