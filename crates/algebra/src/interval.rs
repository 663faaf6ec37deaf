//! PostgreSQL's `interval`: months, days and microseconds, which do not convert into each other by themselves.
//!
//! The stored form is the text PostgreSQL prints, `1 mon 2 days 03:04:05.6`: canonical, and its JSON form as well.
//! **Must not:** know calendars; adding to a date is `datetime`'s.

use std::cmp::Ordering;

mod arithmetic;
mod decode;
mod iso;
mod text;

use crate::datetime::DAY_MICROS;

/// Days that a month counts when intervals are compared.
const MONTH_DAYS: i64 = 30;

/// A span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Interval {
    /// Months and years.
    pub months: i32,
    /// Days and weeks.
    pub days: i32,
    /// Hours and smaller.
    pub micros: i64,
}

impl Interval {
    /// What intervals are ordered by: microseconds, with 30 days a month and 24 hours a day.
    pub fn order_key(self) -> i128 {
        let days = i64::from(self.months) * MONTH_DAYS + i64::from(self.days);
        i128::from(days) * i128::from(DAY_MICROS) + i128::from(self.micros)
    }
}

/// Compares two stored intervals by length: the collation `interval`. Text that is none sorts first, bytewise.
pub fn compare(left: &str, right: &str) -> Ordering {
    if left == right {
        return Ordering::Equal;
    }
    match (text::canonical(left), text::canonical(right)) {
        (Some(left), Some(right)) => left.order_key().cmp(&right.order_key()),
        (None, None) => left.cmp(right),
        (left, right) => left.is_some().cmp(&right.is_some()),
    }
}

#[cfg(test)]
mod tests;
