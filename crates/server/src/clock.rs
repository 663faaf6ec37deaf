//! The machine's clock. The one place below `main` that reads it, besides the engine.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use web::Clock;

/// The machine's time.
pub(crate) struct MachineClock {
    start: Instant,
}

impl MachineClock {
    #[expect(clippy::disallowed_methods, reason = "the owner of the clock")]
    pub(crate) fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for MachineClock {
    #[expect(clippy::disallowed_methods, reason = "the owner of the clock")]
    fn unix_s(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    }

    fn monotonic_us(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}
