//! Sub-queries as values: PostgreSQL refuses a second row (21000), SQLite silently takes the first.

use algebra::expression::{Expr, Node, RelationId};
use algebra::names::ColumnName;
use algebra::query::{Body, Grouping, Query, RelationSource, Select, Source};
use algebra::types::Type;
use algebra::value::Value;
use algebra::visit::Part;
use catalog::Catalog;

use crate::printer::{OutputNames, Printer};

/// `a` where the query is that alone, `(select a from …)` where there is at most one row, else
/// `(select pg_single(c0) from (select a as c0 from …))`.
pub(super) fn scalar(printer: &mut Printer<'_>, query: &Query) {
    if let Some(value) = value_alone(query) {
        return printer.operand(value);
    }
    if is_one_row(query, printer.catalog) {
        return printer.in_parentheses(query, OutputNames::Nobody);
    }
    printer.keyword("(select pg_single(c0) from ");
    printer.in_parentheses(query, OutputNames::Places);
    printer.keyword(")");
}

/// The value of `(select auth.uid())`, which policies write so that PostgreSQL computes it once. Here it is a parameter.
fn value_alone(query: &Query) -> Option<&Expr> {
    let Body::Select(select) = &query.body else { return None };
    let bare = query.ctes.is_empty() && query.limit.is_none() && query.offset.is_none();
    let [output] = &select.outputs[..] else { return None };
    let stands_still = match &output.expr.node {
        Node::Constant(_) | Node::Input(_) | Node::Column { .. } => true,
        Node::Apply { operation, .. } => operation.context.is_some(),
        _ => false,
    };
    let alone = select.from.is_none() && select.filter.is_none() && matches!(select.grouping, Grouping::None);
    (bare && alone && stands_still).then_some(&output.expr)
}

/// Whether it is plain that a query has at most one row.
fn is_one_row(query: &Query, catalog: &Catalog) -> bool {
    if matches!(query.limit.as_ref().and_then(whole_number), Some(0 | 1)) {
        return true;
    }
    match &query.body {
        Body::Select(select) => match &select.grouping {
            Grouping::By(keys) => keys.is_empty(),
            Grouping::None => select.from.is_none() || is_by_key(select, catalog),
            Grouping::Sets(_) => false,
        },
        Body::Values { rows, .. } => rows.len() == 1,
        Body::Set { .. } => false,
    }
}

/// The number that a constant of any integer type is.
pub(super) fn whole_number(expr: &Expr) -> Option<i64> {
    match &expr.node {
        Node::Constant(Value::Int(number)) => Some(*number),
        Node::Cast { operand, target, .. } if matches!(target.base, Type::Int4 | Type::Int8) => {
            whole_number(operand)
        }
        _ => None,
    }
}

/// Whether a select asks one table for one value of a primary key or unique constraint.
fn is_by_key(select: &Select, catalog: &Catalog) -> bool {
    let (Some(Source::Relation(relation)), Some(filter)) = (&select.from, &select.filter) else {
        return false;
    };
    let RelationSource::Table(name) = &relation.source else { return false };
    let Some(table) = catalog.table(name) else { return false };
    let terms = match &filter.node {
        Node::And(terms) => &terms[..],
        _ => std::slice::from_ref(filter),
    };
    let fixed = |column: &ColumnName| terms.iter().any(|term| fixes(term, relation.id, column));
    table.primary_key.iter().chain(&table.uniques).any(|key| key.columns.iter().all(fixed))
}

/// Whether a term is `column = value` with a value that does not depend on the relation.
fn fixes(term: &Expr, relation: RelationId, column: &ColumnName) -> bool {
    let Node::Apply { operation, arguments } = &term.node else { return false };
    let is_column = |expr: &Expr| matches!(&expr.node, Node::Column { relation: of, column: name } if *of == relation && name == column);
    let depends = |expr: &Expr| {
        let mut found = false;
        Part::Expr(expr).every_expr(&mut |expr| {
            found |= matches!(&expr.node, Node::Column { relation: of, .. } if *of == relation);
        });
        found
    };
    match (operation.symbol, &arguments[..]) {
        ("pg_eq", [left, right]) => {
            (is_column(left) && !depends(right)) || (is_column(right) && !depends(left))
        }
        _ => false,
    }
}
