//! What surfaces share: failures, limits, tokens, who calls, rate limits, and the envelope around every request.
//!
//! **Must not:** know any surface, an engine, or SQL text. Time and randomness are passed in.

pub mod failure;
pub mod limits;
pub mod clock;
pub mod random;
pub mod tokens;
pub mod api_keys;
pub mod revoked;
pub mod caller;
pub mod session;
pub mod address;
pub mod rate;
pub mod body;
pub mod envelope;

pub use address::{ClientAddress, TrustedProxies};
pub use api_keys::{ApiKeys, KeyKind};
pub use caller::{Gate, Identity};
pub use clock::{Clock, ManualClock, SharedClock};
pub use envelope::{AccessLog, AllowedOrigins, Arrival, Envelope, EnvelopeSettings};
pub use failure::{Code, DatabaseFault, Failure};
pub use limits::Limits;
pub use random::SharedRandom;
pub use rate::{OverLimit, Quota, RateLimiter};
pub use revoked::Revoked;
pub use session::InSession;
pub use tokens::{Claims, KeyRing, Secret, Signer, SigningKey, TokenError, TokenKeys, TokenRules, VerifyKey};

#[cfg(test)]
mod docs_pages;
