//! Roots, logarithms, exponentials and powers, rounded to the scales that PostgreSQL chooses.
//!
//! Computed in fixed point with guard digits, so that the rounded result is the nearest at its scale.
//! **Must not:** let binary floating point into a result; it only estimates sizes.

use num_bigint::BigInt;

use super::{Decimal, Numeric, SIGNIFICANT_DIGITS_MIN, WEIGHT_DIGITS_MAX, arithmetic, digits};
use crate::value::ValueError;

/// Digits computed beyond those that are kept.
const GUARD_DIGITS: u32 = 12;
/// `log10(e)`.
const LOG10_E: f64 = std::f64::consts::LOG10_E;
/// The decimal weight beyond which PostgreSQL refuses an exponential without computing it.
const EXPONENTIAL_WEIGHT_MAX: f64 = 6_000.0;
/// Up to this many digits a whole power is multiplied out exactly.
const EXACT_POWER_DIGITS_MAX: usize = 6_000;
/// A power that is not whole is refused beyond this decimal weight: its logarithm would need as many digits.
const GENERAL_POWER_WEIGHT_MAX: f64 = 6_000.0;

impl Numeric {
    /// `sqrt(a)`.
    pub fn square_root(&self) -> Result<Self, ValueError> {
        if self.signum() < 0 {
            return Err(ValueError::new("2201F", "cannot take square root of a negative number"));
        }
        match self {
            Self::Finite(decimal) => Ok(Self::Finite(decimal.square_root(decimal.root_scale()))),
            other => Ok(other.clone()),
        }
    }

    /// `exp(a)`.
    pub fn exponential(&self) -> Result<Self, ValueError> {
        match self {
            Self::Finite(decimal) => decimal.exponential().map(Self::Finite),
            Self::NegativeInfinity => Ok(Self::from_integer(0)),
            other => Ok(other.clone()),
        }
    }

    /// `ln(a)`.
    pub fn natural_logarithm(&self) -> Result<Self, ValueError> {
        self.check_logarithm()?;
        match self {
            Self::Finite(decimal) => {
                let scale = SIGNIFICANT_DIGITS_MIN - decimal.logarithm_weight();
                let scale = arithmetic::clamp_scale(scale, &[decimal]);
                Ok(Self::Finite(decimal.logarithm(scale)))
            }
            other => Ok(other.clone()),
        }
    }

    /// `log(base, a)`.
    pub fn logarithm(&self, base: &Self) -> Result<Self, ValueError> {
        base.check_logarithm()?;
        self.check_logarithm()?;
        match (base, self) {
            (Self::NaN, _) | (_, Self::NaN) => Ok(Self::NaN),
            (Self::Finite(base), Self::Finite(number)) => number.logarithm_to(base).map(Self::Finite),
            (Self::Finite(_), _) => Ok(Self::Infinity),
            (_, Self::Finite(_)) => Ok(Self::from_integer(0)),
            _ => Ok(Self::NaN),
        }
    }

    /// `power(a, b)`.
    pub fn power(&self, exponent: &Self) -> Result<Self, ValueError> {
        let one = |value: &Self| super::compare(&value.to_string(), "1").is_eq();
        match (self, exponent) {
            (_, power) if power.is_zero() => match self {
                Self::Finite(base) => {
                    base.power(&Decimal { unscaled: BigInt::ZERO, scale: 0 }).map(Self::Finite)
                }
                _ => Ok(Self::from_integer(1)),
            },
            (Self::NaN, _) => Ok(Self::NaN),
            (base, Self::NaN) => Ok(if one(base) { Self::from_integer(1) } else { Self::NaN }),
            (Self::Finite(base), Self::Finite(power)) => base.power(power).map(Self::Finite),
            (base, Self::Finite(power)) => Ok(base.infinite_power(power)),
            (base, infinite) => base.power_to_infinity(infinite.signum() > 0),
        }
    }

    fn check_logarithm(&self) -> Result<(), ValueError> {
        if self.signum() < 0 {
            return Err(ValueError::new("2201E", "cannot take logarithm of a negative number"));
        }
        if self.is_zero() {
            return Err(ValueError::new("2201E", "cannot take logarithm of zero"));
        }
        Ok(())
    }

    /// A power of an infinity.
    fn infinite_power(&self, power: &Decimal) -> Self {
        if power.signum() < 0 {
            return Self::from_integer(0);
        }
        let odd = power.whole_exponent().is_some_and(|whole| whole % 2 != 0);
        if self.signum() < 0 && odd { Self::NegativeInfinity } else { Self::Infinity }
    }

