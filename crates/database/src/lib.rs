//! Sessions, the engine trait, and the engines.
//!
//! The one door to the data: [`Session::answer`] for plans, [`Session::run`] for a service's own queries. **Must not:** know HTTP
//! or a surface.

mod session;
mod shapes;
mod compiled;
mod detail;
mod engine;
mod limits;
mod query;
mod reply;
mod error;
mod layout;
mod cell;
mod sqlite;

pub use compiled::Parsed;
pub use engine::{Answer, Engine, Migration, MigrationStep, Prepared, Work};
pub use error::{DatabaseError, SqlError};
pub use layout::Layout;
pub use limits::EngineLimits;
pub use query::{Query, Row, Rows};
pub use reply::Reply;
pub use session::{Database, Session};
pub use sqlite::{OpenError, SqliteEngine};

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod tests;
