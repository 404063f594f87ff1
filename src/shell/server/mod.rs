//! The dev server: HTTP over a site that answers for its outputs, and a word to the tabs when one has
//! changed.
//!
//! ```text
//! Server::start(options, answers) --> serving in the background
//!     bell().ring()               --> every tab's page is looked at again
//!     run_until_interrupted()     --> Ctrl-C: connections closed, done
//! ```
//!
//! It knows nothing of how outputs are made or when they change. HTTP itself is hyper's; what is here
//! is which requests are let in ([`gate`]), what paths mean ([`address`]), what is answered ([`respond`])
//! and when a tab is out of date ([`state`]). No request can name a file: outputs are asked for by a
//! checked path, of a value in memory.

mod address;
mod answers;
mod base;
mod events;
mod gate;
mod impatient;
mod listen;
mod media;
mod page;
mod range;
mod reply;
mod respond;
mod seats;
mod side_by_side;
mod state;

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use answers::{Answer, Answers, Found};
use base::Former;
pub use hyper::body::Bytes;
use respond::Setting;

/// Below the base path, where pages are shown in both scripts: this, and the page's path.
pub const SIDE_BY_SIDE: &str = "/.tongwen/compare";

use crate::diagnostic::{Code, Diagnostic};

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address, or name, of the interface to listen on.
    pub interface: String,
    /// The port.
    pub port: Port,
    /// How long peers may take.
    pub patience: Patience,
}

/// How long a peer is waited for before its connection is cut.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the headers of a request, all together, and for the next request of a connection.
    pub headers: Duration,
    /// For the taking of what is sent, while none of it is taken.
    pub stalled: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            headers: Duration::from_secs(10),
            stalled: Duration::from_secs(20),
        }
    }
}

/// A port and whether it must be this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// This one or, if it is taken, one of the next.
    Default(u16),
    /// This one; 0 is any that is free.
    Asked(u16),
}

/// A server that is serving. Dropped, it stops.
pub struct Server {
    front: Front,
    bell: Bell,
    closing: watch::Sender<bool>,
    accepting: Option<JoinHandle<()>>,
    runtime: Runtime,
}

/// Where a site is found with a browser on this machine.
#[derive(Clone)]
pub struct Front {
    address: SocketAddr,
    answers: Arc<dyn Answers>,
}

/// Rung when the site has changed.
#[derive(Clone)]
pub struct Bell(Arc<watch::Sender<u64>>);

/// Why the server could not start, or go on.
#[derive(Debug)]
pub enum ServeError {
    /// The port that was asked for is taken.
    PortBusy {
        /// The port.
        port: u16,
    },
    /// There is no such interface.
    NoInterface {
        /// As it was written.
        interface: String,
    },
    /// The system refused.
    Io {
        /// Where it was to listen.
        address: SocketAddr,
        /// What it said.
        error: io::Error,
    },
}

struct Shared {
    setting: Setting,
    patience: Patience,
    generation: watch::Receiver<u64>,
    closing: watch::Receiver<bool>,
}

impl Shared {
    /// Waits until the server is to stop.
    async fn closed(&self) {
        let mut closing = self.closing.clone();
        // A sender that is gone has stopped too.
        let _ = closing.wait_for(|closing| *closing).await;
    }
}

impl Server {
    /// Starts serving in threads of its own.
    ///
    /// Errors: no such interface, the port that was asked for is taken, or the system refuses.
    pub fn start(options: &Options, answers: Arc<dyn Answers>) -> Result<Server, ServeError> {
        let listener = listen::bind(&options.interface, options.port)?;
        let wanted = SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), 0);
        let address = listener.local_addr().unwrap_or(wanted);
        let failed = |error| ServeError::Io { address, error };
        listener.set_nonblocking(true).map_err(failed)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(16)
            .thread_name("serve")
            .enable_all()
            .build()
            .map_err(failed)?;
        let (bell, generation) = watch::channel(0);
        let (closing, closed) = watch::channel(false);
        let shared = Arc::new(Shared {
            setting: Setting {
                answers: answers.clone(),
                former: Former::default(),
                interface: options.interface.clone(),
            },
            patience: options.patience,
            generation,
            closing: closed,
        });
        let entered = runtime.enter();
        let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
        drop(entered);
        let accepting = runtime.spawn(listen::accept(listener, shared));
        Ok(Server {
            front: Front { address, answers },
            bell: Bell(Arc::new(bell)),
            closing,
            accepting: Some(accepting),
            runtime,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.front.address
    }

    /// Where to find the site with a browser.
    pub fn front(&self) -> Front {
        self.front.clone()
    }

    /// The bell to ring when the site has changed.
    pub fn bell(&self) -> Bell {
        self.bell.clone()
    }

    /// Serves until Ctrl-C, or the system's request to end, and stops.
    pub fn run_until_interrupted(self) {
        self.runtime.block_on(interrupted());
        self.stop();
    }

    /// Stops: takes no more connections, ends the streams of events, and waits a moment for answers
    /// that are on their way.
    pub fn stop(mut self) {
        // Nobody left to tell is no fault.
        let _ = self.closing.send(true);
        if let Some(accepting) = self.accepting.take() {
            let _ = self.runtime.block_on(accepting);
        }
        self.runtime.shutdown_background();
    }
}

impl Front {
    /// The address to open, as it is now.
    pub fn url(&self) -> String {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(match address.ip() {
                IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            });
        }
        let base = base::of(&*self.answers);
        format!("http://{address}{}/", address::encode(&base))
    }
}

impl Bell {
    /// Has every open tab's page looked at again.
    pub fn ring(&self) {
        self.0.send_modify(|generation| *generation += 1);
    }
}

impl ServeError {
    /// The same, to be shown with the rest.
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            ServeError::PortBusy { port } => {
                Diagnostic::new(Code::PortBusy).with("port", port.to_string())
            }
            ServeError::NoInterface { interface } => {
                Diagnostic::new(Code::NoInterface).with("interface", interface)
            }
            ServeError::Io { address, error } => Diagnostic::new(Code::ServeIo)
                .with("address", address.to_string())
                .with("detail", error.to_string()),
        }
    }
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use crate::diagnostic::render::{Style, draw};
        f.write_str(&draw(&self.diagnostic(), Style::PLAIN))
    }
}

impl std::error::Error for ServeError {}

async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = ended.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
