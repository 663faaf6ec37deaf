//! The refusals that several parts of the binder share, in PostgreSQL's words.

use crate::diagnostic::{Diagnostic, SqlState};
use crate::syntax::name::Span;

/// What every step of binding answers.
pub(crate) type Bind<T> = Result<T, Diagnostic>;

/// A refusal with its five characters.
pub(crate) fn refused(code: &'static str, message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(SqlState::new(code), message, span)
}

/// PostgreSQL has it, this version does not serve it.
pub(crate) fn unsupported(what: &str, span: Span) -> Diagnostic {
    refused("0A000", format!("{what} is not supported"), span)
}

/// `column "x" does not exist`.
pub(crate) fn no_column(name: &str, span: Span) -> Diagnostic {
    refused("42703", format!("column \"{name}\" does not exist"), span)
}

/// `column "x" of relation "t" does not exist`.
pub(crate) fn no_column_of(name: &str, relation: &str, span: Span) -> Diagnostic {
    refused("42703", format!("column \"{name}\" of relation \"{relation}\" does not exist"), span)
}
