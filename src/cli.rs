//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// One text, two scripts, one static site.
#[derive(Debug, Parser)]
#[command(name = "tongwen", version, about, long_about = None, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Flags of every command.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// The site's folder
    #[arg(short, long, global = true, default_value = ".", value_name = "DIR")]
    pub root: PathBuf,
    /// The configuration, inside that folder
    #[arg(
        short,
        long,
        global = true,
        default_value = "site.toml",
        value_name = "FILE"
    )]
    pub config: String,
    /// Say only what is wrong
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more; twice for still more
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Colours in the terminal
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
    /// The language of messages; by default the locale's
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<MessageLanguage>,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// The languages of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MessageLanguage {
    En,
    Zh,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the site, all or nothing
    Build(Build),
    /// Serve the site from memory, rebuild on change, reload the browser
    Serve(Serve),
    /// Look the whole site over, and write nothing
    Check(Check),
}

/// `build`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tongwen build
  tongwen build --base-url https://example.org/apec/ --output-dir /srv/www
  tongwen build --drafts --clock 2026-12-01")]
pub struct Build {
    /// Where the site is written, in place of `output_dir`
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// Replace an output folder that holds files this program did not make
    #[arg(long)]
    pub force: bool,
    /// Let warnings fail the build
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub site: SiteOptions,
}

/// `serve`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tongwen serve --open
  tongwen serve --drafts --port 8000
  tongwen serve --interface 0.0.0.0 --poll")]
pub struct Serve {
    /// Rebuild on change (the default)
    #[arg(long, overrides_with = "no_watch")]
    pub watch: bool,
    /// Serve the site as it is now
    #[arg(long)]
    pub no_watch: bool,
    /// The interface to listen on
    #[arg(short, long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    pub interface: String,
    /// The port; 1111, or the next that is free, when not given
    #[arg(short, long, value_name = "PORT")]
    pub port: Option<u16>,
    /// Open the browser
    #[arg(short = 'O', long)]
    pub open: bool,
    /// Look at the files again and again, for file systems that tell of no changes
    #[arg(long)]
    pub poll: bool,
    #[command(flatten)]
    pub site: SiteOptions,
}

/// `check`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tongwen check
  tongwen check --deny warnings --deny review
  tongwen check --deny unknown-name --json

A place to review stays listed until the text or the glossary is mended, or until
review.toml says why it is right.")]
pub struct Check {
    /// Fail on these too: a code such as `stale` or `unknown-name`, or `warnings`, or `review`
    #[arg(long, value_name = "CODE")]
    pub deny: Vec<String>,
    /// Write what was found as JSON
    #[arg(long)]
    pub json: bool,
    /// After how many days a page's `as_of` is old
    #[arg(long, value_name = "DAYS", default_value_t = 365)]
    pub stale_after: u16,
    #[command(flatten)]
    pub site: SiteOptions,
}

/// Flags of all commands that make a site.
#[derive(Clone, Debug, Args)]
pub struct SiteOptions {
    /// Where the site will stand, in place of `base_url`
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Publish drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Publish pages with a later date too
    #[arg(long)]
    pub future: bool,
    /// Write links relative to the page, so that the site opens from disk
    #[arg(long)]
    pub relative_links: bool,
    /// Take needless space out of the HTML
    #[arg(long)]
    pub minify: bool,
    /// Take this for today: 2026-11-22, or with a time 2026-11-22T08:00:00+08:00
    #[arg(long, value_name = "DATE")]
    pub clock: Option<String>,
}
