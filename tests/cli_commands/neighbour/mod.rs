//! Another site, on this machine: a server that answers by path, over HTTP or HTTPS, and remembers who
//! asked for what. Its certificate is by an authority of these tests' own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// The authority that its certificate is by.
pub const AUTHORITY: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/cli_commands/neighbour/authority.pem"
);

pub struct Neighbour {
    pub port: u16,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    asked: Mutex<Vec<String>>,
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Neighbour {
    pub fn http() -> Neighbour {
        Neighbour::open(None)
    }

    pub fn https() -> Neighbour {
        let certificate = CertificateDer::from_pem_slice(include_bytes!("server.pem"));
        let key = PrivateKeyDer::from_pem_slice(include_bytes!("server.key.pem"));
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.expect("it is a certificate")],
                key.expect("it is a key"),
            );
        Neighbour::open(Some(Arc::new(config.expect("the two belong together"))))
    }

    fn open(tls: Option<Arc<ServerConfig>>) -> Neighbour {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let seen = Arc::new(Seen::default());
        let known = seen.clone();
        // The thread ends with the test's process.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (tls, seen) = (tls.clone(), known.clone());
                thread::spawn(move || match tls {
                    Some(config) => {
                        let connection = ServerConnection::new(config).expect("it is sound");
                        seen.talk(StreamOwned::new(connection, stream));
                    }
                    None => seen.talk(stream),
                });
            }
        });
        Neighbour { port, seen }
    }

    /// What was asked, `HEAD /ok`, in any order.
    pub fn asked(&self) -> Vec<String> {
        let mut asked = self.seen.asked.lock().expect("nobody panicked").clone();
        asked.sort();
        asked
    }

    /// How many were answered at the same time at most.
    pub fn most_at_once(&self) -> usize {
        self.seen.most.load(Ordering::SeqCst)
    }
}

impl Seen {
    fn talk(&self, mut stream: impl Read + Write) {
        let mut lines = Vec::new();
        {
            let mut reader = BufReader::new(&mut stream);
            loop {
                let mut line = String::new();
                match reader.read_line(&mut line) {
                    Ok(n) if n > 2 => lines.push(line),
                    _ => break,
                }
            }
        }
        let Some(request) = lines.first() else {
            return;
        };
        let words: Vec<&str> = request.split(' ').collect();
        let (method, path) = (words[0], words[1]);
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        self.asked
            .lock()
            .expect("nobody panicked")
            .push(format!("{method} {path}"));
        let (status, location) = match (path, method) {
            ("/gone", _) => (404, ""),
            ("/withdrawn", _) => (410, ""),
            ("/no-head", "HEAD") => (405, ""),
            ("/lying-head", "HEAD") => (404, ""),
            ("/moved", _) => (301, "/ok"),
            ("/moved-to-gone", _) => (308, "gone"),
            ("/elsewhere-for-now", _) => (302, "/ok"),
            ("/circle", _) => (302, "/circle"),
            ("/closed", _) => (403, ""),
            ("/broken", _) => (503, ""),
            ("/silent", _) => return thread::sleep(std::time::Duration::from_secs(30)),
            _ => (200, ""),
        };
        if path.starts_with("/several") {
            thread::sleep(std::time::Duration::from_millis(50));
        }
        self.now.fetch_sub(1, Ordering::SeqCst);
        let location = match location {
            "" => String::new(),
            to => format!("Location: {to}\r\n"),
        };
        let _ = write!(
            stream,
            "HTTP/1.1 {status} X\r\n{location}Content-Length: 0\r\nConnection: close\r\n\r\n"
        );
        let _ = stream.flush();
    }
}
