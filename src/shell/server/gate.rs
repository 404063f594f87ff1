//! Who may ask at all.
//!
//! A page anywhere on the web can make a browser ask this server. It must not learn anything: so a
//! request for a host name that is not this machine's is refused (a hostile name may have been bound
//! to 127.0.0.1 by its owner), one from another origin is refused, and one that a foreign page makes
//! without an origin (an image, a script) is known by the browser's own `Sec-Fetch` headers. What a proxy
//! says it was asked for must be ours too: a rebound name does not become ours by passing one. No answer
//! carries a CORS header.

use std::net::IpAddr;

use hyper::header::{HOST, HeaderMap, HeaderValue, ORIGIN};
use hyper::{StatusCode, Uri};

/// Why a request was turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub status: StatusCode,
    pub why: &'static str,
}

const NO_HOST: Refusal = Refusal {
    status: StatusCode::BAD_REQUEST,
    why: "the request names no host, or several",
};
const FOREIGN_HOST: Refusal = Refusal {
    status: StatusCode::FORBIDDEN,
    why: "this server answers to localhost and to its own addresses only, not to other host names",
};
const FOREIGN_ORIGIN: Refusal = Refusal {
    status: StatusCode::FORBIDDEN,
    why: "this server answers its own pages only, not those of other origins",
};

/// Lets a request pass or says why not. `interface` is what the user asked to listen on.
pub(super) fn check(uri: &Uri, headers: &HeaderMap, interface: &str) -> Result<(), Refusal> {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next().and_then(text), hosts.next()) else {
        return Err(NO_HOST);
    };
    let asked_for = uri.authority().map(|authority| authority.as_str());
    if ![Some(host), asked_for]
        .into_iter()
        .flatten()
        .all(|host| is_ours(host, interface))
    {
        return Err(FOREIGN_HOST);
    }
    if !forwarded(headers).all(|host| is_ours(host, interface)) {
        return Err(FOREIGN_HOST);
    }
    for origin in headers.get_all(ORIGIN) {
        let own = text(origin).and_then(|origin| {
            let http = origin.strip_prefix("http://");
            http.or_else(|| origin.strip_prefix("https://"))
        });
        if !own.is_some_and(|origin| origin.eq_ignore_ascii_case(host)) {
            return Err(FOREIGN_ORIGIN);
        }
    }
    let says = |name: &str, value: &str| headers.get(name).is_some_and(|sent| sent == value);
    // A link from elsewhere that the user follows is no attack; a foreign page's own request is.
    let foreign = says("sec-fetch-site", "cross-site") || says("sec-fetch-site", "same-site");
    let followed = says("sec-fetch-mode", "navigate") && says("sec-fetch-dest", "document");
    match foreign && !followed {
        true => Err(FOREIGN_ORIGIN),
        false => Ok(()),
    }
}

/// The hosts that proxies on the way say they were asked for. What is no text is nobody's name.
fn forwarded(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let text = |value| text(value).unwrap_or_default();
    let plain = headers.get_all("x-forwarded-host").iter();
    let plain = plain.flat_map(move |value| text(value).split(','));
    let standard = headers.get_all("forwarded").iter();
    let standard = standard.flat_map(move |value| {
        let pairs = text(value).split([',', ';']);
        pairs.filter_map(|pair| {
            let (name, host) = pair.trim().split_once('=')?;
            name.eq_ignore_ascii_case("host")
                .then(|| host.trim_matches('"'))
        })
    });
    plain.chain(standard).map(str::trim)
}

/// Whether a `Host` names this machine: `localhost`, an address (which no stranger can bind to another
/// name), or the very name the user asked to listen on. The port does not matter: it may be forwarded.
fn is_ours(host: &str, interface: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((name, "")) => name,
            Some((name, port)) if is_port(port) => name,
            _ => return false,
        },
        None => match host.split_once(':') {
            Some((name, port)) if is_port(&format!(":{port}")) => name,
            Some(_) => return false,
            None => host,
        },
    };
    name.parse::<IpAddr>().is_ok()
        || name.eq_ignore_ascii_case("localhost")
        || (!interface.is_empty() && name.eq_ignore_ascii_case(interface))
}

fn is_port(text: &str) -> bool {
    let digits = text.strip_prefix(':').unwrap_or_default();
    digits.parse::<u16>().is_ok()
}

fn text(value: &HeaderValue) -> Option<&str> {
    value.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        let rows = [
            ("localhost", true),
            ("LOCALHOST:1111", true),
            ("127.0.0.1:1111", true),
            ("127.0.0.1", true),
            ("[::1]:1111", true),
            ("[::1]", true),
            ("192.168.1.7:1111", true),
            ("desk.example:1111", true),
            ("", false),
            ("evil.example", false),
            ("evil.example:1111", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("evil.example:127.0.0.1", false),
            ("localhost:1111@evil.example", false),
            ("evil.example#localhost", false),
            ("localhost:99999", false),
            ("localhost:", false),
            ("[::1", false),
            ("[::1]x", false),
            ("2130706433x", false),
        ];
        for (host, expected) in rows {
            assert_eq!(is_ours(host, "desk.example"), expected, "{host}");
        }
        assert!(!is_ours("", ""));
    }
}
