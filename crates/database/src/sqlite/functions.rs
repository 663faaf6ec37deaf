//! The functions that SQLite lacks, registered on every connection under the symbols of `algebra`'s table.
//!
//! A family is a file with a list of bodies; to add a function is one line there. Bodies call the pure functions of `algebra`;
//! NULL handling, the number of arguments and determinism come from the table. **Must not:** compute anything itself.

use algebra::operation::{Operation, Volatility, by_symbol};
use algebra::value::{Value, ValueError};
use render::sqlite::needs::takes_types;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, types};

use super::sequences::Sequences;
use super::tally::Tally;

mod arguments;
mod raise;
mod aggregate;
mod distinct;
mod json_rows;
mod sequence;
mod collation;
mod structure;
mod cast;
mod array;
mod arithmetic;
mod expression;
mod text;
mod string;
mod uuid;
mod json;
mod temporal;
mod total;
mod collect;
mod library;
mod series;

pub(super) use aggregate::{Aggregate, Gather};
pub(super) use arguments::Arguments;
pub(super) use raise::{Raised, parse as parse_raised};

/// The body of a function of one row.
pub(super) type Scalar = fn(&Arguments<'_>) -> Result<Value, ValueError>;

/// A symbol and its body.
pub(super) struct Body {
    pub(super) symbol: &'static str,
    pub(super) run: Scalar,
}

/// Registers what has no state.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let nested = text::BODIES.iter().copied().chain(library::BODIES.iter().copied()).flatten();
    for body in FAMILIES.iter().chain(arithmetic::BODIES).chain(nested).copied().flatten() {
        scalar(connection, body)?;
    }
    let nested = library::AGGREGATES.iter().copied().flatten();
    for body in AGGREGATES.iter().chain(nested).copied().flatten() {
        aggregate::register(connection, body)?;
    }
    cast::register(connection)?;
    json_rows::register(connection)?;
    collation::register(connection)
}

/// Registers what has to do with writing. Sequences belong to the write connection only; elsewhere they refuse.
pub(super) fn register_writing(
    connection: &Connection,
    sequences: Option<&Sequences>,
    tally: &Tally,
) -> rusqlite::Result<()> {
    sequence::register(connection, sequences)?;
    let (updates, rows) = (tally.clone(), tally.clone());
    connection.create_scalar_function("pg_note_update", 3, FunctionFlags::SQLITE_UTF8, move |context| {
        let noted = updates.note_update(context.get(1)?, context.get(2)?);
        noted.map_err(|error| rusqlite::Error::from(Raised::from(error)))?;
        Ok(context.get_arg(0))
    })?;
    connection.create_scalar_function("pg_note_row", 2, FunctionFlags::SQLITE_UTF8, move |context| {
        rows.note_row(context.get(0)?, context.get(1)?);
        Ok(true)
    })
}

static FAMILIES: &[&[Body]] = &[
    raise::BODIES,
    structure::BODIES,
    cast::BODIES,
    array::BODIES,
    array::OPERATORS,
    string::BODIES,
    uuid::BODIES,
    json::BODIES,
    temporal::BODIES,
    series::BODIES,
];

static AGGREGATES: &[&[Aggregate]] =
    &[structure::AGGREGATES, array::AGGREGATES, total::AGGREGATES, collect::AGGREGATES];

/// Registers one body with what the table says of it; a body that no operation names (a cast, a part of the rendering)
/// takes any number of arguments, NULLs included, and is immutable.
fn scalar(connection: &Connection, body: &Body) -> rusqlite::Result<()> {
    let operation = by_symbol(body.symbol);
    let strict = operation.is_some_and(|operation| operation.strict);
    let run = body.run;
    connection.create_scalar_function(body.symbol, arity(operation), flags(operation), move |context| {
        let arguments = Arguments::new(context);
        if strict && arguments.has_null() {
            return Ok(types::Value::Null);
        }
        run(&arguments).and_then(stored).map(into_sqlite).map_err(|error| Raised::from(error).into())
    })
}

fn arity(operation: Option<&Operation>) -> i32 {
    match operation {
        // Behind the key of an order stands its direction.
        Some(operation) if operation.is_ordered_set() => -1,
        Some(operation) if !operation.variadic && operation.optional == 0 && !takes_types(operation) => {
            i32::try_from(operation.arguments.len()).unwrap_or(-1)
        }
        _ => -1,
    }
}

/// Nothing here reaches outside the database, so schemas may use it (checks, generated columns, index expressions).
fn flags(operation: Option<&Operation>) -> FunctionFlags {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
    match operation.map(|operation| operation.volatility) {
        Some(Volatility::Volatile) => flags,
        _ => flags | FunctionFlags::SQLITE_DETERMINISTIC,
    }
}

/// What SQLite can hold: it would make NULL of what is no number, which is another answer.
fn stored(value: Value) -> Result<Value, ValueError> {
    match value {
        Value::Float(number) if number.is_nan() => {
            Err(ValueError::unsupported("NaN of double precision is not supported on SQLite"))
        }
        value => Ok(value),
    }
}

fn into_sqlite(value: Value) -> types::Value {
    match value {
        Value::Null => types::Value::Null,
        Value::Bool(value) => types::Value::Integer(i64::from(value)),
        Value::Int(value) => types::Value::Integer(value),
        Value::Float(value) => types::Value::Real(value),
        Value::Text(text) => types::Value::Text(text),
        Value::Bytes(bytes) => types::Value::Blob(bytes),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use algebra::operation::{Form, Operation, all};
    use rusqlite::Connection;

    use super::{register, register_writing};
    use crate::sqlite::tally::Tally;

    /// Written by the rendering itself.
    fn is_native(operation: &Operation) -> bool {
        let comparisons = ["pg_eq", "pg_ne", "pg_lt", "pg_le", "pg_gt", "pg_ge"];
        let aggregate = operation.form == Form::Aggregate
            && (matches!(operation.name, "count" | "bool_and" | "bool_or" | "every")
                || matches!(operation.name, "min" | "max") && !operation.symbol.ends_with("_enum")
                || matches!(operation.symbol, "pg_sum_int2" | "pg_sum_int4"));
        operation.context.is_some()
            || operation.form == Form::Window
            || comparisons.contains(&operation.symbol)
            || aggregate
    }

    #[test]
    fn every_operation_has_a_body() {
        let connection = Connection::open_in_memory().unwrap();
        register(&connection).unwrap();
        register_writing(&connection, None, &Tally::default()).unwrap();
        let mut names = connection.prepare("select name from pragma_function_list").unwrap();
        let names: BTreeSet<String> =
            names.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        let missing: Vec<_> = all()
            .filter(|operation| !is_native(operation) && !names.contains(operation.symbol))
            .map(|operation| operation.symbol)
            .collect();
        assert_eq!(missing, Vec::<&str>::new());
    }
}
