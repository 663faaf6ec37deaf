//! Running a migration inside the writer's transaction.
//!
//! Foreign keys are off while a definition runs: a rebuilt table is dropped and made anew, which must not cascade to the rows that
//! refer to it. They are on while statements write data, and all are checked at the end. **Must not:** commit.

use algebra::names::TableName;
use rusqlite::config::DbConfig;

use crate::engine::{Migration, MigrationStep};
use crate::error::SqlError;

use super::execute;
use super::fault::Fault;
use super::moment::Moment;
use super::naming::Naming;
use super::open::Channel;
use super::orphans;
use super::sequences::Sequences;

/// Runs every step.
pub(super) fn run(channel: &Channel, sequences: &Sequences, migration: &Migration) -> Result<(), Fault> {
    let moment = Moment::now();
    for step in &migration.steps {
        match step {
            MigrationStep::Define(program) => {
                enforce_foreign_keys(channel, false)?;
                let defined = channel.gate.with_definitions(|| {
                    execute::define(&channel.connection, program, &migration.caller, &moment)
                });
                enforce_foreign_keys(channel, true)?;
                defined?;
            }
            MigrationStep::Run(query) => {
                execute::collect(&channel.connection, query, &migration.caller, &moment)?;
            }
            MigrationStep::Restart { sequence, value } => sequences.restart(sequence, *value),
            MigrationStep::RenameSequence { from, to } => sequences.rename(from, to),
        }
    }
    sequences.retain(&channel.connection, &migration.catalog)?;
    check_foreign_keys(channel, migration)
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
    let named = tables.iter().find_map(|table| orphans::find(channel, &migration.catalog, table));
    let error = match named {
        Some(orphan) => naming.foreign_key(&orphan.child, &orphan.key, orphan.side),
        None => SqlError::new("23503", "rows are left that refer to nothing"),
    };
    Err(Fault::Answer(error.into()))
}
