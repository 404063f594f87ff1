//! The outside: files, folders, the network. Everything that can fail for reasons of the world.
pub mod disk;
pub mod opencc;
pub mod outside;
pub mod program;
pub mod publish;
pub mod server;
pub mod session;
pub mod vigil;
pub mod watch;