    /// A number to the power of an infinity.
    fn power_to_infinity(&self, positive: bool) -> Result<Self, ValueError> {
        if self.is_zero() && !positive {
            return Err(ValueError::new("2201F", "zero raised to a negative power is undefined"));
        }
        let order = super::compare(&self.absolute().to_string(), "1");
        Ok(match (order, positive) {
            (std::cmp::Ordering::Equal, _) => Self::from_integer(1),
            (std::cmp::Ordering::Greater, true) | (std::cmp::Ordering::Less, false) => Self::Infinity,
            _ => Self::from_integer(0),
        })
    }
}

impl Decimal {
    /// The scale that `sqrt` chooses: 16 significant digits, no fewer decimals than the operand.
    fn root_scale(&self) -> u32 {
        let root_weight = self.leading().weight * 2 + 1;
        arithmetic::clamp_scale(SIGNIFICANT_DIGITS_MIN - root_weight, &[self])
    }

    /// The square root at a scale, rounded half up.
    pub(super) fn square_root(&self, scale: u32) -> Self {
        // With units of 10^-scale: round(sqrt(v * 10^(2 scale))) = (floor(sqrt(4 v 10^(2 scale))) + 1) / 2.
        let up = 2 * i64::from(scale) - i64::from(self.scale);
        let shift = digits::power_of_ten(u32::try_from(up.unsigned_abs()).unwrap_or(0));
        let scaled: BigInt = &self.unscaled * 4u8;
        let radicand = if up >= 0 { scaled * shift } else { scaled / shift };
        Self { unscaled: (radicand.sqrt() + 1u8) / 2u8, scale }
    }

    fn exponential(&self) -> Result<Self, ValueError> {
        let weight = self.estimate() * LOG10_E;
        let scale = SIGNIFICANT_DIGITS_MIN - truncated(weight.clamp(-2_000.0, 2_000.0));
        let scale = arithmetic::clamp_scale(scale, &[self]);
        self.exponential_at(scale, weight)
    }

    fn exponential_at(&self, scale: u32, weight: f64) -> Result<Self, ValueError> {
        if weight.abs() >= EXPONENTIAL_WEIGHT_MAX {
            if weight > 0.0 {
                return Err(overflow());
            }
            return Ok(Self { unscaled: BigInt::ZERO, scale });
        }
        let before_point = u32::try_from(truncated(weight.max(0.0))).unwrap_or(0);
        let precision = scale + before_point + GUARD_DIGITS;
        let result = fixed::exponential(&self.fixed(precision), precision);
        Ok(Self { unscaled: result, scale: precision }.round(i64::from(scale)))
    }

    fn logarithm(&self, scale: u32) -> Self {
        let precision = scale + GUARD_DIGITS;
        let unscaled = fixed::logarithm(&self.unscaled, self.scale, precision);
        Self { unscaled, scale: precision }.round(i64::from(scale))
    }

    fn logarithm_to(&self, base: &Self) -> Result<Self, ValueError> {
        let weight = self.logarithm_weight() - base.logarithm_weight();
        let scale = arithmetic::clamp_scale(SIGNIFICANT_DIGITS_MIN - weight, &[self, base]);
        let small = (-base.logarithm_weight()).max(0).unsigned_abs();
        let precision = scale + 2 * GUARD_DIGITS + u32::try_from(small * 2).unwrap_or(0);
        let divisor = base.logarithm(precision);
        if divisor.is_zero() {
            return Err(ValueError::division_by_zero());
        }
        Ok(self.logarithm(precision).divide(&divisor, scale))
    }

    /// PostgreSQL's estimate of the decimal weight of the natural logarithm.
    fn logarithm_weight(&self) -> i64 {
        let one = Self { unscaled: BigInt::from(1u8), scale: 0 };
        let distance = self.add(&one.negate());
        if distance.estimate().abs() <= 0.1 + 1e-12 {
            if distance.is_zero() {
                return 0;
            }
            let leading = distance.leading();
            return leading.weight * 4 + i64::from(leading.first.max(1).ilog10());
        }
        let leading = self.leading();
        let (digits, weight) = match leading.second {
            Some(second) => (leading.first * 10_000 + second, leading.weight * 4 - 4),
            None => (leading.first, leading.weight * 4),
        };
        let logarithm = f64::from(digits).ln() + weight as f64 * std::f64::consts::LN_10;
        truncated(logarithm.abs().log10())
    }

