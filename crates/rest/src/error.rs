//! Why a request was turned back before anyone looked at the data: every variant with the code, status and
//! words of rest.md §10.1.
//! **Must not:** speak of a database's own errors.

use thiserror::Error;

use crate::query::Excess;

/// A request that cannot be understood or is not allowed to be asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RequestError {
    /// A part of the query string is not in the grammar.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// A part of the query string passes a limit.
    #[error(transparent)]
    Excess(#[from] Excess),
    /// A text has a NUL, which no database keeps.
    #[error("invalid byte sequence for encoding \"UTF8\": 0x00")]
    Nul,
}

/// A text that is not in the grammar.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"failed to parse {what} ({text})\" (line {line}, column {column})")]
pub struct SyntaxError {
    /// What it should have been.
    pub what: &'static str,
    /// The text, decoded.
    pub text: String,
    /// The line of the mistake, from 1.
    pub line: usize,
    /// Its column, in characters, from 1.
    pub column: usize,
    /// What was found there and what would have done.
    pub complaint: String,
}
