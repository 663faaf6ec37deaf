//! Functions over doubles, with PostgreSQL's errors where a result is no number of their range.

use algebra::value::{Value, ValueError};
use ring::rand::{SecureRandom, SystemRandom};

use super::super::arithmetic::float_power;
use super::super::{Arguments, Body};

type Answer = Result<Value, ValueError>;

fn plain(row: &Arguments<'_>, compute: fn(f64) -> f64) -> Answer {
    Ok(Value::Float(compute(row.float(0)?)))
}

/// A result that became infinite out of a finite operand is out of range.
fn bounded(operand: f64, result: f64) -> Answer {
    if result.is_infinite() && operand.is_finite() {
        return Err(ValueError::new("22003", "value out of range: overflow"));
    }
    Ok(Value::Float(result))
}

fn input_out_of_range() -> ValueError {
    ValueError::new("22003", "input is out of range")
}

fn sign(value: f64) -> f64 {
    if value > 0.0 {
        1.0
    } else if value < 0.0 {
        -1.0
    } else {
        0.0
    }
}

fn square_root(row: &Arguments<'_>) -> Answer {
    let value = row.float(0)?;
    if value < 0.0 {
        return Err(ValueError::new("2201F", "cannot take square root of a negative number"));
    }
    Ok(Value::Float(value.sqrt()))
}

fn exponential(row: &Arguments<'_>) -> Answer {
    let value = row.float(0)?;
    let result = value.exp();
    if result == 0.0 && value.is_finite() {
        return Err(ValueError::new("22003", "value out of range: underflow"));
    }
    bounded(value, result)
}

fn logarithm(row: &Arguments<'_>, compute: fn(f64) -> f64) -> Answer {
    let value = row.float(0)?;
    if value == 0.0 {
        return Err(ValueError::new("2201E", "cannot take logarithm of zero"));
    }
    if value < 0.0 {
        return Err(ValueError::new("2201E", "cannot take logarithm of a negative number"));
    }
    Ok(Value::Float(compute(value)))
}

/// Of an infinite angle there is no sine.
fn of_angle(row: &Arguments<'_>, compute: fn(f64) -> f64) -> Answer {
    let angle = row.float(0)?;
    if angle.is_infinite() {
        return Err(input_out_of_range());
    }
    Ok(Value::Float(compute(angle)))
}

fn to_angle(row: &Arguments<'_>, compute: fn(f64) -> f64) -> Answer {
    let value = row.float(0)?;
    if value.abs() > 1.0 {
        return Err(input_out_of_range());
    }
    Ok(Value::Float(compute(value)))
}

fn area_cosine(row: &Arguments<'_>) -> Answer {
    let value = row.float(0)?;
    if value < 1.0 {
        return Err(input_out_of_range());
    }
    Ok(Value::Float(value.acosh()))
}

/// Half open, with the 53 bits that a double has.
fn random(_: &Arguments<'_>) -> Answer {
    let mut bytes = [0; 8];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| ValueError::new("XX000", "could not generate random values"))?;
    Ok(Value::Float((u64::from_le_bytes(bytes) >> 11) as f64 / (1u64 << 53) as f64))
}

pub(super) static BODIES: &[Body] = &[
    Body { symbol: "pg_abs_float4", run: |row| plain(row, f64::abs) },
    Body { symbol: "pg_abs_float8", run: |row| plain(row, f64::abs) },
    Body { symbol: "pg_sign_float8", run: |row| plain(row, sign) },
    Body { symbol: "pg_ceil_float8", run: |row| plain(row, f64::ceil) },
    Body { symbol: "pg_ceiling_float8", run: |row| plain(row, f64::ceil) },
    Body { symbol: "pg_floor_float8", run: |row| plain(row, f64::floor) },
    Body { symbol: "pg_round_float8", run: |row| plain(row, f64::round_ties_even) },
    Body { symbol: "pg_trunc_float8", run: |row| plain(row, f64::trunc) },
    Body { symbol: "pg_power_float8", run: float_power },
    Body { symbol: "pg_raise_float8", run: float_power },
    Body { symbol: "pg_sqrt_float8", run: square_root },
    Body { symbol: "pg_square_root", run: square_root },
    Body { symbol: "pg_cbrt", run: |row| plain(row, f64::cbrt) },
    Body { symbol: "pg_cube_root", run: |row| plain(row, f64::cbrt) },
    Body { symbol: "pg_exp_float8", run: exponential },
    Body { symbol: "pg_ln_float8", run: |row| logarithm(row, f64::ln) },
    Body { symbol: "pg_log_float8", run: |row| logarithm(row, f64::log10) },
    Body { symbol: "pg_log10_float8", run: |row| logarithm(row, f64::log10) },
    Body { symbol: "pg_pi", run: |_| Ok(Value::Float(std::f64::consts::PI)) },
    Body {
        symbol: "pg_degrees",
        run: |row| bounded(row.float(0)?, row.float(0)? / (std::f64::consts::PI / 180.0)),
    },
    Body { symbol: "pg_radians", run: |row| plain(row, |angle| angle * (std::f64::consts::PI / 180.0)) },
    Body { symbol: "pg_sin", run: |row| of_angle(row, f64::sin) },
    Body { symbol: "pg_cos", run: |row| of_angle(row, f64::cos) },
    Body { symbol: "pg_tan", run: |row| of_angle(row, f64::tan) },
    Body { symbol: "pg_cot", run: |row| of_angle(row, |angle| 1.0 / angle.tan()) },
    Body { symbol: "pg_asin", run: |row| to_angle(row, f64::asin) },
    Body { symbol: "pg_acos", run: |row| to_angle(row, f64::acos) },
    Body { symbol: "pg_atan", run: |row| plain(row, f64::atan) },
    Body { symbol: "pg_atan2", run: |row| Ok(Value::Float(row.float(0)?.atan2(row.float(1)?))) },
    Body { symbol: "pg_sinh", run: |row| plain(row, f64::sinh) },
    Body { symbol: "pg_cosh", run: |row| plain(row, f64::cosh) },
    Body { symbol: "pg_tanh", run: |row| plain(row, f64::tanh) },
    Body { symbol: "pg_asinh", run: |row| plain(row, f64::asinh) },
    Body { symbol: "pg_acosh", run: area_cosine },
    Body { symbol: "pg_atanh", run: |row| to_angle(row, f64::atanh) },
    Body { symbol: "pg_random", run: random },
];
