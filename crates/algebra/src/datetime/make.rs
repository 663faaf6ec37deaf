//! `make_date`, `make_time`, `make_timestamp`, `make_interval`, `to_timestamp(double)`.
//!
//! **Must not:** read text.

use super::{Civil, Date, SECOND_MICROS, Time, Timestamp, calendar};
use crate::interval::Interval;
use crate::value::ValueError;

impl Date {
    /// `make_date(year, month, day)`.
    pub fn make(year: i64, month: i64, day: i64) -> Result<Self, ValueError> {
        let refused =
            || ValueError::new("22008", format!("date field value out of range: {year}-{month:02}-{day:02}"));
        let small = |value: i64| u32::try_from(value).map_err(|_| refused());
        let civil = Civil { year, month: small(month)?, day: small(day)? };
        let exists = year != 0
            && (1..=12).contains(&civil.month)
            && civil.day >= 1
            && civil.day <= calendar::month_length(year, civil.month);
        if !exists {
            return Err(refused());
        }
        civil
            .date()
            .map_err(|_| ValueError::new("22008", format!("date out of range: {year}-{month:02}-{day:02}")))
    }
}

impl Time {
    /// `make_time(hour, minute, seconds)`.
    pub fn make(hour: i64, minute: i64, seconds: f64) -> Result<Self, ValueError> {
        let refused = || {
            let message =
                format!("time field value out of range: {hour}:{minute:02}:{}", two_digits(seconds));
            ValueError::new("22008", message)
        };
        let micros = (seconds * SECOND_MICROS as f64).round_ties_even();
        let fits = (0..=24).contains(&hour) && (0..=59).contains(&minute) && (0.0..=60e6).contains(&micros);
        if !fits {
            return Err(refused());
        }
        Self::from_micros((hour * 60 + minute) * 60 * SECOND_MICROS + micros as i64).map_err(|_| refused())
    }
}

/// `06`, `06.5` as C prints `%02g`.
fn two_digits(seconds: f64) -> String {
    format!("{seconds:0>2}")
}

impl Timestamp {
    /// `make_timestamp(year, month, day, hour, minute, seconds)`.
    pub fn make(date: (i64, i64, i64), hour: i64, minute: i64, seconds: f64) -> Result<Self, ValueError> {
        let time = Time::make(hour, minute, seconds);
        Self::at(Date::make(date.0, date.1, date.2)?, time?)
    }

    /// `to_timestamp(seconds)` since 1970.
    pub fn from_seconds(seconds: f64) -> Result<Self, ValueError> {
        /// Seconds from 1970 to 2000, from which PostgreSQL counts, also when it rounds.
        const Y2K_SECONDS: f64 = 946_684_800.0;
        if seconds.is_nan() {
            return Err(ValueError::new("22008", "timestamp cannot be NaN"));
        }
        if seconds.is_infinite() {
            return Ok(if seconds > 0.0 { Self::INFINITY } else { Self::NEGATIVE_INFINITY });
        }
        let refused = || ValueError::new("22008", format!("timestamp out of range: \"{seconds}\""));
        if seconds.abs() > 1e13 {
            return Err(refused());
        }
        let from_2000 = ((seconds - Y2K_SECONDS) * SECOND_MICROS as f64).round_ties_even() as i64;
        Self::from_micros(from_2000 + Y2K_SECONDS as i64 * SECOND_MICROS).map_err(|_| refused())
    }
}

/// The whole parts of `make_interval`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IntervalParts {
    pub years: i64,
    pub months: i64,
    pub weeks: i64,
    pub days: i64,
    pub hours: i64,
    pub minutes: i64,
}

impl Interval {
    /// `make_interval(years, months, weeks, days, hours, mins, secs)`.
    pub fn make(parts: IntervalParts, seconds: f64) -> Result<Self, ValueError> {
        let out_of_range = || ValueError::new("22008", "interval out of range");
        if !seconds.is_finite() {
            return Err(out_of_range());
        }
        let second_micros = (seconds * SECOND_MICROS as f64).round_ties_even();
        if second_micros.abs() >= 9.2e18 {
            return Err(out_of_range());
        }
        let micros = i128::from(parts.hours * 60 + parts.minutes) * 60 * i128::from(SECOND_MICROS)
            + i128::from(second_micros as i64);
        Ok(Self {
            months: i32::try_from(parts.years * 12 + parts.months).map_err(|_| out_of_range())?,
            days: i32::try_from(parts.weeks * 7 + parts.days).map_err(|_| out_of_range())?,
            micros: i64::try_from(micros).map_err(|_| out_of_range())?,
        })
    }
}
