//! What is around every request, in one short layer: its id, whose it is, the time it may take, containment of
//! panics, cross-origin rules, headers that keep browsers careful, and its line in the log.
//!
//! **Must not:** know a route. Must not write query strings or headers to the log: they can hold secrets.

pub mod cors;
mod request_id;

use std::any::Any;
use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{CONNECTION, HeaderName, ORIGIN, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderValue, Method, Request, Uri};
use tower::Service;
use tower::ServiceExt;

pub use self::cors::{AllowedOrigins, OriginError};

use self::request_id::{REQUEST_ID, RequestIds};
use crate::address::{ClientAddress, TrustedProxies};
use crate::clock::SharedClock;
use crate::failure::{Code, Failure, Report};
use crate::limits::Limits;
use crate::random::{RandomError, SharedRandom};

/// What the envelope knows of a request, put into its extensions.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The other end of the connection.
    pub peer: SocketAddr,
    /// The address that limits count.
    pub client: ClientAddress,
    /// The id in the answer and in the log.
    pub request_id: HeaderValue,
}

/// Which requests get a line in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AccessLog {
    /// Every one, and why it was refused: for whoever writes the application. The words may repeat what was sent.
    Explained,
    /// Every one.
    All,
    /// Those that failed through our fault.
    #[default]
    Failures,
}

/// How the envelope is to behave.
#[derive(Debug, Clone, Default)]
pub struct EnvelopeSettings {
    /// Whose pages may read answers.
    pub origins: AllowedOrigins,
    /// Whose forwarding headers count.
    pub proxies: TrustedProxies,
    /// Whether browsers reach us by HTTPS and shall remember it.
    pub is_https: bool,
    /// Which requests are logged.
    pub access_log: AccessLog,
}

/// The layer around every request.
pub struct Envelope {
    settings: EnvelopeSettings,
    ids: RequestIds,
    clock: SharedClock,
    timeout: Duration,
}

/// A handler panicked, with these words.
#[derive(Debug, thiserror::Error)]
#[error("panic: {0}")]
struct Panicked(String);

const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");
const TWO_YEARS: HeaderValue = HeaderValue::from_static("max-age=63072000");

impl Envelope {
    /// An envelope with these settings.
    pub fn new(
        settings: EnvelopeSettings,
        limits: &Limits,
        clock: SharedClock,
        random: &SharedRandom,
    ) -> Result<Self, RandomError> {
        let ids = RequestIds::new(random.as_ref())?;
        Ok(Self { settings, ids, clock, timeout: limits.request_timeout() })
    }

    /// Answers a request of this peer through a service, whatever that service does.
    pub async fn answer<S>(&self, service: S, mut request: Request<Body>, peer: SocketAddr) -> Response
    where
        S: Service<Request<Body>, Response = Response, Error = Infallible>,
    {
        let started_us = self.clock.monotonic_us();
        let request_id = self.ids.of(request.headers());
        let client = self.settings.proxies.client(peer.ip(), request.headers());
        let arrival = Arrival { peer, client, request_id: request_id.clone() };
        request.extensions_mut().insert(arrival);
        let method = request.method().clone();
        let uri = request.uri().clone();
        let origin = request.headers().get(ORIGIN).cloned();

        let mut response = match self.answer_itself(&request) {
            Some(response) => response,
            None => self.contain(service.oneshot(request)).await,
        };
        let headers = response.headers_mut();
        headers.insert(REQUEST_ID, request_id.clone());
        headers.insert(X_CONTENT_TYPE_OPTIONS, NOSNIFF);
        if self.settings.is_https {
            headers.insert(STRICT_TRANSPORT_SECURITY, TWO_YEARS);
        }
        self.settings.origins.apply(origin.as_ref(), headers);
        let line = Line { request_id: &request_id, method: &method, uri: &uri, client, started_us };
        self.log(&line, &mut response);
        response
    }

    /// Requests that no route needs to see.
    fn answer_itself(&self, request: &Request<Body>) -> Option<Response> {
        let method = request.method();
        if method == Method::TRACE || method == Method::CONNECT {
            let message = format!("Unsupported HTTP method: {method}");
            return Some(Failure::new(Code::MethodNotSupported, message).into_response());
        }
        self.settings.origins.preflight(method, request.headers())
    }

    /// Runs a handler within its time and lets no panic out.
    async fn contain(&self, handler: impl Future<Output = Result<Response, Infallible>>) -> Response {
        let mut handler = pin!(handler);
        let guarded = std::future::poll_fn(|context| {
            // What a panicking handler leaves half done is its own future, which is never polled again.
            match catch_unwind(AssertUnwindSafe(|| handler.as_mut().poll(context))) {
                Ok(Poll::Pending) => Poll::Pending,
                Ok(Poll::Ready(Ok(response))) => Poll::Ready(response),
                Ok(Poll::Ready(Err(never))) => match never {},
                Err(panic) => Poll::Ready(Failure::internal(Panicked(words_of(&*panic))).into_response()),
            }
        });
        match tokio::time::timeout(self.timeout, guarded).await {
            Ok(response) => response,
            Err(_elapsed) => Failure::new(Code::TooSlow, "the request took too long")
                .header(CONNECTION, HeaderValue::from_static("close"))
                .into_response(),
        }
    }

    fn log(&self, line: &Line<'_>, response: &mut Response) {
        let status = response.status().as_u16();
        let is_ours = response.status().is_server_error();
        let report = response.extensions_mut().remove::<Report>();
        let cause = report.as_ref().and_then(|report| report.cause.as_ref());
        if !is_ours && cause.is_none() && self.settings.access_log == AccessLog::Failures {
            return;
        }
        let is_explained = self.settings.access_log == AccessLog::Explained;
        let told = report.as_ref().filter(|_| is_explained);
        let (reason, hint) =
            (told.map(|told| told.message.as_str()), told.and_then(|told| told.hint.as_deref()));
        let duration_us = self.clock.monotonic_us().saturating_sub(line.started_us);
        let request_id = line.request_id.to_str().unwrap_or_default();
        let code = report.as_ref().map(|report| report.code.as_ref());
        let (method, path, client) = (line.method.as_str(), line.uri.path(), line.client.0);
        match cause {
            Some(cause) => {
                let cause = words_with_sources(cause.as_ref());
                tracing::error!(request_id, method, path, status, code, %client, duration_us, cause, "request failed");
            }
            None if is_ours => {
                tracing::warn!(request_id, method, path, status, code, %client, duration_us, "request failed");
            }
            None => {
                tracing::info!(request_id, method, path, status, code, %client, duration_us, reason, hint, "request");
            }
        }
    }
}

/// What a line of the log is about.
struct Line<'a> {
    request_id: &'a HeaderValue,
    method: &'a Method,
    uri: &'a Uri,
    client: ClientAddress,
    started_us: u64,
}

/// The name of the header with the request's id.
pub const REQUEST_ID_HEADER: HeaderName = REQUEST_ID;

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without words".to_owned())
}

fn words_with_sources(error: &(dyn std::error::Error + 'static)) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let text = inner.to_string();
        // Transparent errors repeat their source's words.
        if !words.ends_with(&text) {
            words.push_str(": ");
            words.push_str(&text);
        }
        source = inner.source();
    }
    words
}

#[cfg(test)]
mod tests;
