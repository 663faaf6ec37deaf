//! The ledger: what was applied, read and written as ordinary rows.

use std::sync::Arc;

use algebra::datetime::Timestamp;
use algebra::value::Value;
use catalog::Catalog;
use database::{Database, DatabaseError, Query, query};
use policy::Caller;

use crate::project::MigrationFile;

static ENTRIES: Query = query!("ledger_entries.sql");
pub(crate) static INSERT: Query = query!("ledger_insert.sql");
static SEEDED: Query = query!("ledger_seeded.sql");
pub(crate) static INSERT_SEED: Query = query!("ledger_insert_seed.sql");

/// One applied migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) built_in: bool,
    pub(crate) version: String,
    pub(crate) name: String,
    pub(crate) checksum: String,
    pub(crate) text: String,
    pub(crate) applied_at: String,
}

/// Everything that was applied, in order. `catalog` knows the ledger.
pub(crate) async fn entries(database: &Database) -> Result<Vec<Entry>, DatabaseError> {
    let rows = database.session(Caller::System).run(&ENTRIES, Vec::new()).await?;
    let text = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        _ => String::new(),
    };
    let entries = rows.rows.iter().filter_map(|row| match row.0.as_slice() {
        [kind, version, name, checksum, body, applied_at] => Some(Entry {
            built_in: text(kind) == "built-in",
            version: text(version),
            name: text(name),
            checksum: text(checksum),
            text: text(body),
            applied_at: text(applied_at),
        }),
        _ => None,
    });
    Ok(entries.collect())
}

impl Entry {
    /// The entry of a file that is applied at this moment.
    pub(crate) fn of(built_in: bool, file: &MigrationFile, now: Timestamp) -> Self {
        Self {
            built_in,
            version: file.version.clone(),
            name: file.name.clone(),
            checksum: file.checksum.clone(),
            text: file.text.clone(),
            applied_at: now.stored_tz(),
        }
    }

    /// The parameters of [`INSERT`].
    pub(crate) fn parameters(&self) -> Vec<Value> {
        let kind = if self.built_in { "built-in" } else { "project" };
        [kind, &self.version, &self.name, &self.checksum, &self.text, &self.applied_at]
            .map(|part| Value::Text(part.to_owned()))
            .to_vec()
    }
}

/// Whether a seed file with this content has run.
pub(crate) async fn is_seeded(database: &Database) -> Result<bool, DatabaseError> {
    let rows = database.session(Caller::System).run(&SEEDED, Vec::new()).await?;
    Ok(!rows.rows.is_empty())
}

/// A database over another one's engine that knows only what `catalog` does.
pub(crate) fn with_catalog(database: &Database, catalog: Catalog) -> Database {
    Database::new(Arc::clone(database.engine()), catalog)
}
