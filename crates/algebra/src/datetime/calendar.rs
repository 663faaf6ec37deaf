//! The proleptic Gregorian calendar: days to year, month, day and back, weeks, leap years.
//!
//! **Must not:** know text or zones.

use super::{Date, Time, Timestamp};
use crate::value::ValueError;

/// A day as people write it. Year 0 is 1 BC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    /// The year; not limited here.
    pub year: i64,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

/// The days of a month.
pub(super) fn month_length(year: i64, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

pub(super) fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

impl Civil {
    /// Days since 1970-01-01. Eras of 400 years begin on a first of March, which puts leap days last.
    pub(super) fn days(self) -> i64 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month_from_march = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The day that lies so many days after 1970-01-01.
    pub(super) fn from_days(days: i64) -> Self {
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let small = |value: i64| u32::try_from(value).unwrap_or(1);
        let day = small(day_of_year - (153 * month_from_march + 2) / 5 + 1);
        let month = small(if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 });
        Self { year: year_of_era + era * 400 + i64::from(month <= 2), month, day }
    }

    /// A day that exists; month and day were checked by the caller or are checked here.
    pub fn date(self) -> Result<Date, ValueError> {
        let exists = (1..=12).contains(&self.month)
            && self.day >= 1
            && self.day <= month_length(self.year, self.month)
            && self.year.abs() < 10_000_000;
        if exists { Date::from_days(self.days()) } else { Err(ValueError::new("22008", "date out of range")) }
    }
}

impl Date {
    /// Year, month and day of a finite date.
    pub fn civil(self) -> Civil {
        Civil::from_days(i64::from(self.0))
    }

    /// 0 is Sunday.
    pub fn weekday(self) -> u32 {
        u32::try_from((i64::from(self.0) + 4).rem_euclid(7)).unwrap_or(0)
    }

    /// 1 is the first of January.
    pub fn day_of_year(self) -> i64 {
        let civil = self.civil();
        i64::from(self.0) - Civil { year: civil.year, month: 1, day: 1 }.days() + 1
    }

    /// The ISO 8601 year and week.
    pub fn iso_week(self) -> (i64, i64) {
        // The week belongs to the year of its Thursday.
        let days = i64::from(self.0);
        let from_monday = (days + 3).rem_euclid(7);
        let thursday = days - from_monday + 3;
        let year = Civil::from_days(thursday).year;
        let first = Civil { year, month: 1, day: 1 }.days();
        (year, (thursday - first) / 7 + 1)
    }

    /// The Julian day number.
    pub fn julian(self) -> i64 {
        i64::from(self.0) + 2_440_588
    }
}

impl Timestamp {
    /// A day and a time of day, which may be 24:00:00, as one number.
    pub fn at(date: Date, time: Time) -> Result<Self, ValueError> {
        if !date.is_finite() {
            return Ok(date.midnight());
        }
        Self::from_micros(date.midnight().micros() + time.micros())
    }
}
