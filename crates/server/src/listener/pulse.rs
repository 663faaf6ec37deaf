//! What a connection is doing and until when it may: the deadlines of heads, silences and stalled readers.
//!
//! The stream, the service and the response body of one connection report here; the connection's own future holds
//! the one timer and asks. Nothing is locked: all of them run in the same task.
//! **Must not:** close anything itself.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;
use web::Limits;

use super::admission::Permit;
use super::framing::{self, Framing};

/// The state of one connection.
pub(super) struct Pulse {
    accepted: Instant,
    phase: AtomicU8,
    /// When the phase must be over, in milliseconds since the connection was accepted.
    deadline_ms: AtomicU64,
    /// Since when the client reads nothing of what waits for it; 0 when nothing waits.
    stalled_ms: AtomicU64,
    head_ms: u64,
    idle_ms: u64,
}

/// Accepted, and nothing came yet.
const FRESH: u8 = 0;
/// Part of a head came.
const HEAD: u8 = 1;
/// A request is being answered.
const REQUEST: u8 = 2;
/// Kept open for the next request.
const IDLE: u8 = 3;

const NEVER_MS: u64 = u64::MAX;

/// What bytes belong to, as far as can be told without parsing: a body may be followed by heads that were sent
/// ahead.
enum Coming {
    NewHead,
    Head,
    Body,
}

impl Pulse {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            accepted: Instant::now(),
            phase: AtomicU8::new(FRESH),
            deadline_ms: AtomicU64::new(limits.head_timeout_ms),
            stalled_ms: AtomicU64::new(0),
            head_ms: limits.head_timeout_ms,
            idle_ms: limits.idle_timeout_ms,
        }
    }

    /// When the connection must have gone on; none while it is our turn.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let stalled_ms = self.stalled_ms.load(Ordering::Relaxed);
        let stall_ms = if stalled_ms == 0 { NEVER_MS } else { stalled_ms + self.idle_ms };
        let deadline_ms = self.deadline_ms.load(Ordering::Relaxed).min(stall_ms);
        (deadline_ms != NEVER_MS).then(|| self.accepted + Duration::from_millis(deadline_ms))
    }

    /// Nothing of any request has come that is not answered.
    pub(super) fn is_fresh(&self) -> bool {
        self.phase.load(Ordering::Relaxed) == FRESH
    }

    /// A head is complete: it is our turn.
    pub(super) fn request_begins(&self) {
        self.enter(REQUEST, NEVER_MS);
    }

    /// The last byte of an answer was handed over.
    pub(super) fn answer_ends(&self) {
        self.enter(IDLE, self.now_ms() + self.idle_ms);
    }

    /// Bytes came: says what they belong to.
    fn bytes_came(&self) -> Coming {
        match self.phase.load(Ordering::Relaxed) {
            // The first head is measured from accepting, so that a client cannot double its time by waiting.
            FRESH => {
                self.phase.store(HEAD, Ordering::Relaxed);
                Coming::NewHead
            }
            IDLE => {
                self.enter(HEAD, self.now_ms() + self.head_ms);
                Coming::NewHead
            }
            HEAD => Coming::Head,
            _ => Coming::Body,
        }
    }

    fn enter(&self, phase: u8, deadline_ms: u64) {
        self.phase.store(phase, Ordering::Relaxed);
        self.deadline_ms.store(deadline_ms, Ordering::Relaxed);
    }

    fn writing<T>(&self, outcome: &Poll<T>) {
        let is_stalled = self.stalled_ms.load(Ordering::Relaxed) != 0;
        match outcome {
            Poll::Pending if !is_stalled => self.stalled_ms.store(self.now_ms().max(1), Ordering::Relaxed),
            Poll::Ready(_) if is_stalled => self.stalled_ms.store(0, Ordering::Relaxed),
            _ => {}
        }
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.accepted.elapsed().as_millis()).unwrap_or(NEVER_MS / 2)
    }
}

/// A connection's stream, which tells the pulse what happens on it. It holds the connection's place, also after
/// the stream was handed on to another protocol.
pub(super) struct Watched {
    stream: TcpStream,
    pulse: Arc<Pulse>,
    framing: Framing,
    _permit: Permit,
}

impl Watched {
    pub(super) fn new(stream: TcpStream, pulse: Arc<Pulse>, permit: Permit) -> Self {
        Self { stream, pulse, framing: Framing::default(), _permit: permit }
    }
}

impl Watched {
    fn look_at(&mut self, new: &mut [u8]) {
        match self.pulse.bytes_came() {
            Coming::NewHead => self.framing = Framing::default(),
            Coming::Head => {}
            Coming::Body => return,
        }
        if !self.framing.is_clear(new) {
            framing::spoil(new);
        }
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(context, buffer);
        let new = &mut buffer.filled_mut()[before..];
        if !new.is_empty() {
            self.look_at(new);
        }
        outcome
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.pulse.writing(&outcome);
        outcome
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.pulse.writing(&outcome);
        outcome
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
