//! Arithmetic over numbers: integers in their width, floats with PostgreSQL's range errors, `numeric` exactly.

use algebra::numeric::Numeric;
use algebra::value::{Value, ValueError};

use super::{Arguments, Body};

type Answer = Result<Value, ValueError>;

pub(super) static BODIES: &[&[Body]] = &[INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC];

/// An integer type: its name, bounds and bits.
pub(super) struct Width {
    name: &'static str,
    min: i64,
    max: i64,
    bits: i64,
}

pub(super) const SMALL: Width =
    Width { name: "smallint", min: i16::MIN as i64, max: i16::MAX as i64, bits: 16 };
pub(super) const PLAIN: Width =
    Width { name: "integer", min: i32::MIN as i64, max: i32::MAX as i64, bits: 32 };
pub(super) const BIG: Width = Width { name: "bigint", min: i64::MIN, max: i64::MAX, bits: 64 };

impl Width {
    fn fit(&self, value: Option<i64>) -> Answer {
        value
            .filter(|value| (self.min..=self.max).contains(value))
            .map(Value::Int)
            .ok_or_else(|| ValueError::out_of_range(self.name))
    }

    fn two(&self, row: &Arguments<'_>, compute: fn(i64, i64) -> Option<i64>) -> Answer {
        self.fit(compute(row.int(0)?, row.int(1)?))
    }

    pub(super) fn divided(&self, row: &Arguments<'_>, compute: fn(i64, i64) -> Option<i64>) -> Answer {
        if row.int(1)? == 0 {
            return Err(ValueError::division_by_zero());
        }
        self.two(row, compute)
    }

    pub(super) fn one(&self, row: &Arguments<'_>, compute: fn(i64) -> Option<i64>) -> Answer {
        self.fit(compute(row.int(0)?))
    }

    /// Shifts by the low bits of the distance, as the processor does and PostgreSQL with it; what falls off is lost.
    fn shifted(&self, row: &Arguments<'_>, left: bool) -> Answer {
        // A smallint is shifted as an integer and cut afterwards.
        let mask = self.bits.max(32) - 1;
        let distance = u32::try_from(row.int(1)? & mask).unwrap_or(0);
        let value = row.int(0)?;
        let shifted = if left { value.wrapping_shl(distance) } else { value.wrapping_shr(distance) };
        Ok(Value::Int(match self.bits {
            16 => i64::from(shifted as i16),
            32 => i64::from(shifted as i32),
            _ => shifted,
        }))
    }
}

macro_rules! integers {
    ($list:ident, $width:ident, $suffix:literal) => {
        const $list: &[Body] = &[
            Body { symbol: concat!("pg_add_", $suffix), run: |row| $width.two(row, i64::checked_add) },
            Body { symbol: concat!("pg_sub_", $suffix), run: |row| $width.two(row, i64::checked_sub) },
            Body { symbol: concat!("pg_mul_", $suffix), run: |row| $width.two(row, i64::checked_mul) },
            Body { symbol: concat!("pg_div_", $suffix), run: |row| $width.divided(row, i64::checked_div) },
            Body {
                symbol: concat!("pg_mod_", $suffix),
                run: |row| $width.divided(row, |a, b| Some(a.wrapping_rem(b))),
            },
            Body { symbol: concat!("pg_neg_", $suffix), run: |row| $width.one(row, i64::checked_neg) },
            Body { symbol: concat!("pg_plus_", $suffix), run: |row| $width.one(row, Some) },
            Body { symbol: concat!("pg_at_", $suffix), run: |row| $width.one(row, i64::checked_abs) },
            Body { symbol: concat!("pg_bitand_", $suffix), run: |row| $width.two(row, |a, b| Some(a & b)) },
            Body { symbol: concat!("pg_bitor_", $suffix), run: |row| $width.two(row, |a, b| Some(a | b)) },
            Body { symbol: concat!("pg_bitxor_", $suffix), run: |row| $width.two(row, |a, b| Some(a ^ b)) },
            Body { symbol: concat!("pg_bitnot_", $suffix), run: |row| $width.one(row, |a| Some(!a)) },
            Body { symbol: concat!("pg_shl_", $suffix), run: |row| $width.shifted(row, true) },
            Body { symbol: concat!("pg_shr_", $suffix), run: |row| $width.shifted(row, false) },
        ];
    };
}

integers!(INT2, SMALL, "int2");
integers!(INT4, PLAIN, "int4");
integers!(INT8, BIG, "int8");

