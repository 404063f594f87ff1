//! The program: parse arguments, run, exit.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    tongwen::commands::main()
}
