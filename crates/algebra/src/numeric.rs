//! PostgreSQL's `numeric`: exact decimals with a display scale, `NaN` and the infinities.
//!
//! The stored form is the text PostgreSQL prints: `1.50` keeps its scale and differs from `1.5` in text, not in value.
//! **Must not:** go through binary floating point, except for estimates that only choose a scale.

use num_bigint::BigInt;

mod aggregate;
mod arithmetic;
mod cast;
mod compare;
mod digits;
mod parse;
mod transcendental;
mod template;
mod to_char;
mod from_char;

pub use aggregate::{Population, Sum};
pub use cast::{float4_to_numeric, float8_to_numeric};
pub use compare::compare;

/// The most digits before the decimal point.
const WEIGHT_DIGITS_MAX: usize = 131_072;
/// The most digits after the decimal point.
const SCALE_MAX: u32 = 16_383;
/// The largest scale that a division or a root chooses by itself.
const DISPLAY_SCALE_MAX: i64 = 1_000;
/// The significant digits that a division or a root gives at least.
const SIGNIFICANT_DIGITS_MIN: i64 = 16;

/// A `numeric` value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Numeric {
    /// A number.
    Finite(Decimal),
    /// Not a number; equal to itself and above all others.
    NaN,
    /// Above all numbers.
    Infinity,
    /// Below all numbers.
    NegativeInfinity,
}

/// A finite decimal: `unscaled / 10^scale`. Derived equality is of the text; [`compare`] is of the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    unscaled: BigInt,
    scale: u32,
}

#[cfg(test)]
mod tests;
