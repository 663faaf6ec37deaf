//! `distinct on`, `intersect all` and grouping sets, which SQLite does not have: row numbers, and one select for each set.

use algebra::change::PartMut;
use algebra::expression::{Aggregate, Expr, Node, RelationId, SortKey, WindowCall};
use algebra::names::ColumnName;
use algebra::operation::{Form, Operation, Pattern, Volatility};
use algebra::query::{
    Body, Distinct, Grouping, Output, Query, Relation, RelationSource, Select, SetKind, Source,
};
use algebra::types::Type;
use algebra::value::Value;

use crate::printer::{OutputNames, Printer};
use crate::sqlite::needs::collation;

/// `select t9."c0" as "a" from (select …, row_number() over (partition by keys order by …) as "row" from …) as t9 where
/// t9."row" = 1 order by …`.
pub(super) fn distinct_on(printer: &mut Printer<'_>, query: &Query, select: &Select, names: OutputNames) {
    let Distinct::On(keys) = &select.distinct else { return };
    let id = printer.fresh_id();
    let (mut inner, outer) = by_place(select, id);
    let order = add_keys(&mut inner, query, select, id);
    let by_source = query.order.iter().map(|key| of_source(key, select)).collect::<Vec<_>>();
    let row = ColumnName::literal("row");
    inner.outputs.push(Output { expr: row_number(keys.clone(), by_source), name: row.clone() });
    let inner =
        Query { ctes: Vec::new(), order: Vec::new(), limit: None, offset: None, ..Query::select(inner) };
    let source = RelationSource::Query(Box::new(inner));
    let mut first = Select::from(outer, Source::Relation(Relation { id, source, lateral: false }));
    let one = Expr::constant(Value::Int(1), Type::Int8);
    first.filter = Some(Expr::equals(Expr::column(id, row, Type::Int8), one));
    let whole =
        Query { order, limit: query.limit.clone(), offset: query.offset.clone(), ..Query::select(first) };
    printer.body(&whole, names);
}

/// A sort key over the outputs as one over what the outputs are made of.
fn of_source(key: &SortKey, select: &Select) -> SortKey {
    let mut key = key.clone();
    if let Node::Column { relation, column } = &key.expr.node
        && *relation == Select::OUTPUT
        && let Some(output) = select.outputs.iter().find(|output| output.name == *column)
    {
        key.expr = output.expr.clone();
    }
    key
}

fn numbered(letter: &str, place: usize) -> ColumnName {
    ColumnName::parse(&format!("{letter}{place}")).expect("a letter and a number are a name")
}

static ROW_NUMBER: Operation = Operation {
    schema: "pg_catalog",
    name: "row_number",
    form: Form::Window,
    arguments: &[],
    variadic: false,
    optional: 0,
    result: Pattern::Is(Type::Int8),
    volatility: Volatility::Immutable,
    strict: false,
    leakproof: true,
    symbol: "pg_row_number",
    context: None,
};

fn row_number(partition: Vec<Expr>, order: Vec<SortKey>) -> Expr {
    let call = Aggregate {
        operation: &ROW_NUMBER,
        arguments: Vec::new(),
        distinct: false,
        order: Vec::new(),
        filter: None,
    };
    Expr::new(Node::Window(Box::new(WindowCall { call, partition, order, frame: None })), Type::Int8)
}

/// `select … group by a union all select … group by b`: one select for each set, with NULL for the keys that it does not have.
/// With an order around it: `select t9."c0" as "a" from (…) as t9 order by t9."k0"`.
pub(super) fn grouping_sets(printer: &mut Printer<'_>, query: &Query, select: &Select, names: OutputNames) {
    if query.order.is_empty() && matches!(select.distinct, Distinct::No) {
        sets(printer, select, names);
        return super::query::bounds(printer, query);
    }
    let id = printer.fresh_id();
    let (mut inner, outer) = by_place(select, id);
    let order = add_keys(&mut inner, query, select, id);
    printer.keyword("select ");
    printer.keyword(if matches!(select.distinct, Distinct::Rows) { "distinct " } else { "" });
    printer.outputs(&outer, names, matches!(select.distinct, Distinct::Rows));
    printer.keyword(" from (");
    sets(printer, &inner, OutputNames::Own);
    printer.keyword(") as ");
    printer.out.alias(id);
    if !order.is_empty() {
        printer.keyword(" ");
        printer.order_by(&order);
    }
    super::query::bounds(printer, query);
}

