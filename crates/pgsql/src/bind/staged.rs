//! A write whose `with` holds writes: all of them become CTEs of one query, in their order, whose rows are what the last returns.

use std::collections::BTreeSet;

use algebra::expression::Expr;
use algebra::names::ColumnName;
use algebra::query::{
    Cte, CteBody, Distinct, Grouping, Output, Query, Relation, RelationSource, Select, Source,
};
use algebra::statement::{Statement, Write};

use super::binder::Binder;
use super::clause::Clause;
use super::fail::Bind;
use super::scope::Namespace;
use crate::syntax::name::Span;
use crate::syntax::query::With;
use crate::syntax::statement::StatementKind;

/// Whether a `with` holds a write.
pub(crate) fn has_writes(with: &With) -> bool {
    with.tables.iter().any(|table| !matches!(table.statement.kind, StatementKind::Query(_)))
}

/// The `with` of a write, and the write without it.
pub(crate) fn split(kind: &StatementKind) -> Option<(&With, StatementKind)> {
    match kind {
        StatementKind::Insert(insert) => {
            let mut bare = insert.clone();
            bare.with = None;
            Some((insert.with.as_ref()?, StatementKind::Insert(bare)))
        }
        StatementKind::Update(update) => {
            let mut bare = update.clone();
            bare.with = None;
            Some((update.with.as_ref()?, StatementKind::Update(bare)))
        }
        StatementKind::Delete(delete) => {
            let mut bare = delete.clone();
            bare.with = None;
            Some((delete.with.as_ref()?, StatementKind::Delete(bare)))
        }
        _ => None,
    }
}

impl Binder<'_> {
    /// `with a as (insert …) update …` as `with a as (insert …), b as (update …) select … from b`.
    pub(crate) fn staged_write(&mut self, with: &With, bare: &StatementKind, span: Span) -> Bind<Statement> {
        self.nested(Namespace::default(), Clause::Output, |binder| {
            let mut ctes = binder.ctes(with)?;
            let mut write = binder.write(bare, span)?;
            let shown = distinct_returning(&mut write);
            let id = binder.fresh_id();
            let columns: Vec<_> = write
                .returning()
                .iter()
                .map(|output| (output.name.clone(), output.expr.ty.clone()))
                .collect();
            let read = binder.fresh_id();
            let outputs: Vec<_> = columns
                .iter()
                .zip(shown)
                .map(|((name, ty), shown)| Output {
                    expr: Expr::column(read, name.clone(), ty.clone()),
                    name: shown,
                })
                .collect();
            let body = CteBody::Write(Box::new(write));
            ctes.push(Cte { id, columns, body, recursive: false, materialized: None });
            let mut query = if outputs.is_empty() {
                nothing()
            } else {
                let relation = Relation { id: read, source: RelationSource::Cte(id), lateral: false };
                Query::select(Select::from(outputs, Source::Relation(relation)))
            };
            query.ctes = ctes;
            Ok(Statement::Query(query))
        })
    }
}

/// A query without rows, for a write that returns nothing.
fn nothing() -> Query {
    let output = Output { expr: Expr::bool(true), name: ColumnName::literal("?column?") };
    Query::select(Select {
        distinct: Distinct::No,
        outputs: vec![output],
        from: None,
        filter: Some(Expr::bool(false)),
        grouping: Grouping::None,
        having: None,
    })
}

/// Makes the names that a write returns distinct; gives them as they were written.
fn distinct_returning(write: &mut Write) -> Vec<ColumnName> {
    let returning = match write {
        Write::Insert(insert) => &mut insert.returning,
        Write::Update(update) => &mut update.returning,
        Write::Delete(delete) => &mut delete.returning,
    };
    let shown: Vec<_> = returning.iter().map(|output| output.name.clone()).collect();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for output in returning.iter_mut() {
        let mut number = 1;
        while !taken.insert(output.name.as_str().to_ascii_lowercase()) {
            if let Ok(name) = ColumnName::parse(&format!("c{number}")) {
                output.name = name;
            }
            number += 1;
        }
    }
    shown
}
