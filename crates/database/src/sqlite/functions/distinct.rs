//! `distinct` for aggregates of our own: `<symbol>_distinct`. The rendering gives the rows in order, so equal ones follow each
//! other and all but the first are passed over.

use std::cmp::Ordering;

use algebra::operation::{Operation, Pattern};
use algebra::types::Type;
use algebra::value::{self, Value, ValueError};
use render::sqlite::needs::takes_types;

use super::{Arguments, Gather};

/// An aggregate that sees each row once.
pub(super) struct Distinct {
    inner: Box<dyn Gather>,
    operation: Option<&'static Operation>,
    last: Option<Vec<Value>>,
}

impl Distinct {
    pub(super) fn new(inner: Box<dyn Gather>, operation: Option<&'static Operation>) -> Self {
        Self { inner, operation, last: None }
    }

    /// The types of the arguments: of a polymorphic one its first argument names them, of another the table does.
    fn types(&self, row: &Arguments<'_>) -> Result<Vec<Type>, ValueError> {
        match self.operation {
            Some(operation) if !takes_types(operation) => Ok(operation
                .arguments
                .iter()
                .map(|pattern| match pattern {
                    Pattern::Is(ty) => ty.clone(),
                    _ => Type::Text,
                })
                .collect()),
            _ => row.types(0).map(|types| types.to_vec()),
        }
    }
}

impl Gather for Distinct {
    fn add(&mut self, row: &Arguments<'_>) -> Result<(), ValueError> {
        let types = self.types(row)?;
        let first = row.len() - types.len().min(row.len());
        let values: Vec<Value> = (first..row.len()).map(|index| row.value(index)).collect();
        let same = |last: &Vec<Value>| {
            last.iter().zip(&values).zip(&types).all(|((left, right), ty)| match (left, right) {
                (Value::Null, Value::Null) => true,
                (Value::Null, _) | (_, Value::Null) => false,
                (left, right) => value::compare(left, right, ty) == Ordering::Equal,
            })
        };
        if self.last.as_ref().is_some_and(same) {
            return Ok(());
        }
        self.last = Some(values);
        self.inner.add(row)
    }

    fn value(&self) -> Result<Value, ValueError> {
        self.inner.value()
    }
}