fn sets(printer: &mut Printer<'_>, select: &Select, names: OutputNames) {
    let Grouping::Sets(sets) = &select.grouping else { return };
    for (position, set) in sets.iter().enumerate() {
        if position > 0 {
            printer.keyword(" union all ");
        }
        let absent: Vec<&Expr> = sets.iter().flatten().filter(|key| !set.contains(key)).collect();
        let mut one = Select { grouping: Grouping::By(set.clone()), ..select.clone() };
        for expr in one.outputs.iter_mut().map(|output| &mut output.expr).chain(&mut one.having) {
            blank(expr, &absent);
        }
        printer.select(&one, if position == 0 { names } else { OutputNames::Nobody });
    }
}

/// The select with its outputs named by place and nothing distinct, and the outputs of a select around it, as `id`.
fn by_place(select: &Select, id: RelationId) -> (Select, Vec<Output>) {
    let mut inner = Select { distinct: Distinct::No, ..select.clone() };
    let mut outer = Vec::new();
    for (place, output) in inner.outputs.iter_mut().enumerate() {
        let name = std::mem::replace(&mut output.name, numbered("c", place));
        let expr = Expr::column(id, output.name.clone(), output.expr.ty.clone());
        outer.push(Output { expr, name });
    }
    (inner, outer)
}

/// Adds the sort keys of the query to the outputs, and answers them as keys of a select around it.
fn add_keys(inner: &mut Select, query: &Query, select: &Select, id: RelationId) -> Vec<SortKey> {
    let mut order = Vec::new();
    for (place, key) in query.order.iter().map(|key| of_source(key, select)).enumerate() {
        let name = numbered("k", place);
        let expr = Expr::column(id, name.clone(), key.expr.ty.clone());
        inner.outputs.push(Output { expr: key.expr.clone(), name });
        order.push(SortKey { expr, ..key });
    }
    order
}

/// Puts NULL in the place of keys, but not inside aggregates, which see the rows.
fn blank(expr: &mut Expr, keys: &[&Expr]) {
    if keys.contains(&&*expr) {
        expr.node = Node::Constant(Value::Null);
    } else if !matches!(expr.node, Node::Aggregate(_)) {
        PartMut::Expr(expr).each(&mut |part| {
            if let PartMut::Expr(expr) = part {
                blank(expr, keys);
            }
        });
    }
}

/// `select c0 as "a" from (select c0 collate numeric as c0, row_number() over (partition by c0 collate numeric) from (select …)
/// except select …)`: equal rows are numbered, so that each counts.
pub(super) fn counted_set(printer: &mut Printer<'_>, query: &Query, names: OutputNames) {
    let Body::Set { kind, left, right, .. } = &query.body else { return };
    let columns = query.columns();
    printer.keyword("select ");
    for (place, (name, _)) in columns.iter().enumerate() {
        printer.keyword(if place > 0 { ", " } else { "" });
        printer.out.place(place);
        printer.output_name(place, name, names);
    }
    printer.keyword(" from (");
    numbered_rows(printer, left, &columns);
    printer.keyword(if *kind == SetKind::Intersect { " intersect " } else { " except " });
    numbered_rows(printer, right, &columns);
    printer.keyword(")");
}

fn numbered_rows(printer: &mut Printer<'_>, query: &Query, columns: &[(ColumnName, Type)]) {
    let compared = |printer: &mut Printer<'_>, named: bool| {
        for (place, (_, ty)) in columns.iter().enumerate() {
            printer.keyword(if place > 0 { ", " } else { "" });
            printer.out.place(place);
            if let Some(collation) = collation(ty) {
                printer.keyword(" collate ");
                printer.keyword(collation);
            }
            if named {
                printer.keyword(" as ");
                printer.out.place(place);
            }
        }
    };
    printer.keyword("select ");
    compared(printer, true);
    printer.keyword(", row_number() over (partition by ");
    compared(printer, false);
    printer.keyword(") from ");
    printer.in_parentheses(query, OutputNames::Places);
}
