//! The values of a request, beside the plan.

use bytes::Bytes;

/// The n-th value in [`Inputs::values`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Input(pub u16);

/// The values that a plan refers to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inputs {
    /// Untyped literals from the request, converted to the type of their place when the statement runs (22P02 when they
    /// cannot be).
    pub values: Vec<String>,
    /// The rows of a write.
    pub rows: Rows,
}

/// Rows given to a write: each has one member for each of the plan's payload columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    pub rows: Vec<Vec<Member>>,
}

/// One member of a given row.
#[derive(Debug, Clone, PartialEq)]
pub enum Member {
    /// Raw JSON, as the body has it.
    Json(Bytes),
    /// Text from CSV or a form.
    Text(Bytes),
    Null,
    /// The key is not there (`columns` with `missing=default`).
    Absent,
}

impl Inputs {
    /// Keeps a value and answers its place.
    pub fn add(&mut self, value: impl Into<String>) -> Input {
        self.values.push(value.into());
        Input(u16::try_from(self.values.len() - 1).unwrap_or(u16::MAX))
    }
}
