//! Writes, and the rows that are given beside them.

use algebra::expression::{Expr, Node};
use algebra::statement::{ConflictTarget, Delete, Insert, InsertSource};
use algebra::types::ColumnType;
use algebra::visit::Part;

use crate::postgres::names;
use crate::printer::{OutputNames, Printer};
use crate::program::Parameter;

/// `insert into "public"."tasks" as t1 ("title") overriding system value select …`. Defaults are the engine's own.
pub(super) fn insert(printer: &mut Printer<'_>, insert: &Insert) {
    printer.insert_head(insert, &insert.columns);
    if insert.override_identity {
        printer.keyword("overriding system value ");
    }
    match &insert.source {
        InsertSource::Query(query) => printer.query(query, OutputNames::Nobody),
        InsertSource::Rows { types, values } => rows(printer, types, values),
        InsertSource::Defaults => printer.keyword("default values"),
    }
    printer.insert_tail(insert);
}

/// `select r."0", r."1" from json_array_elements($1::json) as g(v), json_to_record(g.v) as r("0" int4, "1" text)`.
fn rows(printer: &mut Printer<'_>, types: &[ColumnType], values: &[Expr]) {
    printer.rows_in_scope = true;
    printer.keyword("select ");
    printer.list(values, |printer, value| printer.expr(value));
    printer.rows_in_scope = false;
    printer.keyword(" from json_array_elements(");
    printer.param(Parameter::Rows);
    printer.keyword(") as g(v)");
    let members = members(values);
    if members.is_empty() {
        return;
    }
    printer.keyword(", json_to_record(g.v) as r(");
    printer.list(&members, |printer, member| {
        key(printer, *member);
        printer.keyword(" ");
        if let Some(ty) = types.get(usize::from(*member)) {
            names::type_name(printer, &ty.base);
        }
    });
    printer.keyword(")");
}

/// The members that some value uses, in order.
fn members(values: &[Expr]) -> Vec<u16> {
    let mut members = Vec::new();
    for value in values {
        Part::Expr(value).every_expr(&mut |expr| {
            if let Node::RowInput(index) = expr.node {
                members.push(index);
            }
        });
    }
    members.sort_unstable();
    members.dedup();
    members
}

/// `"0"`.
fn key(printer: &mut Printer<'_>, index: u16) {
    printer.out.ident(&index.to_string());
}

/// `r."0"`; of the one row that an update is given `(select r."0" from json_to_record($1::json -> 0) as r("0" int4))`.
pub(super) fn row_member(printer: &mut Printer<'_>, index: u16, ty: &ColumnType) {
    if printer.rows_in_scope {
        printer.keyword("r.");
        return key(printer, index);
    }
    printer.keyword("(select r.");
    key(printer, index);
    printer.keyword(" from json_to_record(");
    printer.param(Parameter::Rows);
    printer.keyword(" -> 0) as r(");
    key(printer, index);
    printer.keyword(" ");
    names::type_name(printer, &ty.base);
    printer.keyword("))");
}

/// `(g.v -> '0') is not null`: a member that is null is there.
pub(super) fn row_present(printer: &mut Printer<'_>, index: u16) {
    printer.keyword("((");
    if printer.rows_in_scope {
        printer.keyword("g.v");
    } else {
        printer.param(Parameter::Rows);
        printer.keyword(" -> 0");
    }
    printer.keyword(" -> ");
    printer.out.literal(&index.to_string());
    printer.keyword(") is not null)");
}

/// `delete from "public"."tasks" as t1 using … where … returning …`.
pub(super) fn delete(printer: &mut Printer<'_>, delete: &Delete) {
    printer.note_source(delete.using.as_ref());
    printer.keyword("delete from ");
    printer.target(&delete.table, delete.target);
    printer.more_sources(" using ", delete.using.as_ref());
    printer.where_clause(delete.filter.as_ref());
    printer.returning(&delete.table, delete.target, &delete.returning);
}

/// ` ("id")`, ` ("id") where …`, ` on constraint "tasks_pkey"`.
pub(super) fn conflict_target(printer: &mut Printer<'_>, target: &ConflictTarget) {
    match target {
        ConflictTarget::Any => {}
        ConflictTarget::Columns { columns, predicate } => {
            printer.keyword(" (");
            printer.columns(columns);
            printer.keyword(")");
            printer.where_clause(predicate.as_deref());
        }
        ConflictTarget::Constraint { name, .. } => {
            printer.keyword(" on constraint ");
            printer.out.ident(name.as_str());
        }
    }
}
