//! One request, one answer: what a good static server does, over outputs that are made when asked for.

use hyper::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE,
    ETAG, HeaderMap, HeaderName, HeaderValue, LOCATION,
};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};

use super::address::{self, Address, NoAddress, OWN};
use super::answers::Answers;
use super::base::{self, Former};
use super::range::{self, Wanted};
use super::reply::Reply;
use super::state::{self, Kind, Shown, State};
use super::{gate, media, page, side_by_side};
use crate::pipeline::output::OutputPath;

/// What the answers depend on besides the request.
pub(super) struct Setting {
    pub answers: std::sync::Arc<dyn Answers>,
    pub former: Former,
    pub interface: String,
}

/// What to do about a request.
pub(super) enum Action {
    /// Answer it so.
    Now(Response<Reply>),
    /// Tell this tab of changes for as long as it listens.
    Listen(Tab),
}

/// What a tab shows.
pub(super) enum Tab {
    /// An output.
    Page(OutputPath),
    /// A page in both scripts.
    SideBySide(OutputPath),
}

/// Answers a request that needs no waiting.
pub(super) fn respond(setting: &Setting, request: &Parts) -> Action {
    if let Err(refusal) = gate::check(&request.uri, &request.headers, &setting.interface) {
        return Action::Now(say(refusal.status, refusal.why));
    }
    if !matches!(request.method, Method::GET | Method::HEAD) {
        let mut answer = say(
            StatusCode::METHOD_NOT_ALLOWED,
            "only GET and HEAD are answered",
        );
        set(&mut answer, ALLOW, "GET, HEAD");
        set(&mut answer, CONNECTION, "close");
        return Action::Now(answer);
    }
    let raw = request.uri.path();
    if raw.len() > address::LONGEST {
        return Action::Now(say(StatusCode::URI_TOO_LONG, "this address is too long"));
    }
    let headers = &request.headers;
    let base = &base::of(&*setting.answers);
    setting.former.note(base);
    let mut answer = match address::read(raw, base) {
        Err(NoAddress::Malformed) => say(StatusCode::BAD_REQUEST, "this is not an address"),
        Err(NoAddress::OutsideBase) if is_above(raw, base) => redirect(&format!("{base}/")),
        Err(NoAddress::OutsideBase) => {
            let why = format!("everything of this site is below {base}/");
            say(StatusCode::NOT_FOUND, &why)
        }
        Err(NoAddress::Nothing) => show_missing(setting, base, headers),
        Ok(Address::Own(name)) => match name.strip_prefix("events").map(tab) {
            Some(Some(tab)) => return Action::Listen(tab),
            Some(None) => say(StatusCode::NOT_FOUND, "nothing is here"),
            None => own(setting, base, &name, headers),
        },
        Ok(Address::Folder(path)) => show(setting, base, &path, headers),
        Ok(Address::File(path)) => file(setting, base, &path, headers),
    };
    if answer.status() == StatusCode::NOT_FOUND
        && let Some(to) = setting.former.moved(raw, base)
    {
        answer = redirect(&to);
    }
    if request.method == Method::HEAD {
        *answer.body_mut() = Reply::empty();
    }
    Action::Now(answer)
}

/// A short answer in plain text.
pub(super) fn say(status: StatusCode, text: &str) -> Response<Reply> {
    let mut answer = whole(status, format!("{text}\n"), "text/plain; charset=utf-8");
    set(&mut answer, CACHE_CONTROL, "no-store");
    answer
}

fn whole(status: StatusCode, bytes: impl Into<hyper::body::Bytes>, media: &str) -> Response<Reply> {
    let bytes = bytes.into();
    let len = bytes.len();
    let mut answer = Response::new(Reply::whole(bytes));
    *answer.status_mut() = status;
    set(&mut answer, CONTENT_TYPE, media);
    answer.headers_mut().insert(CONTENT_LENGTH, len.into());
    protect(&mut answer);
    answer
}

