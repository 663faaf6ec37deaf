//! What a plan is answered with.

use bytes::Bytes;

/// The answer to a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// The body in the plan's format, written once from the typed columns; empty when there is none.
    pub body: Bytes,
    /// Rows in the body (or that would be).
    pub rows: u64,
    /// The total without bounds, when it was asked for.
    pub total: Option<u64>,
    /// Rows written.
    pub affected: u64,
    /// Of these, rows that were not there before (upserts).
    pub inserted: u64,
    /// The primary key of the one written row, by column, as PostgreSQL's text; for `Format::Key`.
    pub key: Vec<(String, Option<String>)>,
}
