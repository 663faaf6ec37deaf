//! Aggregates and window functions: SQLite's own where they answer as PostgreSQL's, else registered ones.

use algebra::expression::{Aggregate, Expr, SortKey};
use algebra::operation::{Form, Operation};
use algebra::types::Type;

use crate::printer::Printer;
use crate::sqlite::stored;

/// `count(*)`, `min(a collate numeric)`, `pg_sum_numeric(a) filter (where b)`, `pg_mode('int4', a, 0)`. SQLite has `distinct`
/// for one argument only; of ours PostgreSQL sees the values in order: `pg_array_agg_distinct('int4', a order by a nulls last)`.
pub(super) fn aggregate(printer: &mut Printer<'_>, call: &Aggregate) {
    let own = native(call);
    printer.keyword(own.unwrap_or(call.operation.symbol));
    printer.keyword(if own.is_none() && call.distinct { "_distinct(" } else { "(" });
    if own == Some("count") && call.arguments.is_empty() {
        printer.keyword("*");
    } else {
        arguments(printer, call, own.is_none());
    }
    printer.keyword(")");
    if let Some(filter) = &call.filter {
        printer.keyword(" filter (where ");
        printer.expr(filter);
        printer.keyword(")");
    }
}

fn arguments(printer: &mut Printer<'_>, call: &Aggregate, registered: bool) {
    let within_group = is_ordered_set(call.operation);
    if call.distinct && !registered {
        printer.keyword("distinct ");
    }
    if registered && stored::takes_types(call.operation) {
        let ordered = call.order.iter().filter(|_| within_group).map(|key| &key.expr.ty);
        stored::codes(printer, call.arguments.iter().map(|argument| &argument.ty).chain(ordered));
        if !call.arguments.is_empty() || within_group {
            printer.keyword(", ");
        }
    }
    let compared = call.distinct || matches!(call.operation.name, "min" | "max");
    printer.list(&call.arguments, |printer, argument| {
        if compared {
            printer.dialect.comparable(printer, argument);
        } else {
            printer.expr(argument);
        }
    });
    if within_group {
        for key in &call.order {
            printer.keyword(if call.arguments.is_empty() { "" } else { ", " });
            printer.expr(&key.expr);
            printer.keyword(if key.descending { ", 1" } else { ", 0" });
        }
    } else if !call.order.is_empty() {
        printer.keyword(" ");
        printer.order_by(&call.order);
    } else if call.distinct && registered {
        printer.keyword(" ");
        printer.order_by(&call.arguments.iter().map(ascending).collect::<Vec<_>>());
    }
}

fn ascending(argument: &Expr) -> SortKey {
    SortKey { expr: argument.clone(), descending: false, nulls_first: false }
}

/// Whether its `order` is that of `within group`, whose key is an argument, followed by 1 when descending.
fn is_ordered_set(operation: &Operation) -> bool {
    operation.is_ordered_set()
}

/// The name of SQLite's function that answers the same.
fn native(call: &Aggregate) -> Option<&'static str> {
    let argument = call.arguments.first().map(|argument| &argument.ty);
    match (call.operation.name, argument) {
        _ if call.operation.form == Form::Window => Some(call.operation.name),
        ("count", _) => Some("count"),
        ("min", Some(ty)) if !matches!(ty, Type::Enum(_)) => Some("min"),
        ("max", Some(ty)) if !matches!(ty, Type::Enum(_)) => Some("max"),
        ("sum", Some(Type::Int2 | Type::Int4)) => Some("sum"),
        ("bool_and" | "every", _) => Some("min"),
        ("bool_or", _) => Some("max"),
        _ => None,
    }
}
