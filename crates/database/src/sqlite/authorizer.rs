//! What a statement may do on a connection, asked by SQLite while it compiles.
//!
//! The lock on data is `policy::guard`; this one keeps SQLite's own doors shut: other files, settings, the schema table.
//! **Must not:** know callers.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

/// Opens and closes the door for definitions and settings; closed unless our own set-up or a migration runs.
#[derive(Debug, Clone, Default)]
pub(super) struct Gate {
    definitions: Arc<AtomicBool>,
    settings: Arc<AtomicBool>,
}

impl Gate {
    /// Puts the gate on a connection; everything is closed.
    pub(super) fn install(connection: &mut Connection) -> rusqlite::Result<Self> {
        let gate = Self::default();
        let asked = gate.clone();
        connection.authorizer(Some(move |context: AuthContext<'_>| asked.judge(&context)))?;
        Ok(gate)
    }

    /// Lets definitions through while `work` runs.
    pub(super) fn with_definitions<T>(&self, work: impl FnOnce() -> T) -> T {
        Self::opened(&self.definitions, work)
    }

    /// Lets our own settings through while `work` runs.
    pub(super) fn with_settings<T>(&self, work: impl FnOnce() -> T) -> T {
        Self::opened(&self.settings, work)
    }

    fn opened<T>(door: &AtomicBool, work: impl FnOnce() -> T) -> T {
        door.store(true, Ordering::Relaxed);
        let result = work();
        door.store(false, Ordering::Relaxed);
        result
    }

    fn judge(&self, context: &AuthContext<'_>) -> Authorization {
        let allowed = match context.action {
            AuthAction::Select
            | AuthAction::Recursive
            | AuthAction::Read { .. }
            | AuthAction::Transaction { .. }
            | AuthAction::Savepoint { .. } => true,
            AuthAction::Function { function_name } => !is_refused_function(function_name),
            AuthAction::Insert { table_name }
            | AuthAction::Delete { table_name }
            | AuthAction::Update { table_name, .. } => !is_schema_table(table_name) || self.defines(),
            // SQLite checks the rows of a strict table itself when a column is added to it.
            AuthAction::Pragma { pragma_name: "quick_check", .. } if self.defines() => true,
            AuthAction::Pragma { .. } => self.settings.load(Ordering::Relaxed),
            AuthAction::Attach { .. } | AuthAction::Detach { .. } | AuthAction::CreateVtable { .. } => false,
            AuthAction::Unknown { .. } => false,
            _ => self.defines(),
        };
        if allowed { Authorization::Allow } else { Authorization::Deny }
    }

    fn defines(&self) -> bool {
        self.definitions.load(Ordering::Relaxed)
    }
}

fn is_schema_table(name: &str) -> bool {
    name.get(..7).is_some_and(|head| head.eq_ignore_ascii_case("sqlite_"))
}

/// SQLite's own functions that reach outside the database or tell about it.
fn is_refused_function(name: &str) -> bool {
    [
        "load_extension",
        "fts3_tokenizer",
        "sqlite_compileoption_get",
        "sqlite_compileoption_used",
        "sqlite_source_id",
    ]
    .iter()
    .any(|refused| name.eq_ignore_ascii_case(refused))
}
