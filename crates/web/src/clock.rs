//! What time it is, as told by whoever starts the server.
//!
//! **Must not:** read a clock. Tests pass [`ManualClock`]; the server passes the machine's.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A source of time.
pub trait Clock: Send + Sync + 'static {
    /// Seconds since 1970-01-01 UTC. May jump.
    fn unix_s(&self) -> i64;

    /// Microseconds since some moment before the first call. Never goes back.
    fn monotonic_us(&self) -> u64;
}

/// A clock that everybody holds.
pub type SharedClock = Arc<dyn Clock>;

/// A clock that stands still until it is told to move, for tests.
#[derive(Debug)]
pub struct ManualClock {
    unix_us: AtomicI64,
}

impl ManualClock {
    /// A clock that shows this time.
    pub fn at(unix_s: i64) -> Arc<Self> {
        Arc::new(Self { unix_us: AtomicI64::new(unix_s * 1_000_000) })
    }

    /// Moves it on.
    pub fn advance_s(&self, seconds: i64) {
        self.unix_us.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn unix_s(&self) -> i64 {
        self.unix_us.load(Ordering::SeqCst).div_euclid(1_000_000)
    }

    fn monotonic_us(&self) -> u64 {
        u64::try_from(self.unix_us.load(Ordering::SeqCst)).unwrap_or(0)
    }
}
