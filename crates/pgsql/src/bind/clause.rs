//! Where an expression stands, which decides what it may hold.
//!
//! **Must not:** look into expressions; it knows the places and PostgreSQL's words for them.

use super::fail::{Bind, refused};
use crate::syntax::name::Span;

/// The place of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clause {
    Output,
    Having,
    OrderBy,
    DistinctOn,
    Where,
    JoinOn,
    FromFunction,
    GroupBy,
    Window,
    Limit,
    Offset,
    Values,
    Returning,
    UpdateSet,
    ConflictWhere,
    Check,
    Default,
    Generated,
    IndexExpression,
    IndexPredicate,
    Policy,
    TypeUsing,
}

impl Clause {
    /// Whether aggregates may stand here.
    pub(crate) fn allows_aggregates(self) -> bool {
        matches!(
            self,
            Clause::Output | Clause::Having | Clause::OrderBy | Clause::DistinctOn | Clause::Window
        )
    }

    /// Whether window functions may stand here.
    pub(crate) fn allows_windows(self) -> bool {
        matches!(self, Clause::Output | Clause::OrderBy | Clause::DistinctOn)
    }

    /// The place as PostgreSQL names it where something is not allowed.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Clause::Output => "SELECT",
            Clause::Having => "HAVING",
            Clause::OrderBy => "ORDER BY",
            Clause::DistinctOn => "DISTINCT ON",
            Clause::Where | Clause::ConflictWhere => "WHERE",
            Clause::JoinOn => "JOIN conditions",
            Clause::FromFunction => "functions in FROM",
            Clause::GroupBy => "GROUP BY",
            Clause::Window => "window definitions",
            Clause::Limit => "LIMIT",
            Clause::Offset => "OFFSET",
            Clause::Values => "VALUES",
            Clause::Returning => "RETURNING",
            Clause::UpdateSet => "UPDATE",
            Clause::Check => "check constraints",
            Clause::Default => "DEFAULT expressions",
            Clause::Generated => "column generation expressions",
            Clause::IndexExpression => "index expressions",
            Clause::IndexPredicate => "index predicates",
            Clause::Policy => "policy expressions",
            Clause::TypeUsing => "transform expressions",
        }
    }

    /// Refuses a sub-query where PostgreSQL does.
    pub(crate) fn check_subquery(self, span: Span) -> Bind<()> {
        let place = match self {
            Clause::Check => "check constraint",
            Clause::Default => "DEFAULT expression",
            Clause::Generated => "column generation expression",
            Clause::IndexExpression => "index expression",
            Clause::IndexPredicate => "index predicate",
            Clause::TypeUsing => "transform expression",
            _ => return Ok(()),
        };
        Err(refused("0A000", format!("cannot use subquery in {place}"), span))
    }
}
