//! Equality and order: native where the stored form compares as PostgreSQL compares, else by collation, enums by declaration.

use algebra::expression::{Expr, SortKey, Truth};
use algebra::operation::Operation;
use algebra::types::Type;

use crate::dialect::Extreme;
use crate::printer::Printer;
use crate::sqlite::needs::collation;
use crate::sqlite::stored;

/// An operation that SQLite writes with a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    text: &'static str,
    orders: bool,
}

/// The sign of an operation that SQLite has itself: comparisons of two values of one type.
pub(super) fn sign(operation: &Operation) -> Option<Sign> {
    let (text, orders) = match operation.symbol {
        "pg_eq" => (" = ", false),
        "pg_ne" => (" <> ", false),
        "pg_lt" => (" < ", true),
        "pg_le" => (" <= ", true),
        "pg_gt" => (" > ", true),
        "pg_ge" => (" >= ", true),
        // Of the types that concatenate here none has a collation.
        "pg_concat_text" => (" || ", false),
        _ => return None,
    };
    Some(Sign { text, orders })
}

/// `a = b`, `a collate numeric < b`, and for enums `case a when 'low' then 0 … end < case b …`.
pub(super) fn compare(printer: &mut Printer<'_>, sign: Sign, left: &Expr, right: &Expr) {
    if sign.orders
        && let Type::Enum(_) = left.ty
    {
        rank(printer, left);
        printer.keyword(sign.text);
        rank(printer, right);
        return;
    }
    comparable(printer, left);
    printer.keyword(sign.text);
    printer.operand(right);
}

/// `a`, `a collate numeric`.
pub(super) fn comparable(printer: &mut Printer<'_>, expr: &Expr) {
    printer.operand(expr);
    if let Some(name) = collation(&expr.ty) {
        printer.keyword(" collate ");
        printer.keyword(name);
    }
}

/// `a is not b`.
pub(super) fn is_distinct(printer: &mut Printer<'_>, left: &Expr, right: &Expr) {
    comparable(printer, left);
    printer.keyword(" is not ");
    printer.operand(right);
}

/// `a is 1`, which an index serves, as it does not `a is true`.
pub(super) fn truth(printer: &mut Printer<'_>, operand: &Expr, truth: Truth) {
    printer.operand(operand);
    printer.keyword(match truth {
        Truth::True => " is 1",
        Truth::False => " is 0",
        Truth::Unknown => " is null",
    });
}

/// `case a when 'low' then 0 when 'high' then 1 end`.
fn rank(printer: &mut Printer<'_>, expr: &Expr) {
    let Type::Enum(of) = &expr.ty else { return printer.operand(expr) };
    printer.keyword("case ");
    printer.operand(expr);
    for (position, label) in of.labels.iter().enumerate() {
        printer.keyword(" when ");
        printer.out.literal(label);
        printer.keyword(" then ");
        printer.out.number(position as i64);
    }
    printer.keyword(" end");
}

/// `pg_greatest('int4', a, b)`: NULLs are passed over, which SQLite's `max` does not.
pub(super) fn extreme(printer: &mut Printer<'_>, list: &[Expr], extreme: Extreme) {
    printer.keyword(match extreme {
        Extreme::Greatest => "pg_greatest(",
        Extreme::Least => "pg_least(",
    });
    stored::codes(printer, list.first().map(|expr| &expr.ty));
    printer.keyword(", ");
    printer.list(list, |printer, expr| printer.expr(expr));
    printer.keyword(")");
}

/// `a collate numeric desc nulls first`. SQLite has NULLs first when ascending and last when descending; what that gives
/// is not said, because an index serves it from end to end, and what a NULL never meets need not be said.
pub(super) fn sort_key(printer: &mut Printer<'_>, key: &SortKey) {
    match key.expr.ty {
        Type::Enum(_) => rank(printer, &key.expr),
        _ => comparable(printer, &key.expr),
    }
    if key.descending {
        printer.keyword(" desc");
    }
    if key.nulls_first == key.descending && printer.is_nullable(&key.expr) {
        printer.keyword(if key.nulls_first { " nulls first" } else { " nulls last" });
    }
}
