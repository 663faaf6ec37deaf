//! PostgreSQL SQL text to bound, typed statements and catalog changes.

pub mod syntax;
mod lexer;
pub mod diagnostic;
pub mod parse;
pub mod bind;

pub use bind::{Bound, Options, Prepared, Setting, bind};
pub use diagnostic::{Diagnostic, SqlState};
pub use parse::{Script, parse_all, parse_expression, parse_script, parse_type};
