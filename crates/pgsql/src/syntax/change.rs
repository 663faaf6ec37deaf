//! Statements that change rows: insert, update, delete, truncate.
//!
//! **Must not:** know tables or columns.

use crate::syntax::expression::{Expr, Subscript};
use crate::syntax::name::{Name, ObjectName, Span};
use crate::syntax::query::{Alias, FromItem, Query, Target, With};
use crate::syntax::table::IndexElement;

/// `insert into t …`.
#[derive(Clone, Debug, PartialEq)]
pub struct Insert {
    pub with: Option<With>,
    pub table: ObjectName,
    pub alias: Option<Name>,
    /// Empty when no list was written.
    pub columns: Vec<Place>,
    pub overriding: Option<Overriding>,
    pub source: InsertSource,
    pub on_conflict: Option<OnConflict>,
    /// Empty when nothing is returned.
    pub returning: Vec<Target>,
}

/// A column that receives a value, or a part of it: `a`, `a[1]`, `a.b`.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub column: Name,
    pub path: Vec<Step>,
    pub span: Span,
}

/// One step into a column's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Field(Name),
    Subscript(Subscript),
}

/// `overriding user value`, `overriding system value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overriding {
    User,
    System,
}

/// Where the rows come from.
#[derive(Clone, Debug, PartialEq)]
pub enum InsertSource {
    DefaultValues,
    Query(Box<Query>),
}

/// `on conflict …`.
#[derive(Clone, Debug, PartialEq)]
pub struct OnConflict {
    pub target: Option<ConflictTarget>,
    pub action: ConflictAction,
    pub span: Span,
}

/// Which conflict is meant.
#[derive(Clone, Debug, PartialEq)]
pub enum ConflictTarget {
    Columns { elements: Vec<IndexElement>, filter: Option<Expr> },
    Constraint(Name),
}

/// What happens to the row that conflicts.
#[derive(Clone, Debug, PartialEq)]
pub enum ConflictAction {
    Nothing,
    Update { assignments: Vec<Assignment>, filter: Option<Expr> },
}

/// `a = value`, or `(a, b) = value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    pub target: AssignmentTarget,
    /// For several places: a row or a sub-query.
    pub value: Expr,
    pub span: Span,
}

/// The left side of an assignment.
#[derive(Clone, Debug, PartialEq)]
pub enum AssignmentTarget {
    One(Place),
    Several(Vec<Place>),
}

/// `update t set …`.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    pub with: Option<With>,
    pub table: ChangedTable,
    pub assignments: Vec<Assignment>,
    pub from: Vec<FromItem>,
    pub filter: Option<Expr>,
    pub returning: Vec<Target>,
}

/// `delete from t …`.
#[derive(Clone, Debug, PartialEq)]
pub struct Delete {
    pub with: Option<With>,
    pub table: ChangedTable,
    pub using: Vec<FromItem>,
    pub filter: Option<Expr>,
    pub returning: Vec<Target>,
}

/// The table an update or delete works on.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangedTable {
    pub name: ObjectName,
    pub only: bool,
    pub alias: Option<Alias>,
    pub span: Span,
}

/// `truncate t, u restart identity cascade`.
#[derive(Clone, Debug, PartialEq)]
pub struct Truncate {
    pub tables: Vec<TruncatedTable>,
    pub restart_identity: bool,
    pub cascade: bool,
}

/// One table of a `truncate`.
#[derive(Clone, Debug, PartialEq)]
pub struct TruncatedTable {
    pub name: ObjectName,
    pub only: bool,
}
