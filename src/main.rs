//! The program: parse arguments, run, exit.

#![forbid(unsafe_code)]

use std::process::ExitCode;

/// A build makes and frees some millions of small values in every thread (docs/speed.md, "The allocator").
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    tongwen::commands::main()
}
