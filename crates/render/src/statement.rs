//! Statements to programs.

use policy::Guarded;

use crate::program::Program;

/// What the two engines write differently: a reader of the trait has read every difference there is.
pub trait Dialect: Send + Sync {
    /// The program that runs a statement.
    fn program(&self, guarded: &Guarded) -> Program;
}

/// PostgreSQL's text: the tree almost as it stands.
#[derive(Debug, Clone, Copy)]
pub struct Postgres;

/// SQLite's text: what SQLite lacks is supplied.
#[derive(Debug, Clone, Copy)]
pub struct Sqlite;

/// Writes a guarded statement in a dialect.
#[must_use]
pub fn render(guarded: &Guarded, dialect: &dyn Dialect) -> Program {
    dialect.program(guarded)
}
