//! The names under which tables lie in SQLite: `tasks` for `public.tasks`, `auth.users` for `auth.users`.

use std::borrow::Cow;
use std::sync::Arc;

use algebra::names::TableName;
use catalog::{Catalog, Table};

/// The stored name of a table.
pub(super) fn name(table: &TableName) -> Cow<'_, str> {
    if table.is_public() {
        Cow::Borrowed(table.name.as_str())
    } else {
        Cow::Owned(format!("{}.{}", table.schema.as_str(), table.name.as_str()))
    }
}

/// Splits SQLite's `table.column` into a table of the catalog and the column's name. Both may hold dots.
pub(super) fn split_column<'a>(catalog: &Catalog, text: &'a str) -> Option<(Arc<Table>, &'a str)> {
    catalog.tables().find_map(|table| {
        let column = text.strip_prefix(&*name(&table.name))?.strip_prefix('.')?;
        table.column(column)?;
        Some((Arc::clone(table), column))
    })
}

/// PostgreSQL's way to name a table in a message: without `public`.
pub(super) fn shown(table: &TableName) -> Cow<'_, str> {
    Cow::Borrowed(table.name.as_str())
}
