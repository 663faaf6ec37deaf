//! A guarded statement to SQL text and parameters, in two dialects.
//!
//! The only place where SQL for an engine is written, definitions too. **Must not:** do I/O, know who asks, hold values of a
//! request (they are parameters).

pub mod program;
mod writer;
mod dialect;
mod printer;
pub mod sqlite;
mod postgres;
mod cursor;
mod code;
mod descriptor;
mod unsupported;
#[cfg(test)]
mod tests;

use catalog::Catalog;
use policy::Guarded;

pub use code::{column_type_code, family, parse_column_type, parse_type, parse_types, type_code, type_codes};
pub use descriptor::{parse_shape, shape_descriptor};
pub use dialect::{Dialect, Extreme, FunctionCall, Quantified};
pub use postgres::Postgres;
pub use printer::{Called, OutputNames, Printer};
pub use program::{Parameter, Program, Sql, Step};
pub use sqlite::Sqlite;
pub use unsupported::{Unsupported, unsupported, unsupported_change};

/// Writes a guarded statement in a dialect.
#[must_use]
pub fn render(guarded: &Guarded, catalog: &Catalog, dialect: &dyn Dialect) -> Program {
    dialect.program(guarded, catalog)
}
