//! Functions over integers and `numeric`.

use std::cmp::Ordering;

use algebra::array;
use algebra::numeric::{self, Numeric};
use algebra::value::{self, Value, ValueError};

use super::super::arithmetic::{self, numeric, numerics};
use super::super::{Arguments, Body};
use crate::sqlite::rows;

type Answer = Result<Value, ValueError>;

fn exactly(row: &Arguments<'_>, compute: fn(&Numeric) -> Result<Numeric, ValueError>) -> Answer {
    Ok(Value::Text(compute(&Numeric::parse(row.text(0)?)?)?.to_string()))
}

/// Scales beyond these give what these give.
const SCALE_MAX: i64 = 2_000;

fn scaled(row: &Arguments<'_>, compute: fn(&Numeric, i64) -> Numeric) -> Answer {
    let scale = if row.len() > 1 { row.int(1)?.clamp(-SCALE_MAX, SCALE_MAX) } else { 0 };
    Ok(Value::Text(compute(&Numeric::parse(row.text(0)?)?, scale).to_string()))
}

/// The number of digits behind the point; NULL of what is no number.
fn scale(row: &Arguments<'_>, shown: fn(&Numeric) -> Numeric) -> Answer {
    let number = shown(&Numeric::parse(row.text(0)?)?);
    Ok(number.scale().map_or(Value::Null, |scale| Value::Int(i64::from(scale))))
}

fn greatest_divisor(mut left: u64, mut right: u64) -> u64 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

fn fitting(value: Option<u64>, max: i64, type_name: &str) -> Answer {
    value
        .and_then(|value| i64::try_from(value).ok())
        .filter(|value| *value <= max)
        .map(Value::Int)
        .ok_or_else(|| ValueError::out_of_range(type_name))
}

fn divisor(row: &Arguments<'_>, max: i64, type_name: &str) -> Answer {
    let divisor = greatest_divisor(row.int(0)?.unsigned_abs(), row.int(1)?.unsigned_abs());
    fitting(Some(divisor), max, type_name)
}

fn multiple(row: &Arguments<'_>, max: i64, type_name: &str) -> Answer {
    let (left, right) = (row.int(0)?.unsigned_abs(), row.int(1)?.unsigned_abs());
    if left == 0 || right == 0 {
        return Ok(Value::Int(0));
    }
    fitting((left / greatest_divisor(left, right)).checked_mul(right), max, type_name)
}

/// By Euclid's steps; of what is no number there is none.
fn exact_divisor(left: &Numeric, right: &Numeric) -> Result<Numeric, ValueError> {
    let (mut left, mut right) = (left.absolute(), right.absolute());
    if left.scale().is_none() || right.scale().is_none() {
        return Numeric::parse("NaN");
    }
    while !right.is_zero() {
        (left, right) = (right.clone(), left.modulo(&right)?);
    }
    Ok(left)
}

fn exact_multiple(left: &Numeric, right: &Numeric) -> Result<Numeric, ValueError> {
    let divisor = exact_divisor(left, right)?;
    if left.is_zero() || right.is_zero() {
        return Ok(left.multiply(right)?.absolute());
    }
    let scale = left.scale().max(right.scale()).unwrap_or(0);
    Ok(left.divide_whole(&divisor)?.multiply(right)?.absolute().round(i64::from(scale)))
}

/// PostgreSQL's bound: a larger one would exceed `numeric`.
const FACTORIAL_MAX: i64 = 32_177;

fn factorial(row: &Arguments<'_>) -> Answer {
    let number = row.int(0)?;
    if number < 0 {
        return Err(ValueError::new("22003", "factorial of a negative number is undefined"));
    }
    if number > FACTORIAL_MAX {
        return Err(ValueError::new("22003", "value overflows numeric format"));
    }
    let mut product = Numeric::from_integer(1);
    for factor in 2..=number {
        product = product.multiply(&Numeric::from_integer(factor))?;
    }
    Ok(Value::Text(product.to_string()))
}

