//! What is wrong with a site, said so that its author can mend it.
//!
//! A [`Diagnostic`] is a set of facts: a [`Code`], the values its sentence needs, a place, perhaps
//! places that explain it. Its sentence lives in one table ([`code`]), in English and Chinese, and drawing
//! in [`render`]; a stage that finds a fault writes neither. Stages return their diagnostics as part
//! of their result, so that a memoised step still says what it said the first time.

pub mod code;
pub mod nearest;
pub mod phrase;
pub mod render;
pub mod sentence;
pub mod term;
pub mod wording;

use crate::source::{SitePath, Source, Span};

pub use code::{Code, Severity};
pub use nearest::Names;
pub use phrase::Phrase;
pub use term::{Arg, Term};
pub use wording::Language;

use wording::Wording;

/// One finding about the site.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Which rule was broken.
    pub code: Code,
    /// The values that the code's sentences name in braces.
    pub args: Vec<(&'static str, Arg)>,
    /// Where it is.
    pub place: Place,
    /// Other places that explain this one, each with the code of its short label.
    pub related: Vec<(Span, Label)>,
    /// A name that was probably meant.
    pub did_you_mean: Option<String>,
}

/// Where a diagnostic points.
#[derive(Clone, Debug)]
pub enum Place {
    /// At the run as a whole.
    Nowhere,
    /// At a file, but at no line of it (its name, its bytes, its absence).
    File(SitePath),
    /// At a stretch of a text.
    Span(Span),
}

/// The short text beside a related place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// "first here"
    First,
    /// "the start"
    Start,
    /// "opened here"
    Opened,
    /// "used from here"
    UsedHere,
}

impl Label {
    /// All of them.
    #[cfg(test)]
    const ALL: [Label; 4] = [Label::First, Label::Start, Label::Opened, Label::UsedHere];

    fn wording(self) -> Wording {
        let (english, traditional) = match self {
            Label::First => ("first here", "第一次在這裏"),
            Label::Start => ("the start", "開始日期"),
            Label::Opened => ("opened here", "在這裏開始"),
            Label::UsedHere => ("used from here", "從這裏用到"),
        };
        Wording {
            english,
            traditional,
        }
    }
}

impl Diagnostic {
    /// A diagnostic that points nowhere yet.
    pub fn new(code: Code) -> Diagnostic {
        Diagnostic {
            code,
            args: Vec::new(),
            place: Place::Nowhere,
            related: Vec::new(),
            did_you_mean: None,
        }
    }

    /// Sets a value for `{name}` in the code's sentences.
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Diagnostic {
        self.args.push((name, value.into()));
        self
    }

    /// Points at bytes of a source.
    pub fn at(mut self, source: &Source, range: std::ops::Range<usize>) -> Diagnostic {
        self.place = Place::Span(source.span(range));
        self
    }

    /// Points at a file as a whole.
    pub fn in_file(mut self, path: &SitePath) -> Diagnostic {
        self.place = Place::File(path.clone());
        self
    }

    /// Adds a second place that explains the first.
    pub fn related(mut self, span: Span, label: Label) -> Diagnostic {
        self.related.push((span, label));
        self
    }

    /// Looks among `known` for the name that was probably meant by `written`.
    pub fn suggest<'k>(
        mut self,
        written: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Diagnostic {
        self.did_you_mean = closest(written, known).map(str::to_string);
        self
    }

    /// The same among many names, looked for by many; among none where there are none.
    pub fn suggest_of<'n>(
        mut self,
        written: &str,
        known: impl Into<Option<&'n Names>>,
    ) -> Diagnostic {
        let nearest = known.into().and_then(|known| known.nearest(written));
        self.did_you_mean = nearest.map(str::to_string);
        self
    }

    /// Whether this is an error, a warning or a place to review.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// The file it points into, if any.
    pub fn path(&self) -> Option<&SitePath> {
        match &self.place {
            Place::Nowhere => None,
            Place::File(path) => Some(path),
            Place::Span(span) => Some(span.source.path()),
        }
    }

    /// What makes this fault another than the rest. A template's fault is the same on every page, and two
    /// files that share an address share it in every language.
    pub fn fault_key(&self) -> impl Ord + use<> {
        let incidental = match self.code {
            Code::TemplateRender => "page",
            Code::AddressTaken => "address",
            _ => "",
        };
        let args: Vec<_> = self
            .args
            .iter()
            .filter(|(name, _)| *name != incidental)
            .map(|(name, value)| (*name, value.text(Language::English).to_string()))
            .collect();
        (self.sort_key(), args)
    }

    /// The order in which a run shows its diagnostics: by file, then by place, then by code. Pages are drawn
    /// in parallel, so what is said decides between equals.
    pub fn sort_key(&self) -> (String, usize, &'static str) {
        let at = match &self.place {
            Place::Span(span) => span.range.start,
            Place::Nowhere | Place::File(_) => 0,
        };
        let path = self.path().map_or("", SitePath::as_str).to_string();
        (path, at, self.code.name())
    }
}

/// The name in `known` nearest to `written`, when it is near enough to be a slip of the finger.
pub fn closest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    known
        .into_iter()
        .map(|name| (likeness(written, name), name))
        .filter(|(score, _)| *score > SLIP)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// How like two names must be for one to be a slip for the other.
const SLIP: f64 = 0.82;

/// How like two names are: 1 when they are the same.
fn likeness(written: &str, name: &str) -> f64 {
    let (written, bare) = without_shared_extension(written, name);
    strsim::jaro_winkler(written, bare)
}

/// Both names without the extension they share: that two files are pages makes neither a slip for the other.
fn without_shared_extension<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    match (one.rsplit_once('.'), other.rsplit_once('.')) {
        (Some((one, extension)), Some((other, same))) if extension == same => (one, other),
        _ => (one, other),
    }
}

/// A value and what was noticed while making it. Broken input yields a value all the same where one
/// can be had, so that one run shows every fault.
#[derive(Clone, Debug)]
pub struct Noted<T> {
    /// The value.
    pub value: T,
    /// What was noticed, in the order found.
    pub notes: Vec<Diagnostic>,
}

/// Whether any of `diagnostics` is an error.
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity() == Severity::Error)
}

/// A diagnostic as tests write it: `code line:column "the text it points at"`.
#[cfg(test)]
pub(crate) fn brief(diagnostic: &Diagnostic) -> String {
    let name = diagnostic.code.name();
    match &diagnostic.place {
        Place::Nowhere => name.to_string(),
        Place::File(path) => format!("{name} {path}"),
        Place::Span(span) => {
            let (line, column) = span.line_column();
            let text = &span.source.text()[span.clamped()];
            format!("{name} {line}:{column} {text:?}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_only_what_is_near() {
        let known = ["title", "description", "date"];
        assert_eq!(closest("titel", known), Some("title"));
        assert_eq!(closest("descripton", known), Some("description"));
        assert_eq!(closest("weight", known), None);
    }
}
