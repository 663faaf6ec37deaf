//! Text to dates, times and timestamps: PostgreSQL's input functions, and reading the stored form back.
//!
//! **Must not:** know columns; precision is applied by who knows it.

use super::decode::{self, Decoded, Problem, Special, Wanted};
use super::zone::Zone;
use super::{Date, Time, TimeTz, Timestamp, iso};
use crate::value::ValueError;

/// Microseconds from 1970-01-01 to 2000-01-01, from which PostgreSQL counts, also when it rounds.
const Y2K_MICROS: i64 = 946_684_800_000_000;

impl Date {
    /// PostgreSQL's `date_in`; a time of day is read and dropped.
    pub fn parse(text: &str, now: Timestamp) -> Result<Self, ValueError> {
        if let Some(iso::Iso { date, .. }) = iso::parse(text) {
            return Ok(date);
        }
        let decoded =
            decode::decode(text, now, Wanted::Moment).map_err(|problem| problem.error("date", text))?;
        match (decoded.special, decoded.date) {
            (Some(special), _) => Ok(special.timestamp(now).date()),
            (None, Some(days)) => decode::checked_days(days, "date", text),
            (None, None) => Err(Problem::Format.error("date", text)),
        }
    }
}

impl Time {
    /// PostgreSQL's `time_in`; a date and a zone are read and dropped.
    pub fn parse(text: &str, now: Timestamp) -> Result<Self, ValueError> {
        if let Some((time, _)) = iso::parse_time(text) {
            return Ok(time);
        }
        time_of_day(text, now).map(|(time, _)| time).map_err(|problem| problem.error("time", text))
    }

    /// Rounds to a number of fractional digits.
    #[must_use]
    pub fn round(self, digits: u8) -> Self {
        let unit = unit(digits);
        Self((self.0 + unit / 2) / unit * unit)
    }
}

impl TimeTz {
    /// PostgreSQL's `timetz_in`; without a zone it is UTC.
    pub fn parse(text: &str, now: Timestamp) -> Result<Self, ValueError> {
        if let Some((time, offset)) = iso::parse_time(text) {
            return Ok(Self { time, offset: offset.unwrap_or(0) });
        }
        let type_name = "time with time zone";
        let (time, decoded) = time_of_day(text, now).map_err(|problem| problem.error(type_name, text))?;
        let offset = match (&decoded.zone, decoded.date) {
            (None, _) => 0,
            (Some(Zone::Fixed(offset)), _) => *offset,
            (Some(zone), Some(days)) => {
                let local = Timestamp::at(decode::checked_days(days, "date", text)?, time)?;
                let offset_micros = local.micros() - zone.to_utc(local)?.micros();
                i32::try_from(offset_micros / super::SECOND_MICROS).unwrap_or(0)
            }
            (Some(_), None) => return Err(Problem::Format.error(type_name, text)),
        };
        Ok(Self { time, offset })
    }

    /// Rounds to a number of fractional digits.
    #[must_use]
    pub fn round(self, digits: u8) -> Self {
        Self { time: self.time.round(digits), offset: self.offset }
    }
}

fn time_of_day(text: &str, now: Timestamp) -> Result<(Time, Decoded), Problem> {
    let decoded = decode::decode(text, now, Wanted::TimeOfDay)?;
    let micros = match (decoded.special, decoded.time) {
        (Some(Special::Now), _) => now.time().micros(),
        (None, Some(micros)) => micros,
        _ => return Err(Problem::Format),
    };
    Ok((Time(micros), decoded))
}

impl Timestamp {
    /// PostgreSQL's `timestamp_in`; a zone is read and dropped.
    pub fn parse(text: &str, now: Timestamp) -> Result<Self, ValueError> {
        match iso::parse(text) {
            Some(iso) => Self::at(iso.date, iso.time.unwrap_or(Time(0))),
            None => Self::decode(text, now, "timestamp").map(|(local, _)| local),
        }
    }

    /// PostgreSQL's `timestamptz_in`; without a zone it is UTC.
    pub fn parse_tz(text: &str, now: Timestamp) -> Result<Self, ValueError> {
        let (local, zone) = match iso::parse(text) {
            Some(iso) => {
                let local = Self::at(iso.date, iso.time.unwrap_or(Time(0)))?;
                (local, iso.offset.map(Zone::Fixed))
            }
            None => Self::decode(text, now, "timestamp with time zone")?,
        };
        match zone {
            Some(zone) => zone
                .to_utc(local)
                .map_err(|error| ValueError::new(error.sqlstate, format!("{}: \"{text}\"", error.message))),
            None => Ok(local),
        }
    }

    fn decode(text: &str, now: Timestamp, type_name: &str) -> Result<(Self, Option<Zone>), ValueError> {
        let problem = |problem: Problem| problem.error(type_name, text);
        let decoded = decode::decode(text, now, Wanted::Moment).map_err(problem)?;
        if let Some(special) = decoded.special {
            return Ok((special.timestamp(now), None));
        }
        let days = decoded.date.ok_or_else(|| problem(Problem::Format))?;
        let date = decode::checked_days(days, "timestamp", text)?;
        let micros = date.midnight().micros() + decoded.time.unwrap_or(0);
        let local = Self::from_micros(micros)
            .map_err(|_| ValueError::new("22008", format!("timestamp out of range: \"{text}\"")))?;
        Ok((local, decoded.zone))
    }

    /// Rounds to a number of fractional digits: half away from the year 2000, as PostgreSQL counts.
    #[must_use]
    pub fn round(self, digits: u8) -> Self {
        if !self.is_finite() || digits >= 6 {
            return self;
        }
        let unit = unit(digits);
        let from_2000 = self.0 - Y2K_MICROS;
        let magnitude = (from_2000.abs() + unit / 2) / unit * unit;
        Self(Y2K_MICROS + magnitude * from_2000.signum())
    }

    /// Reads the stored form of a `date`, `timestamp` or `timestamptz`.
    pub fn from_stored(text: &str) -> Result<Self, ValueError> {
        match text {
            "infinity" => Ok(Self::INFINITY),
            "-infinity" => Ok(Self::NEGATIVE_INFINITY),
            _ => match iso::parse(text) {
                Some(iso) => Self::at(iso.date, iso.time.unwrap_or(Time(0))),
                // Text that a query made, not a column.
                None => Self::parse_tz(text, Self(0)),
            },
        }
    }
}

impl Date {
    /// Reads the stored form of a `date`, or the day of a stored timestamp.
    pub fn from_stored(text: &str) -> Result<Self, ValueError> {
        Timestamp::from_stored(text).map(Timestamp::date)
    }
}

impl Special {
    fn timestamp(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Epoch => Timestamp(0),
            Self::Infinity => Timestamp::INFINITY,
            Self::NegativeInfinity => Timestamp::NEGATIVE_INFINITY,
            Self::Now => now,
        }
    }
}

/// The microseconds that one step of so many fractional digits is.
pub(crate) fn unit(digits: u8) -> i64 {
    10i64.pow(6 - u32::from(digits.min(6)))
}
