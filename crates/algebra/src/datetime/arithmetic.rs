//! Dates and times with intervals and with each other.
//!
//! **Must not:** apply zones: the session's is UTC, so a day has 24 hours.

use std::cmp::Ordering;

use super::calendar;
use super::{Civil, DAY_MICROS, Date, SECOND_MICROS, Time, TimeTz, Timestamp};
use crate::interval::Interval;
use crate::value::ValueError;

fn timestamp_out_of_range() -> ValueError {
    ValueError::new("22008", "timestamp out of range")
}

impl Timestamp {
    /// `timestamp + interval`: months first, the day cut to the month's length, then days, then the time.
    pub fn plus(self, interval: Interval) -> Result<Self, ValueError> {
        if !self.is_finite() {
            return Ok(self);
        }
        let mut date = self.date();
        if interval.months != 0 {
            let civil = date.civil();
            let months = civil.year * 12 + i64::from(civil.month) - 1 + i64::from(interval.months);
            let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
            let month = u32::try_from(month).unwrap_or(1);
            let day = civil.day.min(calendar::month_length(year, month));
            date = Civil { year, month, day }.date().map_err(|_| timestamp_out_of_range())?;
        }
        let days = i64::from(date.days()) + i64::from(interval.days);
        let micros = days
            .checked_mul(DAY_MICROS)
            .and_then(|midnight| midnight.checked_add(self.time().micros()))
            .and_then(|micros| micros.checked_add(interval.micros));
        Self::from_micros(micros.ok_or_else(timestamp_out_of_range)?)
    }

    /// `timestamp - interval`.
    pub fn minus(self, interval: Interval) -> Result<Self, ValueError> {
        self.plus(interval.negate()?)
    }

    /// `timestamp - timestamp`: days and a time.
    pub fn since(self, other: Self) -> Result<Interval, ValueError> {
        if !self.is_finite() || !other.is_finite() {
            return Err(ValueError::new("22008", "cannot subtract infinite timestamps"));
        }
        Interval { months: 0, days: 0, micros: self.0 - other.0 }.justify_hours()
    }

    /// `age(timestamp, timestamp)`: years, months and days as people count them.
    pub fn age(self, other: Self) -> Result<Interval, ValueError> {
        if !self.is_finite() || !other.is_finite() {
            return Err(timestamp_out_of_range());
        }
        if self < other {
            return other.age_forward(self, self.date().civil())?.negate();
        }
        self.age_forward(other, other.date().civil())
    }

    /// The age from an earlier time. A day that is short comes from the month of `borrowed`.
    fn age_forward(self, earlier: Self, borrowed: Civil) -> Result<Interval, ValueError> {
        let (to, from) = (self.date().civil(), earlier.date().civil());
        let mut months = (to.year - from.year) * 12 + i64::from(to.month) - i64::from(from.month);
        let mut days = i64::from(to.day) - i64::from(from.day);
        let mut micros = self.time().micros() - earlier.time().micros();
        if micros < 0 {
            micros += DAY_MICROS;
            days -= 1;
        }
        while days < 0 {
            days += i64::from(calendar::month_length(borrowed.year, borrowed.month));
            months -= 1;
        }
        let small = |value: i64| i32::try_from(value).map_err(|_| timestamp_out_of_range());
        Ok(Interval { months: small(months)?, days: small(days)?, micros })
    }
}

impl Date {
    /// `date + integer`.
    pub fn plus_days(self, days: i64) -> Result<Self, ValueError> {
        if !self.is_finite() {
            return Ok(self);
        }
        Self::from_days(i64::from(self.days()).saturating_add(days))
    }

    /// `date - date` in days.
    pub fn since(self, other: Self) -> Result<i64, ValueError> {
        if !self.is_finite() || !other.is_finite() {
            return Err(ValueError::new("22008", "cannot subtract infinite dates"));
        }
        Ok(i64::from(self.days()) - i64::from(other.days()))
    }
}

