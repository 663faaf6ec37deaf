//! The engine trait: what a place where data lives must be able to do.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use algebra::names::{SequenceName, TableName};
use algebra::types::Type;
use algebra::value::Value;
use catalog::Catalog;
use plan::{Inputs, Reading};
use policy::{Caller, Enforced};
use render::{Dialect, Program};

use crate::error::DatabaseError;
use crate::layout::Layout;
use crate::query::Rows;
use crate::reply::Reply;

/// A boxed future, so that engines stay behind `dyn`.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, DatabaseError>> + Send + 'a>>;

/// Something to run: rendered, with its values.
#[derive(Debug, Clone)]
pub struct Work {
    pub program: Arc<Program>,
    /// Counts the total in the same transaction.
    pub count: Option<Arc<Program>>,
    pub reading: Arc<Reading>,
    /// `reading`'s shape, ready for writing.
    pub layout: Arc<Layout>,
    pub inputs: Arc<Inputs>,
    pub caller: Caller,
    /// The catalog that the program was made for; errors are named with it.
    pub catalog: Arc<Catalog>,
}

/// Where data lives: embedded SQLite or PostgreSQL.
pub trait Engine: Send + Sync {
    fn dialect(&self) -> &dyn Dialect;

    /// Who holds row security.
    fn enforced(&self) -> Enforced;

    /// Runs work in one transaction and writes the answer.
    fn answer(&self, work: Work) -> Answer<'_, Reply>;

    /// Runs a service's queries in one transaction, each with values for `$1`…, and answers the rows of each.
    fn run(&self, queries: Vec<Prepared>, caller: Caller, catalog: Arc<Catalog>) -> Answer<'_, Vec<Rows>>;

    /// Runs a migration: everything in one transaction with definitions allowed, foreign keys checked at the end.
    fn migrate(&self, migration: Migration) -> Answer<'_, ()>;

    /// Whether a table is there, whatever a catalog says: a database that was never prepared has no ledger.
    fn has_table(&self, table: TableName) -> Answer<'_, bool>;
}

/// A rendered query of a service and its parameters.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub program: Arc<Program>,
    pub columns: Arc<[(String, Type)]>,
    pub parameters: Vec<Value>,
}

/// What one migration file runs, in order, and the catalog it leads to.
#[derive(Debug, Clone)]
pub struct Migration {
    pub steps: Vec<MigrationStep>,
    pub catalog: Arc<Catalog>,
    pub caller: Caller,
}

/// One statement of a migration.
#[derive(Debug, Clone)]
pub enum MigrationStep {
    /// A change of the schema.
    Define(Arc<Program>),
    /// A statement that reads or writes rows.
    Run(Prepared),
    /// `alter sequence … restart with`.
    Restart { sequence: SequenceName, value: i64 },
    /// `alter sequence … rename to`.
    RenameSequence { from: SequenceName, to: SequenceName },
}
