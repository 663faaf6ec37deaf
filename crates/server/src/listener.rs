//! The listening socket: an accept loop of our own, with every deadline armed and an orderly end.
//!
//! What hyper leaves to its user is decided here: how many connections, how long a head or a silence may last, how
//! a slow body ends, what a stop means for each connection.
//! **Must not:** know a route or a surface; requests go to the router through the envelope.

mod admission;
mod body;
mod connection;
mod descriptors;
mod framing;
mod head;
mod pulse;
mod stop;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_util::task::TaskTracker;
use web::{Envelope, Limits, TrustedProxies};

pub(crate) use self::stop::Stop;

use self::admission::{Admission, Permit};
use self::connection::Serving;

/// Connections that the kernel keeps for us while we are busy accepting.
const BACKLOG: u32 = 1_024;

/// After a failed accept: first pause, doubled up to the longest.
const PAUSE_MIN: Duration = Duration::from_millis(10);
const PAUSE_MAX: Duration = Duration::from_secs(1);

/// What answers, and within which limits.
pub(crate) struct Application {
    /// What is around every request.
    pub(crate) envelope: Envelope,
    /// All routes.
    pub(crate) router: Router,
    /// Times, sizes and counts.
    pub(crate) limits: Limits,
    /// Proxies carry everybody's requests, so they are not bound to the share of one address.
    pub(crate) proxies: TrustedProxies,
}

/// A bound socket.
pub(crate) struct Listener {
    socket: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// Binds. Port 0 lets the system choose.
    pub(crate) fn bind(address: SocketAddr) -> io::Result<Self> {
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // A restart must not wait for the connections of the last run to be forgotten by the kernel.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        let socket = socket.listen(BACKLOG)?;
        let address = socket.local_addr()?;
        Ok(Self { socket, address })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until told to stop, then ends: no new connections, idle ones closed at once, requests in flight
    /// finished within their grace time, what is left cut off.
    pub(crate) async fn serve(self, application: Application, stop: Stop) {
        let grace = Duration::from_millis(application.limits.shutdown_grace_ms);
        let admission = Admission::new(&application.limits, application.proxies.clone());
        let serving = Arc::new(Serving::new(application, stop.clone()));
        let tracker = TaskTracker::new();
        tokio::select! {
            () = stop.requested() => {}
            () = accept_for_ever(&self.socket, &admission, |stream, peer, permit| {
                tracker.spawn(Arc::clone(&serving).run(stream, peer, permit));
            }) => {}
        }
        // The port is free from here on, for the process that replaces this one.
        drop(self.socket);
        tracker.close();
        if tokio::time::timeout(grace, tracker.wait()).await.is_err() {
            tracing::warn!(
                connections = tracker.len(),
                "requests did not end in their grace time and are cut off"
            );
            stop.cut();
            tracker.wait().await;
        }
    }
}

async fn accept_for_ever(
    socket: &TcpListener,
    admission: &Admission,
    mut serve: impl FnMut(TcpStream, SocketAddr, Permit),
) {
    let mut pause = PAUSE_MIN;
    loop {
        match socket.accept().await {
            Ok((stream, peer)) => {
                pause = PAUSE_MIN;
                // A connection that is not admitted is closed by being dropped.
                if let Some(permit) = admission.admit(peer.ip()) {
                    serve(stream, peer, permit);
                }
            }
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                // Out of descriptors or memory: the connection stays in the kernel's queue, and asking again at once
                // would only burn the processor.
                if pause == PAUSE_MIN {
                    tracing::warn!(%error, "connections cannot be accepted at the moment");
                }
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(PAUSE_MAX);
            }
        }
    }
}

/// The client was gone before it was accepted. The next one may be there.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::Interrupted
    )
}

#[cfg(test)]
mod tests;
