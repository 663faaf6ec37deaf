//! The engine trait: what a place where data lives must be able to do.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use algebra::value::Value;
use plan::{Inputs, Reading};
use policy::{Caller, Enforced};
use render::{Dialect, Program};

use crate::error::DatabaseError;
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
    pub inputs: Inputs,
    pub caller: Caller,
}

/// Where data lives: embedded SQLite or PostgreSQL.
pub trait Engine: Send + Sync {
    fn dialect(&self) -> &dyn Dialect;

    /// Who holds row security.
    fn enforced(&self) -> Enforced;

    /// Runs work in one transaction and writes the answer.
    fn answer(&self, work: Work) -> Answer<'_, Reply>;

    /// Runs a service's queries in one transaction, each with values for `$1`…, and answers the rows of each.
    fn run(&self, queries: Vec<Prepared>, caller: Caller) -> Answer<'_, Vec<Rows>>;

    /// Runs a migration: everything in one transaction with definitions allowed, foreign keys checked at the end.
    fn migrate(&self, migration: Migration) -> Answer<'_, Vec<Rows>>;
}

/// A rendered query of a service and its parameters.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub program: Arc<Program>,
    pub parameters: Vec<Value>,
}

/// What one migration file runs, in order, and the catalog it leads to.
#[derive(Debug, Clone)]
pub struct Migration {
    pub steps: Vec<Prepared>,
    pub catalog: Arc<catalog::Catalog>,
}
