//! tongwen（同文）: one text, two scripts, one static site.
//!
//! This page is the map. The data goes one way:
//!
//! ```text
//!    site.toml  content/**  glossary.toml  templates/**  static/**
//!         \         |            |             |            /
//!          +------------- shell::disk::read (the only reading) ------+
//!                                 v
//!    Inputs       one plain value: every text, every digest, the moment of the run
//!                                 |
//!    Source     --document::parse-->      Document     as written: front matter, and the body as a tape
//!    Document   --edition::Head::of-->    Edition      the same document in one language
//!    Documents  --catalogue::arrange-->   Arrangement  addresses, order, lists; sees of a document only its Placing
//!    with heads --Catalogue::of------->   Catalogue    the editions in it: links, alternates; no bodies
//!    all these  ----------------------->  Publication  the site, arranged; immutable
//!    Entry      --page::compose-->        Page         everything one template call may see
//!    Page       --draw::draw-->           Output       path and bytes
//!                                 |
//!       build: every output, in parallel, into a staging folder, then exchanged
//!              (none at all while the receipt of the last build holds: pipeline::receipt)
//!       serve: the output a browser asks for, when it asks
//!       check: every output, kept by nobody
//! ```
//!
//! # Invariants
//!
//! - **Identity comes before conversion.** Address, slug, tag key, heading id and link target are taken
//!   from the source ([`pipeline::document::identity`], [`pipeline::catalogue`]); conversion touches only
//!   what is shown. So the editions of a page share their address, and a new dictionary moves no URL.
//! - **Conversion never sees markup.** [`pipeline::document::body`] parts what is the same in every
//!   edition from what is converted, while parsing; code, URLs and keys are not in the text store at all.
//!   A block's text is converted as one and laid back, so phrases match across emphasis and line ends.
//! - **A page's view is all it depends on.** Template functions are pure ([`pipeline::render`]); lists
//!   carry teasers, never other pages' bodies.
//! - **There is no table of what to rebuild.** Steps are memoised by all that they read, by its digest or as a
//!   value that has nothing else ([`pipeline::memo`], [`pipeline::catalogue::placing`]); everything else is done
//!   anew, on demand.
//! - **The middle is pure.** Below [`pipeline`], [`hanzi`], [`config`] and [`diagnostic`] there is no file,
//!   clock, environment, print or exit; [`shell`] has them, and only [`commands`] speaks and exits.
//!
//! # Modules, in the data's order
//!
//! [`cli`] what can be typed · [`commands`] one file a command · [`shell`] files, network · [`config`]
//! `site.toml` and glossaries · [`source`], [`digest`], [`diagnostic`] the nouns everybody uses · [`hanzi`]
//! the conversion engine, which knows nothing of sites, and converts the program's own messages too ·
//! [`pipeline`] the drawing above · [`theme`] the built-in theme, embedded.
//!
//! A module may use those further down this list and never one above it; `tests/tidy.rs` holds that.
//! `commands → shell → pipeline → theme, config → diagnostic → hanzi → source → digest`

#![forbid(unsafe_code)]

pub mod cli;
pub mod commands;
pub mod config;
pub mod diagnostic;
pub mod digest;
pub mod hanzi;
pub mod pipeline;
pub mod shell;
pub mod source;
pub mod theme;
