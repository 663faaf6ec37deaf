//! Queries: CTEs, body, order and bounds.

use algebra::expression::Expr;
use algebra::query::Query;
use algebra::types::Type;

use super::binder::Binder;
use super::clause::Clause;
use super::fail::{Bind, refused, unsupported};
use super::scope::Namespace;
use crate::syntax;
use crate::syntax::query::QueryBody;

impl Binder<'_> {
    /// Binds a query in a scope of its own inside the present ones.
    pub(crate) fn query(&mut self, query: &syntax::query::Query) -> Bind<Query> {
        self.query_for(query, false)
    }

    /// The same; literals without a type stay so where the context decides: `insert … select`, set operations.
    pub(crate) fn query_for(&mut self, query: &syntax::query::Query, keep_unknown: bool) -> Bind<Query> {
        self.nested(Namespace::default(), Clause::Output, |binder| binder.query_here(query, keep_unknown))
    }

    fn query_here(&mut self, query: &syntax::query::Query, keep_unknown: bool) -> Bind<Query> {
        if let Some(locking) = query.locking.first() {
            return Err(unsupported("a row lock (for update, for share)", locking.span)
                .with_hint("Leave it out: writes run one after the other."));
        }
        if query.with_ties {
            return Err(unsupported("with ties", query.span));
        }
        let ctes = match &query.with {
            Some(with) => self.ctes(with)?,
            None => Vec::new(),
        };
        let (body, order) = match &query.body {
            QueryBody::Select(select) => self.select(select, &query.order_by, keep_unknown)?,
            QueryBody::Values(rows) => {
                let body = self.values(rows, keep_unknown && query.order_by.is_empty(), query.span)?;
                let order = self.output_order(&body, &query.order_by)?;
                (body, order)
            }
            QueryBody::SetOperation(operation) => {
                let body = self.set_operation(operation)?;
                let order = self.output_order(&body, &query.order_by)?;
                (body, order)
            }
        };
        let limit = self.bound(query.limit.as_ref(), Clause::Limit)?;
        let offset = self.bound(query.offset.as_ref(), Clause::Offset)?;
        Ok(Query { ctes, body, order, limit, offset })
    }

    /// `limit` and `offset` see no columns of their own query.
    fn bound(&mut self, written: Option<&syntax::expression::Expr>, clause: Clause) -> Bind<Option<Expr>> {
        let Some(written) = written else { return Ok(None) };
        let sight = std::mem::take(&mut self.level().namespace);
        let value = self.within(clause, |binder| binder.expression(written));
        self.level().namespace = sight;
        let value = match value {
            Err(error) if matches!(error.sqlstate.code(), "42703" | "42P01") => {
                let seen = self.within(clause, |binder| binder.expression(written)).is_ok();
                let message = format!("argument of {} must not contain variables", clause.name());
                return Err(if seen { refused("42P10", message, error.span) } else { error });
            }
            other => other?,
        };
        Ok(Some(self.expected(value, &Type::Int8, clause.name())?))
    }
}
