//! PostgreSQL's text: the tree almost as it stands.
//!
//! The engine runs it as the caller's role, so `auth.uid()` and the like are calls. **Must not:** know of types, functions or
//! clauses that PostgreSQL 14 does not have.

use algebra::expression::{Aggregate, CastStrength, Expr, RelationId, SortKey, Truth};
use algebra::names::{ColumnName, TableName};
use algebra::operation::{Form, Operation};
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

mod call;
mod json;
mod names;
mod query;
mod write;

/// PostgreSQL's text: the tree almost as it stands.
#[derive(Debug, Clone, Copy)]
pub struct Postgres;

impl Dialect for Postgres {
    fn program(&self, guarded: &Guarded, catalog: &Catalog) -> Program {
        query::program(guarded.statement(), catalog)
    }

    /// A migration runs there as its own text.
    fn definition(&self, _: &Change, _: &Catalog, _: &Catalog) -> Option<Program> {
        None
    }

    fn table(&self, printer: &mut Printer<'_>, table: &TableName) {
        names::qualified(printer, table);
    }

    fn place(&self, printer: &mut Printer<'_>, number: usize, parameter: &Parameter) {
        printer.keyword("$");
        printer.out.number(number as i64);
        names::place_type(printer, parameter);
    }

    fn null(&self, printer: &mut Printer<'_>, ty: &Type) {
        printer.keyword("null");
        names::cast_to(printer, ty);
    }

    fn boolean(&self, printer: &mut Printer<'_>, value: bool) {
        printer.keyword(if value { "true" } else { "false" });
    }

    fn literal(&self, printer: &mut Printer<'_>, value: &Value, ty: &Type) {
        names::literal(printer, value, ty);
    }

    fn row_member(&self, printer: &mut Printer<'_>, index: u16, ty: &ColumnType) {
        write::row_member(printer, index, ty);
    }

    fn row_present(&self, printer: &mut Printer<'_>, index: u16) {
        write::row_present(printer, index);
    }

    fn is_infix(&self, operation: &Operation) -> bool {
        matches!(operation.form, Form::Infix | Form::Prefix)
    }

    fn apply(&self, printer: &mut Printer<'_>, operation: &'static Operation, arguments: &[Expr]) {
        call::apply(printer, operation, arguments);
    }

    fn cast(&self, printer: &mut Printer<'_>, operand: &Expr, target: &ColumnType, _: CastStrength) {
        call::cast(printer, operand, target);
    }

    fn truth(&self, printer: &mut Printer<'_>, operand: &Expr, truth: Truth) {
        printer.operand(operand);
        printer.keyword(match truth {
            Truth::True => " is true",
            Truth::False => " is false",
            Truth::Unknown => " is unknown",
        });
    }

    fn is_distinct(&self, printer: &mut Printer<'_>, left: &Expr, right: &Expr) {
        printer.operand(left);
        printer.keyword(" is distinct from ");
        printer.operand(right);
    }

    fn comparable(&self, printer: &mut Printer<'_>, expr: &Expr) {
        printer.operand(expr);
    }

    fn extreme(&self, printer: &mut Printer<'_>, list: &[Expr], extreme: Extreme) {
        printer.call_function(
            match extreme {
                Extreme::Greatest => "greatest",
                Extreme::Least => "least",
            },
            list,
        );
    }

    fn quantified(&self, printer: &mut Printer<'_>, quantified: Quantified<'_>) {
        call::quantified(printer, quantified);
    }

    fn array(&self, printer: &mut Printer<'_>, elements: &[Expr], ty: &Type) {
        printer.keyword("array[");
        printer.list(elements, |printer, element| printer.expr(element));
        printer.keyword("]");
        names::cast_to(printer, ty);
    }

    fn array_query(&self, printer: &mut Printer<'_>, query: &Query) {
        printer.keyword("array");
        printer.in_parentheses(query, OutputNames::Nobody);
    }

    fn subscript(&self, printer: &mut Printer<'_>, array: &Expr, index: &Expr) {
        call::subscript(printer, array, index);
    }

    fn slice(&self, printer: &mut Printer<'_>, array: &Expr, lower: Option<&Expr>, upper: Option<&Expr>) {
        call::slice(printer, array, lower, upper);
    }

    fn scalar(&self, printer: &mut Printer<'_>, query: &Query) {
        printer.in_parentheses(query, OutputNames::Nobody);
    }

    fn aggregate(&self, printer: &mut Printer<'_>, call: &Aggregate) {
        call::aggregate(printer, call);
    }

    fn sort_key(&self, printer: &mut Printer<'_>, key: &SortKey) {
        query::sort_key(printer, key);
    }

    fn json_rows(&self, printer: &mut Printer<'_>, query: &Query, shape: &Shape) {
        json::json_rows(printer, query, shape);
    }

    fn cte(&self, printer: &mut Printer<'_>, cte: &Cte) {
        query::cte(printer, cte);
    }

    fn distinct_on(&self, printer: &mut Printer<'_>, query: &Query, select: &Select, names: OutputNames) {
        printer.select(select, names);
        printer.order_and_bounds(query, names);
    }

    fn grouping_sets(&self, printer: &mut Printer<'_>, query: &Query, select: &Select, names: OutputNames) {
        query::grouping_sets(printer, select, names);
        printer.order_and_bounds(query, names);
    }

    fn orders_set_by(&self, _: &SortKey) -> bool {
        true
    }

    fn counted_set(&self, _: &mut Printer<'_>, _: &Query, _: OutputNames) -> bool {
        false
    }

    fn set_operand(&self, printer: &mut Printer<'_>, query: &Query, names: OutputNames) {
        printer.in_parentheses(query, names);
    }

    fn bounds(&self, printer: &mut Printer<'_>, query: &Query) {
        query::bounds(printer, query);
    }

    fn lateral(&self, printer: &mut Printer<'_>, query: &Query) {
        printer.keyword("lateral ");
        printer.in_parentheses(query, OutputNames::Own);
    }

    fn note_columns(&self, _: &mut Printer<'_>, _: RelationId, _: &[(ColumnName, Type)]) {}

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

    fn called_in_returning(&self, _: &TableName) -> Option<Called> {
        None
    }

    fn assigned(&self, printer: &mut Printer<'_>, _: RelationId, assignment: &Assignment) {
        printer.expr(&assignment.value);
    }

    fn conflict_value(&self, printer: &mut Printer<'_>, _: RelationId, value: &Expr) {
        printer.expr(value);
    }
}
