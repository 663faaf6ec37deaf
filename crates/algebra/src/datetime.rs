//! Dates, times and timestamps as numbers, and as the text that PostgreSQL reads and prints.
//!
//! The session's time zone is UTC. Years run from 0001 to 9999, so that the stored text sorts as the moments do;
//! what lies beyond is refused with 22008. Infinities are kept.
//! **Must not:** read a clock: `now` is passed in.

mod calendar;
mod iso;
mod fields;
mod decode;
mod decode_number;
mod decode_time;
mod words;
mod zone;
mod text;
mod input;
mod unit;
mod part;
mod truncate;
mod arithmetic;
mod make;
mod template;
mod to_char;
mod from_char;
mod from_fields;

pub use arithmetic::{Series, overlaps};
pub use calendar::Civil;
pub(crate) use fields::{Field, split as split_fields};
pub(crate) use input::unit as fraction_unit;
pub use make::IntervalParts;
pub use part::Clock;
pub(crate) use text::{digits as write_digits, write_fraction};
pub(crate) use to_char::ordinal_suffix;
pub use zone::Zone;

use crate::value::ValueError;

/// Microseconds of a day.
pub const DAY_MICROS: i64 = 86_400_000_000;
/// Microseconds of a second.
pub const SECOND_MICROS: i64 = 1_000_000;

/// A day, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

/// A time of day in microseconds; 24:00:00 is one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

/// A time of day with its own distance from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeTz {
    /// The local time.
    pub time: Time,
    /// Seconds east of UTC.
    pub offset: i32,
}

/// Microseconds since 1970-01-01 00:00:00: of a moment (`timestamptz`), or of a wall clock (`timestamp`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Date {
    /// Later than every date.
    pub const INFINITY: Self = Self(i32::MAX);
    /// Earlier than every date.
    pub const NEGATIVE_INFINITY: Self = Self(i32::MIN);
    /// The first day that is kept.
    pub const MIN: Self = Self(-719_162);
    /// The last day that is kept.
    pub const MAX: Self = Self(2_932_896);

    /// A day by its distance from 1970-01-01.
    pub fn from_days(days: i64) -> Result<Self, ValueError> {
        i32::try_from(days)
            .ok()
            .filter(|days| (Self::MIN.0..=Self::MAX.0).contains(days))
            .map(Self)
            .ok_or_else(|| ValueError::new("22008", "date out of range"))
    }

    /// The distance from 1970-01-01; huge for the infinities.
    pub fn days(self) -> i32 {
        self.0
    }

    /// Whether this is a day and not an infinity.
    pub fn is_finite(self) -> bool {
        self != Self::INFINITY && self != Self::NEGATIVE_INFINITY
    }

    /// Midnight of the day; infinities stay.
    pub fn midnight(self) -> Timestamp {
        match self {
            Self::INFINITY => Timestamp::INFINITY,
            Self::NEGATIVE_INFINITY => Timestamp::NEGATIVE_INFINITY,
            Self(days) => Timestamp(i64::from(days) * DAY_MICROS),
        }
    }
}

impl Time {
    /// A time of day by its microseconds, 0 to 24 hours.
    pub fn from_micros(micros: i64) -> Result<Self, ValueError> {
        (0..=DAY_MICROS)
            .contains(&micros)
            .then_some(Self(micros))
            .ok_or_else(|| ValueError::new("22008", "time out of range"))
    }

    /// Microseconds since midnight.
    pub fn micros(self) -> i64 {
        self.0
    }
}

impl TimeTz {
    /// What `timetz` is ordered by: the time in UTC, then the zone, west last.
    pub fn order_key(self) -> (i64, i32) {
        (self.time.0 - i64::from(self.offset) * SECOND_MICROS, -self.offset)
    }
}

impl Timestamp {
    /// Later than every timestamp.
    pub const INFINITY: Self = Self(i64::MAX);
    /// Earlier than every timestamp.
    pub const NEGATIVE_INFINITY: Self = Self(i64::MIN);

    /// A timestamp by its microseconds since 1970-01-01.
    pub fn from_micros(micros: i64) -> Result<Self, ValueError> {
        let day = micros.div_euclid(DAY_MICROS);
        (i64::from(Date::MIN.0)..=i64::from(Date::MAX.0))
            .contains(&day)
            .then_some(Self(micros))
            .ok_or_else(|| ValueError::new("22008", "timestamp out of range"))
    }

    /// Microseconds since 1970-01-01; huge for the infinities.
    pub fn micros(self) -> i64 {
        self.0
    }

    /// Whether this is a point in time and not an infinity.
    pub fn is_finite(self) -> bool {
        self != Self::INFINITY && self != Self::NEGATIVE_INFINITY
    }

    /// The day on the same clock; infinities stay.
    pub fn date(self) -> Date {
        match self {
            Self::INFINITY => Date::INFINITY,
            Self::NEGATIVE_INFINITY => Date::NEGATIVE_INFINITY,
            Self(micros) => Date(i32::try_from(micros.div_euclid(DAY_MICROS)).unwrap_or(i32::MAX)),
        }
    }

    /// The time of day on the same clock.
    pub fn time(self) -> Time {
        Time(self.0.rem_euclid(DAY_MICROS))
    }
}

#[cfg(test)]
mod tests;
