//! SQLite's failures in PostgreSQL's words: SQLSTATE, message, constraint, table, column.
//!
//! Values of rows never appear; a table that the caller has no privilege on is not named. **Must not:** be asked on the path of
//! requests that succeed.

use algebra::names::TableName;
use catalog::{Catalog, ForeignKey, Privilege, Table};
use policy::Caller;
use rusqlite::ffi;

use crate::error::{DatabaseError, SqlError};

use super::fault::Fault;
use super::{functions, stored};

/// Which table of a foreign key a statement wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Referring,
    Referred,
}

/// Who asked, and against which catalog the error is named.
#[derive(Clone, Copy)]
pub(super) struct Naming<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) caller: &'a Caller,
}

impl Naming<'_> {
    /// What the caller is told.
    pub(super) fn name(&self, fault: Fault) -> DatabaseError {
        let (error, table, row) = match fault {
            Fault::Answer(error) => return error,
            Fault::Sqlite { error, table, row } => (error, table, row),
        };
        let rusqlite::Error::SqliteFailure(code, message) = &error else {
            if let rusqlite::Error::SqlInputError { error: code, msg, .. } = &error {
                return self.failure(code.extended_code, msg, table.as_ref(), row);
            }
            return internal(&error.to_string());
        };
        self.failure(code.extended_code, message.as_deref().unwrap_or_default(), table.as_ref(), row)
    }

    fn failure(
        &self,
        code: i32,
        message: &str,
        table: Option<&TableName>,
        row: Option<usize>,
    ) -> DatabaseError {
        if let Some(raised) = functions::parse_raised(message) {
            return SqlError { row, ..raised }.into();
        }
        let named = match code {
            ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID => self.duplicate(message),
            ffi::SQLITE_CONSTRAINT_NOTNULL => self.not_null(message),
            ffi::SQLITE_MISMATCH => self.null_row_id(table),
            ffi::SQLITE_CONSTRAINT_CHECK => self.check(message, table),
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Some(unnamed_foreign_key(table)),
            _ if message == FOREIGN_KEY => Some(unnamed_foreign_key(table)),
            _ => None,
        };
        match named {
            Some(error) => SqlError { row, ..error }.into(),
            None => engine_failure(code, message),
        }
    }

    fn duplicate(&self, message: &str) -> Option<SqlError> {
        let what = message.strip_prefix("UNIQUE constraint failed: ")?;
        let (table, constraint) = match what.strip_prefix("index '") {
            Some(index) => {
                let index = index.strip_suffix('\'')?;
                (None, index.rsplit('.').next().unwrap_or(index).to_owned())
            }
            None => {
                let mut columns = Vec::new();
                let mut table = None;
                for part in what.split(", ") {
                    let (of, column) = stored::split_column(self.catalog, part)?;
                    columns.push(column);
                    table = Some(of);
                }
                let table = table?;
                let constraint = unique_name(&table, &columns)?;
                (Some(table), constraint)
            }
        };
        let message = format!("duplicate key value violates unique constraint \"{constraint}\"");
        Some(SqlError {
            table: table.map(|table| stored::shown(&table.name).into_owned()),
            constraint: Some(constraint),
            ..SqlError::new("23505", message)
        })
    }

    fn not_null(&self, message: &str) -> Option<SqlError> {
        let what = message.strip_prefix("NOT NULL constraint failed: ")?;
        let (table, column) = stored::split_column(self.catalog, what)?;
        Some(null_in(&table, column))
    }

    /// Every table is strict, so only a row's own number can be of a wrong type still: an update sets the one integer column of
    /// the primary key to null.
    fn null_row_id(&self, table: Option<&TableName>) -> Option<SqlError> {
        let table = self.catalog.table(table?)?;
        let [column] = table.key_columns() else { return None };
        Some(null_in(table, column.as_str()))
    }

    fn check(&self, message: &str, table: Option<&TableName>) -> Option<SqlError> {
        let constraint = message.strip_prefix("CHECK constraint failed: ")?;
        let has = |table: &Table| table.checks.iter().any(|check| check.name.as_str() == constraint);
        let written = table.and_then(|table| self.catalog.table(table)).filter(|table| has(table));
        let table = written.or_else(|| self.catalog.tables().find(|table| has(table)))?;
        let shown = stored::shown(&table.name);
        let text = format!("new row for relation \"{shown}\" violates check constraint \"{constraint}\"");
        Some(SqlError {
            table: Some(shown.into_owned()),
            constraint: Some(constraint.to_owned()),
            ..SqlError::new("23514", text)
        })
    }

    /// A foreign key whose rows refer to nothing now, seen from the side that the statement wrote.
    pub(super) fn foreign_key(&self, child: &Table, key: &ForeignKey, side: Side) -> SqlError {
        let (constraint, own) = (key.name.as_str(), stored::shown(&child.name));
        if side == Side::Referring {
            let text = format!(
                "insert or update on table \"{own}\" violates foreign key constraint \"{constraint}\""
            );
            return SqlError {
                table: Some(own.into_owned()),
                constraint: Some(constraint.to_owned()),
                ..SqlError::new("23503", text)
            };
        }
        let parent = stored::shown(&key.table);
        if !self.may_see(&child.name) {
            let text = format!("update or delete on table \"{parent}\" violates a foreign key constraint");
            return SqlError::new("23503", text);
        }
        let text = format!(
            "update or delete on table \"{parent}\" violates foreign key constraint \"{constraint}\" on table \"{own}\""
        );
        SqlError {
            table: Some(own.into_owned()),
            constraint: Some(constraint.to_owned()),
            ..SqlError::new("23503", text)
        }
    }

    fn may_see(&self, table: &TableName) -> bool {
        if matches!(self.caller, Caller::System) {
            return true;
        }
        let roles = self.catalog.memberships(&self.caller.role());
        self.catalog.grants(table).is_some_and(|grants| grants.allow_any_column(&roles, Privilege::Select))
    }
}

