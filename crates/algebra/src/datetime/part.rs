//! `extract` and `date_part`.
//!
//! `extract` gives numeric with PostgreSQL 15's scales; `date_part` is the same as a double.
//! **Must not:** apply zones: the session's is UTC.

use super::unit::Unit;
use super::{DAY_MICROS, Date, SECOND_MICROS, Time, TimeTz, Timestamp};
use crate::interval::Interval;
use crate::numeric::Numeric;
use crate::value::ValueError;

/// A field of a value: a number, or nothing for a field that an infinity does not have.
type Part = Result<Option<Numeric>, ValueError>;

fn whole(value: i64) -> Part {
    Ok(Some(Numeric::from_integer(value)))
}

fn scaled(value: i64, scale: u32) -> Part {
    Ok(Some(Numeric::from_scaled(value, scale)))
}

fn unknown(name: &str, type_name: &str) -> ValueError {
    ValueError::invalid_parameter(format!("unit \"{name}\" not recognized for type {type_name}"))
}

fn unsupported(name: &str, type_name: &str) -> ValueError {
    ValueError::unsupported(format!("unit \"{name}\" not supported for type {type_name}"))
}

fn unit_of(name: &str, type_name: &str) -> Result<Unit, ValueError> {
    Unit::parse(name).ok_or_else(|| unknown(name, type_name))
}

/// The parts of a second, minutes and hours; nothing for other units.
fn time_part(unit: Unit, micros: i64) -> Option<Part> {
    let in_minute = micros % (60 * SECOND_MICROS);
    Some(match unit {
        Unit::Microseconds => whole(in_minute),
        Unit::Milliseconds => scaled(in_minute, 3),
        Unit::Second => scaled(in_minute, 6),
        Unit::Minute => whole(micros / (60 * SECOND_MICROS) % 60),
        Unit::Hour => whole(micros / (3_600 * SECOND_MICROS)),
        _ => return None,
    })
}

/// The fields of a day; nothing for other units.
fn day_part(unit: Unit, date: Date) -> Option<Part> {
    let civil = date.civil();
    let year = civil.year;
    Some(whole(match unit {
        Unit::Day => i64::from(civil.day),
        Unit::Month => i64::from(civil.month),
        Unit::Quarter => i64::from((civil.month - 1) / 3 + 1),
        Unit::Week => date.iso_week().1,
        Unit::Year => year,
        Unit::Decade => year.div_euclid(10),
        Unit::Century => (year + 99) / 100,
        Unit::Millennium => (year + 999) / 1_000,
        Unit::IsoYear => date.iso_week().0,
        Unit::Weekday => i64::from(date.weekday()),
        Unit::IsoWeekday => i64::from((date.weekday() + 6) % 7 + 1),
        Unit::DayOfYear => date.day_of_year(),
        _ => return None,
    }))
}

/// What an infinity has: units that grow forever are infinite, others are NULL.
fn infinite_part(unit: Unit, positive: bool, unsupported: impl Fn() -> ValueError) -> Part {
    match unit {
        Unit::Year
        | Unit::Decade
        | Unit::Century
        | Unit::Millennium
        | Unit::Julian
        | Unit::IsoYear
        | Unit::Epoch => Ok(Some(if positive { Numeric::Infinity } else { Numeric::NegativeInfinity })),
        Unit::Zone | Unit::ZoneHour | Unit::ZoneMinute => Err(unsupported()),
        _ => Ok(None),
    }
}

/// `timestamp` and `timestamptz` differ in their names and in what they say of zones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// `timestamp`
    Local,
    /// `timestamptz`
    Utc,
}

impl Clock {
    pub(super) fn type_name(self) -> &'static str {
        match self {
            Self::Local => "timestamp without time zone",
            Self::Utc => "timestamp with time zone",
        }
    }
}

