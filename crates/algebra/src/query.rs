//! Queries: `select`, set operations, `values`, CTEs, joins.
//!
//! **Must not:** know what a table contains; the catalog does.

use crate::expression::{Expr, RelationId, SortKey};
use crate::names::{ColumnName, TableName};
use crate::operation::Operation;
use crate::statement::Write;
use crate::types::Type;

/// A query with its CTEs, order and bounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pub ctes: Vec<Cte>,
    pub body: Body,
    pub order: Vec<SortKey>,
    pub limit: Option<Expr>,
    pub offset: Option<Expr>,
}

/// The part of a query that makes rows.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    Select(Box<Select>),
    /// `left union [all] right` …; output names and types are those of `left` after both were coerced.
    Set {
        kind: SetKind,
        all: bool,
        left: Box<Query>,
        right: Box<Query>,
    },
    /// `values (…), (…)`: columns are named by `names`.
    Values {
        names: Vec<ColumnName>,
        rows: Vec<Vec<Expr>>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetKind {
    Union,
    Intersect,
    Except,
}

/// `select … from … where … group by … having …`. Sort keys of the surrounding [`Query`] may use the relations of `from`;
/// above a set operation they use [`Select::OUTPUT`].
#[derive(Debug, Clone, PartialEq)]
pub struct Select {
    pub distinct: Distinct,
    pub outputs: Vec<Output>,
    pub from: Option<Source>,
    pub filter: Option<Expr>,
    pub grouping: Grouping,
    pub having: Option<Expr>,
}

impl Select {
    /// The relation by which an `order by` names the outputs of the query it stands on (set operations, `distinct`).
    pub const OUTPUT: RelationId = RelationId(u32::MAX);
}

#[derive(Debug, Clone, PartialEq)]
pub enum Distinct {
    No,
    Rows,
    /// `distinct on (…)`.
    On(Vec<Expr>),
}

/// How rows are grouped.
#[derive(Debug, Clone, PartialEq)]
pub enum Grouping {
    /// No `group by` and no aggregate.
    None,
    /// `group by` these; empty: aggregates over everything, one row.
    By(Vec<Expr>),
    /// `grouping sets`, `rollup`, `cube` in normal form: one list of keys for each set.
    Sets(Vec<Vec<Expr>>),
}

/// One output column.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    pub expr: Expr,
    pub name: ColumnName,
}

/// An item of `from`: a relation or a join of two.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    Relation(Relation),
    Join { kind: JoinKind, left: Box<Source>, right: Box<Source>, on: Option<Expr> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinKind {
    Inner,
    Left,
    Right,
    Full,
    Cross,
}

/// One relation in `from`.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// Unique in the whole statement.
    pub id: RelationId,
    pub source: RelationSource,
    /// May use columns of the relations to its left.
    pub lateral: bool,
}

/// Where a relation's rows come from.
#[derive(Debug, Clone, PartialEq)]
pub enum RelationSource {
    /// A table. `guard` adds its row policies.
    Table(TableName),
    /// A view. `guard` replaces it by its guarded body where the engine does not.
    View(TableName),
    /// A sub-query.
    Query(Box<Query>),
    /// The rows of the CTE with this id (which is a relation id too).
    Cte(RelationId),
    /// A set-returning function; its columns.
    Function { operation: &'static Operation, arguments: Vec<Expr>, columns: Vec<(ColumnName, Type)> },
}

/// A named sub-query, or a write whose returned rows are read.
#[derive(Debug, Clone, PartialEq)]
pub struct Cte {
    pub id: RelationId,
    pub columns: Vec<(ColumnName, Type)>,
    pub body: CteBody,
    pub recursive: bool,
    pub materialized: Option<bool>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum CteBody {
    Query(Box<Query>),
    /// A data-modifying CTE. The rows are what it returns.
    Write(Box<Write>),
}

impl Query {
    /// A query that is just a `select`.
    #[must_use]
    pub fn select(select: Select) -> Self {
        Self {
            ctes: Vec::new(),
            body: Body::Select(Box::new(select)),
            order: Vec::new(),
            limit: None,
            offset: None,
        }
    }

    /// Names and types of the output columns.
    #[must_use]
    pub fn columns(&self) -> Vec<(ColumnName, Type)> {
        match &self.body {
            Body::Select(select) => {
                select.outputs.iter().map(|output| (output.name.clone(), output.expr.ty.clone())).collect()
            }
            Body::Set { left, .. } => left.columns(),
            Body::Values { names, rows } => {
                let first = rows.first().map_or(&[][..], Vec::as_slice);
                names.iter().cloned().zip(first.iter().map(|expr| expr.ty.clone())).collect()
            }
        }
    }
}

impl Select {
    /// A `select` of outputs from one source, nothing else.
    #[must_use]
    pub fn from(outputs: Vec<Output>, source: Source) -> Self {
        Self {
            distinct: Distinct::No,
            outputs,
            from: Some(source),
            filter: None,
            grouping: Grouping::None,
            having: None,
        }
    }
}

impl Relation {
    #[must_use]
    pub fn table(id: RelationId, table: TableName) -> Self {
        Self { id, source: RelationSource::Table(table), lateral: false }
    }
}