impl Time {
    /// `time + interval`: around the clock; months and days are left out.
    #[must_use]
    pub fn plus(self, interval: Interval) -> Self {
        Self((self.micros() + interval.micros % DAY_MICROS).rem_euclid(DAY_MICROS))
    }

    /// `time - interval`.
    #[must_use]
    pub fn minus(self, interval: Interval) -> Self {
        Self((self.micros() - interval.micros % DAY_MICROS).rem_euclid(DAY_MICROS))
    }

    /// `time - time`.
    pub fn since(self, other: Self) -> Interval {
        Interval { months: 0, days: 0, micros: self.micros() - other.micros() }
    }
}

impl TimeTz {
    /// `timetz + interval`.
    #[must_use]
    pub fn plus(self, interval: Interval) -> Self {
        Self { time: self.time.plus(interval), offset: self.offset }
    }

    /// `timetz - interval`.
    #[must_use]
    pub fn minus(self, interval: Interval) -> Self {
        Self { time: self.time.minus(interval), offset: self.offset }
    }

    /// The same moment of the day on a clock so many seconds east of UTC.
    #[must_use]
    pub fn at_offset(self, offset: i32) -> Self {
        let micros = self.time.micros() + i64::from(offset - self.offset) * SECOND_MICROS;
        Self { time: Time(micros.rem_euclid(DAY_MICROS)), offset }
    }
}

/// `generate_series(start, stop, step)` of timestamps.
#[derive(Debug, Clone)]
pub struct Series {
    next: Option<Timestamp>,
    stop: Timestamp,
    step: Interval,
}

impl Series {
    /// A series; a step of no length is refused.
    pub fn new(start: Timestamp, stop: Timestamp, step: Interval) -> Result<Self, ValueError> {
        if step.order_key() == 0 {
            return Err(ValueError::invalid_parameter("step size cannot equal zero"));
        }
        Ok(Self { next: Some(start), stop, step })
    }
}

impl Iterator for Series {
    type Item = Result<Timestamp, ValueError>;

    fn next(&mut self) -> Option<Self::Item> {
        let current = self.next?;
        let past = if self.step.order_key() > 0 { current > self.stop } else { current < self.stop };
        if past {
            self.next = None;
            return None;
        }
        match current.plus(self.step) {
            // An infinite start never moves; PostgreSQL would not end.
            Ok(next) => self.next = Some(next).filter(|&next| next != current),
            Err(error) => {
                self.next = None;
                return Some(Err(error));
            }
        }
        Some(Ok(current))
    }
}

/// `(start, end) overlaps (start, end)`, with SQL's three truths; nothing is NULL.
pub fn overlaps<T: Ord + Copy>(
    first: (Option<T>, Option<T>),
    second: (Option<T>, Option<T>),
) -> Option<bool> {
    let (first_start, first_end) = ordered(first)?;
    let (second_start, second_end) = ordered(second)?;
    let later_begins_inside = |end: Option<T>, later_end: Option<T>, later_start: T| match end {
        Some(end) if later_start < end => Some(true),
        // Without its own end, the later period still overlaps nothing that ended before.
        Some(_) => later_end.map(|_| false),
        None => None,
    };
    match first_start.cmp(&second_start) {
        Ordering::Greater => later_begins_inside(second_end, first_end, first_start),
        Ordering::Less => later_begins_inside(first_end, second_end, second_start),
        Ordering::Equal => match (first_end, second_end) {
            (Some(_), Some(_)) => Some(true),
            _ => None,
        },
    }
}

/// A period with its earlier end first. With one end only, that is the start; with none the answer is NULL.
fn ordered<T: Ord + Copy>(period: (Option<T>, Option<T>)) -> Option<(T, Option<T>)> {
    match period {
        (Some(start), Some(end)) => Some((start.min(end), Some(start.max(end)))),
        (Some(only), None) | (None, Some(only)) => Some((only, None)),
        (None, None) => None,
    }
}