/// A result that became infinite or zero out of operands that were not is out of range.
fn ranged(result: f64, operands: [f64; 2], may_be_zero: bool) -> Answer {
    if result.is_infinite() && operands.iter().all(|operand| operand.is_finite()) {
        return Err(ValueError::new("22003", "value out of range: overflow"));
    }
    if result == 0.0 && !may_be_zero {
        return Err(ValueError::new("22003", "value out of range: underflow"));
    }
    Ok(Value::Float(result))
}

/// Rounds to a single, which a `real` is.
fn single(value: f64) -> f64 {
    f64::from(value as f32)
}

fn same(value: f64) -> f64 {
    value
}

type Round = fn(f64) -> f64;

fn float_sum(row: &Arguments<'_>, round: Round, sign: f64) -> Answer {
    let (left, right) = (row.float(0)?, row.float(1)?);
    ranged(round(left + sign * right), [left, right], true)
}

fn float_product(row: &Arguments<'_>, round: Round) -> Answer {
    let (left, right) = (row.float(0)?, row.float(1)?);
    ranged(round(left * right), [left, right], left == 0.0 || right == 0.0)
}

fn float_quotient(row: &Arguments<'_>, round: Round) -> Answer {
    let (left, right) = (row.float(0)?, row.float(1)?);
    if right == 0.0 && !left.is_nan() {
        return Err(ValueError::division_by_zero());
    }
    ranged(round(left / right), [left, right], left == 0.0 || right.is_infinite())
}

pub(super) fn float_power(row: &Arguments<'_>) -> Answer {
    let (base, exponent) = (row.float(0)?, row.float(1)?);
    if base == 0.0 && exponent < 0.0 {
        return Err(ValueError::new("2201F", "zero raised to a negative power is undefined"));
    }
    if base < 0.0 && exponent.is_finite() && exponent.fract() != 0.0 {
        let text = "a negative number raised to a non-integer power yields a complex result";
        return Err(ValueError::new("2201F", text));
    }
    ranged(base.powf(exponent), [base, exponent], base == 0.0 || !base.is_finite() || !exponent.is_finite())
}

macro_rules! floats {
    ($list:ident, $round:ident, $suffix:literal $(, $more:expr)?) => {
        const $list: &[Body] = &[
            Body { symbol: concat!("pg_add_", $suffix), run: |row| float_sum(row, $round, 1.0) },
            Body { symbol: concat!("pg_sub_", $suffix), run: |row| float_sum(row, $round, -1.0) },
            Body { symbol: concat!("pg_mul_", $suffix), run: |row| float_product(row, $round) },
            Body { symbol: concat!("pg_div_", $suffix), run: |row| float_quotient(row, $round) },
            Body { symbol: concat!("pg_neg_", $suffix), run: |row| row.float(0).map(|x| Value::Float(-x)) },
            Body { symbol: concat!("pg_plus_", $suffix), run: |row| row.float(0).map(Value::Float) },
            Body { symbol: concat!("pg_at_", $suffix), run: |row| row.float(0).map(|x| Value::Float(x.abs())) },
            $($more,)?
        ];
    };
}

floats!(FLOAT4, single, "float4");
floats!(FLOAT8, same, "float8", Body { symbol: "pg_pow_float8", run: float_power });

pub(super) fn numerics(
    row: &Arguments<'_>,
    compute: fn(&Numeric, &Numeric) -> Result<Numeric, ValueError>,
) -> Answer {
    let (left, right) = (Numeric::parse(row.text(0)?)?, Numeric::parse(row.text(1)?)?);
    Ok(Value::Text(compute(&left, &right)?.to_string()))
}

pub(super) fn numeric(row: &Arguments<'_>, compute: fn(&Numeric) -> Numeric) -> Answer {
    Ok(Value::Text(compute(&Numeric::parse(row.text(0)?)?).to_string()))
}

const NUMERIC: &[Body] = &[
    Body { symbol: "pg_add_numeric", run: |row| numerics(row, Numeric::add) },
    Body { symbol: "pg_sub_numeric", run: |row| numerics(row, Numeric::subtract) },
    Body { symbol: "pg_mul_numeric", run: |row| numerics(row, Numeric::multiply) },
    Body { symbol: "pg_div_numeric", run: |row| numerics(row, Numeric::divide) },
    Body { symbol: "pg_mod_numeric", run: |row| numerics(row, Numeric::modulo) },
    Body { symbol: "pg_pow_numeric", run: |row| numerics(row, Numeric::power) },
    Body { symbol: "pg_neg_numeric", run: |row| numeric(row, Numeric::negate) },
    Body { symbol: "pg_plus_numeric", run: |row| numeric(row, Clone::clone) },
    Body { symbol: "pg_at_numeric", run: |row| numeric(row, Numeric::absolute) },
];
