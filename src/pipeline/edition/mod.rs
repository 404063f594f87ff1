//! A document in one language.
//!
//! An edition is a document and a [`Conversion`]; its texts are made when they are asked for, because
//! most of them are needed once. Only what other pages show of a page, its [`Head`], is kept.

pub mod body;
pub mod conversion;
pub mod conversions;
pub mod engine;
pub mod head;
pub mod voice;

pub use body::Piece;
pub use conversion::Conversion;
pub use conversions::Conversions;
pub use head::Head;
pub use voice::Voice;
