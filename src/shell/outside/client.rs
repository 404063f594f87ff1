//! One question to one site, and what its answer means.

use std::time::Duration;

use crate::pipeline::check::outside::{Answer, Silence};

/// How many times one address may lead to another.
#[cfg(feature = "external")]
const HOPS: usize = 10;

/// Why nothing can be asked.
#[derive(Debug)]
pub enum Unavailable {
    /// The program was built without the feature `external`.
    NotBuilt,
    /// The certificates that `SSL_CERT_FILE` names cannot be read.
    Certificates(String),
}

/// Asks sites over HTTP and HTTPS.
pub struct Client {
    #[cfg(feature = "external")]
    agent: ureq::Agent,
}

#[cfg(not(feature = "external"))]
impl Client {
    /// # Errors
    /// There is none in this program.
    pub fn new(_: Duration) -> Result<Client, Unavailable> {
        Err(Unavailable::NotBuilt)
    }

    /// Nothing is learned.
    pub fn ask(&self, _: &str) -> Answer {
        Answer::Unsure(Silence::Fault(String::new()))
    }
}

#[cfg(feature = "external")]
mod asking {
    use std::env;
    use std::io;
    use std::sync::Arc;

    use ureq::http::{Response, StatusCode, header::LOCATION};
    use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
    use ureq::{Agent, Body, Error};

    use super::*;

    impl Client {
        /// A client that waits `timeout` for each answer. It believes Mozilla's certificate authorities, or
        /// those of the file that `SSL_CERT_FILE` names, and goes through the proxy that the environment names.
        ///
        /// # Errors
        /// That file cannot be read.
        pub fn new(timeout: Duration) -> Result<Client, Unavailable> {
            let tls = TlsConfig::builder().root_certs(authorities()?).build();
            let config = Agent::config_builder()
                .timeout_global(Some(timeout))
                // Each hop is looked at: whether it is for good decides what is said.
                .max_redirects(0)
                .max_redirects_will_error(false)
                .http_status_as_error(false)
                .user_agent(concat!(
                    "tongwen/",
                    env!("CARGO_PKG_VERSION"),
                    " (link check)"
                ))
                .tls_config(tls)
                .build();
            Ok(Client {
                agent: config.into(),
            })
        }

        /// Whether `address` is there. `HEAD` first, which sends no body; a server that says no to that is
        /// asked with `GET`, since many know no `HEAD`. Its body is not read.
        pub fn ask(&self, address: &str) -> Answer {
            let mut at = encoded(address);
            let mut moved = None;
            let mut for_good = true;
            for _ in 0..HOPS {
                let response = match self.once(&at) {
                    Ok(response) => response,
                    Err(error) => return Answer::Unsure(silence(&error)),
                };
                let status = response.status();
                let location = response.headers().get(LOCATION);
                let to = location.and_then(|to| joined(&at, to.to_str().ok()?));
                match to.filter(|_| status.is_redirection()) {
                    Some(to) => {
                        // Only an unbroken row of permanent steps says where the address has gone.
                        for_good &= matches!(
                            status,
                            StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT
                        );
                        moved = if for_good { Some(to.clone()) } else { moved };
                        at = to;
                    }
                    None => return judged(status, moved),
                }
            }
            Answer::Unsure(Silence::Circle)
        }

        fn once(&self, address: &str) -> Result<Response<Body>, Error> {
            match self.agent.head(address).call() {
                Ok(response) if response.status().as_u16() < 400 => Ok(response),
                // A server may also just hang up on a method it does not know.
                Ok(_) | Err(Error::Protocol(_) | Error::Io(_)) => self.agent.get(address).call(),
                Err(error) => Err(error),
            }
        }
    }

    fn judged(status: StatusCode, moved: Option<String>) -> Answer {
        match status.as_u16() {
            404 | 410 => Answer::Gone(status.as_u16()),
            200..300 => moved.map_or(Answer::There, Answer::Moved),
            status => Answer::Unsure(Silence::Status(status)),
        }
    }

    fn silence(error: &Error) -> Silence {
        match error {
            Error::Timeout(_) => Silence::Late,
            Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => Silence::Late,
            Error::HostNotFound => Silence::NoHost,
            error => Silence::Fault(error.to_string()),
        }
    }

    fn authorities() -> Result<RootCerts, Unavailable> {
        let Some(path) = env::var_os("SSL_CERT_FILE").filter(|path| !path.is_empty()) else {
            return Ok(RootCerts::WebPki);
        };
        let bad = |detail: String| {
            Unavailable::Certificates(format!("{}: {detail}", path.to_string_lossy()))
        };
        let bytes = std::fs::read(&path).map_err(|error| bad(error.to_string()))?;
        let mut found = Vec::new();
        for item in parse_pem(&bytes) {
            match item {
                Ok(PemItem::Certificate(certificate)) => found.push(certificate),
                Ok(_) => {}
                Err(error) => return Err(bad(error.to_string())),
            }
        }
        Ok(RootCerts::Specific(Arc::new(found)))
    }

    /// `address` as it may stand in a request: what is not ASCII, percent-encoded.
    fn encoded(address: &str) -> String {
        let mut out = String::with_capacity(address.len());
        for byte in address.bytes() {
            match byte {
                b'!'..=b'~' => out.push(char::from(byte)),
                byte => out += &format!("%{byte:02X}"),
            }
        }
        out
    }

    /// Where `to`, found at `address`, leads; none when that is nowhere that can be asked.
    fn joined(address: &str, to: &str) -> Option<String> {
        let to = encoded(to.split('#').next().unwrap_or(to));
        if to.starts_with("https://") || to.starts_with("http://") {
            return Some(to);
        }
        let (scheme, rest) = address.split_once("://")?;
        if let Some(host) = to.strip_prefix("//") {
            return Some(format!("{scheme}://{host}"));
        }
        let host = rest.split(['/', '?']).next()?;
        if to.starts_with('/') {
            return Some(format!("{scheme}://{host}{to}"));
        }
        if to.is_empty() || to.split('/').next()?.contains(':') {
            return None;
        }
        let path = rest[host.len()..].split('?').next().unwrap_or("");
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        Some(match to.starts_with('?') {
            true => format!("{scheme}://{host}{path}{to}"),
            false => format!("{scheme}://{host}{folder}/{to}"),
        })
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn where_a_redirect_leads() {
            for (at, to, joined_to) in [
                ("https://a.b/c/d", "https://e.f/", Some("https://e.f/")),
                ("https://a.b/c/d", "//e.f/g", Some("https://e.f/g")),
                ("https://a.b/c/d?e", "/g", Some("https://a.b/g")),
                ("https://a.b/c/d?e/f", "g", Some("https://a.b/c/g")),
                ("https://a.b", "g", Some("https://a.b/g")),
                ("http://a.b/c?d", "?e", Some("http://a.b/c?e")),
                ("http://a.b/c", "/後", Some("http://a.b/%E5%BE%8C")),
                ("http://a.b/c", "/d#e", Some("http://a.b/d")),
                ("http://a.b/c", "mailto:x@y", None),
                ("http://a.b/c", "", None),
            ] {
                assert_eq!(joined(at, to).as_deref(), joined_to, "{at} {to}");
            }
        }
    }
}
