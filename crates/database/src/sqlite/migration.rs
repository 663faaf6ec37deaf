//! Running a migration inside the writer's transaction.
//!
//! Foreign keys are off while a definition runs: a rebuilt table is dropped and made anew, which must not cascade to the rows that
//! refer to it. They are on while statements write data, and all are checked at the end. **Must not:** commit.

use algebra::names::TableName;
use rusqlite::config::DbConfig;

use crate::engine::{Migration, MigrationStep};
use crate::error::{DatabaseError, SqlError};

use super::execute;
use super::fault::Fault;
use super::moment::Moment;
use super::naming::Naming;
use super::open::Channel;
use super::orphans;
use super::sequences::Sequences;
use super::stored;
use super::tally::Tally;

/// Runs every step.
pub(super) fn run(
    channel: &Channel,
    sequences: &Sequences,
    tally: &Tally,
    migration: &Migration,
) -> Result<(), Fault> {
    let moment = Moment::now();
    for step in &migration.steps {
        match step {
            MigrationStep::Define(program) => {
                enforce_foreign_keys(channel, false)?;
                let defined = channel.gate.with_definitions(|| {
                    execute::define(&channel.connection, program, &migration.caller, &moment)
                });
                enforce_foreign_keys(channel, true)?;
                defined.map_err(|fault| rows_do_not_fit(fault, migration))?;
            }
            MigrationStep::Run(query) => {
                execute::collect(&channel.connection, Some(tally), query, &migration.caller, &moment)?;
            }
            MigrationStep::Restart { sequence, value } => sequences.restart(sequence, *value),
            MigrationStep::RenameSequence { from, to } => sequences.rename(from, to),
        }
    }
    sequences.retain(&channel.connection, &migration.catalog)?;
    check_foreign_keys(channel, migration)
}

/// A definition that rows do not fit, in PostgreSQL's words. A rebuilt table has another name while it is filled.
fn rows_do_not_fit(fault: Fault, migration: &Migration) -> Fault {
    let naming = Naming { catalog: &migration.catalog, caller: &migration.caller };
    let fault = match fault {
        Fault::Sqlite {
            error: rusqlite::Error::SqliteFailure(code, Some(message)),
            table: Some(table),
            row,
        } => {
            let own = message.replace(render::sqlite::REBUILT, &stored::name(&table));
            let error = rusqlite::Error::SqliteFailure(code, Some(own));
            Fault::Sqlite { error, table: Some(table), row }
        }
        other => other,
    };
    let mut error = match naming.name(fault) {
        DatabaseError::Sql(error) => error,
        other => return Fault::Answer(other),
    };
    let table = error.table.as_deref().unwrap_or_default();
    let constraint = error.constraint.as_deref().unwrap_or_default();
    let message = match (error.code.as_str(), error.column.as_deref()) {
        ("23502", Some(column)) => {
            format!("column \"{column}\" of relation \"{table}\" contains null values")
        }
        ("23505", _) => format!("could not create unique index \"{constraint}\""),
        ("23514", _) => {
            format!("check constraint \"{constraint}\" of relation \"{table}\" is violated by some row")
        }
        _ => return Fault::Answer(DatabaseError::Sql(error)),
    };
    error.message = message;
    Fault::Answer(DatabaseError::Sql(error))
}

fn enforce_foreign_keys(channel: &Channel, enforced: bool) -> Result<(), Fault> {
    let now = channel.connection.db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY)?;
    if now != enforced {
        channel.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, enforced)?;
    }
    Ok(())
}

fn check_foreign_keys(channel: &Channel, migration: &Migration) -> Result<(), Fault> {
    let violated = channel.gate.with_settings(|| -> rusqlite::Result<bool> {
        let mut statement = channel.connection.prepare(include_str!("check_foreign_keys.sql"))?;
        statement.exists([])
    })?;
    if !violated {
        return Ok(());
    }
    let tables: Vec<TableName> = migration.catalog.tables().map(|table| table.name.clone()).collect();
    let naming = Naming { catalog: &migration.catalog, caller: &migration.caller };
    let named = tables.iter().find_map(|table| orphans::find(channel, &migration.catalog, table, false));
    let error = match named {
        Some(orphan) => naming.foreign_key(&orphan.child, &orphan.key, orphan.side),
        None => SqlError::new("23503", "rows are left that refer to nothing"),
    };
    Err(Fault::Answer(error.into()))
}
