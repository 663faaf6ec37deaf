//! Queries that SQLite writes otherwise: JSON rows, kept rows, sides of set operations, bounds, set-returning functions.

use algebra::expression::Expr;
use algebra::query::{Body, Cte, CteBody, Distinct, Grouping, Query};
use algebra::shape::Shape;
use algebra::types::Type;

use crate::descriptor;
use crate::dialect::FunctionCall;
use crate::printer::{OutputNames, Printer};
use crate::program::Parameter;
use crate::sqlite::{scalar, stored};

/// `(select json_rows('{"id":0:int4}', c0) from (select t1."id" as c0 from … order by …))`.
pub(super) fn json_rows(printer: &mut Printer<'_>, query: &Query, shape: &Shape) {
    printer.keyword("(select json_rows(");
    printer.out.literal(&descriptor::shape_descriptor(shape));
    for column in 0..query.columns().len() {
        printer.keyword(", ");
        printer.out.place(column);
    }
    printer.keyword(") from ");
    printer.in_parentheses(query, OutputNames::Places);
    printer.keyword(")");
}

/// `t1("a", "b") as (select …)`; of a write whose rows were kept `t1("a", "b") as (select value ->> 0, value ->> 1 from
/// json_each(?1))`.
pub(super) fn cte(printer: &mut Printer<'_>, cte: &Cte) {
    printer.out.alias(cte.id);
    if !cte.columns.is_empty() {
        printer.keyword("(");
        printer.list(&cte.columns, |printer, (name, _)| printer.out.ident(name.as_str()));
        printer.keyword(")");
    }
    printer.keyword(match cte.materialized {
        None => " as ",
        Some(true) => " as materialized ",
        Some(false) => " as not materialized ",
    });
    match &cte.body {
        CteBody::Query(query) => printer.in_parentheses(query, OutputNames::Nobody),
        CteBody::Write(_) => kept_rows(printer, cte),
    }
}

fn kept_rows(printer: &mut Printer<'_>, cte: &Cte) {
    printer.keyword("(select ");
    if cte.columns.is_empty() {
        printer.keyword("1");
    }
    for (place, (_, ty)) in cte.columns.iter().enumerate() {
        printer.keyword(if place > 0 { ", " } else { "" });
        printer.keyword(if *ty == Type::Bytea { "unhex(value ->> " } else { "value ->> " });
        printer.out.number(place as i64);
        printer.keyword(if *ty == Type::Bytea { ")" } else { "" });
    }
    printer.keyword(" from json_each(");
    if let Some(stage) = printer.stages.get(&cte.id).copied() {
        printer.param(Parameter::Stage(stage));
    }
    printer.keyword("))");
}

/// A select as it stands, else `select * from (…)`: SQLite takes no parentheses, orders or bounds here.
pub(super) fn set_operand(printer: &mut Printer<'_>, query: &Query, names: OutputNames) {
    let bare =
        query.ctes.is_empty() && query.order.is_empty() && query.limit.is_none() && query.offset.is_none();
    let plain = match &query.body {
        Body::Select(select) => {
            matches!(select.distinct, Distinct::No | Distinct::Rows)
                && !matches!(select.grouping, Grouping::Sets(_))
        }
        Body::Values { .. } => true,
        Body::Set { .. } => false,
    };
    if bare && plain {
        printer.compares = matches!(query.body, Body::Select(_));
        return printer.query(query, names);
    }
    printer.keyword("select * from ");
    printer.in_parentheses(query, names);
}

/// ` limit 20 offset ?1`; a bound that is not a constant may be NULL or negative: ` limit pg_limit(?1)`.
pub(super) fn bounds(printer: &mut Printer<'_>, query: &Query) {
    match &query.limit {
        Some(limit) => {
            printer.keyword(" limit ");
            bound(printer, limit, "pg_limit");
        }
        None if query.offset.is_some() => printer.keyword(" limit -1"),
        None => {}
    }
    if let Some(offset) = &query.offset {
        printer.keyword(" offset ");
        bound(printer, offset, "pg_offset");
    }
}

fn bound(printer: &mut Printer<'_>, expr: &Expr, function: &'static str) {
    match scalar::whole_number(expr) {
        Some(count) if count >= 0 => printer.out.number(count),
        _ => printer.call_function(function, std::slice::from_ref(expr)),
    }
}

/// `json_each(pg_generate_series_int4_int4(1, 10)) as t1`, whose columns are members of its values.
pub(super) fn function(printer: &mut Printer<'_>, call: &FunctionCall<'_>) {
    printer.keyword("json_each(");
    stored::call(printer, call.operation, call.arguments);
    printer.keyword(") as ");
    printer.out.alias(call.relation);
}

/// `json_each((select json_group_array(json_array(c0, c1)) from (select …)))`: only the arguments of a table-valued function may
/// name the relations to its left. Of one column alone the array holds its values.
pub(super) fn lateral(printer: &mut Printer<'_>, query: &Query) {
    let columns = query.columns();
    printer.keyword("json_each((select json_group_array(");
    printer.keyword(if columns.len() > 1 { "json_array(" } else { "" });
    for (place, (_, ty)) in columns.iter().enumerate() {
        printer.keyword(if place > 0 { ", " } else { "" });
        member(printer, place, *ty == Type::Bytea);
    }
    printer.keyword(match columns.len() {
        0 => "1",
        1 => "",
        _ => ")",
    });
    printer.keyword(") from ");
    printer.in_parentheses(query, OutputNames::Places);
    printer.keyword("))");
}

/// `c0`; bytes as hexadecimal digits, which JSON can hold.
fn member(printer: &mut Printer<'_>, place: usize, bytes: bool) {
    if bytes {
        printer.keyword("case when ");
        printer.out.place(place);
        printer.keyword(" is not null then hex(");
        printer.out.place(place);
        printer.keyword(") end");
    } else {
        printer.out.place(place);
    }
}
