//! Functions over arrays and enums. The types of the arguments come first.

use algebra::array;
use algebra::text;
use algebra::types::Type;
use algebra::value::{Value, ValueError, output};

use super::super::array::{append, concatenate, element_of, prepend};
use super::super::{Arguments, Body};
use crate::sqlite::{body, rows};

type Answer = Result<Value, ValueError>;

/// A number that may be missing.
fn number(value: Option<i64>) -> Answer {
    Ok(value.map_or(Value::Null, Value::Int))
}

fn length(row: &Arguments<'_>) -> Answer {
    number(array::length(row.text(1)?, row.int(2)?, &element_of(row, 1)?))
}

/// Stored arrays begin at one.
fn lower(row: &Arguments<'_>) -> Answer {
    number(array::length(row.text(1)?, row.int(2)?, &element_of(row, 1)?).map(|_| 1))
}

fn dimensions(row: &Arguments<'_>) -> Answer {
    number(array::dimensions(row.text(1)?, &element_of(row, 1)?))
}

fn bounds(row: &Arguments<'_>) -> Answer {
    Ok(array::bounds(row.text(1)?, &element_of(row, 1)?).map_or(Value::Null, Value::Text))
}

fn cardinality(row: &Arguments<'_>) -> Answer {
    Ok(Value::Int(array::cardinality(row.text(1)?, &element_of(row, 1)?)))
}

/// An argument that is an element.
fn value(row: &Arguments<'_>, index: usize, element: &Type) -> Value {
    rows::value(row.cell(index), element)
}

fn remove(row: &Arguments<'_>) -> Answer {
    if row.is_null(1) {
        return Ok(Value::Null);
    }
    let element = element_of(row, 1)?;
    array::remove(row.text(1)?, &value(row, 2, &element), &element).map(Value::Text)
}

fn replace(row: &Arguments<'_>) -> Answer {
    if row.is_null(1) {
        return Ok(Value::Null);
    }
    let element = element_of(row, 1)?;
    let (from, to) = (value(row, 2, &element), value(row, 3, &element));
    Ok(Value::Text(array::replace(row.text(1)?, &from, &to, &element)))
}

fn found(row: &Arguments<'_>) -> Result<Vec<i64>, ValueError> {
    let element = element_of(row, 1)?;
    array::positions(row.text(1)?, &value(row, 2, &element), &element)
}

fn position(row: &Arguments<'_>) -> Answer {
    if row.is_null(1) {
        return Ok(Value::Null);
    }
    let start = if row.len() < 4 {
        i64::MIN
    } else if row.is_null(3) {
        return Err(ValueError::new("22004", "initial position must not be null"));
    } else {
        row.int(3)?
    };
    number(found(row)?.into_iter().find(|place| *place >= start))
}

fn positions(row: &Arguments<'_>) -> Answer {
    if row.is_null(1) {
        return Ok(Value::Null);
    }
    let places: Vec<_> = found(row)?.into_iter().map(Value::Int).collect();
    Ok(Value::Text(array::from_values(&places, &Type::Int4)))
}

/// The most elements that one call makes; PostgreSQL's own bound is the memory of the machine.
const ELEMENTS_MAX: i64 = 1_000_000;

fn fill(row: &Arguments<'_>) -> Answer {
    if row.is_null(2) {
        return Err(ValueError::new("22004", "dimension array or low bound array cannot be null"));
    }
    let element = row.type_of(0)?;
    let mut lengths = Vec::new();
    for length in array::unnest(row.text(2)?, &Type::Int4) {
        let Value::Int(length) = length else {
            return Err(ValueError::new("22004", "dimension values cannot be null"));
        };
        lengths.push(length);
    }
    let count = lengths.iter().try_fold(1i64, |count, length| count.checked_mul(*length));
    if lengths.iter().any(|length| *length < 0) || count.is_none_or(|count| count > ELEMENTS_MAX) {
        let text = format!("array size exceeds the maximum allowed ({ELEMENTS_MAX})");
        return Err(ValueError::new("54000", text));
    }
    if count == Some(0) || lengths.is_empty() {
        return Ok(Value::Text("[]".to_owned()));
    }
    let mut filled = array::from_values(&[value(row, 1, &element)], &element);
    filled = filled[1..filled.len() - 1].to_owned();
    for length in lengths.iter().rev() {
        let items = vec![filled.as_str(); usize::try_from(*length).unwrap_or(0)];
        filled = format!("[{}]", items.join(","));
    }
    Ok(Value::Text(filled))
}

fn trim(row: &Arguments<'_>) -> Answer {
    array::trim(row.text(1)?, row.int(2)?, &element_of(row, 1)?).map(Value::Text)
}

fn subscripts(row: &Arguments<'_>) -> Answer {
    let length = array::length(row.text(1)?, row.int(2)?, &element_of(row, 1)?).unwrap_or(0);
    Ok(Value::Text(body::stored_array(&(1..=length).map(Value::Int).collect::<Vec<_>>())))
}

fn labels(row: &Arguments<'_>) -> Result<Vec<Value>, ValueError> {
    match row.type_of(0)? {
        Type::Enum(of) => Ok(of.labels.iter().cloned().map(Value::Text).collect()),
        other => Err(ValueError::new("42804", format!("type {} is no enum", other.name()))),
    }
}

fn range(row: &Arguments<'_>) -> Answer {
    Ok(Value::Text(array::from_values(&labels(row)?, &Type::Text)))
}

fn nulls(row: &Arguments<'_>, wanted: bool) -> Answer {
    let count = (1..row.len()).filter(|index| row.is_null(*index) == wanted).count();
    number(i64::try_from(count).ok())
}

/// A value's text as a literal.
fn quoted(row: &Arguments<'_>) -> Answer {
    let ty = row.type_of(0)?;
    Ok(Value::Text(match value(row, 1, &ty) {
        Value::Null => "NULL".to_owned(),
        value => text::quote_literal(&output(&value, &ty)),
    }))
}

pub(super) static BODIES: &[Body] = &[
    Body { symbol: "pg_array_length", run: length },
    Body { symbol: "pg_array_upper", run: length },
    Body { symbol: "pg_array_lower", run: lower },
    Body { symbol: "pg_array_ndims", run: dimensions },
    Body { symbol: "pg_array_dims", run: bounds },
    Body { symbol: "pg_cardinality", run: cardinality },
    Body { symbol: "pg_append_to_array", run: append },
    Body { symbol: "pg_prepend_to_array", run: prepend },
    Body { symbol: "pg_join_arrays", run: concatenate },
    Body { symbol: "pg_array_remove", run: remove },
    Body { symbol: "pg_array_replace", run: replace },
    Body { symbol: "pg_array_position", run: position },
    Body { symbol: "pg_array_position_start", run: position },
    Body { symbol: "pg_array_positions", run: positions },
    Body { symbol: "pg_array_fill", run: fill },
    Body { symbol: "pg_trim_array", run: trim },
    Body { symbol: "pg_generate_subscripts", run: subscripts },
    Body { symbol: "pg_enum_range", run: range },
    Body { symbol: "pg_enum_first", run: |row| Ok(labels(row)?.into_iter().next().unwrap_or_default()) },
    Body { symbol: "pg_enum_last", run: |row| Ok(labels(row)?.pop().unwrap_or_default()) },
    Body { symbol: "pg_num_nulls", run: |row| nulls(row, true) },
    Body { symbol: "pg_num_nonnulls", run: |row| nulls(row, false) },
    Body { symbol: "pg_quote_literal_of", run: quoted },
    Body { symbol: "pg_quote_nullable_of", run: quoted },
];
