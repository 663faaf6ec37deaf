//! What the rendering needs beside PostgreSQL's own functions: bounds, single values, NULL checks, `greatest` and `least`.

use std::cmp::Ordering;

use algebra::types::Type;
use algebra::value::{self, Value, ValueError};

use super::{Aggregate, Arguments, Body, Gather};
use crate::sqlite::rows;

pub(super) static BODIES: &[Body] = &[
    Body { symbol: "pg_limit", run: limit },
    Body { symbol: "pg_offset", run: offset },
    Body { symbol: "pg_not_null", run: not_null },
    Body { symbol: "pg_greatest", run: |row| extreme(row, Ordering::Greater) },
    Body { symbol: "pg_least", run: |row| extreme(row, Ordering::Less) },
];

pub(super) static AGGREGATES: &[Aggregate] =
    &[Aggregate { symbol: "pg_single", begin: || Box::new(Single::default()) }];

/// SQLite reads -1 as no limit, as PostgreSQL reads NULL.
fn limit(row: &Arguments<'_>) -> Result<Value, ValueError> {
    if row.is_null(0) {
        return Ok(Value::Int(-1));
    }
    let count = row.int(0)?;
    if count < 0 {
        return Err(ValueError::new("2201W", "LIMIT must not be negative"));
    }
    Ok(Value::Int(count))
}

fn offset(row: &Arguments<'_>) -> Result<Value, ValueError> {
    if row.is_null(0) {
        return Ok(Value::Int(0));
    }
    let count = row.int(0)?;
    if count < 0 {
        return Err(ValueError::new("2201X", "OFFSET must not be negative"));
    }
    Ok(Value::Int(count))
}

fn not_null(row: &Arguments<'_>) -> Result<Value, ValueError> {
    if !row.is_null(0) {
        return Ok(row.value(0));
    }
    let (table, column) = (row.text(1)?, row.text(2)?);
    let text =
        format!("null value in column \"{column}\" of relation \"{table}\" violates not-null constraint");
    Err(ValueError::new("23502", text))
}

/// The greatest or least of the arguments that are not NULL.
fn extreme(row: &Arguments<'_>, wanted: Ordering) -> Result<Value, ValueError> {
    let types = row.types(0)?;
    let ty = types.first().unwrap_or(&Type::Text);
    let mut found = Value::Null;
    for index in (1..row.len()).filter(|index| !row.is_null(*index)) {
        let candidate = rows::value(row.cell(index), ty);
        if found == Value::Null || value::compare(&candidate, &found, ty) == wanted {
            found = candidate;
        }
    }
    Ok(found)
}

/// A sub-query as a value: the one row, NULL of none.
#[derive(Default)]
struct Single {
    value: Option<Value>,
}

impl Gather for Single {
    fn add(&mut self, row: &Arguments<'_>) -> Result<(), ValueError> {
        if self.value.is_some() {
            let text = "more than one row returned by a subquery used as an expression";
            return Err(ValueError::new("21000", text));
        }
        self.value = Some(row.value(0));
        Ok(())
    }

    fn value(&self) -> Result<Value, ValueError> {
        Ok(self.value.clone().unwrap_or_default())
    }
}
