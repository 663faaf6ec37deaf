//! `date_trunc` and `date_bin`.
//!
//! **Must not:** accept units that PostgreSQL does not.

use super::part::Clock;
use super::unit::Unit;
use super::zone::Zone;
use super::{Civil, DAY_MICROS, Date, SECOND_MICROS, Timestamp};
use crate::interval::Interval;
use crate::value::ValueError;

/// Fields that only `extract` knows are not recognized here.
fn refused(name: &str, type_name: &str) -> ValueError {
    match Unit::parse(name) {
        None
        | Some(
            Unit::Weekday | Unit::IsoWeekday | Unit::DayOfYear | Unit::IsoYear | Unit::Julian | Unit::Epoch,
        ) => ValueError::invalid_parameter(format!("unit \"{name}\" not recognized for type {type_name}")),
        Some(_) => ValueError::unsupported(format!("unit \"{name}\" not supported for type {type_name}")),
    }
}

/// The microseconds of a unit below a day, days included.
fn unit_micros(unit: Unit) -> Option<i64> {
    Some(match unit {
        Unit::Microseconds => 1,
        Unit::Milliseconds => 1_000,
        Unit::Second => SECOND_MICROS,
        Unit::Minute => 60 * SECOND_MICROS,
        Unit::Hour => 3_600 * SECOND_MICROS,
        Unit::Day => DAY_MICROS,
        _ => return None,
    })
}

impl Timestamp {
    /// `date_trunc(unit, timestamp)`.
    pub fn truncate(self, name: &str, clock: Clock) -> Result<Self, ValueError> {
        if !self.is_finite() {
            return Ok(self);
        }
        let refused = || refused(name, clock.type_name());
        let unit = Unit::parse(name).ok_or_else(refused)?;
        if let Some(step) = unit_micros(unit) {
            return Ok(Self(self.0.div_euclid(step) * step));
        }
        let civil = self.date().civil();
        let first_of = |year: i64, month: u32| Civil { year, month, day: 1 }.date().map(Date::midnight);
        let year = civil.year;
        match unit {
            Unit::Week => {
                let days = i64::from(self.date().days());
                Date::from_days(days - (days + 3).rem_euclid(7)).map(Date::midnight)
            }
            Unit::Month => first_of(year, civil.month),
            Unit::Quarter => first_of(year, (civil.month - 1) / 3 * 3 + 1),
            Unit::Year => first_of(year, 1),
            Unit::Decade => first_of(year / 10 * 10, 1),
            Unit::Century => first_of((year + 99) / 100 * 100 - 99, 1),
            Unit::Millennium => first_of((year + 999) / 1_000 * 1_000 - 999, 1),
            _ => Err(refused()),
        }
    }

    /// `date_trunc(unit, timestamptz, zone)`.
    pub fn truncate_in(self, name: &str, zone: &Zone) -> Result<Self, ValueError> {
        let local = zone.to_local(self)?.truncate(name, Clock::Utc)?;
        match Unit::parse(name).and_then(unit_micros) {
            // Within a day the distance from UTC stays the one it was, also when the hour comes twice.
            Some(step) if step < DAY_MICROS && self.is_finite() => {
                Self::from_micros(local.micros() - i64::from(zone.offset_at(self)) * SECOND_MICROS)
            }
            _ => zone.to_utc(local),
        }
    }

    /// `date_bin(stride, source, origin)`.
    pub fn bin(self, stride: Interval, origin: Self) -> Result<Self, ValueError> {
        if !self.is_finite() {
            return Ok(self);
        }
        if !origin.is_finite() {
            return Err(ValueError::new("22008", "origin out of range"));
        }
        if stride.months != 0 {
            let message = "timestamps cannot be binned into intervals containing months or years";
            return Err(ValueError::unsupported(message));
        }
        let step = i64::from(stride.days)
            .checked_mul(DAY_MICROS)
            .and_then(|days| days.checked_add(stride.micros))
            .ok_or_else(|| ValueError::new("22008", "interval out of range"))?;
        if step <= 0 {
            return Err(ValueError::new("22008", "stride must be greater than zero"));
        }
        Self::from_micros(origin.0 + (self.0 - origin.0).div_euclid(step) * step)
    }
}

impl Interval {
    /// `date_trunc(unit, interval)`.
    pub fn truncate(self, name: &str) -> Result<Self, ValueError> {
        let refused = || refused(name, "interval");
        let unit = Unit::parse(name).ok_or_else(refused)?;
        let months = |step: i32| Self { months: self.months / step * step, days: 0, micros: 0 };
        Ok(match unit {
            Unit::Day => Self { micros: 0, ..self },
            Unit::Month => months(1),
            Unit::Quarter => months(3),
            Unit::Year => months(12),
            Unit::Decade => months(120),
            Unit::Century => months(1_200),
            Unit::Millennium => months(12_000),
            Unit::Week => {
                return Err(refused().detail("Months usually have fractional weeks."));
            }
            _ => {
                let step = unit_micros(unit).ok_or_else(refused)?;
                Self { micros: self.micros / step * step, ..self }
            }
        })
    }
}
