//! Bodies as they cross the socket: one that must arrive at a rate, one that tells when it has left.
//!
//! **Must not:** bound sizes. How large a body may be depends on the route.

use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::time::{Instant, Sleep};
use web::Limits;
use web::body::SlowBody;

use super::pulse::Pulse;

/// A request body that fails when it arrives too slowly.
pub(super) struct Rated {
    incoming: Incoming,
    rate: Rate,
    bytes: u64,
    /// From the first time that nothing was there.
    waiting: Option<Waiting>,
}

#[derive(Clone, Copy)]
struct Rate {
    bytes_per_s: u64,
    grace: Duration,
}

struct Waiting {
    since: Instant,
    alarm: Pin<Box<Sleep>>,
}

/// How often the rate is looked at once the grace time is over.
const LOOK_EVERY: Duration = Duration::from_secs(1);

impl Rated {
    pub(super) fn new(incoming: Incoming, limits: &Limits) -> Self {
        let grace = Duration::from_millis(limits.body_grace_ms);
        let rate = Rate { bytes_per_s: limits.body_rate_min_bytes_per_s, grace };
        Self { incoming, rate, bytes: 0, waiting: None }
    }

    /// Ready when the body is too slow.
    fn poll_alarm(&mut self, context: &mut Context<'_>) -> Poll<SlowBody> {
        let Rate { bytes_per_s, grace } = self.rate;
        let waiting = self.waiting.get_or_insert_with(|| {
            let alarm = Box::pin(tokio::time::sleep(grace));
            Waiting { since: Instant::now(), alarm }
        });
        while waiting.alarm.as_mut().poll(context).is_ready() {
            let elapsed_ms = u64::try_from(waiting.since.elapsed().as_millis()).unwrap_or(u64::MAX);
            if self.bytes < bytes_per_s.saturating_mul(elapsed_ms) / 1_000 {
                return Poll::Ready(SlowBody);
            }
            waiting.alarm.as_mut().reset(Instant::now() + LOOK_EVERY);
        }
        Poll::Pending
    }
}

impl HttpBody for Rated {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match Pin::new(&mut self.incoming).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => {
                self.bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(other) => Poll::Ready(other.map(|frame| frame.map_err(Into::into))),
            Poll::Pending => self.poll_alarm(context).map(|slow| Some(Err(slow.into()))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

/// A response body that tells the pulse when hyper is done with it.
pub(super) struct Leaving {
    body: Body,
    pulse: Arc<Pulse>,
}

impl Leaving {
    pub(super) fn new(body: Body, pulse: Arc<Pulse>) -> Self {
        Self { body, pulse }
    }
}

impl HttpBody for Leaving {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        self.pulse.answer_ends();
    }
}
