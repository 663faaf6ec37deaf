//! Syntax to meaning: names resolved against the catalog, every expression typed, definitions turned into changes.
//!
//! A statement comes in as it was written and goes out as trees of `algebra` and changes of `catalog`; what PostgreSQL would
//! refuse is refused with its code, its words and a place. **Must not:** know an engine, ask who runs the statement, or read a
//! clock: the moment comes with the options.

mod binder;
mod clause;
mod fail;
mod near;
mod name;
mod type_name;
mod scope;
mod lookup;
mod coerce;
mod literal;
mod expression;
mod logic;
mod comparison;
mod operator;
mod function;
mod setting;
mod aggregate;
mod window;
mod conditional;
mod subquery;
mod from;
mod record;
mod join;
mod rows;
mod query;
mod select;
mod grouping;
mod order;
mod set;
mod cte;
mod write;
mod staged;
mod insert;
mod conflict;
mod assignment;
mod statement;
mod truncate;
mod refuse;
mod naming;
mod stored;
mod table;
mod column;
mod foreign_key;
mod domain;
mod like_table;
mod sequence;
mod index;
mod alter;
mod alter_column;
mod policy;
mod grant;
mod role;
mod view;
mod type_definition;
mod object;
mod session;

use algebra::datetime::Timestamp;
use algebra::names::SchemaName;
use algebra::statement::Statement;
use algebra::types::Type;
use catalog::{Catalog, Change};

use crate::diagnostic::Diagnostic;
use crate::syntax;

/// What a statement is bound under.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where names without a schema are looked for, first to last; new objects are made in the first.
    pub search_path: Vec<SchemaName>,
    /// What the literals `'now'` and `'today'` stand for.
    pub now: Timestamp,
}

/// What one statement comes to. Most are one of these; `create table` may be several changes.
#[derive(Debug, Clone, PartialEq)]
pub enum Bound {
    /// Reads or writes rows.
    Statement(Box<Prepared>),
    /// Changes the catalog.
    Change(Box<Change>),
    /// Changes the session.
    Setting(Setting),
    /// Accepted, and nothing follows from it.
    Nothing,
}

/// A statement and the types of its parameters `$1`…, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    pub statement: Statement,
    pub parameters: Vec<Type>,
}

/// `set name = value`; `None` is the default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub name: String,
    pub value: Option<String>,
    /// `set local`: until the transaction ends.
    pub local: bool,
}

/// Binds one statement.
///
/// # Errors
/// A [`Diagnostic`] with PostgreSQL's code and words, and the place.
pub fn bind(
    statement: &syntax::statement::Statement,
    catalog: &Catalog,
    options: &Options,
) -> Result<Vec<Bound>, Diagnostic> {
    let mut binder = binder::Binder::new(catalog, options);
    binder.statement(statement)?;
    Ok(binder.finish())
}

impl Options {
    /// The search path of a prepared database: `public`, then `extensions`.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self { search_path: vec![SchemaName::literal("public"), SchemaName::literal("extensions")], now }
    }
}

#[cfg(test)]
mod tests;
