//! The files made from the whole site, held to their own rules.
//!
//! - `crawl`: every link of the repository's site leads somewhere, at the root of a domain, below a
//!   sub-path and on disk; nothing in it breaks the policy that `_headers` states.
//! - `search`: what is found by what, and where from.
//! - `feeds`, `sitemap`, `calendar`, `tags`, `hosting`, `entry`: fields, order, escaping, what is left out.
//! - `atom`: what RFC 4287 says a feed must be, rule by rule.
//! - `hostile`: what authors write changes no element of any output.
//! - `minify`: taking space out of this site's pages takes nothing else.
//!
//! `made` builds a site in memory; `xml` reads XML strictly, so that what it reads is well-formed.

mod atom;
mod calendar;
mod crawl;
mod entry;
mod feeds;
mod hostile;
mod hosting;
mod made;
mod minify;
mod search;
mod sitemap;
mod tags;
mod xml;
