//! SQLite's text: what SQLite lacks is supplied by registered functions, collations and rewritten queries.
//!
//! What the engine must register is listed in [`needs`]. **Must not:** write a function around a column where a native comparison
//! says the same: indexes serve only bare columns.

use algebra::expression::{Aggregate, CastStrength, Expr, Node, RelationId, SortKey, Truth};
use algebra::names::{ColumnName, TableName};
use algebra::operation::Operation;
use algebra::query::{Cte, Query, Select};
use algebra::shape::Shape;
use algebra::statement::{Assignment, ConflictTarget, Delete, Insert};
use algebra::types::{ColumnType, Type};
use algebra::value::Value;
use catalog::{Catalog, Change};
use policy::Guarded;

use crate::dialect::{Dialect, Extreme, FunctionCall, Quantified};
use crate::printer::{Called, OutputNames, Printer};
use crate::program::{Parameter, Program};

mod aggregate;
mod array;
mod cast;
mod comparison;
mod conflict;
mod definition;
mod grouping;
mod indexed;
pub mod needs;
mod program;
mod query;
mod scalar;
mod stored;
mod write;

pub use definition::{REBUILT, is_served};
pub use stored::stored_name;

/// SQLite's text: what SQLite lacks is supplied.
#[derive(Debug, Clone, Copy)]
pub struct Sqlite;

impl Dialect for Sqlite {
    fn program(&self, guarded: &Guarded, catalog: &Catalog) -> Program {
        program::program(guarded.statement(), catalog)
    }

    fn definition(&self, change: &Change, before: &Catalog, after: &Catalog) -> Option<Program> {
        definition::definition(change, before, after)
    }

    fn table(&self, printer: &mut Printer<'_>, table: &TableName) {
        stored::table(printer, table);
    }

    fn place(&self, printer: &mut Printer<'_>, number: usize, _: &Parameter) {
        printer.keyword("?");
        printer.out.number(number as i64);
    }

    fn null(&self, printer: &mut Printer<'_>, _: &Type) {
        printer.keyword("null");
    }

    fn boolean(&self, printer: &mut Printer<'_>, value: bool) {
        printer.keyword(if value { "1" } else { "0" });
    }

    fn literal(&self, printer: &mut Printer<'_>, value: &Value, _: &Type) {
        stored::literal(printer, value);
    }

    fn row_member(&self, printer: &mut Printer<'_>, index: u16, ty: &ColumnType) {
        printer.param(Parameter::RowMember { index, ty: ty.clone() });
    }

    fn row_present(&self, printer: &mut Printer<'_>, index: u16) {
        printer.param(Parameter::RowPresent { index });
    }

    fn is_infix(&self, operation: &Operation) -> bool {
        comparison::sign(operation).is_some()
    }

    fn apply(&self, printer: &mut Printer<'_>, operation: &'static Operation, arguments: &[Expr]) {
        if let Some(context) = operation.context {
            return printer.param(Parameter::Context(context));
        }
        let inline = printer.inline || indexed::is_indexed(printer, operation, arguments);
        let before = std::mem::replace(&mut printer.inline, inline);
        if let (Some(sign), [left, right]) = (comparison::sign(operation), arguments) {
            comparison::compare(printer, sign, left, right);
        } else {
            stored::call(printer, operation, arguments);
        }
        printer.inline = before;
    }

    fn cast(&self, printer: &mut Printer<'_>, operand: &Expr, target: &ColumnType, strength: CastStrength) {
        cast::cast(printer, operand, target, strength);
    }

    fn truth(&self, printer: &mut Printer<'_>, operand: &Expr, truth: Truth) {
        comparison::truth(printer, operand, truth);
    }

    fn is_distinct(&self, printer: &mut Printer<'_>, left: &Expr, right: &Expr) {
        comparison::is_distinct(printer, left, right);
    }

    fn comparable(&self, printer: &mut Printer<'_>, expr: &Expr) {
        comparison::comparable(printer, expr);
    }