    fn power(&self, exponent: &Self) -> Result<Self, ValueError> {
        if self.is_zero() && exponent.signum() < 0 {
            return Err(ValueError::new("2201F", "zero raised to a negative power is undefined"));
        }
        if let Some(whole) = exponent.whole_exponent() {
            let scale = arithmetic::clamp_scale(SIGNIFICANT_DIGITS_MIN, &[self]);
            return self.whole_power(whole, scale);
        }
        if self.signum() < 0 {
            let message = "a negative number raised to a non-integer power yields a complex result";
            return Err(ValueError::new("2201F", message));
        }
        if self.is_zero() {
            return Ok(Self { unscaled: BigInt::ZERO, scale: 16 });
        }
        let weight = self.logarithm(20).estimate() * exponent.estimate() * LOG10_E;
        let scale = SIGNIFICANT_DIGITS_MIN - truncated(weight.clamp(-2_000.0, 2_000.0));
        self.general_power(exponent, arithmetic::clamp_scale(scale, &[self, exponent]))
    }

    /// A whole number that fits 32 bits.
    fn whole_exponent(&self) -> Option<i32> {
        let whole = self.round(0);
        (whole.at_scale(self.scale) == self.unscaled).then(|| i32::try_from(&whole.unscaled).ok())?
    }

    fn whole_power(&self, exponent: i32, scale: u32) -> Result<Self, ValueError> {
        if exponent == 0 {
            return Ok(Self { unscaled: digits::power_of_ten(scale), scale });
        }
        if self.is_zero() {
            return Ok(Self { unscaled: BigInt::ZERO, scale });
        }
        let times = exponent.unsigned_abs();
        let length = digits::digit_count(self.unscaled.magnitude());
        if length.saturating_mul(times as usize) <= EXACT_POWER_DIGITS_MAX
            && self.scale.saturating_mul(times) <= u32::MAX / 2
        {
            let exact = Self { unscaled: self.unscaled.pow(times), scale: self.scale * times };
            let one = Self { unscaled: BigInt::from(1u8), scale: 0 };
            return if exponent < 0 {
                one.divide(&exact, scale).checked()
            } else {
                exact.round(i64::from(scale)).checked()
            };
        }
        self.rounded_power(exponent, scale)
    }

    /// A whole power by squaring, where intermediate results keep no more digits than the result needs.
    fn rounded_power(&self, exponent: i32, scale: u32) -> Result<Self, ValueError> {
        let magnitude = if self.signum() < 0 { self.clone().negate() } else { self.clone() };
        let weight = magnitude.logarithm(20).estimate() * f64::from(exponent) * LOG10_E;
        if weight >= WEIGHT_DIGITS_MAX as f64 {
            return Err(overflow());
        }
        if weight < -f64::from(scale) - 2.0 {
            return Ok(Self { unscaled: BigInt::ZERO, scale });
        }
        let digits_kept = u64::from(scale + 3 * GUARD_DIGITS) + weight.abs() as u64;
        let mut power = Rounded { unscaled: BigInt::from(1u8), exponent: 0 };
        let mut square = Rounded { unscaled: self.unscaled.clone(), exponent: -i64::from(self.scale) };
        let mut times = exponent.unsigned_abs();
        while times > 0 {
            if times % 2 == 1 {
                power = power.multiply(&square, digits_kept);
            }
            times /= 2;
            if times > 0 {
                square = square.multiply(&square, digits_kept);
            }
        }
        let power = power.decimal();
        if exponent < 0 {
            let one = Self { unscaled: BigInt::from(1u8), scale: 0 };
            return one.divide(&power, scale).checked();
        }
        power.round(i64::from(scale)).checked()
    }

    /// `exp(exponent * ln(self))` of a positive number.
    fn general_power(&self, exponent: &Self, scale: u32) -> Result<Self, ValueError> {
        let weight = self.logarithm(20).estimate() * exponent.estimate() * LOG10_E;
        if weight >= WEIGHT_DIGITS_MAX as f64 {
            return Err(overflow());
        }
        if weight >= GENERAL_POWER_WEIGHT_MAX {
            return Err(ValueError::new("54000", "the result of power would have too many digits")
                .hint("Use a whole exponent, or double precision."));
        }
        if weight < -f64::from(scale) - 2.0 {
            return Ok(Self { unscaled: BigInt::ZERO, scale });
        }
        let before_point = u32::try_from(truncated(weight.max(0.0))).unwrap_or(0);
        let exponent_digits = digits::digit_count(exponent.round(0).unscaled.magnitude());
        let precision = scale + before_point + 2 * GUARD_DIGITS;
        let logarithm_scale = precision + u32::try_from(exponent_digits).unwrap_or(0);
        let product = self.logarithm(logarithm_scale).multiply(exponent);
        let result = fixed::exponential(&product.fixed(precision), precision);
        Self { unscaled: result, scale: precision }.round(i64::from(scale)).checked()
    }

