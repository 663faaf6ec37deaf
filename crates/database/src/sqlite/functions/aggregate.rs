//! Aggregates of our own: how one is written, and how SQLite runs it, also over a window.
//!
//! **Must not:** know what is gathered.

use std::panic::AssertUnwindSafe;

use algebra::operation::{Operation, by_symbol};
use algebra::value::{Value, ValueError};
use rusqlite::functions::{Context, WindowAggregate};
use rusqlite::{Connection, types};

use super::distinct::Distinct;
use super::{Arguments, Raised, arity, flags, into_sqlite, stored};

/// What gathers the rows of one group.
pub(in crate::sqlite) trait Gather: Send {
    /// Takes a row.
    fn add(&mut self, row: &Arguments<'_>) -> Result<(), ValueError>;

    /// Takes back the oldest row of a window.
    fn remove(&mut self, _: &Arguments<'_>) -> Result<(), ValueError> {
        Err(ValueError::unsupported("this aggregate cannot be used over a moving window"))
    }

    /// The value of the rows so far.
    fn value(&self) -> Result<Value, ValueError>;
}

/// A symbol and how a group of it begins.
pub(in crate::sqlite) struct Aggregate {
    pub(in crate::sqlite) symbol: &'static str,
    pub(in crate::sqlite) begin: fn() -> Box<dyn Gather>,
}

/// Registers one; strict ones never see a row with a NULL.
pub(super) fn register(connection: &Connection, aggregate: &'static Aggregate) -> rusqlite::Result<()> {
    let operation = by_symbol(aggregate.symbol);
    let strict = operation.is_some_and(|operation| operation.strict);
    let adapter = |distinct| Adapter { begin: aggregate.begin, strict, operation, distinct };
    let (arity, flags) = (arity(operation), flags(operation));
    connection.create_window_function(aggregate.symbol, arity, flags, adapter(false))?;
    let distinct = format!("{}_distinct", aggregate.symbol);
    connection.create_window_function(distinct.as_str(), arity, flags, adapter(true))
}

struct Adapter {
    begin: fn() -> Box<dyn Gather>,
    strict: bool,
    operation: Option<&'static Operation>,
    distinct: bool,
}

/// After a panic the group is thrown away with its statement.
type Group = AssertUnwindSafe<Box<dyn Gather>>;

impl Adapter {
    fn begin(&self) -> Group {
        let group = (self.begin)();
        AssertUnwindSafe(if self.distinct { Box::new(Distinct::new(group, self.operation)) } else { group })
    }

    fn skips(&self, arguments: &Arguments<'_>) -> bool {
        self.strict && arguments.has_null()
    }
}

fn raise(error: ValueError) -> rusqlite::Error {
    Raised::from(error).into()
}

impl rusqlite::functions::Aggregate<Group, types::Value> for Adapter {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Group> {
        Ok(self.begin())
    }

    fn step(&self, context: &mut Context<'_>, group: &mut Group) -> rusqlite::Result<()> {
        let row = Arguments::new(context);
        if self.skips(&row) {
            return Ok(());
        }
        group.add(&row).map_err(raise)
    }

    fn finalize(&self, _: &mut Context<'_>, group: Option<Group>) -> rusqlite::Result<types::Value> {
        let group = group.unwrap_or_else(|| self.begin());
        group.value().and_then(stored).map(into_sqlite).map_err(raise)
    }
}

impl WindowAggregate<Group, types::Value> for Adapter {
    fn value(&self, group: Option<&mut Group>) -> rusqlite::Result<types::Value> {
        let value = match group {
            Some(group) => group.value(),
            None => self.begin().value(),
        };
        value.and_then(stored).map(into_sqlite).map_err(raise)
    }

    fn inverse(&self, context: &mut Context<'_>, group: &mut Group) -> rusqlite::Result<()> {
        let row = Arguments::new(context);
        if self.skips(&row) {
            return Ok(());
        }
        group.remove(&row).map_err(raise)
    }
}
