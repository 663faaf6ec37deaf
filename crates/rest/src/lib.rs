//! The REST surface: PostgREST's grammar at `/rest/v1`, and the same as resource URLs at `/api`.
//! **Must not:** know SQL, an engine, or what a role may do: a request is parsed, lowered to a plan, answered
//! by the session, and the reply put into HTTP's words.

pub mod query;
mod prefer;
mod range;
mod media;
mod profile;
mod body;
mod target;
mod request;
mod lower;
mod respond;
mod viewer;
mod failure;
mod routes;
mod error;
#[cfg(test)]
mod testing;

pub use error::{RequestError, SyntaxError};
pub use request::Settings;
pub use routes::{RestState, routes};
