//! Indexes, and the unique constraints that are kept as indexes.

use algebra::expression::Expr;
use algebra::names::{LocalName, TableName};
use catalog::{Catalog, Index, IndexKey, IndexTerm, Key, Table};

use crate::printer::Printer;
use crate::program::Sql;
use crate::sqlite::Sqlite;
use crate::sqlite::stored;

/// Whether an index does something on SQLite. What its method serves on PostgreSQL (containment, text search) is found by a scan.
#[must_use]
pub fn is_served(index: &Index) -> bool {
    index.unique || matches!(index.method.as_str(), "btree" | "hash")
}

/// The stored names and texts of a table's indexes, when the table is called `on`.
pub(super) fn all(table: &Table, on: &TableName, catalog: &Catalog) -> Vec<(String, Sql)> {
    let keys = table.uniques.iter().map(|key| {
        let name = stored_index_name(on, key.name.as_str());
        (name.clone(), unique_key(table, on, key, &name, catalog))
    });
    let indexes = table.indexes.iter().filter(|index| is_served(index)).map(|index| {
        let name = stored_index_name(on, index.name.as_str());
        (name.clone(), create(table, on, index, &name, catalog))
    });
    keys.chain(indexes).collect()
}

/// `drop index "tasks_title_idx"`.
pub(super) fn drop(printer: &mut Printer<'_>, name: &str) {
    printer.keyword("drop index ");
    printer.out.ident(name);
}

/// An index is named in its table's schema, as a table is.
fn stored_index_name(table: &TableName, name: &str) -> String {
    match LocalName::parse(name) {
        Ok(local) => stored::stored_name(&TableName::new(table.schema.clone(), local)),
        Err(_) => name.to_owned(),
    }
}

/// What an index is made of, whether a constraint or an index of its own.
struct Parts<'a> {
    table: &'a Table,
    unique: bool,
    nulls_not_distinct: bool,
    terms: &'a [IndexTerm],
    include: &'a [algebra::names::ColumnName],
    predicate: Option<&'a Expr>,
}

/// `create unique index "tasks_title_key" on "tasks" ("title")`.
fn unique_key(table: &Table, on: &TableName, key: &Key, name: &str, catalog: &Catalog) -> Sql {
    let term = |column: &algebra::names::ColumnName| IndexTerm {
        key: IndexKey::Column(column.clone()),
        descending: false,
        nulls_first: false,
    };
    let terms: Vec<_> = key.columns.iter().map(term).collect();
    let nulls_not_distinct = key.nulls_not_distinct;
    let parts =
        Parts { table, unique: true, nulls_not_distinct, terms: &terms, include: &[], predicate: None };
    write(&parts, on, name, catalog)
}

fn create(table: &Table, on: &TableName, index: &Index, name: &str, catalog: &Catalog) -> Sql {
    let parts = Parts {
        table,
        unique: index.unique,
        nulls_not_distinct: index.nulls_not_distinct,
        terms: &index.terms,
        include: &index.include,
        predicate: index.predicate.as_ref(),
    };
    write(&parts, on, name, catalog)
}

/// `create index "open_idx" on "tasks" ("list_id", pg_lower_text("title") desc, "note") where not "done"`; columns to include
/// are further keys, which a unique index cannot have.
fn write(parts: &Parts<'_>, on: &TableName, name: &str, catalog: &Catalog) -> Sql {
    let mut printer = Printer::of_definition(&Sqlite, catalog);
    printer.keyword(if parts.unique { "create unique index " } else { "create index " });
    printer.out.ident(name);
    printer.keyword(" on ");
    printer.out.ident(&stored::stored_name(on));
    printer.keyword(" (");
    printer.list(parts.terms, |printer, term| {
        let nullable = match &term.key {
            IndexKey::Column(column) => {
                parts.table.column(column.as_str()).is_none_or(|column| !column.not_null)
            }
            IndexKey::Expression(_) => true,
        };
        if parts.nulls_not_distinct && nullable {
            one_null(printer, term);
        } else {
            key(printer, term);
        }
        printer.keyword(if term.descending { " desc" } else { "" });
    });
    if !parts.unique && !parts.include.is_empty() {
        printer.keyword(", ");
        printer.columns(parts.include);
    }
    printer.keyword(")");
    printer.where_clause(parts.predicate);
    printer.finish(Vec::new())
}

fn key(printer: &mut Printer<'_>, term: &IndexTerm) {
    match &term.key {
        IndexKey::Column(column) => printer.out.ident(column.as_str()),
        IndexKey::Expression(expr) => printer.dialect.comparable(printer, expr),
    }
}

/// `"a" is null, ifnull("a", 0)`: one NULL is like another.
fn one_null(printer: &mut Printer<'_>, term: &IndexTerm) {
    printer.keyword("(");
    key(printer, term);
    printer.keyword(") is null, ifnull(");
    key(printer, term);
    printer.keyword(", 0)");
}
