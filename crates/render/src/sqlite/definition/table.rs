//! The text of a table.

use algebra::names::{ColumnName, TableName};
use algebra::types::Type;
use catalog::{Catalog, Column, ForeignKey, ReferentialAction, Table};

use crate::printer::Printer;
use crate::program::Sql;
use crate::sqlite::Sqlite;
use crate::sqlite::needs::collation;
use crate::sqlite::stored;

/// `create table "tasks" ("id" integer not null, "title" text not null, constraint "tasks_pkey" primary key ("id")) strict`.
///
/// Unique constraints are unique indexes, which come and go without a rebuild. An enum's labels are not checked, because only
/// values that were converted to it come here, and its labels may change.
pub(super) fn create(table: &Table, name: &TableName, catalog: &Catalog) -> Sql {
    let mut printer = Printer::of_definition(&Sqlite, catalog);
    printer.keyword("create table ");
    printer.out.ident(&stored::stored_name(name));
    printer.keyword(" (");
    printer.list(&table.columns, |printer, item| column(printer, table, item));
    if let Some(key) = &table.primary_key {
        printer.keyword(", constraint ");
        printer.out.ident(key.name.as_str());
        printer.keyword(" primary key (");
        printer.columns(&key.columns);
        printer.keyword(")");
    }
    for check in &table.checks {
        printer.keyword(", constraint ");
        printer.out.ident(check.name.as_str());
        printer.keyword(" check (");
        printer.expr(&check.condition);
        printer.keyword(")");
    }
    for key in &table.foreign_keys {
        foreign_key(&mut printer, key);
    }
    printer.keyword(") strict");
    printer.finish(Vec::new())
}

/// `"price" text collate numeric not null`, `"done" integer check ("done" in (0, 1))`,
/// `"total" text collate numeric generated always as (…) stored`.
fn column(printer: &mut Printer<'_>, table: &Table, column: &Column) {
    printer.out.ident(column.name.as_str());
    printer.keyword(storage(&column.ty.base));
    if let Some(name) = collation(&column.ty.base) {
        printer.keyword(" collate ");
        printer.keyword(name);
    }
    if let Some(default) = column.default.as_ref().filter(|_| is_set_by_key(table, column)) {
        printer.keyword(" default (");
        printer.expr(default);
        printer.keyword(")");
    }
    if let Some(generated) = &column.generated {
        printer.keyword(" generated always as (");
        printer.expr(generated);
        printer.keyword(") stored");
    }
    if column.not_null || table.key_columns().contains(&column.name) {
        printer.keyword(" not null");
    }
    if column.ty.base == Type::Bool {
        printer.keyword(" check (");
        printer.out.ident(column.name.as_str());
        printer.keyword(" in (0, 1))");
    }
}

/// Whether a foreign key sets the column to its default, which SQLite must then know.
fn is_set_by_key(table: &Table, column: &Column) -> bool {
    let sets = |key: &ForeignKey| [key.on_delete, key.on_update].contains(&ReferentialAction::SetDefault);
    table.foreign_keys.iter().any(|key| sets(key) && key.columns.contains(&column.name))
}

/// What a type is stored as.
fn storage(ty: &Type) -> &'static str {
    match ty {
        Type::Bool | Type::Int2 | Type::Int4 | Type::Int8 => " integer",
        Type::Float4 | Type::Float8 => " real",
        Type::Bytea => " blob",
        _ => " text",
    }
}

/// `, constraint "tasks_list_id_fkey" foreign key ("list_id") references "lists" ("id") on delete cascade`.
fn foreign_key(printer: &mut Printer<'_>, key: &ForeignKey) {
    printer.keyword(", constraint ");
    printer.out.ident(key.name.as_str());
    printer.keyword(" foreign key (");
    printer.columns(&key.columns);
    printer.keyword(") references ");
    printer.out.ident(&stored::stored_name(&key.table));
    printer.keyword(" (");
    printer.columns(&key.referenced);
    printer.keyword(")");
    if let Some(action) = action(key.on_delete) {
        printer.keyword(" on delete ");
        printer.keyword(action);
    }
    if let Some(action) = action(key.on_update) {
        printer.keyword(" on update ");
        printer.keyword(action);
    }
    if key.deferrable {
        printer.keyword(" deferrable");
        printer.keyword(if key.initially_deferred { " initially deferred" } else { "" });
    }
}

fn action(action: ReferentialAction) -> Option<&'static str> {
    match action {
        ReferentialAction::NoAction => None,
        ReferentialAction::Restrict => Some("restrict"),
        ReferentialAction::Cascade => Some("cascade"),
        ReferentialAction::SetNull => Some("set null"),
        ReferentialAction::SetDefault => Some("set default"),
    }
}

/// The columns at the end of `new` that `old` does not have, when they can be added in place and are all that differs: they
/// may be NULL, and the rows that are there have NULL in them.
pub(super) fn added<'t>(old: &Table, new: &'t Table) -> Option<&'t [Column]> {
    let columns = new.columns.get(old.columns.len()..)?;
    let plain = |column: &Column| {
        !column.not_null
            && column.default.is_none()
            && column.generated.is_none()
            && !new.key_columns().contains(&column.name)
    };
    let without = Table { columns: new.columns[..old.columns.len()].to_vec(), ..new.clone() };
    let catalog = Catalog::default();
    let same = create(old, &old.name, &catalog) == create(&without, &new.name, &catalog);
    (same && columns.iter().all(plain)).then_some(columns)
}

/// `alter table "tasks" add column "note" text`.
pub(super) fn add_column(table: &Table, added: &Column, catalog: &Catalog) -> Sql {
    let mut printer = Printer::of_definition(&Sqlite, catalog);
    alter(&mut printer, &table.name);
    printer.keyword(" add column ");
    column(&mut printer, table, added);
    printer.finish(Vec::new())
}

/// `alter table "tasks" rename column "a" to "b"`.
pub(super) fn rename_column(
    printer: &mut Printer<'_>,
    table: &TableName,
    from: &ColumnName,
    to: &ColumnName,
) {
    alter(printer, table);
    printer.keyword(" rename column ");
    printer.out.ident(from.as_str());
    printer.keyword(" to ");
    printer.out.ident(to.as_str());
}

/// `alter table "tasks" rename to "jobs"`.
pub(super) fn rename(printer: &mut Printer<'_>, from: &TableName, to: &TableName) {
    alter(printer, from);
    printer.keyword(" rename to ");
    printer.out.ident(&stored::stored_name(to));
}

fn alter(printer: &mut Printer<'_>, table: &TableName) {
    printer.keyword("alter table ");
    printer.out.ident(&stored::stored_name(table));
}

/// `drop table "tasks"`.
pub(super) fn drop(printer: &mut Printer<'_>, table: &TableName) {
    printer.keyword("drop table ");
    printer.out.ident(&stored::stored_name(table));
}
