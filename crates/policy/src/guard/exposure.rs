//! What is denied on an engine that holds row security itself: tables nobody protected.

use algebra::query::RelationSource;
use algebra::statement::Statement;
use catalog::{Catalog, Table};

use super::{Denied, grants};
use crate::caller::Caller;

/// Refuses tables without row security to everyone whom row policies are for.
pub(super) fn check(statement: &Statement, caller: &Caller, catalog: &Catalog) -> Result<(), Denied> {
    if caller.bypasses_row_security() {
        return Ok(());
    }
    let mut result = Ok(());
    statement.part().every_relation(&mut |relation| {
        if let RelationSource::Table(name) = &relation.source
            && let Some(table) = catalog.table(name)
            && result.is_ok()
        {
            result = protected(table);
        }
    });
    if let Statement::Write(write) = statement
        && let Some(table) = catalog.table(write.table())
    {
        result = result.and(protected(table));
    }
    result
}

/// Deny by default, beyond PostgreSQL: a table without row security is not served, whatever was granted.
pub(super) fn protected(table: &Table) -> Result<(), Denied> {
    if table.row_security {
        return Ok(());
    }
    let mut denied = grants::denied(&table.name, "table");
    denied.hint = Some(format!(
        "row level security is not enabled on this table: alter table {} enable row level security, \
         then create policies for it",
        table.name.name.as_str()
    ));
    Err(denied)
}
