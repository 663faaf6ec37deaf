//! PostgreSQL SQL text to bound, typed statements and catalog changes.

pub mod syntax;
mod lexer;
pub mod diagnostic;

pub use diagnostic::{Diagnostic, SqlState};
