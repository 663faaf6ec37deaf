//! The ceilings that the engines hold themselves (LIM-09). `server` fills them in from the one table of limits.

use std::time::Duration;

use policy::Caller;

/// Times and sizes of an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EngineLimits {
    /// The time of one statement, by who asks.
    pub anon_statement: Duration,
    pub authenticated_statement: Duration,
    pub service_statement: Duration,
    /// How long a request waits for its turn before it is told to come back.
    pub queue_wait: Duration,
    /// How many writes may wait.
    pub queue_length: usize,
    /// How many long reads run at once.
    pub long_reads: usize,
}

impl Default for EngineLimits {
    fn default() -> Self {
        Self {
            anon_statement: Duration::from_secs(3),
            authenticated_statement: Duration::from_secs(8),
            service_statement: Duration::from_secs(60),
            queue_wait: Duration::from_secs(2),
            queue_length: 4_096,
            long_reads: 8,
        }
    }
}

impl EngineLimits {
    /// The time a statement of this caller may take.
    pub(crate) fn statement(&self, caller: &Caller) -> Duration {
        match caller {
            Caller::Anonymous { .. } => self.anon_statement,
            Caller::User { .. } => self.authenticated_statement,
            Caller::Service { .. } | Caller::System => self.service_statement,
        }
    }
}
