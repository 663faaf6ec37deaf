//! Names and values as SQLite stores them, and calls of registered functions.

use algebra::expression::Expr;
use algebra::names::{ColumnName, TableName};
use algebra::operation::{Operation, Pattern};
use algebra::types::Type;
use algebra::value::Value;
use catalog::Table;

use crate::code;
use crate::printer::Printer;

/// The name under which a table lies in SQLite: `tasks` for `public.tasks`, `auth.users` for `auth.users`.
#[must_use]
pub fn stored_name(table: &TableName) -> String {
    if table.is_public() {
        table.name.as_str().to_owned()
    } else {
        format!("{}.{}", table.schema.as_str(), table.name.as_str())
    }
}

/// `"tasks"`; `main."t5"` for a name that a CTE of the statement might have.
pub(super) fn table(printer: &mut Printer<'_>, table: &TableName) {
    let name = stored_name(table);
    let number = name.strip_prefix('t').filter(|rest| !rest.is_empty());
    if number.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit())) {
        printer.keyword("main.");
    }
    printer.out.ident(&name);
}

/// A stored value in the text: `1`, `1.5`, `'a'`, `x'00'`.
pub(super) fn literal(printer: &mut Printer<'_>, value: &Value) {
    match value {
        Value::Null => printer.keyword("null"),
        Value::Bool(value) => printer.keyword(if *value { "1" } else { "0" }),
        Value::Int(value) => printer.out.number(*value),
        // SQLite reads a number beyond its range as infinite.
        Value::Float(value) if value.is_infinite() && *value > 0.0 => printer.keyword("9e999"),
        Value::Float(value) if value.is_infinite() => printer.keyword("-9e999"),
        Value::Float(value) => printer.out.float(*value),
        Value::Text(text) => printer.out.literal(text),
        Value::Bytes(bytes) => {
            printer.keyword("x'");
            printer.out.hexadecimal(bytes);
            printer.keyword("'");
        }
    }
}

/// `pg_lower_text(a)`; a polymorphic one is told the types of its arguments first: `pg_concat('text,bool', a, b)`.
pub(super) fn call(printer: &mut Printer<'_>, operation: &'static Operation, arguments: &[Expr]) {
    printer.keyword(operation.symbol);
    printer.keyword("(");
    if takes_types(operation) {
        codes(printer, arguments.iter().map(|argument| &argument.ty));
        if !arguments.is_empty() {
            printer.keyword(", ");
        }
    }
    printer.list(arguments, |printer, argument| printer.expr(argument));
    printer.keyword(")");
}

/// Whether a registered function of this operation is told the types of its arguments, because it does not know them.
#[must_use]
pub fn takes_types(operation: &Operation) -> bool {
    operation.arguments.iter().any(|pattern| !matches!(pattern, Pattern::Is(_) | Pattern::ArrayOf(_)))
}

/// `'int4,_text'`.
pub(super) fn codes<'t>(printer: &mut Printer<'_>, types: impl IntoIterator<Item = &'t Type>) {
    printer.out.literal(&code::type_codes(types));
}

/// The column that is SQLite's rowid: the only one of an integer primary key.
pub(super) fn rowid_column(table: &Table) -> Option<&ColumnName> {
    let [key] = table.key_columns() else { return None };
    let column = table.column(key.as_str())?;
    matches!(column.ty.base, Type::Int2 | Type::Int4 | Type::Int8).then_some(&column.name)
}

/// Whether a table's rowid is no column of its own and can be named.
pub(super) fn has_hidden_rowid(table: &Table) -> bool {
    rowid_column(table).is_none()
        && !table.columns.iter().any(|column| column.name.as_str().eq_ignore_ascii_case("rowid"))
}
