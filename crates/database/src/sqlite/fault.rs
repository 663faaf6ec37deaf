//! What goes wrong inside the engine before it has PostgreSQL's words.
//!
//! **Must not:** be sent to anyone; `naming` turns it into an answer.

use algebra::names::TableName;
use algebra::value::ValueError;

use crate::error::{DatabaseError, SqlError};

/// A failure of a step.
#[derive(Debug)]
pub(super) enum Fault {
    /// SQLite's own words, to be named with the catalog.
    Sqlite {
        error: rusqlite::Error,
        /// The table that the step writes.
        table: Option<TableName>,
        /// Which of the given rows was being written, from 0.
        row: Option<usize>,
    },
    /// An answer already.
    Answer(DatabaseError),
}

impl Fault {
    /// Adds where it happened, when that is not known yet.
    pub(super) fn at(self, place: Option<&TableName>, given_row: Option<usize>) -> Self {
        match self {
            Fault::Sqlite { error, table, row } => {
                Fault::Sqlite { error, table: table.or_else(|| place.cloned()), row: row.or(given_row) }
            }
            Fault::Answer(DatabaseError::Sql(mut error)) => {
                error.row = error.row.or(given_row);
                Fault::Answer(DatabaseError::Sql(error))
            }
            answer => answer,
        }
    }

    /// The extended result code of SQLite.
    pub(super) fn code(&self) -> Option<i32> {
        match self {
            Fault::Sqlite { error, .. } => extended_code(error),
            Fault::Answer(_) => None,
        }
    }
}

/// The extended result code of an error of SQLite's.
pub(super) fn extended_code(error: &rusqlite::Error) -> Option<i32> {
    error.sqlite_error().map(|error| error.extended_code)
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Fault::Sqlite { error, table: None, row: None }
    }
}

impl From<DatabaseError> for Fault {
    fn from(error: DatabaseError) -> Self {
        Fault::Answer(error)
    }
}

impl From<ValueError> for Fault {
    fn from(error: ValueError) -> Self {
        Fault::Answer(DatabaseError::Sql(Box::new(SqlError::from(error))))
    }
}
