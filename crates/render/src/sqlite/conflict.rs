//! Upserts: the engine is told which rows are updated and which were written, because SQLite neither tells new rows from
//! changed ones nor refuses to change a row twice.

use algebra::expression::{Expr, Node, RelationId};
use algebra::names::ColumnName;
use algebra::operation::{Form, Operation, Pattern, Volatility};
use algebra::query::Output;
use algebra::statement::{ConflictAction, Insert};
use algebra::types::Type;
use algebra::value::Value;
use catalog::Table;

use crate::printer::Printer;
use crate::sqlite::stored;

/// `pg_note_update(excluded."name", 1, t1."id")`: the value, after the engine knows that this row is updated.
pub(super) fn updated(printer: &mut Printer<'_>, target: RelationId, value: &Expr) {
    printer.keyword("pg_note_update(");
    printer.expr(value);
    printer.keyword(", ");
    printer.out.number(i64::from(target.0));
    printer.keyword(", ");
    match printer.table_of(target).map(rowid) {
        Some(row) => printer.column(target, &row),
        None => printer.keyword("null"),
    }
    printer.keyword(")");
}

/// An upsert that returns, last of all, `pg_note_row(1, "tags"."id") as "_row"`.
pub(super) fn noting(insert: &Insert, table: &Table) -> Option<Insert> {
    let conflict = insert.conflict.as_ref()?;
    if !matches!(conflict.action, ConflictAction::Update { .. }) {
        return None;
    }
    let number = Expr::constant(Value::Int(i64::from(insert.target.0)), Type::Int8);
    let row = Expr::column(insert.target, rowid(table), Type::Int8);
    let node = Node::Apply { operation: &NOTE_ROW, arguments: vec![number, row] };
    let mut insert = insert.clone();
    let name = ColumnName::literal("_row");
    insert.returning.push(Output { expr: Expr::new(node, Type::Bool), name });
    Some(insert)
}

/// A column that is the rowid; one of SQLite's three names for it that the table has not given to another.
fn rowid(table: &Table) -> ColumnName {
    let own = |name: &&'static str| {
        !table.columns.iter().any(|column| column.name.as_str().eq_ignore_ascii_case(name))
    };
    stored::rowid_column(table).cloned().unwrap_or_else(|| {
        ColumnName::literal(["rowid", "oid", "_rowid_"].into_iter().find(own).unwrap_or("rowid"))
    })
}

static NOTE_ROW: Operation = Operation {
    schema: "mainstay",
    name: "note_row",
    form: Form::Function,
    arguments: &[Pattern::Is(Type::Int8), Pattern::Is(Type::Int8)],
    variadic: false,
    optional: 0,
    result: Pattern::Is(Type::Bool),
    volatility: Volatility::Volatile,
    strict: false,
    leakproof: false,
    symbol: "pg_note_row",
    context: None,
};
