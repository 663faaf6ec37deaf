//! Queries as a whole: set operations, order, limits, locks, parenthesised queries.
//!
//! **Must not:** look into a select list.

use crate::parse::Parsed;
use crate::parse::expression::Grammar;
use crate::parse::stream::Parser;
use crate::syntax::expression::{Expr, ExprKind};
use crate::syntax::literal::Literal;
use crate::syntax::name::Span;
use crate::syntax::query::{
    LockStrength, LockWait, Locking, NullsOrder, Query, QueryBody, SetOperation, SetOperator, SortDirection,
    SortItem, ValuesRow, With,
};

/// A query without any clause of its own.
pub(super) fn plain(body: QueryBody, span: Span) -> Query {
    Query {
        with: None,
        body,
        order_by: Vec::new(),
        limit: None,
        with_ties: false,
        offset: None,
        locking: Vec::new(),
        span,
    }
}

impl Parser<'_> {
    /// Whether a word that begins a query stands here. `values` may also name a column, but not before a parenthesis.
    pub(super) fn at_query_word(&self) -> bool {
        self.at_any(&["select", "with", "table"]) || (self.at("values") && self.mark_follows(1, "("))
    }

    /// Whether a query that stood in parentheses goes on behind them.
    pub(super) fn query_goes_on(&self) -> bool {
        self.at_mark(")")
            || self.at_any(&["union", "intersect", "except", "order", "limit", "offset", "fetch", "for"])
    }

    /// Whether a query begins here, perhaps in parentheses.
    pub(super) fn at_query(&self) -> bool {
        let mut offset = 0;
        while self.mark_follows(offset, "(") {
            offset += 1;
        }
        matches!(self.word_at(offset), Some("select" | "with" | "table" | "values"))
    }

    /// PostgreSQL's `SelectStmt`.
    pub(super) fn query(&mut self) -> Parsed<Query> {
        self.deeper(|parser| {
            let start = parser.here();
            let with = parser.with()?;
            parser.query_after_with(with, start)
        })
    }

    /// A query whose `with` was read already.
    pub(super) fn query_after_with(&mut self, with: Option<With>, start: Span) -> Parsed<Query> {
        let first = self.query_operand()?;
        let body = self.set_operations(first, SetLevel::Union)?;
        let mut query = self.query_clauses(body)?;
        if let Some(with) = with {
            if let Some(inner) = &query.with {
                return Err(self.fault("multiple WITH clauses not allowed", inner.span));
            }
            query.with = Some(with);
        }
        query.span = self.since(start);
        Ok(query)
    }

    /// A query that begins with one read in parentheses.
    pub(super) fn query_from(&mut self, first: Query) -> Parsed<Query> {
        let body = self.set_operations(first, SetLevel::Union)?;
        self.query_clauses(body)
    }

    fn set_operations(&mut self, mut left: Query, least: SetLevel) -> Parsed<Query> {
        while let Some((operator, level)) = self.set_operator().filter(|(_, level)| *level >= least) {
            self.advance();
            self.raise()?;
            let all = self.accept_any(&["all", "distinct"]) == Some("all");
            let right = self.deeper(|parser| {
                let operand = parser.query_operand()?;
                match level {
                    SetLevel::Union => parser.set_operations(operand, SetLevel::Intersect),
                    SetLevel::Intersect => Ok(operand),
                }
            })?;
            let span = left.span.to(right.span);
            left =
                plain(QueryBody::SetOperation(Box::new(SetOperation { operator, all, left, right })), span);
        }
        Ok(left)
    }

    fn set_operator(&self) -> Option<(SetOperator, SetLevel)> {
        match self.word_at(0)? {
            "union" => Some((SetOperator::Union, SetLevel::Union)),
            "except" => Some((SetOperator::Except, SetLevel::Union)),
            "intersect" => Some((SetOperator::Intersect, SetLevel::Intersect)),
            _ => None,
        }
    }

    fn query_operand(&mut self) -> Parsed<Query> {
        let start = self.here();
        if self.at_mark("(") {
            let mut query = self.query_in_parentheses()?;
            query.span = self.since(start);
            return Ok(query);
        }
        let body = if self.at("values") {
            self.values()?
        } else if self.accept("table") {
            self.table_body()?
        } else if self.at("select") {
            QueryBody::Select(Box::new(self.select()?))
        } else {
            return Err(self.unexpected("`select`, `values`, `table` or `(`"));
        };
        Ok(plain(body, self.since(start)))
    }

    fn values(&mut self) -> Parsed<QueryBody> {
        self.expect("values")?;
        let rows = self.list(|parser| {
            let start = parser.here();
            let values = parser.listed(Self::expression)?;
            Ok(ValuesRow { values, span: parser.since(start) })
        })?;
        Ok(QueryBody::Values(rows))
    }

    /// `order by`, `limit`, `offset`, `fetch`, `for`. A parenthesised query keeps those it has: each may stand once.
    fn query_clauses(&mut self, mut query: Query) -> Parsed<Query> {
        if self.at("order") {
            let here = self.here();
            if !query.order_by.is_empty() {
                return Err(self.fault("multiple ORDER BY clauses not allowed", here));
            }
            query.order_by = self.order_by()?;
        }
        let mut limits = Limits::default();
        let mut locked = false;
        loop {
            let here = self.here();
            if !limits.limited && self.at_any(&["limit", "fetch"]) {
                if query.limit.is_some() {
                    return Err(self.fault("multiple LIMIT clauses not allowed", here));
                }
                limits.limited = true;
                self.limit(&mut query)?;
            } else if !limits.shifted && self.accept("offset") {
                if query.offset.is_some() {
                    return Err(self.fault("multiple OFFSET clauses not allowed", here));
                }
                limits.shifted = true;
                query.offset = Some(self.offset()?);
            } else if !locked && self.at("for") {
                locked = true;
                self.locks(&mut query.locking)?;
                // Locks stand before all limits or behind them.
                if limits.limited || limits.shifted {
                    break;
                }
            } else {
                break;
            }
        }
        self.check_ties(&query)?;
        query.span = self.since(query.span);
        Ok(query)
    }

    fn check_ties(&self, query: &Query) -> Parsed<()> {
        if !query.with_ties {
            return Ok(());
        }
        if query.order_by.is_empty() {
            return Err(self.fault("WITH TIES cannot be specified without ORDER BY clause", query.span));
        }
        if query.locking.iter().any(|lock| lock.wait == LockWait::SkipLocked) {
            return Err(self.fault("SKIP LOCKED and WITH TIES options cannot be used together", query.span));
        }
        Ok(())
    }

    fn limit(&mut self, query: &mut Query) -> Parsed<()> {
        if self.accept("fetch") {
            return self.fetch(query);
        }
        self.expect("limit")?;
        if self.accept("all") {
            return Ok(());
        }
        query.limit = Some(self.expression()?);
        let here = self.here();
        if self.accept_mark(",") {
            let error = self.fault("LIMIT #,# syntax is not supported", here);
            return Err(Box::new(
                error.with_hint("use separate LIMIT and OFFSET clauses: `limit count offset start`"),
            ));
        }
        Ok(())
    }

    /// `first 5 rows only`, `next row with ties`.
    fn fetch(&mut self, query: &mut Query) -> Parsed<()> {
        let here = self.here();
        if self.accept_any(&["first", "next"]).is_none() {
            return Err(self.unexpected("`first` or `next`"));
        }
        query.limit = Some(if self.at_any(&["row", "rows"]) {
            let one = Literal::Integer(1);
            Expr::new(ExprKind::Literal(one), here)
        } else if self.at_operator("+") || self.at_operator("-") {
            self.signed_number_expression("a number")?
        } else {
            self.primary(Grammar::Full)?
        });
        if self.accept_any(&["row", "rows"]).is_none() {
            return Err(self.unexpected("`row` or `rows`"));
        }
        query.with_ties = self.accept_words(&["with", "ties"]);
        if query.with_ties { Ok(()) } else { self.expect("only") }
    }

    fn offset(&mut self) -> Parsed<Expr> {
        let offset = self.expression()?;
        self.accept_any(&["row", "rows"]);
        Ok(offset)
    }

    fn locks(&mut self, locks: &mut Vec<Locking>) -> Parsed<()> {
        if self.accept_words(&["for", "read", "only"]) {
            return Ok(());
        }
        while self.at("for") {
            let start = self.here();
            self.advance();
            let strength = if self.accept("update") {
                LockStrength::Update
            } else if self.accept_words(&["no", "key", "update"]) {
                LockStrength::NoKeyUpdate
            } else if self.accept("share") {
                LockStrength::Share
            } else if self.accept_words(&["key", "share"]) {
                LockStrength::KeyShare
            } else {
                return Err(self.unexpected("`update`, `no key update`, `share` or `key share`"));
            };
            let tables = if self.accept("of") {
                self.list(|parser| parser.relation_name("a table"))?
            } else {
                Vec::new()
            };
            let wait = if self.accept("nowait") {
                LockWait::NoWait
            } else if self.accept_words(&["skip", "locked"]) {
                LockWait::SkipLocked
            } else {
                LockWait::Block
            };
            locks.push(Locking { strength, tables, wait, span: self.since(start) });
        }
        Ok(())
    }

    /// `order by a desc nulls last, b`; the finger stands on the word.
    pub(super) fn order_by(&mut self) -> Parsed<Vec<SortItem>> {
        self.expect_words(&["order", "by"])?;
        self.list(|parser| {
            let start = parser.here();
            let value = parser.expression()?;
            let direction = if parser.accept("using") {
                let qualified = parser.at_qualified_operator();
                let operator =
                    if qualified { parser.qualified_operator()? } else { parser.operator_symbol()? };
                Some(SortDirection::Using(operator))
            } else {
                parser.direction()
            };
            let nulls = parser.nulls_order();
            Ok(SortItem { value, direction, nulls, span: parser.since(start) })
        })
    }

    pub(super) fn direction(&mut self) -> Option<SortDirection> {
        self.accept_any(&["asc", "desc"]).map(|word| match word {
            "asc" => SortDirection::Ascending,
            _ => SortDirection::Descending,
        })
    }

    pub(super) fn nulls_order(&mut self) -> Option<NullsOrder> {
        if self.accept_words(&["nulls", "first"]) {
            return Some(NullsOrder::First);
        }
        self.accept_words(&["nulls", "last"]).then_some(NullsOrder::Last)
    }
}

/// `intersect` binds tighter than `union` and `except`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum SetLevel {
    Union,
    Intersect,
}

#[derive(Default)]
struct Limits {
    limited: bool,
    shifted: bool,
}
