//! Arrays: JSON texts, read by `json_each` where their elements are stored as they stand, else by registered functions.

use algebra::expression::{Expr, Node};
use algebra::names::ColumnName;
use algebra::query::Query;
use algebra::types::Type;
use algebra::value::Value;

use crate::code;
use crate::dialect::Quantified;
use crate::printer::{OutputNames, Printer};
use crate::sqlite::stored;

/// Beyond so many elements a written-out array is compared through `json_each`: SQLite bounds the depth of expressions.
const WRITTEN_OUT_MAX: usize = 100;

/// `a in (select value from json_each(b))`, `a not in (…)`; of a written-out array `(a op b or a op c)`; else
/// `(select case when max(r) = 1 then 1 when count(*) > count(r) then null else 0 end from (select a op t1."value" as r from
/// json_each(b) as t1))`, which is true if any is, else NULL if any is, else false.
pub(super) fn quantified(printer: &mut Printer<'_>, call: Quantified<'_>) {
    let in_word = match (call.operation.symbol, call.all) {
        ("pg_eq", false) => Some(" in ("),
        ("pg_ne", true) => Some(" not in ("),
        _ => None,
    };
    if let Node::ArrayOf(elements) = &call.array.node
        && elements.iter().all(|element| !matches!(element.ty, Type::Array(_)))
    {
        if let Some(word) = in_word
            && !elements.is_empty()
        {
            printer.dialect.comparable(printer, call.operand);
            printer.keyword(word);
            printer.list(elements, |printer, element| printer.expr(element));
            return printer.keyword(")");
        }
        if in_word.is_none() && elements.len() <= WRITTEN_OUT_MAX {
            return written_out(printer, call, elements);
        }
    }
    match in_word {
        Some(word) => {
            printer.dialect.comparable(printer, call.operand);
            printer.keyword(word);
            printer.keyword("select value from ");
            each_element(printer, call.array);
            printer.keyword(")");
        }
        None => each(printer, call),
    }
}

fn written_out(printer: &mut Printer<'_>, call: Quantified<'_>, elements: &[Expr]) {
    let terms = elements
        .iter()
        .map(|element| {
            let arguments = vec![call.operand.clone(), element.clone()];
            Expr::new(Node::Apply { operation: call.operation, arguments }, Type::Bool)
        })
        .collect();
    let node = if call.all { Node::And(terms) } else { Node::Or(terms) };
    printer.operand(&Expr::new(node, Type::Bool));
}

fn each(printer: &mut Printer<'_>, call: Quantified<'_>) {
    let decided = if call.all {
        "(select case when min(r) = 0 then 0 when count(*) > count(r) then null else 1 end"
    } else {
        "(select case when max(r) = 1 then 1 when count(*) > count(r) then null else 0 end"
    };
    let id = printer.fresh_id();
    let element = call.array.ty.element().cloned().unwrap_or(Type::Text);
    let value = Expr::column(id, ColumnName::literal("value"), element);
    let arguments = vec![call.operand.clone(), value];
    printer.keyword(decided);
    printer.keyword(" from (select (");
    printer.expr(&Expr::new(Node::Apply { operation: call.operation, arguments }, Type::Bool));
    printer.keyword(") as r from ");
    each_element(printer, call.array);
    printer.keyword(" as ");
    printer.out.alias(id);
    printer.keyword("))");
}

/// `json_each(coalesce(a, '[null]'))`: of a NULL array every comparison is NULL.
fn each_element(printer: &mut Printer<'_>, array: &Expr) {
    let element = array.ty.element().unwrap_or(&Type::Text);
    let nullable = match &array.node {
        Node::Constant(value) => *value == Value::Null,
        Node::ArrayOf(_) => false,
        _ => true,
    };
    printer.keyword(if nullable { "json_each(coalesce(" } else { "json_each(" });
    if stands_as_stored(element) {
        printer.expr(array);
    } else {
        printer.keyword("pg_elements(");
        printer.expr(array);
        printer.keyword(", ");
        printer.out.literal(&code::type_code(element));
        printer.keyword(")");
    }
    printer.keyword(if nullable { ", '[null]'))" } else { ")" });
}

/// Whether `json_each` gives the elements in their stored form: not numbers with more digits than a float, nor JSON in JSON.
fn stands_as_stored(element: &Type) -> bool {
    !matches!(element, Type::Numeric | Type::Json | Type::Jsonb | Type::Bytea | Type::Float4 | Type::Float8)
}

/// `pg_array('int4', a, b)`.
pub(super) fn array(printer: &mut Printer<'_>, elements: &[Expr], ty: &Type) {
    let element = elements.first().map_or_else(|| ty.element().unwrap_or(ty), |first| &first.ty);
    printer.keyword("pg_array(");
    stored::codes(printer, [element]);
    for element in elements {
        printer.keyword(", ");
        printer.expr(element);
    }
    printer.keyword(")");
}

/// `(select pg_array_rows('int4', c0) from (select …))`.
pub(super) fn array_query(printer: &mut Printer<'_>, query: &Query) {
    let element = query.columns().into_iter().next().map_or(Type::Text, |(_, ty)| ty);
    printer.keyword("(select pg_array_rows(");
    stored::codes(printer, [&element]);
    printer.keyword(", c0) from ");
    printer.in_parentheses(query, OutputNames::Places);
    printer.keyword(")");
}

/// `pg_subscript(a, 1, 'int4')`.
pub(super) fn subscript(printer: &mut Printer<'_>, array: &Expr, index: &Expr) {
    printer.keyword("pg_subscript(");
    printer.expr(array);
    printer.keyword(", ");
    printer.expr(index);
    printer.keyword(", ");
    stored::codes(printer, [array.ty.element().unwrap_or(&Type::Text)]);
    printer.keyword(")");
}

/// `pg_slice(a, 1, 2, 'lu')`; an open bound is NULL and not in the last argument.
pub(super) fn slice(printer: &mut Printer<'_>, array: &Expr, lower: Option<&Expr>, upper: Option<&Expr>) {
    printer.keyword("pg_slice(");
    printer.expr(array);
    for bound in [lower, upper] {
        printer.keyword(", ");
        match bound {
            Some(bound) => printer.expr(bound),
            None => printer.keyword("null"),
        }
    }
    printer.keyword(match (lower, upper) {
        (Some(_), Some(_)) => ", 'lu')",
        (Some(_), None) => ", 'l')",
        (None, Some(_)) => ", 'u')",
        (None, None) => ", '')",
    });
}
