//! The site described: `site.toml`, read strictly.
