//! Sums, products, quotients and rounding, with PostgreSQL's result scales.
//!
//! **Must not:** parse or print.

use num_bigint::{BigInt, Sign};

use super::{DISPLAY_SCALE_MAX, Decimal, Numeric, SIGNIFICANT_DIGITS_MIN, digits};
use crate::value::ValueError;

/// Rounding to a scale stops at this many digits on either side, as PostgreSQL's does.
const ROUND_SCALE_MAX: i64 = 2_000;

impl Numeric {
    /// A whole number.
    pub fn from_integer(value: i64) -> Self {
        Self::Finite(Decimal { unscaled: BigInt::from(value), scale: 0 })
    }

    /// `value / 10^scale` with that scale.
    pub fn from_scaled(value: i64, scale: u32) -> Self {
        Self::Finite(Decimal { unscaled: BigInt::from(value), scale })
    }

    /// `a + b`.
    pub fn add(&self, other: &Self) -> Result<Self, ValueError> {
        match (self, other) {
            (Self::Finite(left), Self::Finite(right)) => left.add(right).checked().map(Self::Finite),
            (Self::NaN, _) | (_, Self::NaN) => Ok(Self::NaN),
            (Self::Infinity, Self::NegativeInfinity) | (Self::NegativeInfinity, Self::Infinity) => {
                Ok(Self::NaN)
            }
            (Self::Finite(_), infinite) | (infinite, _) => Ok(infinite.clone()),
        }
    }

    /// `a - b`.
    pub fn subtract(&self, other: &Self) -> Result<Self, ValueError> {
        self.add(&other.negate())
    }

    /// `a * b`.
    pub fn multiply(&self, other: &Self) -> Result<Self, ValueError> {
        match (self, other) {
            (Self::Finite(left), Self::Finite(right)) => left.multiply(right).checked().map(Self::Finite),
            _ => Ok(Self::infinite_of_sign(self.sign_product(other))),
        }
    }

    /// `a / b`.
    pub fn divide(&self, other: &Self) -> Result<Self, ValueError> {
        match (self, other) {
            (Self::NaN, _) | (_, Self::NaN) => Ok(Self::NaN),
            (_, Self::Finite(divisor)) if divisor.is_zero() => Err(ValueError::division_by_zero()),
            (Self::Finite(left), Self::Finite(right)) => {
                left.divide(right, left.division_scale(right)).checked().map(Self::Finite)
            }
            (Self::Finite(_), _) => Ok(Self::from_integer(0)),
            (_, Self::Finite(_)) => Ok(Self::infinite_of_sign(self.sign_product(other))),
            _ => Ok(Self::NaN),
        }
    }

    /// `a % b`: the sign of the dividend.
    pub fn modulo(&self, other: &Self) -> Result<Self, ValueError> {
        match (self, other) {
            (Self::NaN, _) | (_, Self::NaN) => Ok(Self::NaN),
            (_, Self::Finite(divisor)) if divisor.is_zero() => Err(ValueError::division_by_zero()),
            (Self::Finite(left), Self::Finite(right)) => Ok(Self::Finite(left.modulo(right))),
            (Self::Finite(_), _) => Ok(self.clone()),
            _ => Ok(Self::NaN),
        }
    }

    /// `div(a, b)`: the quotient without its fraction.
    pub fn divide_whole(&self, other: &Self) -> Result<Self, ValueError> {
        match (self, other) {
            (Self::Finite(left), Self::Finite(right)) if !right.is_zero() => {
                let scale = left.scale.max(right.scale);
                let unscaled = left.at_scale(scale) / right.at_scale(scale);
                Ok(Self::Finite(Decimal { unscaled, scale: 0 }))
            }
            _ => self.divide(other),
        }
    }

    /// `-a`.
    #[must_use]
    pub fn negate(&self) -> Self {
        match self {
            Self::Finite(decimal) => Self::Finite(decimal.clone().negate()),
            Self::NaN => Self::NaN,
            Self::Infinity => Self::NegativeInfinity,
            Self::NegativeInfinity => Self::Infinity,
        }
    }

    /// `abs(a)`.
    #[must_use]
    pub fn absolute(&self) -> Self {
        if self.signum() < 0 { self.negate() } else { self.clone() }
    }

    /// `sign(a)`.
    #[must_use]
    pub fn sign(&self) -> Self {
        match self {
            Self::NaN => Self::NaN,
            _ => Self::from_integer(i64::from(self.signum())),
        }
    }

    /// `round(a, scale)`: half away from zero; a negative scale rounds before the point.
    #[must_use]
    pub fn round(&self, scale: i64) -> Self {
        self.map(|decimal| decimal.round(scale.clamp(-ROUND_SCALE_MAX, ROUND_SCALE_MAX)))
    }

    /// `trunc(a, scale)`.
    #[must_use]
    pub fn truncate(&self, scale: i64) -> Self {
        self.map(|decimal| decimal.truncate(scale.clamp(-ROUND_SCALE_MAX, ROUND_SCALE_MAX)))
    }

    /// `ceil(a)`.
    #[must_use]
    pub fn ceiling(&self) -> Self {
        self.map(|decimal| decimal.toward(Sign::Plus))
    }

    /// `floor(a)`.
    #[must_use]
    pub fn floor(&self) -> Self {
        self.map(|decimal| decimal.toward(Sign::Minus))
    }

    /// `trim_scale(a)`: without trailing zeros.
    #[must_use]
    pub fn trim_scale(&self) -> Self {
        self.map(|decimal| {
            let mut trimmed = decimal.clone();
            while trimmed.scale > 0 && (&trimmed.unscaled % 10u8) == BigInt::ZERO {
                trimmed.unscaled /= 10u8;
                trimmed.scale -= 1;
            }
            trimmed
        })
    }

