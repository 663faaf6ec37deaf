//! The REST surface: PostgREST's grammar at `/rest/v1`, and the same as resource URLs at `/api`.
//! **Must not:** know SQL, an engine, or what a role may do: a request is parsed, lowered to a plan, answered
//! by the session, and the reply put into HTTP's words.

pub mod query;
pub mod prefer;
pub mod range;
pub mod media;
pub mod profile;
pub mod body;
pub mod target;
pub mod request;
pub mod lower;
pub mod respond;
pub mod failure;
mod routes;
mod error;
#[cfg(test)]
mod testing;

pub use error::{RequestError, SyntaxError};
pub use request::Settings;
pub use routes::{RestState, routes};
