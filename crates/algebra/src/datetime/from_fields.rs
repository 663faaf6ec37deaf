//! The fields that `to_timestamp` and `to_date` read, put together into a date and time.
//!
//! **Must not:** read text.

use super::decode::Problem;
use super::template::Key;
use super::{Civil, DAY_MICROS, Date, SECOND_MICROS, Timestamp, calendar};
use crate::value::ValueError;

/// What was read.
#[derive(Debug, Clone, Default)]
pub(super) struct Read {
    pub(super) afternoon: Option<bool>,
    pub(super) before_christ: bool,
    pub(super) month: Option<i64>,
    /// 1 is Sunday.
    pub(super) weekday: Option<i64>,
    pub(super) zone_sign: i64,
    pub(super) zone_hour: Option<i64>,
    zone_minute: i64,
    twelve_hours: bool,
    hour: i64,
    minute: i64,
    second: i64,
    micros: i64,
    second_of_day: Option<i64>,
    year: Option<i64>,
    /// How many digits the year was asked for with.
    year_digits: u32,
    century: Option<i64>,
    day: Option<i64>,
    day_of_year: Option<i64>,
    week: Option<i64>,
    week_of_month: Option<i64>,
    julian: Option<i64>,
    /// Whether week fields are those of ISO 8601; nothing while either may be.
    iso: Option<bool>,
}

impl Read {
    /// Takes a number in.
    pub(super) fn set(&mut self, key: Key, value: i64, length: usize) -> Result<(), ValueError> {
        let scaled =
            |digits: usize| value * 10i64.pow(u32::try_from(digits.saturating_sub(length)).unwrap_or(0));
        match key {
            Key::Hour24 => self.hour = value,
            Key::Hour12 => {
                self.hour = value;
                self.twelve_hours = true;
            }
            Key::Minute => self.minute = value,
            Key::Second => self.second = value,
            Key::Milliseconds => self.micros += scaled(3) * 1_000,
            Key::Microseconds => self.micros += scaled(6),
            Key::Fraction(_) => self.micros += scaled(6),
            Key::SecondOfDay => self.second_of_day = Some(value),
            Key::Month => self.set_gregorian(|read| &mut read.month, value)?,
            Key::Day => self.set_gregorian(|read| &mut read.day, value)?,
            Key::DayOfYear => self.set_gregorian(|read| &mut read.day_of_year, value)?,
            Key::Weekday => self.set_gregorian(|read| &mut read.weekday, value)?,
            Key::Week => self.set_gregorian(|read| &mut read.week, value)?,
            Key::WeekOfMonth => self.set_gregorian(|read| &mut read.week_of_month, value)?,
            // Stored as Sunday 1, as the Gregorian field is.
            Key::IsoWeekday => {
                self.set_iso(|read| &mut read.weekday, if value == 7 { 1 } else { value + 1 })?
            }
            Key::IsoDayOfYear => self.set_iso(|read| &mut read.day_of_year, value)?,
            Key::IsoWeek => self.set_iso(|read| &mut read.week, value)?,
            Key::Year(digits) => {
                self.year_digits = digits;
                let year = if digits < 4 && length < 4 { near_2020(value) } else { value };
                self.set_gregorian(|read| &mut read.year, year)?;
            }
            Key::IsoYear(digits) => {
                self.year_digits = digits;
                let year = if digits < 4 && length < 4 { near_2020(value) } else { value };
                self.set_iso(|read| &mut read.year, year)?;
            }
            Key::Century => self.century = Some(value),
            Key::Julian => self.julian = Some(value),
            Key::ZoneMinute => self.zone_minute = value,
            // A quarter says too little to be used, as in PostgreSQL.
            _ => {}
        }
        Ok(())
    }

    fn set_gregorian(
        &mut self,
        field: fn(&mut Self) -> &mut Option<i64>,
        value: i64,
    ) -> Result<(), ValueError> {
        self.set_mode(false)?;
        *field(self) = Some(value);
        Ok(())
    }

    fn set_iso(&mut self, field: fn(&mut Self) -> &mut Option<i64>, value: i64) -> Result<(), ValueError> {
        self.set_mode(true)?;
        *field(self) = Some(value);
        Ok(())
    }

    pub(super) fn set_mode(&mut self, iso: bool) -> Result<(), ValueError> {
        if self.iso.replace(iso).is_some_and(|before| before != iso) {
            return Err(ValueError::new("22007", "invalid combination of date conventions")
                .hint("Do not mix Gregorian and ISO week date conventions in a formatting template."));
        }
        Ok(())
    }

    pub(super) fn date(&self, text: &str) -> Result<Date, ValueError> {
        self.time(text)?;
        let days = self.days(text)?;
        Date::from_days(days).map_err(|_| ValueError::new("22008", format!("date out of range: \"{text}\"")))
    }

