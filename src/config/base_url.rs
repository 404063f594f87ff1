//! Where the site will stand: an origin and a folder on it.

use std::fmt;

use crate::diagnostic::Term;

/// The address of the site's root, `https://example.org/sub`, without a `/` at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    origin_end: usize,
}

impl BaseUrl {
    /// Reads an absolute `http` or `https` address. The rule it breaks, when it is none: the address
    /// goes into every page, so what would have to be escaped there is refused here.
    pub fn parse(text: &str) -> Result<BaseUrl, Term> {
        let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
        let host_start = if lower.starts_with("https://") {
            8
        } else if lower.starts_with("http://") {
            7
        } else {
            return Err(Term::HttpAddress);
        };
        if !text.is_ascii() {
            return Err(Term::AddressAscii);
        }
        let forbidden = |byte: u8| byte <= b' ' || byte == 0x7f || b"\"<>\\^`{|}'".contains(&byte);
        if text.bytes().any(forbidden) {
            return Err(Term::AddressAscii);
        }
        if text[host_start..].contains(['?', '#', '@']) {
            return Err(Term::AddressPlain);
        }
        let text = text.trim_end_matches('/');
        let rest = text.get(host_start..).ok_or(Term::AddressHost)?;
        let host_end = rest.find('/').unwrap_or(rest.len());
        check_host(&rest[..host_end])?;
        let dots = |part: &str| matches!(part, "" | "." | "..");
        if rest[host_end..].split('/').skip(1).any(dots) {
            return Err(Term::AddressPlain);
        }
        let origin_end = host_start + host_end;
        let origin = text[..origin_end].to_ascii_lowercase();
        Ok(BaseUrl {
            text: origin + &text[origin_end..],
            origin_end,
        })
    }

    /// The whole, without a `/` at its end.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Scheme, host and port: `https://example.org`.
    pub fn origin(&self) -> &str {
        &self.text[..self.origin_end]
    }

    /// The folder: empty, or `/sub/folder`.
    pub fn path(&self) -> &str {
        &self.text[self.origin_end..]
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A name, an IPv4 address or a bracketed IPv6 one, and perhaps a port.
fn check_host(host: &str) -> Result<(), Term> {
    let (name, port) = match host.rfind(']') {
        Some(end) => (&host[..=end], host[end + 1..].strip_prefix(':')),
        None => match host.rsplit_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (host, None),
        },
    };
    let port_sound = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|number| number > 0));
    let inner = name
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let name_sound = match inner {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => name.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        }),
    };
    if name_sound && port_sound && host.len() == name.len() + port.map_or(0, |port| port.len() + 1)
    {
        Ok(())
    } else {
        Err(Term::AddressHost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (text, read) in [
            ("https://example.org", Ok(("https://example.org", ""))),
            ("https://example.org/", Ok(("https://example.org", ""))),
            (
                "HTTP://Example.org:8080/Sub/a/",
                Ok(("http://example.org:8080", "/Sub/a")),
            ),
            ("http://[::1]:1111/x", Ok(("http://[::1]:1111", "/x"))),
            ("http://127.0.0.1", Ok(("http://127.0.0.1", ""))),
            (
                "https://xn--fsqu00a.xn--0zwm56d/%E4%B8%AD",
                Ok(("https://xn--fsqu00a.xn--0zwm56d", "/%E4%B8%AD")),
            ),
            ("example.org", Err(Term::HttpAddress)),
            ("/sub", Err(Term::HttpAddress)),
            ("", Err(Term::HttpAddress)),
            ("ftp://example.org", Err(Term::HttpAddress)),
            ("javascript:alert(1)", Err(Term::HttpAddress)),
            ("https://", Err(Term::AddressHost)),
            ("https:///path", Err(Term::AddressHost)),
            ("https://a..b", Err(Term::AddressHost)),
            ("https://example.org:0", Err(Term::AddressHost)),
            ("https://example.org:http", Err(Term::AddressHost)),
            ("https://[::1", Err(Term::AddressHost)),
            ("https://[::1]x", Err(Term::AddressHost)),
            ("https://user@example.org", Err(Term::AddressPlain)),
            ("https://example.org/?a", Err(Term::AddressPlain)),
            ("https://example.org/#a", Err(Term::AddressPlain)),
            ("https://example.org/a/../b", Err(Term::AddressPlain)),
            ("https://example.org/a//b", Err(Term::AddressPlain)),
            ("https://例.org", Err(Term::AddressAscii)),
            ("https://example.org/中", Err(Term::AddressAscii)),
            ("https://example.org/\"><script>", Err(Term::AddressAscii)),
            ("https://example.org/a b", Err(Term::AddressAscii)),
        ] {
            let found = BaseUrl::parse(text);
            let found = found.as_ref().map(|url| (url.origin(), url.path()));
            assert_eq!(found, read.as_ref().map(|parts| *parts), "{text}");
        }
    }
}