    fn extreme(&self, printer: &mut Printer<'_>, list: &[Expr], extreme: Extreme) {
        comparison::extreme(printer, list, extreme);
    }

    fn quantified(&self, printer: &mut Printer<'_>, quantified: Quantified<'_>) {
        array::quantified(printer, quantified);
    }

    fn array(&self, printer: &mut Printer<'_>, elements: &[Expr], ty: &Type) {
        array::array(printer, elements, ty);
    }

    fn array_query(&self, printer: &mut Printer<'_>, query: &Query) {
        array::array_query(printer, query);
    }

    fn subscript(&self, printer: &mut Printer<'_>, array: &Expr, index: &Expr) {
        array::subscript(printer, array, index);
    }

    fn slice(&self, printer: &mut Printer<'_>, array: &Expr, lower: Option<&Expr>, upper: Option<&Expr>) {
        array::slice(printer, array, lower, upper);
    }

    fn scalar(&self, printer: &mut Printer<'_>, query: &Query) {
        scalar::scalar(printer, query);
    }

    fn aggregate(&self, printer: &mut Printer<'_>, call: &Aggregate) {
        aggregate::aggregate(printer, call);
    }

    fn sort_key(&self, printer: &mut Printer<'_>, key: &SortKey) {
        comparison::sort_key(printer, key);
    }

    fn json_rows(&self, printer: &mut Printer<'_>, query: &Query, shape: &Shape) {
        query::json_rows(printer, query, shape);
    }

    fn cte(&self, printer: &mut Printer<'_>, cte: &Cte) {
        query::cte(printer, cte);
    }

    fn distinct_on(&self, printer: &mut Printer<'_>, query: &Query, select: &Select, names: OutputNames) {
        grouping::distinct_on(printer, query, select, names);
    }

    fn grouping_sets(&self, printer: &mut Printer<'_>, query: &Query, select: &Select, names: OutputNames) {
        grouping::grouping_sets(printer, query, select, names);
    }

    fn orders_set_by(&self, key: &SortKey) -> bool {
        matches!(key.expr.node, Node::Column { .. }) && !matches!(key.expr.ty, Type::Enum(_))
    }

    fn counted_set(&self, printer: &mut Printer<'_>, query: &Query, names: OutputNames) -> bool {
        grouping::counted_set(printer, query, names);
        true
    }

    fn set_operand(&self, printer: &mut Printer<'_>, query: &Query, names: OutputNames) {
        query::set_operand(printer, query, names);
    }

    fn bounds(&self, printer: &mut Printer<'_>, query: &Query) {
        query::bounds(printer, query);
    }

    fn lateral(&self, printer: &mut Printer<'_>, query: &Query) {
        query::lateral(printer, query);
    }

    fn note_columns(&self, printer: &mut Printer<'_>, relation: RelationId, columns: &[(ColumnName, Type)]) {
        printer.call(relation, Called::Members(columns.to_vec()));
    }

    fn function(&self, printer: &mut Printer<'_>, call: &FunctionCall<'_>) {
        query::function(printer, call);
    }

    fn insert(&self, printer: &mut Printer<'_>, insert: &Insert) {
        write::insert(printer, insert);
    }

    fn delete(&self, printer: &mut Printer<'_>, delete: &Delete) {
        write::delete(printer, delete);
    }

    fn conflict_target(&self, printer: &mut Printer<'_>, target: &ConflictTarget) {
        write::conflict_target(printer, target);
    }

    /// SQLite knows the written row in `returning` by the table's name alone.
    fn called_in_returning(&self, table: &TableName) -> Option<Called> {
        Some(Called::Name(stored_name(table)))
    }

    fn assigned(&self, printer: &mut Printer<'_>, target: RelationId, assignment: &Assignment) {
        write::assigned(printer, target, assignment);
    }

    fn conflict_value(&self, printer: &mut Printer<'_>, target: RelationId, value: &Expr) {
        conflict::updated(printer, target, value);
    }
}
