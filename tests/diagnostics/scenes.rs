//! What no folder of files provokes: it takes two builds, a version control folder, or a world that fails.

use std::io;
use std::net::SocketAddr;

use tongwen::config;
use tongwen::diagnostic::{Code, Diagnostic, Place, Term};
use tongwen::hanzi::{Open, Scheme, Unavailable};
use tongwen::pipeline::check::outside::{Answer, Outside, Silence};
use tongwen::pipeline::edition::engine::Engines;
use tongwen::pipeline::output::{Body, Output, OutputPath};
use tongwen::pipeline::render::underway::Run;
use tongwen::shell::publish::{PublishError, Staging, clean};
use tongwen::shell::server::ServeError;
use tongwen::shell::vigil;
use tongwen::source::{SitePath, Source};

use super::desk::Desk;

/// Something that happens on a desk, and what is said of it.
pub type Scene = fn(&Desk) -> Vec<Diagnostic>;

/// The scene of `code`, if it takes one.
pub fn of(code: &str) -> Option<Scene> {
    let scene: Scene = match code {
        "output-edited" => output_edited,
        "output-holds-repository" => output_holds_repository,
        "output-twice" => output_twice,
        "copy-changed" => copy_changed,
        "clean-not-ours" => clean_not_ours,
        "output-busy" => output_busy,
        "output-halfway" => output_halfway,
        "output-io" => output_io,
        "output-kept" => output_kept,
        "port-busy" => port_busy,
        "no-interface" => no_interface,
        "serve-io" => serve_io,
        "nul-at" => nul_at,
        "template-runaway" => template_runaway,
        "outside-gone" => |_| answered(Answer::Gone(404)),
        "outside-moved" => |_| answered(Answer::Moved("https://example.net/b".to_string())),
        "outside-unsure" => |_| {
            let silences = [Silence::Late, Silence::NoHost, Silence::Circle];
            let silences = silences.into_iter().chain([Silence::Status(503)]);
            silences
                .flat_map(|silence| answered(Answer::Unsure(silence)))
                .collect()
        },
        "outside-left-out" => outside_left_out,
        "opencc-not-built" => |_| opencc(|_| Err(Unavailable::NotBuilt)),
        "opencc-no-configuration" => |_| opencc(|it| Err(Unavailable::NoConfiguration(it))),
        _ => return None,
    };
    Some(scene)
}

/// Waiting for a template that does not end would take as long as the program is patient.
fn template_runaway(_: &Desk) -> Vec<Diagnostic> {
    let run = Run {
        template: Some(SitePath::new("templates/page.html")),
        page: "content/a.md".to_string(),
    };
    vec![vigil::fault(&run, Term::TooLong)]
}

/// `convert` says so of standard input.
fn nul_at(_: &Desk) -> Vec<Diagnostic> {
    let note = Diagnostic::new(Code::NulAt).with("offset", "4");
    vec![note.in_file(&SitePath::new("-"))]
}

/// A page links to another site, which answers so (tests/cli_commands/external.rs has one that does).
fn answered(answer: Answer) -> Vec<Diagnostic> {
    let text = "---\ntitle: 甲\n---\n見[乙](https://example.net/a)。\n";
    let source = Source::new(SitePath::new("content/a.md"), text.to_string());
    let address = "https://example.net/a".to_string();
    let at = text.find(&address).expect("it is written there");
    let outside = Outside {
        places: vec![Place::Span(source.span(at..at + address.len()))],
        address,
    };
    outside.report(&answer)
}

fn outside_left_out(_: &Desk) -> Vec<Diagnostic> {
    let note = Diagnostic::new(Code::OutsideLeftOut);
    vec![note.with("count", "24").with("limit", "1000")]
}