impl Timestamp {
    /// `extract(unit from timestamp)`.
    pub fn part(self, name: &str, clock: Clock) -> Part {
        let type_name = clock.type_name();
        let unit = unit_of(name, type_name)?;
        if !self.is_finite() {
            let zoned = clock == Clock::Utc && matches!(unit, Unit::Zone | Unit::ZoneHour | Unit::ZoneMinute);
            if zoned {
                return Ok(None);
            }
            return infinite_part(unit, self == Self::INFINITY, || unsupported(name, type_name));
        }
        let micros = self.time().micros();
        if let Some(part) = time_part(unit, micros).or_else(|| day_part(unit, self.date())) {
            return part;
        }
        match (unit, clock) {
            (Unit::Epoch, _) => scaled(self.micros(), 6),
            (Unit::Julian, _) => {
                let fraction = Numeric::from_integer(micros).divide(&Numeric::from_integer(DAY_MICROS))?;
                Numeric::from_integer(self.date().julian()).add(&fraction).map(Some)
            }
            (_, Clock::Utc) => whole(0),
            (_, Clock::Local) => Err(unsupported(name, type_name)),
        }
    }
}

impl Date {
    /// `extract(unit from date)`. `date_part` of a date is that of its midnight.
    pub fn part(self, name: &str) -> Part {
        let unit = unit_of(name, "date")?;
        let refused = || unsupported(name, "date");
        if matches!(unit, Unit::Microseconds | Unit::Milliseconds | Unit::Second | Unit::Minute | Unit::Hour)
        {
            return Err(refused());
        }
        if !self.is_finite() {
            return infinite_part(unit, self == Self::INFINITY, refused);
        }
        match unit {
            Unit::Epoch => whole(i64::from(self.days()) * 86_400),
            Unit::Julian => whole(self.julian()),
            _ => day_part(unit, self).unwrap_or_else(|| Err(refused())),
        }
    }
}

impl Time {
    /// `extract(unit from time)`.
    pub fn part(self, name: &str) -> Part {
        let type_name = "time without time zone";
        match unit_of(name, type_name)? {
            Unit::Epoch => scaled(self.micros(), 6),
            unit => time_part(unit, self.micros()).unwrap_or_else(|| Err(unsupported(name, type_name))),
        }
    }
}

impl TimeTz {
    /// `extract(unit from timetz)`.
    pub fn part(self, name: &str) -> Part {
        let type_name = "time with time zone";
        let offset = i64::from(self.offset);
        match unit_of(name, type_name)? {
            Unit::Epoch => scaled(self.time.micros() - offset * SECOND_MICROS, 6),
            Unit::Zone => whole(offset),
            Unit::ZoneHour => whole(offset / 3_600),
            Unit::ZoneMinute => whole(offset / 60 % 60),
            unit => time_part(unit, self.time.micros()).unwrap_or_else(|| Err(unsupported(name, type_name))),
        }
    }
}

impl Interval {
    /// `extract(unit from interval)`.
    pub fn part(self, name: &str) -> Part {
        let unit = unit_of(name, "interval")?;
        if let Some(part) = time_part(unit, self.micros) {
            return part;
        }
        let (years, months) = (i64::from(self.months / 12), i64::from(self.months % 12));
        match unit {
            Unit::Day => whole(i64::from(self.days)),
            Unit::Month => whole(months),
            Unit::Quarter => whole(months / 3 + 1),
            Unit::Year => whole(years),
            Unit::Decade => whole(years / 10),
            Unit::Century => whole(years / 100),
            Unit::Millennium => whole(years / 1_000),
            Unit::Epoch => self.epoch().map(Some),
            _ => Err(unsupported(name, "interval")),
        }
    }

    /// Seconds, with 365.25 days a year and 30 days a month.
    fn epoch(self) -> Result<Numeric, ValueError> {
        let quarter_days = i64::from(self.months / 12) * 1_461
            + i64::from(self.months % 12) * 120
            + i64::from(self.days) * 4;
        let seconds = Numeric::from_integer(quarter_days * 21_600);
        seconds.add(&Numeric::from_scaled(self.micros, 6))
    }
}
