//! Writes as SQLite has them: every column of a new row is given, `delete … using` becomes `exists`.

use algebra::expression::{Expr, Node, RelationId};
use algebra::names::ColumnName;
use algebra::operation::{Form, Operation, Pattern, Volatility};
use algebra::query::{
    Body, Cte, CteBody, Distinct, Grouping, Output, Query, Relation, RelationSource, Select, Source,
};
use algebra::statement::{Assignment, ConflictTarget, Delete, Insert, InsertSource};
use algebra::types::Type;
use algebra::value::Value;
use catalog::Table;

use crate::printer::{OutputNames, Printer};
use crate::sqlite::{conflict, stored};

/// `insert into "tasks" as t1 ("id", "title") values (pg_nextval('tasks_id_seq'), ?1) on conflict … returning …`.
pub(super) fn insert(printer: &mut Printer<'_>, insert: &Insert) {
    let (columns, source) = completed(printer, insert);
    printer.insert_head(insert, &columns);
    if columns.is_empty() {
        printer.keyword("default values");
    } else {
        printer.query(&source, OutputNames::Nobody);
    }
    let noting = printer.table_of(insert.target).and_then(|table| conflict::noting(insert, table));
    printer.insert_tail(noting.as_ref().unwrap_or(insert));
}

/// The columns that are given or have a default, and a query that gives them all.
fn completed(printer: &mut Printer<'_>, insert: &Insert) -> (Vec<ColumnName>, Query) {
    let mut columns = insert.columns.clone();
    let mut source = match &insert.source {
        InsertSource::Query(query) => (**query).clone(),
        InsertSource::Rows { values, .. } => one_row(&columns, values.clone()),
        InsertSource::Defaults => one_row(&columns, Vec::new()),
    };
    let table = printer.catalog.table(&insert.table).cloned();
    let key = table.as_deref().and_then(stored::rowid_column);
    let is_null = |expr: &Expr| matches!(expr.node, Node::Constant(Value::Null));
    let (missing, others): (Vec<_>, Vec<_>) =
        insert.defaults.iter().cloned().partition(|(column, expr)| is_null(expr) && Some(column) != key);
    if !takes_more(&source) && (!others.is_empty() || matches!(source.body, Body::Set { .. })) {
        source = behind_fence(printer, source);
    }
    // SQLite has NULL for what is not given; one column must be.
    let given = if columns.is_empty() && others.is_empty() { &missing } else { &others };
    add(&mut source, given);
    columns.extend(given.iter().map(|(column, _)| column.clone()));
    if let (Some(table), Some(key)) = (&table, key) {
        guard_key(&mut source, &columns, (table, key));
    }
    // Without a `where` SQLite would read `on conflict` as the condition of a join.
    if insert.conflict.is_some()
        && let Body::Select(select) = &mut source.body
    {
        select.filter.get_or_insert_with(|| Expr::bool(true));
    }
    (columns, source)
}

fn one_row(columns: &[ColumnName], values: Vec<Expr>) -> Query {
    let body = Body::Values { names: columns.to_vec(), rows: vec![values] };
    Query { ctes: Vec::new(), body, order: Vec::new(), limit: None, offset: None }
}

/// Whether columns can be added to a query without changing how often and when they are computed.
fn takes_more(query: &Query) -> bool {
    if !query.order.is_empty() || query.limit.is_some() || query.offset.is_some() {
        return false;
    }
    match &query.body {
        Body::Select(select) => {
            matches!(select.distinct, Distinct::No) && matches!(select.grouping, Grouping::None)
        }
        Body::Values { .. } => true,
        Body::Set { .. } => false,
    }
}

/// `with t9("c0") as materialized (…) select t9."c0" from t9`: the rows are there before a default is computed.
fn behind_fence(printer: &mut Printer<'_>, query: Query) -> Query {
    let (id, relation) = (printer.fresh_id(), printer.fresh_id());
    let mut columns = Vec::new();
    for (place, (_, ty)) in query.columns().into_iter().enumerate() {
        let name = ColumnName::parse(&format!("c{place}")).expect("a letter and a number are a name");
        columns.push((name, ty));
    }
    let outputs = columns
        .iter()
        .map(|(name, ty)| Output {
            expr: Expr::column(relation, name.clone(), ty.clone()),
            name: name.clone(),
        })
        .collect();
    let body = CteBody::Query(Box::new(query));
    let cte = Cte { id, columns, body, recursive: false, materialized: Some(true) };
    let source = Relation { id: relation, source: RelationSource::Cte(id), lateral: false };
    let mut whole = Query::select(Select::from(outputs, Source::Relation(source)));
    whole.ctes.push(cte);
    whole
}