/// A site that asks for an engine which cannot be opened.
fn opencc(open: Open) -> Vec<Diagnostic> {
    let text = "base_url = \"https://example.org\"\ntitle = \"同文\"\n[languages.zh-Hant-HK]\nlabel = \"繁體\"\n[convert]\nengine = \"opencc\"\n";
    let source = Source::new(SitePath::new("site.toml"), text.to_string());
    let config = config::parse(&source).value.expect("this is sound");
    let fault = Engines::of(&config, Some(open)).fault(Scheme::S2hkp, &source);
    fault.into_iter().collect()
}

fn output_edited(desk: &Desk) -> Vec<Diagnostic> {
    said(desk.publish(&[page("index.html")]));
    desk.write("public/index.html", "改過");
    said(desk.publish(&[page("other.html")]))
}

fn output_holds_repository(desk: &Desk) -> Vec<Diagnostic> {
    desk.write("public/.git/HEAD", "ref: refs/heads/main\n");
    said(desk.publish(&[page("index.html")]))
}

fn output_twice(desk: &Desk) -> Vec<Diagnostic> {
    said(desk.publish(&[page("index.html"), page("index.html")]))
}

/// The file is changed after it was read and before it is copied.
fn copy_changed(desk: &Desk) -> Vec<Diagnostic> {
    desk.write("site.toml", "base_url = \"https://example.org\"\ntitle = \"同文\"\n[languages.zh-Hant-HK]\nlabel = \"繁體\"\n");
    desk.write("static/figure.svg", "<svg/>");
    let (_, outputs) = desk.make();
    desk.write("static/figure.svg", "<svg></svg>");
    said(desk.publish(&outputs))
}

fn clean_not_ours(desk: &Desk) -> Vec<Diagnostic> {
    let folder = desk.site().join("public");
    std::fs::create_dir(folder).expect("the desk can be written to");
    said(clean(&desk.target(), false).map(drop))
}

/// Waiting for the other build to end would take as long as the program is patient.
fn output_busy(desk: &Desk) -> Vec<Diagnostic> {
    let folder = desk.site().join("public");
    said(Err(PublishError::Busy { folder }))
}

fn output_halfway(desk: &Desk) -> Vec<Diagnostic> {
    let path = desk.site().join("public/index.html");
    let error = io::Error::from(io::ErrorKind::StorageFull);
    said(Err(PublishError::Halfway { path, error }))
}

fn output_io(desk: &Desk) -> Vec<Diagnostic> {
    let path = desk.site().join("public/index.html");
    let error = io::Error::from(io::ErrorKind::PermissionDenied);
    said(Err(PublishError::Io { path, error }))
}

/// Somebody puts a file into the output while it is being built.
fn output_kept(desk: &Desk) -> Vec<Diagnostic> {
    said(desk.publish(&[page("index.html")]));
    let staging = Staging::begin(&desk.target()).expect("nothing stands in the way");
    desk.write("public/letter", "mine");
    staging
        .put(&page("other.html"))
        .expect("the desk can be written to");
    let published = staging.commit().expect("the desk can be written to");
    published.note().into_iter().collect()
}

fn port_busy(_: &Desk) -> Vec<Diagnostic> {
    vec![ServeError::PortBusy { port: 8080 }.diagnostic()]
}

fn no_interface(_: &Desk) -> Vec<Diagnostic> {
    let interface = "wlan7".to_string();
    vec![ServeError::NoInterface { interface }.diagnostic()]
}

fn serve_io(_: &Desk) -> Vec<Diagnostic> {
    let address = SocketAddr::from(([127, 0, 0, 1], 80));
    let error = io::Error::from(io::ErrorKind::PermissionDenied);
    vec![ServeError::Io { address, error }.diagnostic()]
}

fn said(done: Result<(), PublishError>) -> Vec<Diagnostic> {
    done.err()
        .map(|error| error.diagnostic())
        .into_iter()
        .collect()
}

fn page(path: &str) -> Output {
    Output {
        path: OutputPath::new(path).expect("a plain name"),
        body: Body::Bytes(path.as_bytes().to_vec().into()),
    }
}
