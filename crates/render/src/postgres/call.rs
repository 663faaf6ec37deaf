//! Functions, operators, casts and arrays.

use algebra::expression::{Aggregate, CastStrength, Expr, Node};
use algebra::operation::{Form, Operation, Pattern};
use algebra::types::{ColumnType, Modifier, Type};

use crate::dialect::Quantified;
use crate::postgres::names;
use crate::printer::Printer;
use crate::program::Parameter;

/// `a + b`, `- a`, `"lower"(a)`, `"auth"."uid"()`, `current_user`.
pub(super) fn apply(printer: &mut Printer<'_>, operation: &'static Operation, arguments: &[Expr]) {
    match (operation.form, arguments) {
        (Form::Infix, [left, right]) => {
            let compares = operation.leakproof && operation.arguments == [Pattern::Element, Pattern::Element];
            let (left, right) = if compares { (unwidened(left), unwidened(right)) } else { (left, right) };
            printer.operand(left);
            sign(printer, operation);
            printer.operand(right);
        }
        (Form::Prefix, [operand]) => {
            printer.keyword(operation.name);
            printer.keyword(" ");
            printer.operand(operand);
        }
        _ if is_word(operation) => printer.keyword(operation.name),
        _ => {
            name(printer, operation);
            printer.keyword("(");
            printer.list(arguments, |printer, argument| printer.expr(argument));
            printer.keyword(")");
        }
    }
}

/// An integer column before it was made wider: PostgreSQL compares integers of all sizes, and indexes serve the bare column.
fn unwidened(expr: &Expr) -> &Expr {
    match &expr.node {
        Node::Cast { operand, target, strength: CastStrength::Implicit }
            if matches!(operand.node, Node::Column { .. })
                && matches!(operand.ty, Type::Int2 | Type::Int4)
                && matches!(target.base, Type::Int4 | Type::Int8) =>
        {
            operand
        }
        _ => expr,
    }
}

fn sign(printer: &mut Printer<'_>, operation: &Operation) {
    printer.keyword(" ");
    printer.keyword(operation.name);
    printer.keyword(" ");
}

/// Calls that SQL writes without parentheses.
fn is_word(operation: &Operation) -> bool {
    let words = ["current_user", "session_user", "current_role", "current_date", "current_timestamp"];
    operation.schema == "pg_catalog" && words.contains(&operation.name)
}

/// Quoted, because some functions (`left`, `position`) are called like words of SQL.
fn name(printer: &mut Printer<'_>, operation: &Operation) {
    if operation.schema != "pg_catalog" {
        printer.out.ident(operation.schema);
        printer.keyword(".");
    }
    printer.out.ident(operation.name);
}

/// `a::numeric(10, 2)`.
pub(super) fn cast(printer: &mut Printer<'_>, operand: &Expr, target: &ColumnType) {
    match &operand.node {
        Node::Input(index) if operand.ty == Type::Unknown => {
            let ty = ColumnType::from(target.base.clone());
            printer.param(Parameter::Input { index: *index, ty });
            if target.modifier == Modifier::None {
                return;
            }
        }
        _ => printer.operand(operand),
    }
    printer.keyword("::");
    names::column_type(printer, target);
}

/// `a = any (b)`.
pub(super) fn quantified(printer: &mut Printer<'_>, call: Quantified<'_>) {
    printer.operand(call.operand);
    sign(printer, call.operation);
    printer.keyword(if call.all { "all (" } else { "any (" });
    printer.expr(call.array);
    printer.keyword(")");
}

/// `(a)[1]`.
pub(super) fn subscript(printer: &mut Printer<'_>, array: &Expr, index: &Expr) {
    printer.keyword("(");
    printer.expr(array);
    printer.keyword(")[");
    printer.expr(index);
    printer.keyword("]");
}

/// `(a)[1:2]`.
pub(super) fn slice(printer: &mut Printer<'_>, array: &Expr, lower: Option<&Expr>, upper: Option<&Expr>) {
    printer.keyword("(");
    printer.expr(array);
    printer.keyword(")[");
    if let Some(lower) = lower {
        printer.expr(lower);
    }
    printer.keyword(":");
    if let Some(upper) = upper {
        printer.expr(upper);
    }
    printer.keyword("]");
}

/// `"string_agg"(distinct a, b order by c) filter (where d)`, `"mode"() within group (order by a)`.
pub(super) fn aggregate(printer: &mut Printer<'_>, call: &Aggregate) {
    let within_group = matches!(call.operation.name, "mode" | "percentile_cont" | "percentile_disc");
    name(printer, call.operation);
    printer.keyword(if call.distinct { "(distinct " } else { "(" });
    if call.operation.name == "count" && call.arguments.is_empty() {
        printer.keyword("*");
    }
    printer.list(&call.arguments, |printer, argument| printer.expr(argument));
    if !within_group && !call.order.is_empty() {
        printer.keyword(" ");
        printer.order_by(&call.order);
    }
    printer.keyword(")");
    if within_group {
        printer.keyword(" within group (");
        printer.order_by(&call.order);
        printer.keyword(")");
    }
    if let Some(filter) = &call.filter {
        printer.keyword(" filter (where ");
        printer.expr(filter);
        printer.keyword(")");
    }
}