fn decimal_logarithm(row: &Arguments<'_>) -> Answer {
    exactly(row, |number| number.logarithm(&Numeric::from_integer(10)))
}

const INTEGERS: &[Body] = &[
    Body { symbol: "pg_abs_int2", run: |row| arithmetic::SMALL.one(row, i64::checked_abs) },
    Body { symbol: "pg_abs_int4", run: |row| arithmetic::PLAIN.one(row, i64::checked_abs) },
    Body { symbol: "pg_abs_int8", run: |row| arithmetic::BIG.one(row, i64::checked_abs) },
    Body { symbol: "pg_modulo_int2", run: |row| arithmetic::SMALL.divided(row, i64::checked_rem) },
    Body { symbol: "pg_modulo_int4", run: |row| arithmetic::PLAIN.divided(row, i64::checked_rem) },
    Body {
        symbol: "pg_modulo_int8",
        run: |row| arithmetic::BIG.divided(row, |a, b| Some(a.wrapping_rem(b))),
    },
    Body { symbol: "pg_gcd_int4", run: |row| divisor(row, i32::MAX.into(), "integer") },
    Body { symbol: "pg_gcd_int8", run: |row| divisor(row, i64::MAX, "bigint") },
    Body { symbol: "pg_lcm_int4", run: |row| multiple(row, i32::MAX.into(), "integer") },
    Body { symbol: "pg_lcm_int8", run: |row| multiple(row, i64::MAX, "bigint") },
    Body { symbol: "pg_factorial", run: factorial },
];

const NUMERICS: &[Body] = &[
    Body { symbol: "pg_abs_numeric", run: |row| numeric(row, Numeric::absolute) },
    Body { symbol: "pg_modulo_numeric", run: |row| numerics(row, Numeric::modulo) },
    Body { symbol: "pg_whole_quotient_numeric", run: |row| numerics(row, Numeric::divide_whole) },
    Body { symbol: "pg_gcd_numeric", run: |row| numerics(row, exact_divisor) },
    Body { symbol: "pg_lcm_numeric", run: |row| numerics(row, exact_multiple) },
    Body { symbol: "pg_sign_numeric", run: |row| numeric(row, Numeric::sign) },
    Body { symbol: "pg_ceil_numeric", run: |row| numeric(row, Numeric::ceiling) },
    Body { symbol: "pg_ceiling_numeric", run: |row| numeric(row, Numeric::ceiling) },
    Body { symbol: "pg_floor_numeric", run: |row| numeric(row, Numeric::floor) },
    Body { symbol: "pg_round_numeric", run: |row| scaled(row, Numeric::round) },
    Body { symbol: "pg_round_scale", run: |row| scaled(row, Numeric::round) },
    Body { symbol: "pg_trunc_numeric", run: |row| scaled(row, Numeric::truncate) },
    Body { symbol: "pg_trunc_scale", run: |row| scaled(row, Numeric::truncate) },
    Body { symbol: "pg_scale", run: |row| scale(row, Clone::clone) },
    Body { symbol: "pg_min_scale", run: |row| scale(row, Numeric::trim_scale) },
    Body { symbol: "pg_trim_scale", run: |row| numeric(row, Numeric::trim_scale) },
    Body { symbol: "pg_power_numeric", run: |row| numerics(row, Numeric::power) },
    Body { symbol: "pg_raise_numeric", run: |row| numerics(row, Numeric::power) },
    Body { symbol: "pg_sqrt_numeric", run: |row| exactly(row, Numeric::square_root) },
    Body { symbol: "pg_exp_numeric", run: |row| exactly(row, Numeric::exponential) },
    Body { symbol: "pg_ln_numeric", run: |row| exactly(row, Numeric::natural_logarithm) },
    Body { symbol: "pg_log_numeric", run: decimal_logarithm },
    Body { symbol: "pg_log10_numeric", run: decimal_logarithm },
    Body { symbol: "pg_log_base", run: |row| numerics(row, |base, number| number.logarithm(base)) },
];

