//! A service's own queries: PostgreSQL SQL in a `.sql` file, compiled once against the catalog.

use algebra::types::Type;
use algebra::value::Value;

/// A query of a service, by its text. `query!("touch_login.sql")` makes one from the file beside the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Query {
    /// The file's name, for messages.
    pub name: &'static str,
    /// PostgreSQL SQL; `$1` is the first parameter.
    pub text: &'static str,
}

/// Makes a [`Query`] from an SQL file beside the source.
#[macro_export]
macro_rules! query {
    ($file:literal) => {
        $crate::Query { name: $file, text: include_str!($file) }
    };
}

/// The rows a query answered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    pub columns: Vec<(String, Type)>,
    pub rows: Vec<Row>,
    /// Rows written.
    pub affected: u64,
}

/// One row: stored values in the order of the columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row(pub Vec<Value>);
