//! Queries that SQLite writes otherwise: JSON rows, `distinct on`, grouping sets, set-returning functions.

use algebra::change::PartMut;
use algebra::expression::{Aggregate, Expr, Node, SortKey, WindowCall};
use algebra::names::ColumnName;
use algebra::operation::{Form, Operation, Pattern, Volatility};
use algebra::query::{
    Body, Cte, CteBody, Distinct, Grouping, Output, Query, Relation, RelationSource, Select, Source,
};
use algebra::shape::Shape;
use algebra::types::Type;
use algebra::value::Value;

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

/// `select t9."c0" as "a" from (select …, row_number() over (partition by keys order by …) as "row" from …) as t9 where
/// t9."row" = 1 order by …`.
pub(super) fn distinct_on(printer: &mut Printer<'_>, query: &Query, select: &Select, names: OutputNames) {
    let Distinct::On(keys) = &select.distinct else { return };
    let id = printer.fresh_id();
    let column = |name: &ColumnName, ty: &Type| Expr::column(id, name.clone(), ty.clone());
    let mut inner = Select { distinct: Distinct::No, ..select.clone() };
    let mut outer = Vec::new();
    for (place, output) in inner.outputs.iter_mut().enumerate() {
        let name = std::mem::replace(&mut output.name, numbered("c", place));
        outer.push(Output { expr: column(&output.name, &output.expr.ty), name });
    }
    let by_source = query.order.iter().map(|key| of_source(key, select)).collect::<Vec<_>>();
    let mut order = Vec::new();
    for (place, key) in by_source.iter().enumerate() {
        let name = numbered("k", place);
        order.push(SortKey { expr: column(&name, &key.expr.ty), ..key.clone() });
        inner.outputs.push(Output { expr: key.expr.clone(), name });
    }
    let row = ColumnName::literal("row");
    inner.outputs.push(Output { expr: row_number(keys.clone(), by_source), name: row.clone() });
    let inner =
        Query { ctes: Vec::new(), order: Vec::new(), limit: None, offset: None, ..Query::select(inner) };
    let source = RelationSource::Query(Box::new(inner));
    let mut first = Select::from(outer, Source::Relation(Relation { id, source, lateral: false }));
    let one = Expr::constant(Value::Int(1), Type::Int8);
    first.filter = Some(Expr::equals(column(&row, &Type::Int8), one));
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
pub(super) fn grouping_sets(printer: &mut Printer<'_>, select: &Select, names: OutputNames) {
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
