//! The meter of a connection: how much work and time the running statement has left.
//!
//! SQLite asks it every thousand steps of its virtual machine; that makes the move of a long read and the statement time limit
//! possible. **Must not:** know what runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;

/// Steps of the virtual machine between two looks at the meter.
const STEPS_PER_TICK: i32 = 1_000;

/// What a connection's statements may still use.
#[derive(Debug)]
pub(super) struct Meter {
    origin: Instant,
    ticks: AtomicI64,
    deadline_us: AtomicU64,
    stopped: AtomicBool,
}

/// The moment now; `database` is one of the two crates that may ask.
#[expect(
    clippy::disallowed_methods,
    reason = "the engine holds time limits and is where time enters statements"
)]
pub(super) fn now() -> Instant {
    Instant::now()
}

impl Meter {
    /// A meter without limits, watched by this connection from now on.
    pub(super) fn attach(connection: &mut Connection) -> rusqlite::Result<Arc<Self>> {
        let meter = Arc::new(Self {
            origin: now(),
            ticks: AtomicI64::new(i64::MAX),
            deadline_us: AtomicU64::new(u64::MAX),
            stopped: AtomicBool::new(false),
        });
        let watched = Arc::clone(&meter);
        connection.progress_handler(STEPS_PER_TICK, Some(move || watched.is_spent()))?;
        Ok(meter)
    }

    /// Gives the next statements this many ticks and this much time.
    pub(super) fn allow(&self, ticks: i64, time: Duration) {
        let until = self.elapsed_us().saturating_add(u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
        self.set(ticks, until);
    }

    /// Gives the next statements this much time.
    pub(super) fn allow_time(&self, time: Duration) {
        self.allow(i64::MAX, time);
    }

    /// No limits: for the engine's own short statements.
    pub(super) fn allow_all(&self) {
        self.set(i64::MAX, u64::MAX);
    }

    fn set(&self, ticks: i64, until: u64) {
        self.ticks.store(ticks, Ordering::Relaxed);
        self.deadline_us.store(until, Ordering::Relaxed);
        self.stopped.store(false, Ordering::Relaxed);
    }

    /// Stops what runs, because nobody waits for it any more.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    fn is_spent(&self) -> bool {
        self.ticks.fetch_sub(1, Ordering::Relaxed) <= 0
            || self.stopped.load(Ordering::Relaxed)
            || self.elapsed_us() > self.deadline_us.load(Ordering::Relaxed)
    }

    fn elapsed_us(&self) -> u64 {
        u64::try_from(now().duration_since(self.origin).as_micros()).unwrap_or(u64::MAX)
    }
}
