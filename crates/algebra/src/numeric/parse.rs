//! Text to `numeric` and back, and the precision and scale of a column.
//!
//! **Must not:** compute.

use std::fmt;

use num_bigint::{BigInt, Sign};

use super::{Decimal, Numeric, SCALE_MAX, WEIGHT_DIGITS_MAX, digits};
use crate::value::ValueError;

impl Numeric {
    /// PostgreSQL's `numeric_in`.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let invalid = || ValueError::invalid_text("numeric", text);
        let body = text.trim_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']);
        let (negative, unsigned) = match body.as_bytes().first() {
            Some(b'-') => (true, &body[1..]),
            Some(b'+') => (false, &body[1..]),
            _ => (false, body),
        };
        match unsigned.as_bytes().first() {
            Some(b'0'..=b'9' | b'.') => {}
            _ if body.eq_ignore_ascii_case("nan") => return Ok(Self::NaN),
            _ if unsigned.eq_ignore_ascii_case("infinity") || unsigned.eq_ignore_ascii_case("inf") => {
                return Ok(if negative { Self::NegativeInfinity } else { Self::Infinity });
            }
            _ => return Err(invalid()),
        }
        let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
            Some(at) => (&unsigned[..at], exponent(&unsigned[at + 1..]).ok_or_else(invalid)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !is_digits(whole) || !is_digits(fraction) {
            return Err(invalid());
        }
        Decimal::from_digits(whole, fraction, exponent)
            .map(|decimal| Self::Finite(if negative { decimal.negate() } else { decimal }))
    }

    /// Rounds to a column's precision and scale and checks that the number fits.
    pub fn fit(self, precision: u16, scale: i16) -> Result<Self, ValueError> {
        let overflow = |limit: String| ValueError::new("22003", "numeric field overflow").detail(limit);
        let Self::Finite(decimal) = self else {
            return match self {
                Self::NaN => Ok(Self::NaN),
                _ => Err(overflow(format!(
                    "A field with precision {precision}, scale {scale} cannot hold an infinite value."
                ))),
            };
        };
        let rounded = decimal.round(i64::from(scale));
        let digits_max = i64::from(precision) - i64::from(scale);
        let length = i64::try_from(digits::digit_count(rounded.unscaled.magnitude())).unwrap_or(i64::MAX);
        if length > 0 && length - i64::from(rounded.scale) > digits_max {
            let limit = if digits_max == 0 { "1".to_owned() } else { format!("10^{digits_max}") };
            return Err(overflow(format!(
                "A field with precision {precision}, scale {scale} must round to an absolute value less than {limit}."
            )));
        }
        Ok(Self::Finite(rounded))
    }
}

/// The exponent of scientific notation: an optional sign and digits. A huge one saturates; the range check refuses it.
fn exponent(text: &str) -> Option<i64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned.is_empty() || !unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let magnitude = unsigned.parse::<i64>().map_or(1_000_000_000, |value| value.min(1_000_000_000));
    Some(if text.starts_with('-') { -magnitude } else { magnitude })
}

impl Decimal {
    /// A decimal of a mantissa and a power of ten, refused when PostgreSQL's format cannot hold it.
    pub(super) fn from_digits(whole: &str, fraction: &str, exponent: i64) -> Result<Self, ValueError> {
        let fraction_length = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
        let scale = (fraction_length - exponent).max(0);
        let zeros = (exponent - fraction_length).max(0);
        let whole_significant = whole.trim_start_matches('0');
        let too_large = zeros.unsigned_abs() > 150_000 || whole_significant.len() > 150_000;
        let nothing = whole_significant.is_empty() && fraction.bytes().all(|byte| byte == b'0');
        if (too_large && !nothing) || scale > i64::from(SCALE_MAX) {
            return Err(overflow());
        }
        let scale = u32::try_from(scale).map_err(|_| overflow())?;
        if nothing {
            return Ok(Self { unscaled: BigInt::ZERO, scale });
        }
        let unscaled = unscaled_of(whole_significant, fraction);
        let zeros = u32::try_from(zeros).map_err(|_| overflow())?;
        let unscaled = if zeros == 0 { unscaled } else { unscaled * digits::power_of_ten(zeros) };
        Self { unscaled, scale }.checked()
    }

    /// Refuses a number beyond PostgreSQL's format; rounds away digits beyond its largest scale.
    pub(super) fn checked(self) -> Result<Self, ValueError> {
        let decimal = if self.scale > SCALE_MAX { self.round(i64::from(SCALE_MAX)) } else { self };
        let bits_max = (WEIGHT_DIGITS_MAX as u64) * 3;
        if decimal.unscaled.bits() > bits_max {
            let length = digits::digit_count(decimal.unscaled.magnitude());
            if length.saturating_sub(decimal.scale as usize) > WEIGHT_DIGITS_MAX {
                return Err(overflow());
            }
        }
        Ok(decimal)
    }
}

fn unscaled_of(whole: &str, fraction: &str) -> BigInt {
    if whole.len() + fraction.len() <= 38 {
        let digits = whole.bytes().chain(fraction.bytes());
        return BigInt::from(digits.fold(0i128, |value, digit| value * 10 + i128::from(digit - b'0')));
    }
    let joined = [whole, fraction].concat();
    BigInt::parse_bytes(joined.as_bytes(), 10).unwrap_or_default()
}

fn overflow() -> ValueError {
    ValueError::new("22003", "value overflows numeric format")
}

impl fmt::Display for Numeric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Finite(decimal) => decimal.fmt(f),
            Self::NaN => f.write_str("NaN"),
            Self::Infinity => f.write_str("Infinity"),
            Self::NegativeInfinity => f.write_str("-Infinity"),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = itoa::Buffer::new();
        let large;
        let magnitude = match u128::try_from(self.unscaled.magnitude()) {
            Ok(small) => buffer.format(small),
            Err(_) => {
                large = self.unscaled.magnitude().to_string();
                &large
            }
        };
        if self.unscaled.sign() == Sign::Minus {
            f.write_str("-")?;
        }
        let scale = self.scale as usize;
        if scale == 0 {
            return f.write_str(magnitude);
        }
        match magnitude.len().checked_sub(scale) {
            Some(point) if point > 0 => write!(f, "{}.{}", &magnitude[..point], &magnitude[point..]),
            _ => write!(f, "0.{magnitude:0>scale$}"),
        }
    }
}