/// SQLite's message for every violated foreign key.
pub(super) const FOREIGN_KEY: &str = "FOREIGN KEY constraint failed";

fn null_in(table: &Table, column: &str) -> SqlError {
    let shown = stored::shown(&table.name);
    let text =
        format!("null value in column \"{column}\" of relation \"{shown}\" violates not-null constraint");
    SqlError {
        table: Some(shown.into_owned()),
        column: Some(column.to_owned()),
        ..SqlError::new("23502", text)
    }
}

fn unnamed_foreign_key(table: Option<&TableName>) -> SqlError {
    let text = match table {
        Some(table) => {
            format!("write to table \"{}\" violates a foreign key constraint", stored::shown(table))
        }
        None => "a foreign key constraint is violated".to_owned(),
    };
    SqlError::new("23503", text)
}

fn unique_name(table: &Table, columns: &[&str]) -> Option<String> {
    let same = |key: &[algebra::names::ColumnName]| {
        key.len() == columns.len() && key.iter().all(|column| columns.contains(&column.as_str()))
    };
    let keys = table.primary_key.iter().chain(&table.uniques);
    let constraint = keys.into_iter().find(|key| same(&key.columns)).map(|key| key.name.as_str().to_owned());
    constraint.or_else(|| {
        let index = table.indexes.iter().find(|index| {
            index.unique
                && index.terms.len() == columns.len()
                && index.terms.iter().all(|term| match &term.key {
                    catalog::IndexKey::Column(column) => columns.contains(&column.as_str()),
                    catalog::IndexKey::Expression(_) => false,
                })
        });
        index.map(|index| index.name.as_str().to_owned())
    })
}

/// What is wrong with the engine rather than with the data.
fn engine_failure(code: i32, message: &str) -> DatabaseError {
    match code & 0xff {
        ffi::SQLITE_INTERRUPT => {
            SqlError::new("57014", "canceling statement due to statement timeout").into()
        }
        ffi::SQLITE_FULL => disk_full(),
        ffi::SQLITE_IOERR if code == ffi::SQLITE_IOERR_WRITE => disk_full(),
        ffi::SQLITE_NOMEM => SqlError::new("53200", "out of memory").into(),
        ffi::SQLITE_TOOBIG => SqlError::new("54000", "a value is too long").into(),
        ffi::SQLITE_READONLY | ffi::SQLITE_CANTOPEN | ffi::SQLITE_IOERR | ffi::SQLITE_BUSY => {
            tracing::error!(code, message, "the database file cannot be used");
            DatabaseError::Unavailable { reason: "the database file cannot be used now", retry_after_s: 1 }
        }
        ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB => {
            tracing::error!(code, message, "the database file is damaged");
            SqlError::new("XX001", "the database file is damaged").with_hint("restore the last backup").into()
        }
        _ if message.starts_with("integer overflow") => SqlError::new("22003", "bigint out of range").into(),
        _ if message.contains("Expression tree is too large")
            || message.contains("parser stack overflow") =>
        {
            SqlError::new("54001", "statement too complex").into()
        }
        _ => internal(message),
    }
}

fn disk_full() -> DatabaseError {
    SqlError::new("53100", "no space is left for the database")
        .with_hint("free some space on the disk; writes go on by themselves then")
        .into()
}

/// A fault of ours: logged here, told without its cause.
fn internal(message: &str) -> DatabaseError {
    tracing::error!(message, "the engine refused a statement of ours");
    SqlError::new("XX000", "the database could not run the statement").into()
}
