//! `json_rows(shape, column, …)`: the rows of a to-many embed as one JSON array, byte for byte as the top level writes them.
//!
//! **Must not:** write JSON in a way of its own.

use std::sync::Arc;

use algebra::value::ValueError;
use rusqlite::Connection;
use rusqlite::functions::{Aggregate, Context, FunctionFlags};

use super::{Arguments, Raised};
use crate::cell::{Cell, Cells, Nulls, write_object};
use crate::layout::Layout;

/// Registers it.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS
        | FunctionFlags::SQLITE_DIRECTONLY;
    connection.create_aggregate_function("json_rows", -1, flags, JsonRows)
}

struct JsonRows;

/// The rows of one group so far.
struct Rows {
    layout: Arc<Layout>,
    out: Vec<u8>,
}

impl Aggregate<Rows, String> for JsonRows {
    fn init(&self, context: &mut Context<'_>) -> rusqlite::Result<Rows> {
        // The shape is a constant of the statement: it is read once, not once for each parent row.
        let layout = context.get_or_create_aux(0, |text| -> Result<Layout, Raised> {
            let shape = text.as_str().ok().and_then(render::parse_shape).ok_or_else(|| {
                Raised::from(ValueError::new("XX000", "the shape of an embed cannot be read"))
            })?;
            Ok(Layout::of(&shape))
        })?;
        Ok(Rows { layout, out: vec![b'['] })
    }

    fn step(&self, context: &mut Context<'_>, rows: &mut Rows) -> rusqlite::Result<()> {
        if rows.out.len() > 1 {
            rows.out.push(b',');
        }
        write_object(&Row(Arguments::new(context)), &rows.layout, Nulls::Written, &mut rows.out);
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, rows: Option<Rows>) -> rusqlite::Result<String> {
        let Some(mut rows) = rows else { return Ok(String::from("[]")) };
        rows.out.push(b']');
        String::from_utf8(rows.out).map_err(|error| rusqlite::Error::Utf8Error(0, error.utf8_error()))
    }
}

/// The arguments behind the shape.
struct Row<'a>(Arguments<'a>);

impl Cells for Row<'_> {
    fn cell(&self, column: usize) -> Cell<'_> {
        self.0.cell(column + 1)
    }
}