fn add(query: &mut Query, defaults: &[(ColumnName, Expr)]) {
    let more = defaults.iter().cloned();
    match &mut query.body {
        Body::Select(select) => select.outputs.extend(more.map(|(name, expr)| Output { expr, name })),
        Body::Values { names, rows } => {
            names.extend(defaults.iter().map(|(name, _)| name.clone()));
            for row in rows {
                row.extend(defaults.iter().map(|(_, expr)| expr.clone()));
            }
        }
        Body::Set { .. } => {}
    }
}

static NOT_NULL: Operation = Operation {
    schema: "mainstay",
    name: "not_null",
    form: Form::Function,
    arguments: &[Pattern::Is(Type::Int8), Pattern::Is(Type::Text), Pattern::Is(Type::Text)],
    variadic: false,
    optional: 0,
    result: Pattern::Is(Type::Int8),
    volatility: Volatility::Volatile,
    strict: false,
    leakproof: false,
    symbol: "pg_not_null",
    context: None,
};

/// SQLite gives a NULL in the rowid's column a number of its own; PostgreSQL refuses it.
fn guard_key(query: &mut Query, columns: &[ColumnName], (table, key): (&Table, &ColumnName)) {
    let Some(place) = columns.iter().position(|column| column == key) else { return };
    let guard = |expr: &mut Expr| {
        if !is_given(expr) {
            let value = std::mem::replace(expr, Expr::bool(true));
            *expr = not_null(value, table, key);
        }
    };
    match &mut query.body {
        Body::Select(select) => {
            select.outputs.get_mut(place).map(|output| &mut output.expr).into_iter().for_each(guard)
        }
        Body::Values { rows, .. } => rows.iter_mut().filter_map(|row| row.get_mut(place)).for_each(guard),
        Body::Set { .. } => {}
    }
}

/// `pg_not_null(a, 'tasks', 'id')`.
fn not_null(value: Expr, table: &Table, key: &ColumnName) -> Expr {
    let text = |text: &str| Expr::constant(Value::Text(text.to_owned()), Type::Text);
    let ty = value.ty.clone();
    let arguments = vec![value, text(table.name.name.as_str()), text(key.as_str())];
    Expr::new(Node::Apply { operation: &NOT_NULL, arguments }, ty)
}

/// A value of an update; SQLite has its own words for a NULL in the rowid's column.
pub(super) fn assigned(printer: &mut Printer<'_>, target: RelationId, assignment: &Assignment) {
    let guarded = printer.table_of(target).and_then(|table| {
        let key = stored::rowid_column(table).filter(|key| **key == assignment.column)?;
        (!is_given(&assignment.value)).then(|| not_null(assignment.value.clone(), table, key))
    });
    printer.expr(guarded.as_ref().unwrap_or(&assignment.value));
}

/// Whether it is plain that an expression is not NULL: a number, or the next value of a sequence.
fn is_given(expr: &Expr) -> bool {
    match &expr.node {
        Node::Constant(value) => *value != Value::Null,
        Node::Apply { operation, .. } => operation.name == "nextval",
        Node::Cast { operand, .. } => is_given(operand),
        _ => false,
    }
}

/// `delete from "tasks" as t1 where exists (select 1 from "lists" as t2 where …) returning …`.
pub(super) fn delete(printer: &mut Printer<'_>, delete: &Delete) {
    printer.keyword("delete from ");
    printer.target(&delete.table, delete.target);
    match &delete.using {
        None => printer.where_clause(delete.filter.as_ref()),
        Some(source) => {
            printer.note_source(Some(source));
            printer.keyword(" where exists (select 1 from ");
            printer.source(source);
            printer.where_clause(delete.filter.as_ref());
            printer.keyword(")");
        }
    }
    printer.returning(&delete.table, delete.target, &delete.returning);
}

/// ` ("id")`, ` ("id") where "done" = 0`.
pub(super) fn conflict_target(printer: &mut Printer<'_>, target: &ConflictTarget) {
    let (columns, predicate) = match target {
        ConflictTarget::Any => return,
        ConflictTarget::Columns { columns, predicate } => (columns, predicate.as_deref()),
        ConflictTarget::Constraint { columns, .. } => (columns, None),
    };
    printer.keyword(" (");
    printer.columns(columns);
    printer.keyword(")");
    printer.where_clause(predicate);
}
