//! Connections: one to write, behind a lock; one to read, for each thread.
//!
//! **Must not:** know a table.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use rusqlite::{Connection, OpenFlags, Transaction};

use crate::failure::Failure;

/// The database.
pub(crate) struct Store {
    file: PathBuf,
    writer: Mutex<Connection>,
}

thread_local! {
    static READER: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

impl Store {
    pub(crate) fn open(file: PathBuf) -> Result<Self> {
        let writer = Connection::open(&file)?;
        writer.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;",
        )?;
        writer.execute_batch(include_str!("schema.sql"))?;
        Ok(Self { file, writer: Mutex::new(writer) })
    }

    /// Reads where the request is, on this thread's own connection.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Failure> {
        READER.with_borrow_mut(|reader| {
            let connection = match reader.take() {
                Some(connection) => connection,
                None => Connection::open_with_flags(&self.file, OpenFlags::SQLITE_OPEN_READ_ONLY)?,
            };
            let result = read(&connection);
            *reader = Some(connection);
            Ok(result?)
        })
    }

    /// Writes in one transaction of its own, durably committed when this returns. Blocks; call it off the async threads.
    pub(crate) fn write<T>(
        &self,
        write: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, Failure> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = writer.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let result = write(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }
}
