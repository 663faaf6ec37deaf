//! The arguments of a registered function, read as stored values.

use std::sync::Arc;

use algebra::types::{ColumnType, Type};
use algebra::value::{Value, ValueError};
use rusqlite::functions::Context;
use rusqlite::types::ValueRef;

use crate::cell::Cell;
use crate::sqlite::row;

/// The arguments of one call.
pub(in crate::sqlite) struct Arguments<'a> {
    context: &'a Context<'a>,
}

impl<'a> Arguments<'a> {
    pub(in crate::sqlite) fn new(context: &'a Context<'a>) -> Self {
        Self { context }
    }

    pub(in crate::sqlite) fn len(&self) -> usize {
        self.context.len()
    }

    pub(in crate::sqlite) fn has_null(&self) -> bool {
        (0..self.len()).any(|index| self.is_null(index))
    }

    pub(in crate::sqlite) fn is_null(&self, index: usize) -> bool {
        self.cell(index) == Cell::Null
    }

    /// An argument as it is stored; beyond the last, NULL.
    pub(in crate::sqlite) fn cell(&self, index: usize) -> Cell<'_> {
        if index < self.len() { row::cell(self.context.get_raw(index)) } else { Cell::Null }
    }

    pub(in crate::sqlite) fn text(&self, index: usize) -> Result<&str, ValueError> {
        match self.cell(index) {
            Cell::Text(text) => Ok(text),
            other => Err(unexpected("text", other)),
        }
    }

    pub(in crate::sqlite) fn int(&self, index: usize) -> Result<i64, ValueError> {
        match self.cell(index) {
            Cell::Int(value) => Ok(value),
            other => Err(unexpected("an integer", other)),
        }
    }

    /// A double; SQLite hands over whole numbers as integers.
    pub(in crate::sqlite) fn float(&self, index: usize) -> Result<f64, ValueError> {
        match self.cell(index) {
            Cell::Float(value) => Ok(value),
            Cell::Int(value) => Ok(value as f64),
            other => Err(unexpected("a double", other)),
        }
    }

    pub(in crate::sqlite) fn bool(&self, index: usize) -> Result<bool, ValueError> {
        self.int(index).map(|value| value != 0)
    }

    pub(in crate::sqlite) fn bytes(&self, index: usize) -> Result<&[u8], ValueError> {
        match self.cell(index) {
            Cell::Bytes(bytes) => Ok(bytes),
            other => Err(unexpected("bytes", other)),
        }
    }

    /// What a text argument means; a constant one is read once per statement.
    pub(in crate::sqlite) fn kept<T: Send + Sync + 'static>(
        &self,
        index: usize,
        read: impl FnOnce(&str) -> Result<T, ValueError>,
    ) -> Result<Arc<T>, ValueError> {
        let position = i32::try_from(index).unwrap_or(i32::MAX);
        let read = |text: ValueRef<'_>| match row::cell(text) {
            Cell::Text(text) => read(text),
            other => Err(unexpected("text", other)),
        };
        self.context.get_or_create_aux(position, read).map_err(|error| match error {
            rusqlite::Error::UserFunctionError(error) => {
                error.downcast::<ValueError>().map_or_else(|_| unreadable(), |error| *error)
            }
            _ => unreadable(),
        })
    }

    /// The types that a constant argument names.
    pub(in crate::sqlite) fn types(&self, index: usize) -> Result<Arc<Vec<Type>>, ValueError> {
        self.kept(index, |text| render::parse_types(text).ok_or_else(unreadable))
    }

    /// The one type that a constant argument names.
    pub(in crate::sqlite) fn type_of(&self, index: usize) -> Result<Type, ValueError> {
        self.types(index)?.first().cloned().ok_or_else(unreadable)
    }

    /// The type with its modifier that a constant argument names.
    pub(in crate::sqlite) fn column_type(&self, index: usize) -> Result<Arc<ColumnType>, ValueError> {
        self.kept(index, |text| render::parse_column_type(text).ok_or_else(unreadable))
    }

    /// An argument as a value of its own, without its type: booleans are integers.
    pub(in crate::sqlite) fn value(&self, index: usize) -> Value {
        match self.cell(index) {
            Cell::Null => Value::Null,
            Cell::Int(value) => Value::Int(value),
            Cell::Float(value) => Value::Float(value),
            Cell::Text(text) => Value::Text(text.to_owned()),
            Cell::Bytes(bytes) => Value::Bytes(bytes.to_owned()),
        }
    }
}

/// A function was given a stored form that its types do not have: the rendering is wrong, not the request.
fn unexpected(wanted: &str, found: Cell<'_>) -> ValueError {
    let found = match found {
        Cell::Null => "NULL",
        Cell::Int(_) => "an integer",
        Cell::Float(_) => "a double",
        Cell::Text(_) => "text",
        Cell::Bytes(_) => "bytes",
    };
    ValueError::new("XX000", format!("a function wanted {wanted} and was given {found}"))
}

fn unreadable() -> ValueError {
    ValueError::new("XX000", "the types of a call cannot be read")
}