    /// The number in units of `10^-precision`.
    fn fixed(&self, precision: u32) -> BigInt {
        self.round(i64::from(precision)).at_scale(precision)
    }
}

/// A number with a limited count of digits: `unscaled * 10^exponent`.
struct Rounded {
    unscaled: BigInt,
    exponent: i64,
}

impl Rounded {
    fn multiply(&self, other: &Self, digits_kept: u64) -> Self {
        /// A little less than `log10(2)`, so that never too many digits are dropped.
        const DIGITS_A_BIT: f64 = 0.301;
        let unscaled = &self.unscaled * &other.unscaled;
        let exponent = self.exponent + other.exponent;
        let count = (unscaled.bits() as f64 * DIGITS_A_BIT) as u64;
        let dropped = u32::try_from(count.saturating_sub(digits_kept)).unwrap_or(0);
        Self { unscaled: unscaled / digits::power_of_ten(dropped), exponent: exponent + i64::from(dropped) }
    }

    fn decimal(self) -> Decimal {
        match u32::try_from(-self.exponent) {
            Ok(scale) => Decimal { unscaled: self.unscaled, scale },
            Err(_) => {
                let zeros = u32::try_from(self.exponent).unwrap_or(0);
                Decimal { unscaled: self.unscaled * digits::power_of_ten(zeros), scale: 0 }
            }
        }
    }
}

/// Toward zero, as a C cast.
fn truncated(value: f64) -> i64 {
    value as i64
}

fn overflow() -> ValueError {
    ValueError::new("22003", "value overflows numeric format")
}

/// Series in fixed point: integers in units of `10^-precision`.
mod fixed {
    use num_bigint::BigInt;

    use crate::numeric::digits::power_of_ten;

    /// `exp(x)`, positive or negative.
    pub(super) fn exponential(x: &BigInt, precision: u32) -> BigInt {
        // Powers of two are taken out of x, then halves, so that the series is short.
        const HALVINGS: u32 = 8;
        let working = precision + HALVINGS + 6;
        let unit = power_of_ten(working);
        let x = x * power_of_ten(working - precision);
        let ln2 = ln2(working + 8) / power_of_ten(8);
        let twos = &x / &ln2;
        let reduced: BigInt = (&x - &twos * &ln2) >> HALVINGS;
        let mut sum = &unit + &reduced;
        let mut term = reduced.clone();
        let mut n = 2u32;
        while term != BigInt::ZERO {
            term = &term * &reduced / (&unit * n);
            sum += &term;
            n += 1;
            if term == BigInt::from(-1) {
                break;
            }
        }
        for _ in 0..HALVINGS {
            sum = &sum * &sum / &unit;
        }
        let shift = i64::try_from(&twos).unwrap_or(0);
        let sum = if shift >= 0 { sum << shift.unsigned_abs() } else { sum >> shift.unsigned_abs() };
        sum / power_of_ten(working - precision)
    }

    /// `ln(unscaled / 10^scale)` of a positive number.
    pub(super) fn logarithm(unscaled: &BigInt, scale: u32, precision: u32) -> BigInt {
        let working = precision + 10;
        let unit = power_of_ten(working);
        let divisor = power_of_ten(scale);
        // The mantissa lies between 2/3 and 4/3 after `twos` halvings.
        let mut twos =
            i64::try_from(unscaled.bits()).unwrap_or(0) - i64::try_from(divisor.bits()).unwrap_or(0);
        let scaled_by = |twos: i64| -> BigInt {
            let numerator: BigInt = unscaled * &unit;
            if twos >= 0 {
                numerator / (&divisor << twos.unsigned_abs())
            } else {
                (numerator << twos.unsigned_abs()) / &divisor
            }
        };
        let mut mantissa = scaled_by(twos);
        if &mantissa * 3u8 > &unit * 4u8 {
            twos += 1;
            mantissa = scaled_by(twos);
        }
        let z = (&mantissa - &unit) * &unit / (&mantissa + &unit);
        let result: BigInt = inverse_tangent(&z, &unit) * 2u8 + ln2(working) * twos;
        result / power_of_ten(working - precision)
    }

    fn ln2(precision: u32) -> BigInt {
        let unit = power_of_ten(precision + 4);
        inverse_tangent(&(&unit / 3u8), &unit) * 2u8 / power_of_ten(4)
    }

    /// The inverse hyperbolic tangent by its series.
    fn inverse_tangent(z: &BigInt, unit: &BigInt) -> BigInt {
        let square = z * z / unit;
        let mut power = z.clone();
        let mut sum = z.clone();
        let mut n = 3u32;
        while power != BigInt::ZERO {
            power = &power * &square / unit;
            sum += &power / n;
            n += 2;
        }
        sum
    }
}
