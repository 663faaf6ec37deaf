//! A guarded statement to SQL text and parameters, in two dialects.
//!
//! The only place where SQL for an engine is written, definitions too. **Must not:** do I/O, know who asks, hold values of a
//! request (they are parameters).

pub mod program;
mod statement;

pub use program::{Parameter, Program, Sql, Step};
pub use statement::{Dialect, Postgres, Sqlite, render};