fn bucket_refused(text: &str) -> ValueError {
    ValueError::new("2201G", text)
}

fn bucket_count(row: &Arguments<'_>) -> Result<i64, ValueError> {
    let count = row.int(3)?;
    if count <= 0 {
        return Err(bucket_refused("count must be greater than zero"));
    }
    Ok(count)
}

/// The bucket beyond the last, which is the one after `integer`'s greatest at most.
fn beyond(count: i64) -> Answer {
    fitting(u64::try_from(count + 1).ok(), i32::MAX.into(), "integer")
}

fn float_bucket(row: &Arguments<'_>) -> Answer {
    let (operand, low, high) = (row.float(0)?, row.float(1)?, row.float(2)?);
    let count = bucket_count(row)?;
    if operand.is_nan() || low.is_nan() || high.is_nan() {
        return Err(bucket_refused("operand, lower bound, and upper bound cannot be NaN"));
    }
    if low.is_infinite() || high.is_infinite() {
        return Err(bucket_refused("lower and upper bounds must be finite"));
    }
    if low == high {
        return Err(bucket_refused("lower bound cannot equal upper bound"));
    }
    let (before, after) =
        if low < high { (operand < low, operand >= high) } else { (operand > low, operand <= high) };
    if before {
        return Ok(Value::Int(0));
    }
    if after {
        return beyond(count);
    }
    // Halved, so that the distance of far bounds stays finite.
    let share = (operand / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0);
    let bucket = (count as f64 * share).floor() as i64;
    Ok(Value::Int(bucket.clamp(0, count - 1) + 1))
}

fn numeric_bucket(row: &Arguments<'_>) -> Answer {
    let texts = [row.text(0)?, row.text(1)?, row.text(2)?];
    let count = bucket_count(row)?;
    if texts.contains(&"NaN") {
        return Err(bucket_refused("operand, lower bound, and upper bound cannot be NaN"));
    }
    let [operand, low, high] = texts;
    if low.ends_with("Infinity") || high.ends_with("Infinity") {
        return Err(bucket_refused("lower and upper bounds must be finite"));
    }
    let toward = match numeric::compare(low, high) {
        Ordering::Equal => return Err(bucket_refused("lower bound cannot equal upper bound")),
        order => order,
    };
    if numeric::compare(operand, low) == toward {
        return Ok(Value::Int(0));
    }
    if numeric::compare(operand, high) != toward {
        return beyond(count);
    }
    let number = |text: &str| Numeric::parse(text);
    let distance = number(operand)?.subtract(&number(low)?)?.multiply(&Numeric::from_integer(count))?;
    let share = distance.divide_whole(&number(high)?.subtract(&number(low)?)?)?;
    Ok(Value::Int(share.to_integer("integer", 0, i32::MAX.into())? + 1))
}

/// How many of the thresholds, which are in order, the value has reached.
fn threshold_bucket(row: &Arguments<'_>) -> Answer {
    let element = row.type_of(0)?;
    let wanted = rows::value(row.cell(1), &element);
    let thresholds = array::unnest(row.text(2)?, &element);
    if array::dimensions(row.text(2)?, &element).is_some_and(|count| count > 1) {
        return Err(ValueError::new("2202E", "thresholds must be one-dimensional array"));
    }
    if thresholds.contains(&Value::Null) {
        return Err(ValueError::new("22004", "thresholds array must not contain NULLs"));
    }
    let is_reached = |threshold: &Value| value::compare(threshold, &wanted, &element).is_le();
    let reached = thresholds.partition_point(is_reached);
    Ok(Value::Int(i64::try_from(reached).unwrap_or(i64::MAX)))
}

const BUCKETS: &[Body] = &[
    Body { symbol: "pg_width_bucket_float8", run: float_bucket },
    Body { symbol: "pg_width_bucket_numeric", run: numeric_bucket },
    Body { symbol: "pg_width_bucket_array", run: threshold_bucket },
];

pub(super) static BODIES: &[&[Body]] = &[INTEGERS, NUMERICS, BUCKETS];
