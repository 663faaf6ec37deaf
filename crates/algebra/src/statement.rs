//! Statements: what is sent to an engine as one unit.
//!
//! **Must not:** know who asks.

use crate::expression::{Expr, RelationId};
use crate::names::{ColumnName, ConstraintName, TableName};
use crate::query::{Output, Query, Source};
use crate::types::ColumnType;

/// A statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// Reads; may hold data-modifying CTEs, then it writes too.
    Query(Query),
    Write(Write),
}

/// A write.
#[derive(Debug, Clone, PartialEq)]
pub enum Write {
    Insert(Insert),
    Update(Update),
    Delete(Delete),
}

/// `insert into table (columns) …`.
#[derive(Debug, Clone, PartialEq)]
pub struct Insert {
    pub table: TableName,
    /// The new row, as `returning` and conflict actions name it.
    pub target: RelationId,
    /// What the source gives, in order. Columns that are not here take `defaults`.
    pub columns: Vec<ColumnName>,
    pub source: InsertSource,
    /// The value of every other column of the table that has one: its default (bound, self-contained, already cast to the
    /// column's type), NULL when it has none. Generated stored columns are not listed.
    pub defaults: Vec<(ColumnName, Expr)>,
    /// `overriding system value`.
    pub override_identity: bool,
    pub conflict: Option<Conflict>,
    pub returning: Vec<Output>,
}

/// Where inserted rows come from.
#[derive(Debug, Clone, PartialEq)]
pub enum InsertSource {
    /// A query whose outputs are the columns, already of the columns' types.
    Query(Box<Query>),
    /// Rows given beside the statement when it runs: the statement is applied to each. Member n of a row is
    /// `Node::RowInput(n)` of type `types[n]`; `values` has one expression for each of [`Insert::columns`].
    Rows { types: Vec<ColumnType>, values: Vec<Expr> },
    /// One row of defaults.
    Defaults,
}

/// `on conflict …`.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    pub target: ConflictTarget,
    pub action: ConflictAction,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ConflictTarget {
    /// Any unique constraint (`do nothing` only).
    Any,
    /// The unique constraint or index over exactly these columns (and this predicate). Checked to exist.
    Columns { columns: Vec<ColumnName>, predicate: Option<Box<Expr>> },
    /// `on constraint name`, with its columns.
    Constraint { name: ConstraintName, columns: Vec<ColumnName> },
}

#[derive(Debug, Clone, PartialEq)]
pub enum ConflictAction {
    Nothing,
    /// `do update set … where …`: the existing row is [`Insert::target`], the proposed one `excluded`.
    Update {
        excluded: RelationId,
        set: Vec<Assignment>,
        filter: Option<Expr>,
    },
}

/// `column = value`, the value already of the column's type.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    pub column: ColumnName,
    pub value: Expr,
}

/// `update table set … from … where …`.
#[derive(Debug, Clone, PartialEq)]
pub struct Update {
    pub table: TableName,
    pub target: RelationId,
    pub set: Vec<Assignment>,
    pub from: Option<Source>,
    pub filter: Option<Expr>,
    pub returning: Vec<Output>,
}

/// `delete from table using … where …`.
#[derive(Debug, Clone, PartialEq)]
pub struct Delete {
    pub table: TableName,
    pub target: RelationId,
    pub using: Option<Source>,
    pub filter: Option<Expr>,
    pub returning: Vec<Output>,
}

impl Statement {
    /// Whether it changes data anywhere in its tree.
    #[must_use]
    pub fn writes(&self) -> bool {
        match self {
            Statement::Write(_) => true,
            Statement::Query(query) => {
                query.ctes.iter().any(|cte| matches!(cte.body, crate::query::CteBody::Write(_)))
            }
        }
    }
}

impl Write {
    #[must_use]
    pub fn table(&self) -> &TableName {
        match self {
            Write::Insert(insert) => &insert.table,
            Write::Update(update) => &update.table,
            Write::Delete(delete) => &delete.table,
        }
    }

    /// The relation id by which the written row is named.
    #[must_use]
    pub fn target(&self) -> RelationId {
        match self {
            Write::Insert(insert) => insert.target,
            Write::Update(update) => update.target,
            Write::Delete(delete) => delete.target,
        }
    }

    #[must_use]
    pub fn returning(&self) -> &[Output] {
        match self {
            Write::Insert(insert) => &insert.returning,
            Write::Update(update) => &update.returning,
            Write::Delete(delete) => &delete.returning,
        }
    }
}
