//! `nextval`, `currval`, `setval`, `lastval`, on the write connection; where only reads run they refuse.

use algebra::value::{Value, ValueError};
use rusqlite::Connection;

use super::{Arguments, Raised, arity, flags, into_sqlite};
use crate::sqlite::sequences::Sequences;

type Body = fn(&Sequences, &Arguments<'_>) -> Result<i64, ValueError>;

static BODIES: &[(&str, Body)] = &[
    ("pg_nextval", |sequences, row| sequences.next(row.text(0)?)),
    ("pg_currval", |sequences, row| sequences.current(row.text(0)?)),
    ("pg_setval", |sequences, row| sequences.set(row.text(0)?, row.int(1)?, true)),
    ("pg_setval_called", |sequences, row| sequences.set(row.text(0)?, row.int(1)?, row.bool(2)?)),
    ("pg_lastval", |sequences, _| sequences.last()),
];

/// Registers them; without sequences each refuses as PostgreSQL does in a transaction that only reads.
pub(super) fn register(connection: &Connection, sequences: Option<&Sequences>) -> rusqlite::Result<()> {
    for (symbol, body) in BODIES {
        let operation = algebra::operation::by_symbol(symbol);
        let sequences = sequences.cloned();
        connection.create_scalar_function(*symbol, arity(operation), flags(operation), move |context| {
            let arguments = Arguments::new(context);
            if arguments.has_null() {
                return Ok(into_sqlite(Value::Null));
            }
            let value = match &sequences {
                Some(sequences) => body(sequences, &arguments),
                None => Err(ValueError::new("25006", "cannot change a sequence in a read-only transaction")),
            };
            value.map(|value| into_sqlite(Value::Int(value))).map_err(|error| Raised::from(error).into())
        })?;
    }
    Ok(())
}
