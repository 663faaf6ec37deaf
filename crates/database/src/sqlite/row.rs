//! A row of SQLite as cells.

use rusqlite::Row;
use rusqlite::types::ValueRef;

use crate::cell::{Cell, Cells};

impl Cells for Row<'_> {
    fn cell(&self, column: usize) -> Cell<'_> {
        self.get_ref(column).map_or(Cell::Null, cell)
    }
}

/// A value of SQLite's as a cell. Text was checked when it came in; what is not UTF-8
/// all the same (a damaged file) shows as bytes.
pub(super) fn cell(value: ValueRef<'_>) -> Cell<'_> {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(value) => Cell::Int(value),
        ValueRef::Real(value) => Cell::Float(value),
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).map_or(Cell::Bytes(bytes), Cell::Text),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes),
    }
}
