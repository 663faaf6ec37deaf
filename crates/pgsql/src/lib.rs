//! PostgreSQL SQL text to bound, typed statements and catalog changes.

pub mod syntax;
pub mod diagnostic;

pub use diagnostic::{Diagnostic, SqlState};
