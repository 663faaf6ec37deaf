//! Intervals added, scaled and justified.
//!
//! **Must not:** touch dates.

use super::{Interval, MONTH_DAYS};
use crate::datetime::{DAY_MICROS, SECOND_MICROS};
use crate::value::ValueError;

fn out_of_range() -> ValueError {
    ValueError::new("22008", "interval out of range")
}

impl Interval {
    /// `a + b`, part by part.
    pub fn plus(self, other: Self) -> Result<Self, ValueError> {
        let sum = || {
            Some(Self {
                months: self.months.checked_add(other.months)?,
                days: self.days.checked_add(other.days)?,
                micros: self.micros.checked_add(other.micros)?,
            })
        };
        sum().ok_or_else(out_of_range)
    }

    /// `a - b`.
    pub fn minus(self, other: Self) -> Result<Self, ValueError> {
        let difference = || {
            Some(Self {
                months: self.months.checked_sub(other.months)?,
                days: self.days.checked_sub(other.days)?,
                micros: self.micros.checked_sub(other.micros)?,
            })
        };
        difference().ok_or_else(out_of_range)
    }

    /// `-a`.
    pub fn negate(self) -> Result<Self, ValueError> {
        Self::default().minus(self)
    }

    /// `a * factor`: fractions of months go down to days, of days to microseconds.
    pub fn multiply(self, factor: f64) -> Result<Self, ValueError> {
        self.scale(factor, |value| value * factor)
    }

    /// `a / divisor`.
    pub fn divide(self, divisor: f64) -> Result<Self, ValueError> {
        if divisor == 0.0 {
            return Err(ValueError::division_by_zero());
        }
        self.scale(divisor, |value| value / divisor)
    }

    fn scale(self, by: f64, apply: impl Fn(f64) -> f64) -> Result<Self, ValueError> {
        if by.is_nan() {
            return Err(out_of_range());
        }
        let exact_months = apply(f64::from(self.months));
        let exact_days = apply(f64::from(self.days));
        let months = to_i32(exact_months)?;
        let days = to_i32(exact_days)?;
        // Rounded to microseconds first, so that 0.1 months are three days and not a little less.
        let month_rest = round_micros((exact_months - f64::from(months)) * MONTH_DAYS as f64);
        let mut second_rest =
            round_micros(((exact_days - f64::from(days)) + (month_rest - month_rest.trunc())) * 86_400.0);
        let mut days = i64::from(days);
        if second_rest.abs() >= 86_400.0 {
            days += (second_rest / 86_400.0) as i64;
            second_rest -= (second_rest / 86_400.0).trunc() * 86_400.0;
        }
        days += month_rest as i64;
        let micros = (apply(self.micros as f64) + second_rest * SECOND_MICROS as f64).round_ties_even();
        if !(-9.223_372_036_854_776e18..9.223_372_036_854_776e18).contains(&micros) {
            return Err(out_of_range());
        }
        Ok(Self { months, days: i32::try_from(days).map_err(|_| out_of_range())?, micros: micros as i64 })
    }

    /// `justify_hours`: full days out of the time.
    pub fn justify_hours(self) -> Result<Self, ValueError> {
        let mut days = i64::from(self.days) + self.micros / DAY_MICROS;
        let mut micros = self.micros % DAY_MICROS;
        if days > 0 && micros < 0 {
            micros += DAY_MICROS;
            days -= 1;
        } else if days < 0 && micros > 0 {
            micros -= DAY_MICROS;
            days += 1;
        }
        Ok(Self { months: self.months, days: i32::try_from(days).map_err(|_| out_of_range())?, micros })
    }

    /// `justify_days`: full months out of the days.
    pub fn justify_days(self) -> Result<Self, ValueError> {
        let mut months = i64::from(self.months) + i64::from(self.days) / MONTH_DAYS;
        let mut days = i64::from(self.days) % MONTH_DAYS;
        if months > 0 && days < 0 {
            days += MONTH_DAYS;
            months -= 1;
        } else if months < 0 && days > 0 {
            days -= MONTH_DAYS;
            months += 1;
        }
        let months = i32::try_from(months).map_err(|_| out_of_range())?;
        Ok(Self { months, days: i32::try_from(days).map_err(|_| out_of_range())?, micros: self.micros })
    }

    /// `justify_interval`: both, with one sign throughout.
    pub fn justify(self) -> Result<Self, ValueError> {
        let mut days = i64::from(self.days) + self.micros / DAY_MICROS;
        let mut micros = self.micros % DAY_MICROS;
        let mut months = i64::from(self.months) + days / MONTH_DAYS;
        days %= MONTH_DAYS;
        if months > 0 && (days < 0 || (days == 0 && micros < 0)) {
            days += MONTH_DAYS;
            months -= 1;
        } else if months < 0 && (days > 0 || (days == 0 && micros > 0)) {
            days -= MONTH_DAYS;
            months += 1;
        }
        if days > 0 && micros < 0 {
            micros += DAY_MICROS;
            days -= 1;
        } else if days < 0 && micros > 0 {
            micros -= DAY_MICROS;
            days += 1;
        }
        let months = i32::try_from(months).map_err(|_| out_of_range())?;
        Ok(Self { months, days: i32::try_from(days).map_err(|_| out_of_range())?, micros })
    }

    /// Rounds the seconds to a number of fractional digits.
    #[must_use]
    pub fn round(self, digits: u8) -> Self {
        let unit = crate::datetime::fraction_unit(digits);
        let magnitude = (self.micros.unsigned_abs() + unit.unsigned_abs() / 2) / unit.unsigned_abs()
            * unit.unsigned_abs();
        let magnitude = i64::try_from(magnitude).unwrap_or(i64::MAX);
        Self { micros: if self.micros < 0 { -magnitude } else { magnitude }, ..self }
    }
}

fn to_i32(value: f64) -> Result<i32, ValueError> {
    let fits = value > f64::from(i32::MIN) - 1.0 && value < f64::from(i32::MAX) + 1.0;
    if fits { Ok(value as i32) } else { Err(out_of_range()) }
}

fn round_micros(value: f64) -> f64 {
    (value * 1_000_000.0).round_ties_even() / 1_000_000.0
}
