//! From sources to outputs, without touching the world: the drawing of the crate's first page, a module a
//! stage.

pub mod inputs;
pub mod receipt;

pub mod document;

pub mod edition;

pub mod catalogue;

pub mod address;
mod anchors;
pub mod escape;
pub mod memo;
pub mod names;
pub mod publication;
pub mod registry;
mod shared;
mod strings;

pub mod page;
pub mod render;

pub mod draw;
mod finish;
pub mod output;
pub mod plan;
pub mod special;

pub mod check;
pub mod review;

pub mod compare;
