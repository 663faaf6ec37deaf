//! What the functions answer, held against PostgreSQL: `cases/*.txt`, one `expression => answer` on a line.
//!
//! The answers are PostgreSQL 15's own, written into the files by `cases/answer.py` (which says how it is run). Rows are joined by ` ; `,
//! columns by `|`, an error is `!` and its SQLSTATE and message. A line that begins with `#` is a remark.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use algebra::datetime::Timestamp;
use algebra::value::{Value, output};
use catalog::Catalog;
use pgsql::{Bound, Options};
use policy::{Caller, Enforced};
use render::{Sqlite, render, unsupported};
use rusqlite::Connection;

use super::super::{parse_raised, register, register_writing};
use crate::compiled::columns;
use crate::engine::Prepared;
use crate::error::DatabaseError;
use crate::sqlite::execute;
use crate::sqlite::fault::Fault;
use crate::sqlite::moment::Moment;
use crate::sqlite::tally::Tally;

fn answer(expression: &str, connection: &Connection) -> Result<String, String> {
    let catalog = Catalog::prepared();
    let options = Options::at(Timestamp::from_seconds(1_767_225_600.0).unwrap());
    let text = format!("select {expression}");
    let refused = |error: &pgsql::Diagnostic| format!("!{} {}", error.sqlstate.code(), error.message);
    let script = pgsql::parse_script(&text).map_err(|error| refused(&error))?;
    let bound = pgsql::bind(&script[0], &catalog, &options).map_err(|error| refused(&error))?;
    let Some(Bound::Statement(bound)) = bound.into_iter().next() else { panic!("{text} is no statement") };
    if let Some(refusal) = unsupported(&bound.statement) {
        return Err(format!("!0A000 {refusal:?}"));
    }
    let columns = columns(&bound.statement);
    let guarded = policy::guard(bound.statement, &Caller::System, &catalog, Enforced::Here).unwrap();
    let program = Arc::new(render(&guarded, &catalog, &Sqlite));
    let prepared = Prepared { program, columns: Arc::clone(&columns), parameters: Vec::new() };
    let rows =
        execute::collect(connection, None, &prepared, &Caller::System, &Moment::now()).map_err(raised)?;
    let shown = |(value, (_, ty)): (&Value, &(String, algebra::types::Type))| match value {
        Value::Null => "NULL".to_owned(),
        value => output(value, ty),
    };
    let rows =
        rows.rows.iter().map(|row| row.0.iter().zip(columns.iter()).map(shown).collect::<Vec<_>>().join("|"));
    Ok(rows.collect::<Vec<_>>().join(" ; ").replace('\n', "\\n"))
}

fn raised(fault: Fault) -> String {
    match fault {
        Fault::Sqlite { error, .. } => {
            let message = error.sqlite_error().map(|_| error.to_string()).unwrap_or_default();
            parse_raised(&message)
                .map_or(format!("!XX000 {error}"), |error| format!("!{} {}", error.code, error.message))
        }
        Fault::Answer(DatabaseError::Sql(error)) => format!("!{} {}", error.code, error.message),
        other => format!("!XX000 {other:?}"),
    }
}

#[test]
fn functions_answer_as_postgresql_does() {
    let connection = Connection::open_in_memory().unwrap();
    register(&connection).unwrap();
    register_writing(&connection, None, &Tally::default()).unwrap();
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sqlite/functions/library/cases");
    let mut files: Vec<_> =
        std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let (mut wrong, mut count) = (String::new(), 0);
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (expression, expected) = line.split_once(" => ").unwrap_or((line, ""));
            let found = answer(expression, &connection).unwrap_or_else(|error| error);
            count += 1;
            if found != expected {
                writeln!(wrong, "{expression}\n  expected {expected}\n  found    {found}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count > 0);
}
