//! What surfaces share: failures, limits, tokens, who calls, rate limits, and the envelope around every request.
//!
//! **Must not:** know any surface, an engine, or SQL text. Time and randomness are passed in.

pub mod failure;
pub mod limits;
pub mod clock;

pub use clock::{Clock, ManualClock, SharedClock};
pub use failure::{Code, DatabaseFault, Failure};
pub use limits::Limits;