    pub(super) fn timestamp(&self, text: &str) -> Result<Timestamp, ValueError> {
        let time = self.time(text)?;
        let zone =
            self.zone_sign * (self.zone_hour.unwrap_or(0) * 60 + self.zone_minute) * 60 * SECOND_MICROS;
        let out_of_range = || ValueError::new("22008", format!("timestamp out of range: \"{text}\""));
        let micros = self
            .days(text)?
            .checked_mul(DAY_MICROS)
            .and_then(|midnight| midnight.checked_add(time - zone))
            .ok_or_else(out_of_range)?;
        Timestamp::from_micros(micros).map_err(|_| out_of_range())
    }

    fn time(&self, text: &str) -> Result<i64, ValueError> {
        let (mut hour, mut minute, mut second) = (self.hour, self.minute, self.second);
        if let Some(total) = self.second_of_day {
            (hour, minute, second) = (total / 3_600, total / 60 % 60, total % 60);
        }
        if self.twelve_hours || self.afternoon.is_some() {
            if self.twelve_hours && !(1..=12).contains(&hour) {
                return Err(ValueError::new(
                    "22007",
                    format!("hour \"{hour}\" is invalid for the 12-hour clock"),
                )
                .hint("Use the 24-hour clock, or give an hour between 1 and 12."));
            }
            match self.afternoon {
                Some(true) if hour < 12 => hour += 12,
                Some(false) | None if self.twelve_hours && hour == 12 => hour = 0,
                _ => {}
            }
        }
        let fits = (0..24).contains(&hour)
            && (0..60).contains(&minute)
            && (0..60).contains(&second)
            && (0..SECOND_MICROS).contains(&self.micros);
        let total = ((hour * 60 + minute) * 60 + second) * SECOND_MICROS + self.micros;
        if fits { Ok(total) } else { Err(Problem::Field.error("", text)) }
    }

    /// Days since 1970-01-01.
    fn days(&self, text: &str) -> Result<i64, ValueError> {
        if let Some(julian) = self.julian {
            return Ok(julian - 2_440_588);
        }
        let year = self.calendar_year();
        if self.iso == Some(true) {
            return self.iso_days(year, text);
        }
        let first = Civil { year, month: 1, day: 1 }.days();
        let day_of_year = self.day_of_year.or(self.week.map(|week| (week - 1) * 7 + 1));
        if let (Some(day_of_year), None) = (day_of_year, self.month) {
            if self.year.is_none() && self.century.is_none() {
                return Err(ValueError::new(
                    "22007",
                    "cannot calculate day of year without year information",
                ));
            }
            let length = if calendar::is_leap(year) { 366 } else { 365 };
            if !(1..=length).contains(&day_of_year) {
                return Err(Problem::Field.error("", text));
            }
            return Ok(first + day_of_year - 1);
        }
        let month = u32::try_from(self.month.unwrap_or(1)).unwrap_or(0);
        let day = self.day.or(self.week_of_month.map(|week| (week - 1) * 7 + 1)).unwrap_or(1);
        let day = u32::try_from(day).unwrap_or(0);
        if !(1..=12).contains(&month) || day < 1 || day > calendar::month_length(year, month) {
            return Err(Problem::Field.error("", text));
        }
        Ok(Civil { year, month, day }.days())
    }

    /// The year of the calendar, 0 before any: it is then out of range.
    fn calendar_year(&self) -> i64 {
        let year = match (self.year, self.century) {
            (Some(year), Some(century)) if self.year_digits <= 2 => {
                let in_century = year % 100;
                if in_century == 0 { century * 100 } else { (century - 1) * 100 + in_century }
            }
            (Some(year), _) => year,
            (None, Some(century)) => (century - 1) * 100 + 1,
            (None, None) => 0,
        };
        let year = year.clamp(-1_000_000, 1_000_000);
        if self.before_christ && year > 0 { 1 - year } else { year }
    }

    fn iso_days(&self, year: i64, text: &str) -> Result<i64, ValueError> {
        let fourth = Civil { year, month: 1, day: 4 }.days();
        let start = fourth - (fourth + 3).rem_euclid(7);
        if let Some(day_of_year) = self.day_of_year {
            return Ok(start + day_of_year - 1);
        }
        let week = self.week.unwrap_or(1);
        if !(1..=53).contains(&week) {
            return Err(Problem::Field.error("", text));
        }
        // Sunday is 1 here and the last day of an ISO week.
        let from_monday = self.weekday.map_or(0, |weekday| (weekday + 5) % 7);
        Ok(start + (week - 1) * 7 + from_monday)
    }
}

/// A year of fewer than four digits is taken near 2020.
fn near_2020(year: i64) -> i64 {
    match year {
        0..70 => year + 2_000,
        70..100 => year + 1_900,
        100..520 => year + 2_000,
        520..1_000 => year + 1_000,
        _ => year,
    }
}
