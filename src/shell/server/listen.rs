//! Finding a port, taking connections, and the limits of each.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, ToSocketAddrs};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::impatient::Impatient;
use super::respond::{Action, respond, say};
use super::seats::{Marked, Seat, Seats};
use super::{Port, ServeError, Shared, events};

/// Connections at once; for the next, an idle one is closed. Below the usual limit of open files.
const CONNECTIONS: usize = 512;
/// The request line and headers together, in bytes.
const LARGEST_HEAD: usize = 16 * 1024;
const MOST_HEADERS: usize = 64;
/// How many ports after the default one are tried.
const NEIGHBOURS: u16 = 20;
const FAREWELL: Duration = Duration::from_millis(500);

/// Binds the port. A default port that is taken moves on; one that was asked for is an error.
pub(super) fn bind(interface: &str, port: Port) -> Result<TcpListener, ServeError> {
    let ip = resolve(interface)?;
    let failed = |port: u16, error: io::Error| match error.kind() {
        io::ErrorKind::AddrInUse => ServeError::PortBusy { port },
        _ => ServeError::Io {
            address: SocketAddr::new(ip, port),
            error,
        },
    };
    let try_port =
        |port: u16| TcpListener::bind(SocketAddr::new(ip, port)).map_err(|e| failed(port, e));
    match port {
        Port::Asked(port) => try_port(port),
        Port::Default(first) => {
            for port in first..=first.saturating_add(NEIGHBOURS) {
                match try_port(port) {
                    Err(ServeError::PortBusy { .. }) => {}
                    other => return other,
                }
            }
            try_port(0)
        }
    }
}

fn resolve(interface: &str) -> Result<IpAddr, ServeError> {
    let bare = interface.trim_start_matches('[').trim_end_matches(']');
    if bare.eq_ignore_ascii_case("localhost") {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    let unknown = || ServeError::NoInterface {
        interface: interface.to_string(),
    };
    match bare.parse() {
        Ok(ip) => Ok(ip),
        Err(_) => (bare, 0)
            .to_socket_addrs()
            .ok()
            .and_then(|mut addresses| addresses.next())
            .map(|address| address.ip())
            .ok_or_else(unknown),
    }
}

/// Takes connections until told to close.
pub(super) async fn accept(listener: tokio::net::TcpListener, shared: Arc<Shared>) {
    let seats = Seats::new(CONNECTIONS);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = shared.closed() => break,
        };
        let Ok((stream, _)) = accepted else {
            // Out of handles, most likely: one that is open must end first.
            seats.make_room();
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let seat = tokio::select! {
            seat = seats.take() => seat,
            () = shared.closed() => break,
        };
        if let Some(seat) = seat {
            tokio::spawn(converse(stream, seat, shared.clone()));
        }
    }
    // Those that are in the middle of an answer end by themselves.
    let _ = timeout(FAREWELL, seats.empty()).await;
}

/// Serves one connection. Whatever goes wrong with it is its peer's affair.
async fn converse(stream: TcpStream, seat: Seat, shared: Arc<Shared>) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| answer(shared.clone(), &seat, request));
    let stream = Impatient::new(stream, shared.patience.stalled);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(shared.patience.headers)
        .max_buf_size(LARGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => {}
        () = seat.given_up() => {}
        () = shared.closed() => {
            connection.as_mut().graceful_shutdown();
            let _ = timeout(FAREWELL, connection).await;
        }
    }
}

/// Making an answer may take as long as rendering a page, so it is not done where connections are
/// served.
async fn answer(
    shared: Arc<Shared>,
    seat: &Seat,
    request: Request<Incoming>,
) -> Result<Response<Marked>, Infallible> {
    let served = seat.serve();
    // What a request carries is of no interest; an unread body closes its connection.
    let (parts, _) = request.into_parts();
    let asked = shared.clone();
    let action = tokio::task::spawn_blocking(move || respond(&asked.setting, &parts));
    let answer = match action.await {
        Ok(Action::Now(answer)) => answer,
        Ok(Action::Listen(tab)) => {
            served.listens();
            events::listen(shared, tab)
        }
        Err(_) => say(StatusCode::INTERNAL_SERVER_ERROR, "this answer failed"),
    };
    Ok(answer.map(|reply| served.with(reply)))
}
