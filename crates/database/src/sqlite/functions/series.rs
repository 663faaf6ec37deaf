//! Set-returning functions: all rows of one call as a JSON array of stored values, which `json_each` takes apart.
//!
//! **Must not:** make more rows than memory bears: the array is made before its first row is read.

use algebra::array;
use algebra::datetime::{Series, Timestamp};
use algebra::interval::Interval;
use algebra::json::Json;
use algebra::numeric::{self, Numeric};
use algebra::value::{Value, ValueError};

use super::{Arguments, Body};
use crate::sqlite::body;

type Answer = Result<Value, ValueError>;

/// Rows of one call, at most.
const ROWS_MAX: usize = 1_000_000;

fn rows(values: impl Iterator<Item = Result<Value, ValueError>>) -> Answer {
    let mut all = Vec::new();
    for value in values {
        if all.len() >= ROWS_MAX {
            let text = format!("a set-returning function makes more than {ROWS_MAX} rows");
            return Err(ValueError::new("54000", text).hint("bound it, or make the rows in several queries"));
        }
        all.push(value?);
    }
    Ok(Value::Text(body::stored_array(&all)))
}

fn zero_step() -> ValueError {
    ValueError::invalid_parameter("step size cannot equal zero")
}

fn integers(row: &Arguments<'_>) -> Answer {
    let (start, stop) = (row.int(0)?, row.int(1)?);
    let step = if row.len() > 2 { row.int(2)? } else { 1 };
    if step == 0 {
        return Err(zero_step());
    }
    let within = |value: &i64| if step > 0 { *value <= stop } else { *value >= stop };
    let series =
        std::iter::successors(Some(start).filter(within), |value| value.checked_add(step).filter(within));
    rows(series.map(|value| Ok(Value::Int(value))))
}

fn numerics(row: &Arguments<'_>) -> Answer {
    let (start, stop) = (Numeric::parse(row.text(0)?)?, row.text(1)?.to_owned());
    let step = if row.len() > 2 { Numeric::parse(row.text(2)?)? } else { Numeric::from_integer(1) };
    if step.is_zero() {
        return Err(zero_step());
    }
    let down = numeric::compare(&step.to_string(), "0").is_lt();
    let mut next = Some(start);
    rows(std::iter::from_fn(|| {
        let value = next.take()?;
        let order = numeric::compare(&value.to_string(), &stop);
        if if down { order.is_lt() } else { order.is_gt() } {
            return None;
        }
        let text = value.to_string();
        Some(value.add(&step).map(|after| {
            next = Some(after);
            Value::Text(text)
        }))
    }))
}

fn timestamps(row: &Arguments<'_>, stored: fn(Timestamp) -> String) -> Answer {
    let (start, stop) = (Timestamp::from_stored(row.text(0)?)?, Timestamp::from_stored(row.text(1)?)?);
    let series = Series::new(start, stop, Interval::from_stored(row.text(2)?)?)?;
    rows(series.map(|moment| moment.map(|moment| Value::Text(stored(moment)))))
}

fn unnest(row: &Arguments<'_>) -> Answer {
    let ty = row.type_of(0)?;
    if row.is_null(1) {
        return Ok(Value::Null);
    }
    rows(array::unnest(row.text(1)?, ty.element().unwrap_or(&ty)).into_iter().map(Ok))
}

fn part(json: Json<'_>, as_text: bool) -> Answer {
    Ok(match as_text {
        false => Value::Text(json.raw().to_owned()),
        true => json.as_text()?.map_or(Value::Null, |text| Value::Text(text.into_owned())),
    })
}

fn elements(row: &Arguments<'_>, function: &str, as_text: bool) -> Answer {
    let array = Json::trusted(row.text(0)?).expect_array(function)?;
    rows(array.elements().map(|element| part(element, as_text)))
}

fn object<'a>(row: &'a Arguments<'_>, function: &str) -> Result<Json<'a>, ValueError> {
    Json::trusted(row.text(0)?).expect_object(function)
}

fn keys(row: &Arguments<'_>, function: &str) -> Answer {
    rows(object(row, function)?.members().map(|member| Ok(Value::Text(member.key()?.into_owned()))))
}

/// Pairs of key and value: each an array of two stored values.
fn each(row: &Arguments<'_>, function: &str, as_text: bool) -> Answer {
    let mut pairs = Vec::new();
    for member in object(row, function)?.members() {
        let pair = [Value::Text(member.key()?.into_owned()), part(member.value, as_text)?];
        pairs.push(body::stored_array(&pair));
    }
    Ok(Value::Text(format!("[{}]", pairs.join(","))))
}

pub(super) static BODIES: &[Body] = &[
    Body { symbol: "pg_generate_series_int4", run: integers },
    Body { symbol: "pg_generate_series_int4_step", run: integers },
    Body { symbol: "pg_generate_series_int8", run: integers },
    Body { symbol: "pg_generate_series_int8_step", run: integers },
    Body { symbol: "pg_generate_series_numeric", run: numerics },
    Body { symbol: "pg_generate_series_numeric_step", run: numerics },
    Body { symbol: "pg_generate_series_timestamp", run: |row| timestamps(row, Timestamp::stored) },
    Body { symbol: "pg_generate_series_timestamptz", run: |row| timestamps(row, Timestamp::stored_tz) },
    Body { symbol: "pg_unnest", run: unnest },
    Body { symbol: "pg_json_array_elements", run: |row| elements(row, "json_array_elements", false) },
    Body { symbol: "pg_jsonb_array_elements", run: |row| elements(row, "jsonb_array_elements", false) },
    Body {
        symbol: "pg_json_array_elements_text",
        run: |row| elements(row, "json_array_elements_text", true),
    },
    Body {
        symbol: "pg_jsonb_array_elements_text",
        run: |row| elements(row, "jsonb_array_elements_text", true),
    },
    Body { symbol: "pg_json_object_keys", run: |row| keys(row, "json_object_keys") },
    Body { symbol: "pg_jsonb_object_keys", run: |row| keys(row, "jsonb_object_keys") },
    Body { symbol: "pg_json_each", run: |row| each(row, "json_each", false) },
    Body { symbol: "pg_jsonb_each", run: |row| each(row, "jsonb_each", false) },
    Body { symbol: "pg_json_each_text", run: |row| each(row, "json_each_text", true) },
    Body { symbol: "pg_jsonb_each_text", run: |row| each(row, "jsonb_each_text", true) },
];
