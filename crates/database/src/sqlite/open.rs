//! Opening the database: the lock, the file, its modes, and the settings of a connection.
//!
//! **Must not:** read or write the user's tables.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::authorizer::Gate;
use super::functions;
use super::meter::Meter;
use super::sequences::Sequences;
use super::tally::Tally;

/// The first version without the fault that a reset of the log could lose a commit.
const VERSION_MIN: i32 = 3_051_003;

/// Statements that one connection keeps compiled.
const STATEMENTS_KEPT: usize = 128;

/// How long a connection waits for a lock that another one of ours holds for a moment.
pub(super) const BUSY_MAX: Duration = Duration::from_secs(2);

/// Why a database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the database in `{}` is in use by another process: stop it first, or choose another directory", directory.display())]
    InUse { directory: PathBuf },
    #[error("could not open `{}`: {cause}", path.display())]
    Io { path: PathBuf, cause: std::io::Error },
    #[error("SQLite {found} is too old: at least 3.51.3 is needed")]
    TooOld { found: String },
    #[error("`{}` cannot be used as a database: {cause}", path.display())]
    Sqlite { path: PathBuf, cause: rusqlite::Error },
}

/// Where a database lies; holds the lock against a second process as long as it lives.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) file: PathBuf,
    _lock: File,
}

impl Place {
    /// Makes the directory when it is not there and takes the lock.
    pub(super) fn claim(directory: &Path) -> Result<Self, OpenError> {
        let io = |path: &Path| {
            let path = path.to_owned();
            move |cause| OpenError::Io { path, cause }
        };
        DirBuilder::new().recursive(true).mode(0o700).create(directory).map_err(io(directory))?;
        let lock_path = directory.join("lock");
        let lock = private().write(true).open(&lock_path).map_err(io(&lock_path))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => OpenError::InUse { directory: directory.to_owned() },
            TryLockError::Error(cause) => OpenError::Io { path: lock_path.clone(), cause },
        })?;
        let file = directory.join("data.db");
        // SQLite gives the log and its index the mode of the database file.
        private().write(true).open(&file).map_err(io(&file))?;
        Ok(Self { file, _lock: lock })
    }
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).mode(0o600);
    options
}

/// An open connection and what watches it.
pub(super) struct Channel {
    pub(super) connection: Connection,
    pub(super) meter: Arc<Meter>,
    pub(super) gate: Gate,
}

/// Refuses an SQLite that would lose data.
pub(super) fn check_version() -> Result<(), OpenError> {
    if rusqlite::version_number() < VERSION_MIN {
        return Err(OpenError::TooOld { found: rusqlite::version().to_owned() });
    }
    Ok(())
}

/// The one write connection. Makes the engine's own tables when they are not there.
pub(super) fn writer(file: &Path, sequences: &Sequences, tally: &Tally) -> rusqlite::Result<Channel> {
    let channel = open(file, OpenFlags::SQLITE_OPEN_READ_WRITE, include_str!("writer.sql"))?;
    functions::register(&channel.connection)?;
    functions::register_writing(&channel.connection, Some(sequences), tally)?;
    channel.gate.with_definitions(|| channel.connection.execute_batch(include_str!("system.sql")))?;
    Ok(channel)
}

/// A connection that reads.
pub(super) fn reader(file: &Path) -> rusqlite::Result<Channel> {
    let channel = open(file, OpenFlags::SQLITE_OPEN_READ_ONLY, include_str!("reader.sql"))?;
    functions::register(&channel.connection)?;
    functions::register_writing(&channel.connection, None, &Tally::default())?;
    Ok(channel)
}

fn open(file: &Path, access: OpenFlags, settings: &str) -> rusqlite::Result<Channel> {
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let mut connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(BUSY_MAX)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    // Without it the planner looks at bound values, and every new value compiles a kept statement anew.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.set_limit(Limit::SQLITE_LIMIT_WORKER_THREADS, 0)?;
    let meter = Meter::attach(&mut connection)?;
    let gate = Gate::install(&mut connection)?;
    gate.with_settings(|| connection.execute_batch(settings))?;
    Ok(Channel { connection, meter, gate })
}

#[cfg(test)]
mod tests {
    use super::{OpenError, Place};
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_second_claim_is_refused_and_modes_are_private() {
        let directory = std::env::temp_dir().join(format!("mainstay-claim-{}", std::process::id()));
        let place = Place::claim(&directory).unwrap();
        let second = Place::claim(&directory);
        assert!(matches!(second, Err(OpenError::InUse { .. })), "{second:?}");
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&directory), mode(&place.file)), (0o700, 0o600));
        drop(place);
        drop(Place::claim(&directory).unwrap());
        std::fs::remove_dir_all(&directory).unwrap();
    }
}
