//! Shapes: how the typed columns of a result become JSON.
//!
//! One shape serves the top level (Rust writes the response) and to-many embeds (an aggregate writes the same bytes inside the
//! engine, or the engine's own JSON functions do). **Must not:** hold values.

use crate::types::Type;

/// An object made from the columns of one row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Shape {
    pub fields: Vec<Field>,
}

/// One member of the object.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Field {
    /// The key, not escaped.
    pub key: String,
    pub value: FieldValue,
}

/// Where a member's value comes from. Columns are counted from 0 in the order of the query's outputs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FieldValue {
    /// One column, written as its type's JSON.
    Column { column: usize, ty: Type },
    /// An object from the columns of a joined row: `null` when column `present` is NULL.
    Object { present: usize, shape: Shape },
}

impl Shape {
    /// A flat object of columns in order.
    #[must_use]
    pub fn flat<'a>(columns: impl IntoIterator<Item = (&'a str, Type)>) -> Self {
        let fields = columns
            .into_iter()
            .enumerate()
            .map(|(column, (key, ty))| Field {
                key: key.to_owned(),
                value: FieldValue::Column { column, ty },
            })
            .collect();
        Self { fields }
    }
}