    /// `scale(a)`: digits after the point; nothing for what is not finite.
    pub fn scale(&self) -> Option<u32> {
        match self {
            Self::Finite(decimal) => Some(decimal.scale),
            _ => None,
        }
    }

    /// Whether this is zero.
    pub fn is_zero(&self) -> bool {
        matches!(self, Self::Finite(decimal) if decimal.is_zero())
    }

    /// -1, 0 or 1; 0 for `NaN`.
    pub(super) fn signum(&self) -> i8 {
        match self {
            Self::Finite(decimal) => decimal.signum(),
            Self::NaN => 0,
            Self::Infinity => 1,
            Self::NegativeInfinity => -1,
        }
    }

    fn map(&self, change: impl FnOnce(&Decimal) -> Decimal) -> Self {
        match self {
            Self::Finite(decimal) => Self::Finite(change(decimal)),
            other => other.clone(),
        }
    }

    fn sign_product(&self, other: &Self) -> i8 {
        self.signum() * other.signum()
    }

    /// The infinity of a sign; infinity times zero is not a number.
    fn infinite_of_sign(sign: i8) -> Self {
        match sign {
            1 => Self::Infinity,
            -1 => Self::NegativeInfinity,
            _ => Self::NaN,
        }
    }
}

impl Decimal {
    pub(super) fn is_zero(&self) -> bool {
        self.unscaled.sign() == Sign::NoSign
    }

    pub(super) fn signum(&self) -> i8 {
        match self.unscaled.sign() {
            Sign::Minus => -1,
            Sign::NoSign => 0,
            Sign::Plus => 1,
        }
    }

    pub(super) fn negate(self) -> Self {
        Self { unscaled: -self.unscaled, scale: self.scale }
    }

    /// The unscaled integer at a scale that is not smaller than its own.
    pub(super) fn at_scale(&self, scale: u32) -> BigInt {
        match scale.saturating_sub(self.scale) {
            0 => self.unscaled.clone(),
            more => &self.unscaled * digits::power_of_ten(more),
        }
    }

    pub(super) fn add(&self, other: &Self) -> Self {
        let scale = self.scale.max(other.scale);
        Self { unscaled: self.at_scale(scale) + other.at_scale(scale), scale }
    }

    pub(super) fn multiply(&self, other: &Self) -> Self {
        Self { unscaled: &self.unscaled * &other.unscaled, scale: self.scale + other.scale }
    }

    fn modulo(&self, other: &Self) -> Self {
        let scale = self.scale.max(other.scale);
        Self { unscaled: self.at_scale(scale) % other.at_scale(scale), scale }
    }

    /// The scale of a quotient: at least 16 significant digits, and no fewer decimals than either operand.
    pub(super) fn division_scale(&self, other: &Self) -> u32 {
        let (left, right) = (self.leading(), other.leading());
        let quotient_weight = left.weight - right.weight - i64::from(left.first <= right.first);
        let scale = SIGNIFICANT_DIGITS_MIN - quotient_weight * 4;
        clamp_scale(scale, &[self, other])
    }

    pub(super) fn divide(&self, other: &Self, scale: u32) -> Self {
        // (a / 10^s) / (b / 10^t) = a * 10^(t + scale) / (b * 10^s), counted in units of 10^-scale.
        let up = i64::from(other.scale) + i64::from(scale) - i64::from(self.scale);
        let shift = digits::power_of_ten(u32::try_from(up.unsigned_abs()).unwrap_or(0));
        let unscaled = if up >= 0 {
            digits::divide_rounded(&(&self.unscaled * shift), &other.unscaled)
        } else {
            digits::divide_rounded(&self.unscaled, &(&other.unscaled * shift))
        };
        Self { unscaled, scale }
    }

    pub(super) fn round(&self, scale: i64) -> Self {
        self.rescale(scale, digits::divide_rounded)
    }

    fn truncate(&self, scale: i64) -> Self {
        self.rescale(scale, |dividend, divisor| dividend / divisor)
    }

    /// Changes the scale, dropping digits with the given division. A negative scale leaves scale 0.
    fn rescale(&self, scale: i64, divide: fn(&BigInt, &BigInt) -> BigInt) -> Self {
        let kept = u32::try_from(scale.max(0)).unwrap_or(0);
        let dropped = i64::from(self.scale) - scale;
        if dropped <= 0 {
            return Self { unscaled: self.at_scale(kept), scale: kept };
        }
        let divisor = digits::power_of_ten(u32::try_from(dropped).unwrap_or(u32::MAX));
        let unscaled = divide(&self.unscaled, &divisor);
        if scale >= 0 {
            return Self { unscaled, scale: kept };
        }
        let zeros = u32::try_from(scale.unsigned_abs()).unwrap_or(0);
        Self { unscaled: unscaled * digits::power_of_ten(zeros), scale: 0 }
    }

    /// The next whole number toward an infinity.
    fn toward(&self, direction: Sign) -> Self {
        let mut whole = self.truncate(0);
        let has_fraction = whole.at_scale(self.scale) != self.unscaled;
        if has_fraction && self.unscaled.sign() == direction {
            whole.unscaled += i32::from(self.signum());
        }
        whole
    }
}

/// A scale between 0 and 1000 that keeps the decimals of the operands.
pub(super) fn clamp_scale(scale: i64, operands: &[&Decimal]) -> u32 {
    let scale = operands.iter().fold(scale, |scale, operand| scale.max(i64::from(operand.scale)));
    u32::try_from(scale.clamp(0, DISPLAY_SCALE_MAX)).unwrap_or(0)
}
