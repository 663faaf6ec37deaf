//! Queries: select, values, set operations, joins, common table expressions.
//!
//! **Must not:** know which relations exist.

use crate::syntax::expression::{Expr, WindowSpec};
use crate::syntax::name::{Name, ObjectName, Operator, Span};
use crate::syntax::statement::Statement;
use crate::syntax::type_name::TypedField;

/// A query with the clauses that hold for the whole of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub with: Option<With>,
    pub body: QueryBody,
    pub order_by: Vec<SortItem>,
    /// `limit` or `fetch first`; `limit all` is no limit and leaves `None`.
    pub limit: Option<Expr>,
    /// `fetch first … with ties`.
    pub with_ties: bool,
    pub offset: Option<Expr>,
    /// `for update` and its kin.
    pub locking: Vec<Locking>,
    pub span: Span,
}

/// What makes the rows.
#[derive(Clone, Debug, PartialEq)]
pub enum QueryBody {
    Select(Box<Select>),
    /// `values (…), (…)`; never empty.
    Values(Vec<ValuesRow>),
    SetOperation(Box<SetOperation>),
}

/// One row of `values`.
#[derive(Clone, Debug, PartialEq)]
pub struct ValuesRow {
    pub values: Vec<Expr>,
    pub span: Span,
}

/// `left union [all] right`.
#[derive(Clone, Debug, PartialEq)]
pub struct SetOperation {
    pub operator: SetOperator,
    pub all: bool,
    pub left: Query,
    pub right: Query,
}

/// The three set operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetOperator {
    Union,
    Intersect,
    Except,
}

/// One `select`. `table t` arrives as `select * from t`.
#[derive(Clone, Debug, PartialEq)]
pub struct Select {
    pub distinct: Option<Distinct>,
    pub targets: Vec<Target>,
    /// `select … into t`.
    pub into: Option<SelectInto>,
    /// What commas separate.
    pub from: Vec<FromItem>,
    pub filter: Option<Expr>,
    pub group_by: Vec<GroupItem>,
    /// `group by distinct`.
    pub group_distinct: bool,
    pub having: Option<Expr>,
    pub windows: Vec<NamedWindow>,
    pub span: Span,
}

/// `distinct` or `distinct on (…)`.
#[derive(Clone, Debug, PartialEq)]
pub enum Distinct {
    Rows,
    On(Vec<Expr>),
}

/// An entry of a select or returning list; a star is an expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub value: Expr,
    pub alias: Option<Name>,
    pub span: Span,
}

/// `into [temporary] t`.
#[derive(Clone, Debug, PartialEq)]
pub struct SelectInto {
    pub table: ObjectName,
    pub temporary: bool,
    pub span: Span,
}

/// An entry of a `from` list.
#[derive(Clone, Debug, PartialEq)]
pub struct FromItem {
    pub kind: FromKind,
    pub span: Span,
}

/// The forms of relations.
#[derive(Clone, Debug, PartialEq)]
pub enum FromKind {
    Table(Box<TableReference>),
    Subquery(Box<SubqueryReference>),
    Function(Box<FunctionReference>),
    Join(Box<Join>),
    /// `xmltable(…)`, `json_table(…)`: kept by name alone, they are refused.
    Special(Name),
}

/// A table or view by its name.
#[derive(Clone, Debug, PartialEq)]
pub struct TableReference {
    pub name: ObjectName,
    pub only: bool,
    pub alias: Option<Alias>,
    pub sample: Option<Sample>,
}

/// `tablesample method (…) repeatable (…)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    pub method: ObjectName,
    pub arguments: Vec<Expr>,
    pub repeatable: Option<Expr>,
    pub span: Span,
}

/// `[lateral] (select …) alias`.
#[derive(Clone, Debug, PartialEq)]
pub struct SubqueryReference {
    pub lateral: bool,
    pub query: Query,
    pub alias: Option<Alias>,
}

