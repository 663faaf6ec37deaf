//! What can go wrong between a plan and its answer.

use algebra::value::ValueError;
use plan::PlanError;
use policy::Denied;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    #[error(transparent)]
    Plan(#[from] PlanError),
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The engine refused, with PostgreSQL's words and code.
    #[error(transparent)]
    Sql(#[from] Box<SqlError>),
    /// The request wanted exactly one row (PGRST116). Everything was undone.
    #[error("the result contains {rows} rows")]
    NotOne { rows: u64 },
    /// More rows were touched than allowed (PGRST124). Everything was undone.
    #[error("the query affects {rows} rows")]
    TooMany { rows: u64 },
    /// The queue is full or the engine is away: try again in so many seconds (503).
    #[error("the database is not available: {reason}")]
    Unavailable { reason: &'static str, retry_after_s: u32 },
}

/// An SQL error as PostgreSQL reports it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SqlError {
    /// SQLSTATE, five characters.
    pub code: String,
    pub message: String,
    /// Never the values of rows or columns that the role may not read.
    pub detail: Option<String>,
    pub hint: Option<String>,
    pub constraint: Option<String>,
    pub table: Option<String>,
    pub column: Option<String>,
    /// Which of the rows given to a write it was, from 0.
    pub row: Option<usize>,
}

impl SqlError {
    #[must_use]
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            detail: None,
            hint: None,
            constraint: None,
            table: None,
            column: None,
            row: None,
        }
    }

    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl From<ValueError> for SqlError {
    fn from(error: ValueError) -> Self {
        Self { detail: error.detail, hint: error.hint, ..Self::new(error.sqlstate, error.message) }
    }
}

impl From<SqlError> for DatabaseError {
    fn from(error: SqlError) -> Self {
        DatabaseError::Sql(Box::new(error))
    }
}
