//! Sessions, the engine trait, and the engines.
//!
//! The one door to the data: [`Session::answer`] for plans, [`Session::run`] for a service's own queries. **Must not:** know HTTP
//! or a surface.

mod engine;
mod error;
mod query;
mod reply;
mod session;

pub use engine::{Answer, Engine, Migration, Prepared, Work};
pub use error::{DatabaseError, SqlError};
pub use query::{Query, Row, Rows};
pub use reply::Reply;
pub use session::{Database, Session};
