//! What the two engines write differently: a reader of the trait has read every difference there is.

use algebra::expression::{Aggregate, CastStrength, Expr, RelationId, SortKey, Truth};
use algebra::names::{ColumnName, TableName};
use algebra::operation::Operation;
use algebra::query::{Cte, Query, Select};
use algebra::shape::Shape;
use algebra::statement::{Assignment, ConflictTarget, Delete, Insert};
use algebra::types::{ColumnType, Type};
use algebra::value::Value;
use catalog::{Catalog, Change};
use policy::Guarded;

use crate::printer::{Called, OutputNames, Printer};
use crate::program::{Parameter, Program};

/// One engine's way to write SQL. The walk over the tree is shared; it asks here wherever the engines part.
pub trait Dialect: Send + Sync {
    /// The steps that run a statement.
    fn program(&self, guarded: &Guarded, catalog: &Catalog) -> Program;

    /// The steps that bring an engine's tables from one catalog to the next; `None` when there is nothing to do.
    fn definition(&self, change: &Change, before: &Catalog, after: &Catalog) -> Option<Program>;

    // Names and values.

    /// The name of a table.
    fn table(&self, printer: &mut Printer<'_>, table: &TableName);
    /// A parameter's place.
    fn place(&self, printer: &mut Printer<'_>, number: usize, parameter: &Parameter);
    fn null(&self, printer: &mut Printer<'_>, ty: &Type);
    fn boolean(&self, printer: &mut Printer<'_>, value: bool);
    /// A value of the schema where there can be no parameter. Not NULL, not boolean.
    fn literal(&self, printer: &mut Printer<'_>, value: &Value, ty: &Type);
    /// Member `index` of the given row.
    fn row_member(&self, printer: &mut Printer<'_>, index: u16, ty: &ColumnType);
    /// Whether the given row has member `index`.
    fn row_present(&self, printer: &mut Printer<'_>, index: u16);

    // Expressions.

    /// Whether [`Dialect::apply`] writes this one with a sign between or before its arguments.
    fn is_infix(&self, operation: &Operation) -> bool;
    /// A function or operator.
    fn apply(&self, printer: &mut Printer<'_>, operation: &'static Operation, arguments: &[Expr]);
    fn cast(&self, printer: &mut Printer<'_>, operand: &Expr, target: &ColumnType, strength: CastStrength);
    /// `x is true`.
    fn truth(&self, printer: &mut Printer<'_>, operand: &Expr, truth: Truth);
    /// `a is distinct from b`.
    fn is_distinct(&self, printer: &mut Printer<'_>, left: &Expr, right: &Expr);
    /// An expression where its type's equality or order decides: beside a comparison sign, in `in`, `group by`, `distinct`.
    fn comparable(&self, printer: &mut Printer<'_>, expr: &Expr);
    /// `greatest(…)`, `least(…)`.
    fn extreme(&self, printer: &mut Printer<'_>, list: &[Expr], extreme: Extreme);
    /// `x op any (array)`.
    fn quantified(&self, printer: &mut Printer<'_>, quantified: Quantified<'_>);
    /// `array[a, b]`.
    fn array(&self, printer: &mut Printer<'_>, elements: &[Expr], ty: &Type);
    /// `array(select …)`.
    fn array_query(&self, printer: &mut Printer<'_>, query: &Query);
    /// `a[i]`.
    fn subscript(&self, printer: &mut Printer<'_>, array: &Expr, index: &Expr);
    /// `a[l:u]`.
    fn slice(&self, printer: &mut Printer<'_>, array: &Expr, lower: Option<&Expr>, upper: Option<&Expr>);
    /// `(select one value)`.
    fn scalar(&self, printer: &mut Printer<'_>, query: &Query);
    /// An aggregate or window function with its arguments and their clauses, without `over`.
    fn aggregate(&self, printer: &mut Printer<'_>, call: &Aggregate);
    fn sort_key(&self, printer: &mut Printer<'_>, key: &SortKey);
    /// All rows of a query as one JSON array.
    fn json_rows(&self, printer: &mut Printer<'_>, query: &Query, shape: &Shape);

    // Queries.

    /// A named sub-query or write.
    fn cte(&self, printer: &mut Printer<'_>, cte: &Cte);
    /// `select distinct on (…) …` with the order and bounds of its query.
    fn distinct_on(&self, printer: &mut Printer<'_>, query: &Query, select: &Select, names: OutputNames);
    /// `select … group by grouping sets (…)` with the order and bounds of its query.
    fn grouping_sets(&self, printer: &mut Printer<'_>, query: &Query, select: &Select, names: OutputNames);
    /// Whether a set operation can be ordered by a key without a select around it.
    fn orders_set_by(&self, key: &SortKey) -> bool;
    /// `intersect all`, `except all`, where an engine must write them otherwise; else it answers false.
    fn counted_set(&self, printer: &mut Printer<'_>, query: &Query, names: OutputNames) -> bool;
    /// One side of a set operation.
    fn set_operand(&self, printer: &mut Printer<'_>, query: &Query, names: OutputNames);
    fn bounds(&self, printer: &mut Printer<'_>, query: &Query);
    /// Says how the columns of a set-returning function or lateral sub-query are called, before anything names them.
    fn note_columns(&self, printer: &mut Printer<'_>, relation: RelationId, columns: &[(ColumnName, Type)]);
    /// A sub-query in `from` that uses the relations to its left.
    fn lateral(&self, printer: &mut Printer<'_>, query: &Query);
    /// A set-returning function in `from`, as a relation with these columns.
    fn function(&self, printer: &mut Printer<'_>, call: &FunctionCall<'_>);

    // Writes.

    fn insert(&self, printer: &mut Printer<'_>, insert: &Insert);
    fn delete(&self, printer: &mut Printer<'_>, delete: &Delete);
    fn conflict_target(&self, printer: &mut Printer<'_>, target: &ConflictTarget);
    /// How `returning` calls the written table, when not by its alias.
    fn called_in_returning(&self, table: &TableName) -> Option<Called>;
    /// The value that a column of the written table is given.
    fn assigned(&self, printer: &mut Printer<'_>, target: RelationId, assignment: &Assignment);
    /// The first value that an update of a conflict assigns; here an engine may note that a row was updated.
    fn conflict_value(&self, printer: &mut Printer<'_>, target: RelationId, value: &Expr);
}

/// `greatest` or `least`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extreme {
    Greatest,
    Least,
}

/// `operand operation any|all (array)`.
#[derive(Debug, Clone, Copy)]
pub struct Quantified<'t> {
    pub operand: &'t Expr,
    pub operation: &'static Operation,
    pub array: &'t Expr,
    pub all: bool,
}

/// A set-returning function in `from`.
#[derive(Debug, Clone, Copy)]
pub struct FunctionCall<'t> {
    pub relation: RelationId,
    pub operation: &'static Operation,
    pub arguments: &'t [Expr],
    pub columns: &'t [(ColumnName, Type)],
    pub lateral: bool,
}
