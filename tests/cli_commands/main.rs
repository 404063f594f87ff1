//! The commands around the build, run as programs: their exact words and exit codes.

mod around;
mod check;
mod convert;
mod site;
