//! One connection from its first byte to its last.
//!
//! **Must not:** outlive the stop's second step, nor any deadline of its pulse.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::Request;
use http_body::Body as HttpBody;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

use super::Application;
use super::admission::Permit;
use super::body::{Leaving, Rated};
use super::head;
use super::pulse::{Pulse, Watched};
use super::stop::Stop;

/// hyper's own limit, which costs nothing; another one would make it allocate for every request.
const HYPER_HEADERS_MAX: usize = 100;

/// What all connections share.
pub(super) struct Serving {
    application: Application,
    protocol: http1::Builder,
    stop: Stop,
}

impl Serving {
    pub(super) fn new(application: Application, stop: Stop) -> Self {
        let limits = &application.limits;
        let mut protocol = http1::Builder::new();
        // The pulse tells heads from silences and measures both; hyper's one timer cannot.
        protocol.header_read_timeout(None);
        protocol.half_close(true);
        protocol.max_header_size(head::bytes_read_max(limits));
        protocol.max_buf_size(head::bytes_read_max(limits));
        if limits.header_count_max > HYPER_HEADERS_MAX {
            protocol.max_headers(limits.header_count_max);
        }
        Self { application, protocol, stop }
    }

    /// Serves a connection until it ends, stalls or must stop.
    pub(super) async fn run(self: Arc<Self>, stream: TcpStream, peer: SocketAddr, permit: Permit) {
        // Answers are written whole; waiting for more to send only delays them. A socket that cannot be told is
        // about to fail anyway.
        stream.set_nodelay(true).ok();
        let pulse = Arc::new(Pulse::new(&self.application.limits));
        let watched = TokioIo::new(Watched::new(stream, Arc::clone(&pulse), permit));
        let service = service_fn(|request| self.answer(request, peer, &pulse));
        let mut connection = pin!(self.protocol.serve_connection(watched, service).with_upgrades());
        let mut alarm = pin!(tokio::time::sleep_until(Instant::now()));
        let mut step = pin!(self.stop.next());
        let mut is_stopping = false;
        let mut has_waker = false;
        poll_fn(|context| {
            // Polling the step takes a lock that all connections share, so it is done once to leave a waker. What
            // there is to see stands in a number.
            if !has_waker {
                has_waker = step.as_mut().poll(context).is_pending();
            }
            if self.stop.is_requested() && !is_stopping {
                is_stopping = true;
                connection.as_mut().graceful_shutdown();
                step.set(self.stop.next());
                has_waker = step.as_mut().poll(context).is_pending();
            }
            if self.stop.is_cut() || connection.as_mut().poll(context).is_ready() {
                return Poll::Ready(());
            }
            if is_stopping && pulse.is_fresh() {
                return Poll::Ready(());
            }
            poll_deadline(&pulse, alarm.as_mut(), context)
        })
        .await;
    }

    async fn answer(
        &self,
        request: Request<Incoming>,
        peer: SocketAddr,
        pulse: &Arc<Pulse>,
    ) -> Result<Response<Leaving>, Infallible> {
        pulse.request_begins();
        let Application { envelope, router, limits, .. } = &self.application;
        let response = match head::check(&request, limits) {
            Ok(()) => {
                let request = request.map(|incoming| match incoming.is_end_stream() {
                    true => Body::empty(),
                    false => Body::new(Rated::new(incoming, limits)),
                });
                envelope.answer(router.clone(), request, peer).await
            }
            Err(failure) => failure.into_response(),
        };
        Ok(response.map(|body| Leaving::new(body, Arc::clone(pulse))))
    }
}

/// Ready when the connection's deadline has passed. The timer is set anew only when a deadline comes nearer, or
/// when it rang too early, so a busy connection touches it once a minute.
fn poll_deadline(pulse: &Pulse, mut alarm: Pin<&mut Sleep>, context: &mut Context<'_>) -> Poll<()> {
    let Some(deadline) = pulse.deadline() else { return Poll::Pending };
    let has_rung = alarm.is_elapsed();
    if has_rung || alarm.deadline() > deadline {
        alarm.as_mut().reset(deadline);
    }
    while alarm.as_mut().poll(context).is_ready() {
        if Instant::now() >= deadline {
            return Poll::Ready(());
        }
        alarm.as_mut().reset(deadline);
    }
    Poll::Pending
}