/// What every answer says to a browser: ask again before using it anew, guess no type, and give it to
/// no page of another origin, in a frame or otherwise.
pub(super) fn protect(answer: &mut Response<Reply>) {
    let headers = answer.headers_mut();
    for (name, value) in [
        ("cache-control", "no-cache"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-frame-options", "SAMEORIGIN"),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
}

fn set(answer: &mut Response<Reply>, name: HeaderName, value: &str) {
    // What cannot stand in a header is never put there: our own words, and encoded addresses.
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}

/// Not a lasting redirect, which browsers keep long after the site has changed.
fn redirect(to: &str) -> Response<Reply> {
    let mut answer = say(StatusCode::FOUND, "this is elsewhere");
    set(&mut answer, LOCATION, &address::encode(to));
    answer
}

fn is_above(raw: &str, base: &str) -> bool {
    raw == "/" || raw == base || address::decode(raw).is_some_and(|decoded| decoded == base)
}

fn file(setting: &Setting, base: &str, path: &OutputPath, headers: &HeaderMap) -> Response<Reply> {
    let shown = state::shown(&*setting.answers, path, base);
    if shown.kind == Kind::Missing {
        let index = OutputPath::new(&format!("{}/index.html", path.as_str()));
        if index.is_some_and(|index| setting.answers.digest(&index).is_some()) {
            return redirect(&format!("{base}/{}/", path.as_str()));
        }
    }
    finish(base, path, shown, headers)
}

fn show(setting: &Setting, base: &str, path: &OutputPath, headers: &HeaderMap) -> Response<Reply> {
    let shown = state::shown(&*setting.answers, path, base);
    finish(base, path, shown, headers)
}

/// The answer for an address that can never have anything: the site's page for what is missing.
fn show_missing(setting: &Setting, base: &str, headers: &HeaderMap) -> Response<Reply> {
    let Some(never) = OutputPath::new("404.html") else {
        return say(StatusCode::NOT_FOUND, "nothing is here");
    };
    let mut shown = state::shown(&*setting.answers, &never, base);
    shown.kind = Kind::Missing;
    finish(base, &never, shown, headers)
}

fn finish(base: &str, path: &OutputPath, shown: Shown, headers: &HeaderMap) -> Response<Reply> {
    let status = match shown.kind {
        Kind::Found => StatusCode::OK,
        Kind::Missing => StatusCode::NOT_FOUND,
        Kind::Broken => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let shows_page = state::is_page(path) || shown.kind == Kind::Missing;
    match shown.found {
        Some(found) if !shows_page => {
            let status = match shown.kind {
                // The last good stylesheet or image serves the last good page.
                Kind::Broken => StatusCode::OK,
                _ => status,
            };
            part(status, found.bytes, media::of(path), headers)
        }
        found => {
            let html = found.map(|found| found.bytes);
            let bytes = page::page(html.as_deref(), &shown.state, base);
            part(status, bytes, media::HTML, headers)
        }
    }
}

/// The server's own addresses.
fn own(setting: &Setting, base: &str, name: &str, headers: &HeaderMap) -> Response<Reply> {
    if name == page::SCRIPT_NAME {
        let media = "text/javascript; charset=utf-8";
        return part(StatusCode::OK, page::SCRIPT, media, headers);
    }
    let page = name.strip_prefix(side_by_side::NAME);
    match page.map(address::locate) {
        Some(Ok(Address::Folder(path))) => {
            let shown = side_by_side::shown(&*setting.answers, &path);
            finish(base, &path, shown, headers)
        }
        // Without its last slash, as with any page.
        Some(Ok(Address::File(_))) => redirect(&format!("{base}/{OWN}/{name}/")),
        Some(_) if name == side_by_side::NAME => redirect(&format!("{base}/{OWN}/{name}/")),
        Some(_) | None => say(StatusCode::NOT_FOUND, "nothing is here"),
    }
}

/// What a tab shows that listens at this path below the address of events.
fn tab(path: &str) -> Option<Tab> {
    let inside = path.strip_prefix(super::SIDE_BY_SIDE);
    match (address::locate(inside.unwrap_or(path)).ok()?, inside) {
        (Address::Folder(path), Some(_)) => Some(Tab::SideBySide(path)),
        (Address::File(path) | Address::Folder(path), None) => Some(Tab::Page(path)),
        _ => None,
    }
}

/// As much of the bytes as is wanted.
fn part(
    status: StatusCode,
    bytes: impl Into<hyper::body::Bytes>,
    media: &str,
    headers: &HeaderMap,
) -> Response<Reply> {
    let bytes = bytes.into();
    let len = bytes.len();
    let etag = state::etag(&bytes);
    let wanted = match status {
        StatusCode::OK => range::wanted(headers, &etag, len),
        _ => Wanted::All,
    };
    let mut answer = match wanted {
        Wanted::All => whole(status, bytes, media),
        Wanted::Part(range) => {
            let shown = format!("bytes {}-{}/{len}", range.start, range.end - 1);
            let mut answer = whole(StatusCode::PARTIAL_CONTENT, bytes.slice(range), media);
            set(&mut answer, CONTENT_RANGE, &shown);
            answer
        }
        Wanted::Outside => {
            let mut answer = say(StatusCode::RANGE_NOT_SATISFIABLE, "there is no such part");
            set(&mut answer, CONTENT_RANGE, &format!("bytes */{len}"));
            return answer;
        }
        Wanted::None => {
            let mut answer = Response::new(Reply::empty());
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
            protect(&mut answer);
            answer
        }
    };
    if status == StatusCode::OK {
        set(&mut answer, ETAG, &etag);
        set(&mut answer, ACCEPT_RANGES, "bytes");
    }
    answer
}

/// What a listening tab is told.
pub(super) fn state_at(setting: &Setting, tab: &Tab) -> State {
    let answers = &*setting.answers;
    match tab {
        Tab::Page(path) => state::shown(answers, path, &base::of(answers)).state,
        Tab::SideBySide(path) => side_by_side::shown(answers, path).state,
    }
}
