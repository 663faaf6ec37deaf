//! Powers of ten, digit counts and PostgreSQL's base-10000 view of a decimal, which its result scales are defined by.
//!
//! **Must not:** know operations.

use num_bigint::{BigInt, BigUint};

use super::Decimal;

/// `10^exponent`.
pub(super) fn power_of_ten(exponent: u32) -> BigInt {
    if exponent <= 38 { BigInt::from(10i128.pow(exponent)) } else { BigInt::from(10u8).pow(exponent) }
}

/// How many decimal digits a magnitude has; zero has none.
pub(super) fn digit_count(magnitude: &BigUint) -> usize {
    if magnitude.bits() == 0 {
        return 0;
    }
    if let Ok(small) = u128::try_from(magnitude) {
        return usize::try_from(small.ilog10()).map_or(0, |log| log + 1);
    }
    magnitude.to_string().len()
}

/// Divides and rounds half away from zero.
pub(super) fn divide_rounded(dividend: &BigInt, divisor: &BigInt) -> BigInt {
    let doubled: BigUint = dividend.magnitude() << 1u8;
    let quotient = (doubled + divisor.magnitude()) / (divisor.magnitude() << 1u8);
    let negative =
        (dividend.sign() == num_bigint::Sign::Minus) != (divisor.sign() == num_bigint::Sign::Minus);
    let quotient = BigInt::from(quotient);
    if negative { -quotient } else { quotient }
}

/// The leading part of a decimal in base 10000.
pub(super) struct Leading {
    /// The exponent of the first base-10000 digit.
    pub(super) weight: i64,
    /// The first base-10000 digit.
    pub(super) first: u32,
    /// The second one, if the number has more than one without trailing zeros.
    pub(super) second: Option<u32>,
}

impl Decimal {
    /// The number as PostgreSQL's base-10000 digits begin it; weight 0 and digit 0 for zero.
    pub(super) fn leading(&self) -> Leading {
        let text = self.unscaled.magnitude().to_string();
        let significant = text.trim_end_matches('0');
        if significant.is_empty() {
            return Leading { weight: 0, first: 0, second: None };
        }
        let length = i64::try_from(text.len()).unwrap_or(i64::MAX);
        let exponent = length - 1 - i64::from(self.scale);
        let weight = exponent.div_euclid(4);
        let head = usize::try_from(exponent.rem_euclid(4)).unwrap_or(0) + 1;
        let group = |from: usize, size: usize| {
            let digits = significant.bytes().skip(from).chain(std::iter::repeat(b'0')).take(size);
            digits.fold(0u32, |value, digit| value * 10 + u32::from(digit - b'0'))
        };
        let second = (significant.len() > head).then(|| group(head, 4));
        Leading { weight, first: group(0, head), second }
    }

    /// A double near the number, for estimates.
    pub(super) fn estimate(&self) -> f64 {
        let text = self.unscaled.to_string();
        format!("{text}e-{}", self.scale).parse().unwrap_or(0.0)
    }
}
