//! Why migrations do not go on.

use database::DatabaseError;

use crate::report::Problem;

/// What stopped a migration. Nothing of the file it names was applied.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The files do not bind: all problems found, each with its place.
    #[error("{} in the SQL files", count(.problems.len()))]
    Problems { problems: Vec<Problem> },
    /// A file that was applied has changed since.
    #[error("`{file}` was changed after it was applied")]
    Changed { file: String },
    /// A file that was applied is not there any more.
    #[error("the migration {version} was applied to this database, but its file is gone")]
    Missing { version: String },
    /// A file comes before one that was applied already.
    #[error("`{file}` has a version before {last}, which was applied already: give it a later one")]
    OutOfOrder { file: String, last: String },
    /// The engine refused a statement of the file.
    #[error("`{file}` cannot be applied: {source}")]
    Refused { file: String, source: Box<DatabaseError> },
    #[error("the ledger cannot be read: {0}")]
    Ledger(Box<DatabaseError>),
    /// The ledger holds a migration that this version cannot read: a newer Mainstay wrote it.
    #[error("the database was made by another version: its migration {version} cannot be read: {message}")]
    Unknown { version: String, message: String },
}

fn count(problems: usize) -> String {
    if problems == 1 { "1 problem".to_owned() } else { format!("{problems} problems") }
}

impl From<DatabaseError> for MigrateError {
    fn from(error: DatabaseError) -> Self {
        MigrateError::Ledger(Box::new(error))
    }
}
