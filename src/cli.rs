//! What can be typed.

pub mod chinese;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::diagnostic::Language;

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
    #[arg(long, global = true, value_name = "LANG", ignore_case = true)]
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
    #[value(name = "en")]
    English,
    #[value(name = "zh-Hant", aliases = ["zh-HK", "zh-MO", "zh-TW"])]
    Traditional,
    #[value(name = "zh-Hans", aliases = ["zh", "zh-CN", "zh-SG"])]
    Simplified,
}

impl From<MessageLanguage> for Language {
    fn from(asked: MessageLanguage) -> Language {
        match asked {
            MessageLanguage::English => Language::English,
            MessageLanguage::Traditional => Language::Traditional,
            MessageLanguage::Simplified => Language::Simplified,
        }
    }
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
    /// Convert a text as the site would, or as a plain conversion does
    Convert(Convert),
    /// Begin a page or an event
    New(New),
    /// Begin a site in two scripts
    Init(Init),
    /// List the pages, and in which languages each is there
    List(List),
    /// Remove what a build wrote, and nothing else
    Clean(Clean),
    /// Say which program, dictionaries and configuration these are
    Info(Info),
    /// Write completions for a shell
    Completions(Completions),
    /// Write the manual pages into a folder
    #[command(hide = true)]
    Manual(Manual),
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
    /// Build nothing; print what templates get to see of this page, as JSON
    #[arg(long, value_name = "PAGE")]
    pub dump: Option<String>,
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
  tongwen check --external --skip https://example.org/ --deny warnings

A place to review stays listed until the text or the glossary is mended, or until
the site's review file says why it is right: review.toml, or what site.toml names.")]
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
    /// Ask other sites whether the addresses are there that this one links to
    #[arg(long)]
    pub external: bool,
    #[command(flatten)]
    pub site: SiteOptions,
    // The last, since its heading goes for all that follows.
    #[command(flatten)]
    pub outside: External,
}

/// Flags of `check --external`.
#[derive(Debug, Args)]
#[command(next_help_heading = "With --external")]
pub struct External {
    /// Leave out addresses that begin so; may be given more than once
    #[arg(long, value_name = "ADDRESS", requires = "external")]
    pub skip: Vec<String>,
    /// How many seconds to wait for an answer
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 15,
        requires = "external"
    )]
    pub timeout: u16,
    /// The most addresses to ask about
    #[arg(
        long,
        value_name = "COUNT",
        default_value_t = 1000,
        requires = "external"
    )]
    pub at_most: usize,
    /// How many days a good answer is remembered; 0 asks about all anew
    #[arg(long, value_name = "DAYS", default_value_t = 7, requires = "external")]
    pub fresh: u16,
    /// Where answers are remembered, in place of the user's cache folder
    #[arg(long, value_name = "FILE", requires = "external")]
    pub cache: Option<PathBuf>,
}

/// `convert`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tongwen convert --using hk2s < article.txt
  tongwen convert notes.txt --to zh-Hans-CN --diff
  tongwen convert --using s2hk --explain 发
  tongwen convert notes.txt --report

In a site, --to takes its glossary, style and quotation marks; --using is the plain
conversion, and works anywhere. The input is converted as text, markup and all.")]
pub struct Convert {
    /// The file; standard input when not given, or for `-`
    pub file: Option<PathBuf>,
    /// The language of the site to convert to
    #[arg(long, value_name = "TAG", conflicts_with = "using")]
    pub to: Option<String>,
    /// A conversion by name: hk2s, s2hk, t2s, s2t, tw2s, s2tw, tw2sp, s2twp, …
    #[arg(long, value_name = "NAME")]
    pub using: Option<String>,
    /// Show what changes, line by line, instead of the converted text
    #[arg(long, conflicts_with_all = ["report", "explain"])]
    pub diff: bool,
    /// List the places to review instead of converting
    #[arg(long, conflicts_with = "explain")]
    pub report: bool,
    /// Say why this word becomes what it becomes, and convert nothing
    #[arg(long, value_name = "WORD", conflicts_with = "file")]
    pub explain: Option<String>,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `new`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tongwen new --title \"Open for all\"
  tongwen new timeline/ --kind event --title 深圳會議 --slug 2026-shenzhen
  tongwen new about.md --title 關於本站 --draft")]
pub struct New {
    /// A folder of the content folder, or a file of it ending in .md
    pub path: Option<String>,
    /// The page's title
    #[arg(long)]
    pub title: Option<String>,
    /// What kind of page
    #[arg(long, default_value = "page", value_name = "KIND")]
    pub kind: NewKind,
    /// The file's name without .md, and so the last part of the address
    #[arg(long)]
    pub slug: Option<String>,
    /// Hold it back until `draft` is taken out
    #[arg(long)]
    pub draft: bool,
}

/// The kinds of pages that `new` begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NewKind {
    Page,
    Event,
}

/// `init`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tongwen init my-site --title 我的網站 --base-url https://example.org
  tongwen init my-site --write simplified --english

What is not given is asked for on a terminal, and left at what is usual elsewhere.")]
pub struct Init {
    /// The new folder
    pub folder: PathBuf,
    /// The site's title
    #[arg(long)]
    pub title: Option<String>,
    /// Where the site will stand
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// The script its author writes in; the other is derived
    #[arg(long, value_name = "SCRIPT")]
    pub write: Option<Script>,
    /// Begin an English edition too, written by hand
    #[arg(long)]
    pub english: bool,
}

/// The scripts a new site can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Script {
    Traditional,
    Simplified,
}

/// `list`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tongwen list
  tongwen list --drafts --future
  tongwen list --missing --json")]
pub struct List {
    /// Only pages that lack a language
    #[arg(long)]
    pub missing: bool,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
    /// Only drafts
    #[arg(long)]
    pub drafts: bool,
    /// Only pages with a later date
    #[arg(long)]
    pub future: bool,
    /// Take this for today
    #[arg(long, value_name = "DATE")]
    pub clock: Option<String>,
}

/// `clean`
#[derive(Debug, Args)]
pub struct Clean {
    /// The folder, in place of `output_dir`
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// Only say what would be removed
    #[arg(long)]
    pub dry_run: bool,
    /// Remove ours even when other files lie among them; those stay
    #[arg(long)]
    pub force: bool,
}

/// `info`
#[derive(Debug, Args)]
pub struct Info {
    /// List the templates, and which of them the site overrides
    #[arg(long)]
    pub templates: bool,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `completions`
#[derive(Debug, Args)]
#[command(after_help = "Example:
  tongwen completions bash > ~/.local/share/bash-completion/completions/tongwen")]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// `manual`
#[derive(Debug, Args)]
pub struct Manual {
    /// Where the pages are written
    pub folder: PathBuf,
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
