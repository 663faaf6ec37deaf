//! What the rendering needs of arrays: making them, their elements in stored form, subscripts and slices.

use std::sync::Arc;

use algebra::array::{self, Slice};
use algebra::types::Type;
use algebra::value::{Value, ValueError};

use super::{Aggregate, Arguments, Body, Gather};
use crate::sqlite::{body, rows};

pub(super) static BODIES: &[Body] = &[
    Body { symbol: "pg_array", run: of_arguments },
    Body { symbol: "pg_elements", run: elements },
    Body { symbol: "pg_subscript", run: subscript },
    Body { symbol: "pg_slice", run: slice },
    Body { symbol: "pg_rename_label", run: rename_label },
];

/// PostgreSQL's operators over arrays; the types of the arguments come first.
pub(super) static OPERATORS: &[Body] = &[
    Body { symbol: "pg_array_contains", run: |row| compare(row, (1, 2), array::contains) },
    Body { symbol: "pg_array_contained", run: |row| compare(row, (2, 1), array::contains) },
    Body { symbol: "pg_array_overlap", run: |row| compare(row, (1, 2), array::overlaps) },
    Body { symbol: "pg_array_cat", run: concatenate },
    Body { symbol: "pg_array_append", run: append },
    Body { symbol: "pg_array_prepend", run: prepend },
];

pub(super) static AGGREGATES: &[Aggregate] =
    &[Aggregate { symbol: "pg_array_rows", begin: || Box::new(Collected::default()) }];

/// `pg_array('int4', a, b)`.
fn of_arguments(row: &Arguments<'_>) -> Result<Value, ValueError> {
    let element = row.type_of(0)?;
    let values: Vec<_> = (1..row.len()).map(|index| rows::value(row.cell(index), &element)).collect();
    Ok(Value::Text(join(&values, &element)))
}

/// The element type of the array that is argument `index`.
pub(super) fn element_of(row: &Arguments<'_>, index: usize) -> Result<Type, ValueError> {
    let types = row.types(0)?;
    let ty = types.get(index - 1).cloned().unwrap_or(Type::Text);
    Ok(ty.element().cloned().unwrap_or(ty))
}

fn compare(
    row: &Arguments<'_>,
    (left, right): (usize, usize),
    holds: fn(&str, &str, &Type) -> bool,
) -> Result<Value, ValueError> {
    Ok(Value::Bool(holds(row.text(left)?, row.text(right)?, &element_of(row, 1)?)))
}

pub(super) fn concatenate(row: &Arguments<'_>) -> Result<Value, ValueError> {
    match (row.is_null(1), row.is_null(2)) {
        (true, _) => Ok(row.value(2)),
        (_, true) => Ok(row.value(1)),
        _ => array::concatenate(row.text(1)?, row.text(2)?, &element_of(row, 1)?).map(Value::Text),
    }
}

/// A NULL array is an empty one here.
fn stored_or_empty<'a>(row: &'a Arguments<'_>, index: usize) -> Result<&'a str, ValueError> {
    if row.is_null(index) { Ok("[]") } else { row.text(index) }
}

pub(super) fn append(row: &Arguments<'_>) -> Result<Value, ValueError> {
    let element = element_of(row, 1)?;
    let value = rows::value(row.cell(2), &element);
    array::append(stored_or_empty(row, 1)?, &value, &element).map(Value::Text)
}

pub(super) fn prepend(row: &Arguments<'_>) -> Result<Value, ValueError> {
    let element = element_of(row, 2)?;
    let value = rows::value(row.cell(1), &element);
    array::prepend(&value, stored_or_empty(row, 2)?, &element).map(Value::Text)
}

/// Arrays among the elements make one array of more dimensions.
pub(super) fn join(values: &[Value], element: &Type) -> String {
    if let Type::Array(_) = element {
        let texts: Vec<_> = values
            .iter()
            .map(|value| if let Value::Text(text) = value { text.as_str() } else { "null" })
            .collect();
        return format!("[{}]", texts.join(","));
    }
    array::from_values(values, element)
}

/// `pg_elements(a, 'numeric')`: a JSON array of stored values, for `json_each`.
fn elements(row: &Arguments<'_>) -> Result<Value, ValueError> {
    if row.is_null(0) {
        return Ok(Value::Null);
    }
    let element = row.type_of(1)?;
    Ok(Value::Text(body::stored_array(&array::unnest(row.text(0)?, &element))))
}

/// `pg_subscript(a, i, 'int4')`.
fn subscript(row: &Arguments<'_>) -> Result<Value, ValueError> {
    if row.is_null(0) || row.is_null(1) {
        return Ok(Value::Null);
    }
    Ok(array::at(row.text(0)?, &[row.int(1)?], &row.type_of(2)?))
}

/// An array of an enum after one of its labels was renamed.
fn rename_label(row: &Arguments<'_>) -> Result<Value, ValueError> {
    if row.is_null(0) {
        return Ok(Value::Null);
    }
    Ok(Value::Text(array::replace(row.text(0)?, &row.value(1), &row.value(2), &Type::Text)))
}

/// `pg_slice(a, l, u, 'lu')`.
fn slice(row: &Arguments<'_>) -> Result<Value, ValueError> {
    let given = row.text(3)?;
    let bound = |index: usize, letter: char| -> Result<Option<i64>, Option<ValueError>> {
        match given.contains(letter) {
            false => Ok(None),
            true if row.is_null(index) => Err(None),
            true => row.int(index).map(Some).map_err(Some),
        }
    };
    if row.is_null(0) {
        return Ok(Value::Null);
    }
    let (lower, upper) = match (bound(1, 'l'), bound(2, 'u')) {
        (Ok(lower), Ok(upper)) => (lower, upper),
        // A bound that is NULL makes the slice NULL.
        (Err(None), _) | (_, Err(None)) => return Ok(Value::Null),
        (Err(Some(error)), _) | (_, Err(Some(error))) => return Err(error),
    };
    // How an element is written does not matter to a slice, but that JSON is one does.
    Ok(Value::Text(array::slice(row.text(0)?, &[Slice { lower, upper }], &Type::Text)))
}

/// `pg_array_rows('int4', a)`: an array of all rows.
#[derive(Default)]
struct Collected {
    element: Option<Arc<Vec<Type>>>,
    values: Vec<Value>,
}

impl Gather for Collected {
    fn add(&mut self, row: &Arguments<'_>) -> Result<(), ValueError> {
        let element = match &self.element {
            Some(element) => element,
            None => self.element.insert(row.types(0)?),
        };
        let ty = element.first().unwrap_or(&Type::Text);
        self.values.push(rows::value(row.cell(1), ty));
        Ok(())
    }

    fn value(&self) -> Result<Value, ValueError> {
        let element = self.element.as_ref().and_then(|types| types.first()).unwrap_or(&Type::Text);
        Ok(Value::Text(join(&self.values, element)))
    }
}
