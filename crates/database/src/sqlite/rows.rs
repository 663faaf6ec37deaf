//! Rows as stored values, for a service's own queries.

use algebra::types::Type;
use algebra::value::Value;

use crate::cell::Cell;
use crate::query::{Row, Rows};

use super::execute::Sink;
use super::fault::Fault;
use super::row;

/// Collects rows.
pub(super) struct Collect<'a> {
    columns: &'a [(String, Type)],
    rows: Vec<Row>,
}

impl<'a> Collect<'a> {
    pub(super) fn new(columns: &'a [(String, Type)]) -> Self {
        Self { columns, rows: Vec::new() }
    }

    pub(super) fn finish(self, affected: u64) -> Rows {
        Rows { columns: self.columns.to_vec(), rows: self.rows, affected }
    }
}

impl Sink for Collect<'_> {
    fn row(&mut self, row: &rusqlite::Row<'_>) -> Result<(), Fault> {
        let mut values = Vec::with_capacity(self.columns.len());
        for (column, (_, ty)) in self.columns.iter().enumerate() {
            values.push(value(row::cell(row.get_ref(column)?), ty));
        }
        self.rows.push(Row(values));
        Ok(())
    }
}

/// A cell as a value of its own.
pub(super) fn value(cell: Cell<'_>, ty: &Type) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Int(value) if *ty == Type::Bool => Value::Bool(value != 0),
        Cell::Int(value) => Value::Int(value),
        Cell::Float(value) => Value::Float(value),
        Cell::Text(text) => Value::Text(text.to_owned()),
        Cell::Bytes(bytes) => Value::Bytes(bytes.to_owned()),
    }
}

/// A value as a cell.
pub(super) fn borrow(value: &Value) -> Cell<'_> {
    match value {
        Value::Null => Cell::Null,
        Value::Bool(value) => Cell::Int(i64::from(*value)),
        Value::Int(value) => Cell::Int(*value),
        Value::Float(value) => Cell::Float(*value),
        Value::Text(text) => Cell::Text(text),
        Value::Bytes(bytes) => Cell::Bytes(bytes),
    }
}
