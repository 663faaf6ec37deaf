//! Scopes: which relations and columns an expression sees.
//!
//! **Must not:** report errors; `lookup` does.

use std::sync::Arc;

use algebra::expression::{Expr, RelationId};
use algebra::names::{ColumnName, SchemaName};
use algebra::query::{Cte, Relation};
use catalog::Table;

use super::clause::Clause;
use crate::syntax::expression::WindowSpec;
use crate::syntax::name::Span;
use crate::syntax::query::CommonTable;

/// One query's scope.
#[derive(Debug)]
pub(crate) struct Level {
    pub namespace: Namespace,
    /// The relations to the left in `from`, which only lateral items see.
    pub left: Vec<Namespace>,
    pub clause: Clause,
    /// The CTEs of this query's `with`, and those that are being defined.
    pub ctes: Vec<Named>,
    /// Whether an aggregate of this level was met.
    pub has_aggregates: bool,
    pub has_windows: bool,
    /// Inside the arguments of an aggregate of this level.
    pub in_aggregate: bool,
    pub in_window: bool,
    /// Inside `case` or `coalesce`, where a function of many rows may not stand.
    pub in_choice: bool,
    /// The function of many rows that an output named: it becomes a relation beside `from`.
    pub rows: Option<Relation>,
    pub windows: Vec<(String, WindowSpec)>,
    /// Columns of this level that were named outside of aggregates, and where.
    pub references: Vec<(RelationId, ColumnName, Span)>,
}

/// The relations and columns in sight.
#[derive(Debug, Clone, Default)]
pub(crate) struct Namespace {
    pub entries: Vec<Entry>,
    /// What is named without a qualifier, in the order of `*`.
    pub columns: Vec<Visible>,
}

/// A relation by its name in `from`.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub name: String,
    /// Set for a table that was named without an alias.
    pub schema: Option<SchemaName>,
    pub columns: Vec<Visible>,
    /// The relations that it stands for; several for a join with an alias.
    pub id: RelationId,
    /// The table it is, for its keys.
    pub table: Option<Arc<Table>>,
    /// A function of one column: its name alone is the value.
    pub scalar: bool,
}

/// A column in sight and what it stands for.
#[derive(Debug, Clone)]
pub(crate) struct Visible {
    pub name: ColumnName,
    pub expr: Expr,
}

/// A CTE by name.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub name: String,
    pub id: RelationId,
    pub columns: Vec<(ColumnName, algebra::types::Type)>,
    /// Set while the recursive term is bound: the CTE has been named in it.
    pub named: bool,
    /// Set where the query is bound anew at each place that reads it.
    pub inline: Option<Box<CommonTable>>,
}

impl Level {
    pub(crate) fn new(namespace: Namespace, clause: Clause) -> Self {
        Self {
            namespace,
            left: Vec::new(),
            clause,
            ctes: Vec::new(),
            has_aggregates: false,
            has_windows: false,
            in_aggregate: false,
            in_window: false,
            in_choice: false,
            rows: None,
            windows: Vec::new(),
            references: Vec::new(),
        }
    }

    /// Everything to the left, as a lateral item sees it.
    pub(crate) fn lateral(&self) -> Namespace {
        let mut all = Namespace::default();
        for left in &self.left {
            all.extend(left.clone());
        }
        all
    }
}

impl Namespace {
    /// The namespace of one relation with all its columns in sight.
    pub(crate) fn of(entry: Entry) -> Self {
        Self { columns: entry.columns.clone(), entries: vec![entry] }
    }

    pub(crate) fn extend(&mut self, other: Namespace) {
        self.entries.extend(other.entries);
        self.columns.extend(other.columns);
    }

    /// The relations of this name, `schema` being what was written before it.
    pub(crate) fn entry(&self, schema: Option<&str>, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.is_named(schema, name))
    }
}

impl Entry {
    pub(crate) fn is_named(&self, schema: Option<&str>, name: &str) -> bool {
        self.name == name
            && schema.is_none_or(|schema| self.schema.as_ref().is_some_and(|own| own.as_str() == schema))
    }

    /// An entry over a relation's columns.
    pub(crate) fn new(
        name: &str,
        id: RelationId,
        columns: impl IntoIterator<Item = (ColumnName, algebra::types::Type)>,
    ) -> Self {
        let columns = columns
            .into_iter()
            .map(|(name, ty)| Visible { expr: Expr::column(id, name.clone(), ty), name })
            .collect();
        Self { name: name.to_owned(), schema: None, columns, id, table: None, scalar: false }
    }
}

impl Named {
    pub(crate) fn of(name: &str, cte: &Cte) -> Self {
        Self { name: name.to_owned(), id: cte.id, columns: cte.columns.clone(), named: false, inline: None }
    }
}