/// A function that makes rows, or `rows from (…)` with several.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionReference {
    pub lateral: bool,
    /// One, unless `rows from` was written. The expression is a call, or one of the forms that look like one.
    pub functions: Vec<RowsFunction>,
    pub rows_from: bool,
    pub ordinality: bool,
    pub alias: Option<Alias>,
    /// `as t(a int, b text)`: then the alias, if any, has no columns.
    pub columns: Vec<TypedField>,
}

/// One function of `rows from (…)`, with its own column definitions.
#[derive(Clone, Debug, PartialEq)]
pub struct RowsFunction {
    pub call: Expr,
    pub columns: Vec<TypedField>,
}

/// `as name (column, …)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    pub name: Name,
    pub columns: Vec<Name>,
    pub span: Span,
}

/// Two relations joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    pub kind: JoinKind,
    pub left: FromItem,
    pub right: FromItem,
    pub condition: JoinCondition,
    /// `(a join b on …) as alias`.
    pub alias: Option<Alias>,
}

/// Which rows without a partner stay. `cross join` is an inner join without condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinKind {
    Inner,
    Left,
    Right,
    Full,
}

/// What makes two rows partners.
#[derive(Clone, Debug, PartialEq)]
pub enum JoinCondition {
    /// `cross join`.
    None,
    On(Expr),
    Using {
        columns: Vec<Name>,
        /// `using (a) as alias`.
        alias: Option<Name>,
    },
    Natural,
}

/// An entry of `group by`.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupItem {
    pub kind: GroupKind,
    pub span: Span,
}

/// The forms of grouping.
#[derive(Clone, Debug, PartialEq)]
pub enum GroupKind {
    Expr(Expr),
    /// `()`.
    Empty,
    Rollup(Vec<Expr>),
    Cube(Vec<Expr>),
    Sets(Vec<GroupItem>),
}

/// `window name as (…)`.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedWindow {
    pub name: Name,
    pub spec: WindowSpec,
}

/// An entry of `order by`.
#[derive(Clone, Debug, PartialEq)]
pub struct SortItem {
    pub value: Expr,
    pub direction: Option<SortDirection>,
    pub nulls: Option<NullsOrder>,
    pub span: Span,
}

/// `asc`, `desc`, or `using <`.
#[derive(Clone, Debug, PartialEq)]
pub enum SortDirection {
    Ascending,
    Descending,
    Using(Operator),
}

/// `nulls first`, `nulls last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NullsOrder {
    First,
    Last,
}

/// `for update of t nowait`.
#[derive(Clone, Debug, PartialEq)]
pub struct Locking {
    pub strength: LockStrength,
    pub tables: Vec<ObjectName>,
    pub wait: LockWait,
    pub span: Span,
}

/// How strong a row lock is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockStrength {
    Update,
    NoKeyUpdate,
    Share,
    KeyShare,
}

/// What a row lock does when the row is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockWait {
    Block,
    SkipLocked,
    NoWait,
}

/// `with [recursive] …`.
#[derive(Clone, Debug, PartialEq)]
pub struct With {
    pub recursive: bool,
    pub tables: Vec<CommonTable>,
    pub span: Span,
}

/// `name (columns) as [not materialized] (statement)`.
#[derive(Clone, Debug, PartialEq)]
pub struct CommonTable {
    pub name: Name,
    pub columns: Vec<Name>,
    /// `Some(true)` for `materialized`, `Some(false)` for `not materialized`.
    pub materialized: Option<bool>,
    /// A query, insert, update or delete.
    pub statement: Box<Statement>,
    pub search: Option<SearchClause>,
    pub cycle: Option<CycleClause>,
    pub span: Span,
}

/// `search breadth first by a, b set column`.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchClause {
    pub breadth_first: bool,
    pub by: Vec<Name>,
    pub set: Name,
    pub span: Span,
}

/// `cycle a, b set mark to value default value using path`.
#[derive(Clone, Debug, PartialEq)]
pub struct CycleClause {
    pub columns: Vec<Name>,
    pub mark: Name,
    pub mark_value: Option<Expr>,
    pub mark_default: Option<Expr>,
    pub path: Name,
    pub span: Span,
}
