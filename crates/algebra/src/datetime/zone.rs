//! Time zones: fixed distances from UTC and the named zones of the IANA database.
//!
//! **Must not:** read the machine's zone or its files.

use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

use super::{SECOND_MICROS, Timestamp, words};
use crate::interval::Interval;
use crate::value::ValueError;

/// A time zone.
#[derive(Debug, Clone, PartialEq)]
pub enum Zone {
    /// Seconds east of UTC.
    Fixed(i32),
    /// A zone whose distance changes.
    Named(TimeZone),
}

impl Zone {
    /// What `at time zone` takes: a full name, an abbreviation, or a POSIX form such as `UTC+3`, which lies west.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let lower = text.to_ascii_lowercase();
        Self::find(&lower)
            .ok_or_else(|| ValueError::invalid_parameter(format!("time zone \"{text}\" not recognized")))
    }

    /// What `at time zone interval '…'` takes: a distance east of UTC.
    pub fn from_interval(interval: Interval) -> Result<Self, ValueError> {
        if interval.months != 0 || interval.days != 0 {
            let shown = interval.stored();
            let message = format!("interval time zone \"{shown}\" must not include months or days");
            return Err(ValueError::invalid_parameter(message));
        }
        let seconds = interval.micros / SECOND_MICROS;
        let out_of_range = || ValueError::new("22008", "interval out of range");
        i32::try_from(seconds).map(Self::Fixed).map_err(|_| out_of_range())
    }

    /// A zone by its lower-case name.
    pub(super) fn find(lower: &str) -> Option<Self> {
        if let Some(offset) = words::abbreviation(lower) {
            return Some(Self::Fixed(offset));
        }
        let name = match lower {
            "msk" => "europe/moscow",
            "sgt" => "asia/singapore",
            "clt" => "america/santiago",
            "art" => "america/argentina/buenos_aires",
            other => other,
        };
        jiff::tz::db().get(name).ok().map(Self::Named).or_else(|| posix(lower))
    }

    /// Seconds east of UTC at a moment.
    pub fn offset_at(&self, moment: Timestamp) -> i32 {
        match self {
            Self::Fixed(offset) => *offset,
            Self::Named(zone) => {
                let moment = jiff::Timestamp::from_microsecond(moment.micros());
                moment.map_or(0, |moment| zone.to_offset(moment).seconds())
            }
        }
    }

    /// The moment at which clocks in the zone show a time. A time that was skipped counts from before the change,
    /// one that came twice is the second.
    pub fn to_utc(&self, local: Timestamp) -> Result<Timestamp, ValueError> {
        if !local.is_finite() {
            return Ok(local);
        }
        let offset = match self {
            Self::Fixed(offset) => *offset,
            Self::Named(zone) => local_offset(zone, local)?,
        };
        Timestamp::from_micros(local.micros() - i64::from(offset) * SECOND_MICROS)
    }

    /// What clocks in the zone show at a moment.
    pub fn to_local(&self, moment: Timestamp) -> Result<Timestamp, ValueError> {
        if !moment.is_finite() {
            return Ok(moment);
        }
        let offset = i64::from(self.offset_at(moment));
        Timestamp::from_micros(moment.micros() + offset * SECOND_MICROS)
    }
}

fn local_offset(zone: &TimeZone, local: Timestamp) -> Result<i32, ValueError> {
    let out_of_range = |_| ValueError::new("22008", "timestamp out of range");
    let moment = jiff::Timestamp::from_microsecond(local.micros()).map_err(out_of_range)?;
    let clock = Offset::UTC.to_datetime(moment);
    let offset = match zone.to_ambiguous_timestamp(clock).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset,
        AmbiguousOffset::Gap { before, .. } => before,
        AmbiguousOffset::Fold { after, .. } => after,
    };
    Ok(offset.seconds())
}

/// `<name>offset` or just an offset, counted westward as POSIX does. Rules for daylight saving are not known.
fn posix(text: &str) -> Option<Zone> {
    let after_name = match text.strip_prefix('<') {
        Some(rest) => rest.split_once('>')?.1,
        None => text.trim_start_matches(|c: char| c.is_ascii_alphabetic()),
    };
    let (east, digits) = match after_name.as_bytes().first()? {
        b'+' => (-1, &after_name[1..]),
        b'-' => (1, &after_name[1..]),
        _ => (-1, after_name),
    };
    let mut seconds = 0;
    let mut unit = 3_600;
    for part in digits.split(':') {
        let value: i32 =
            part.parse().ok().filter(|_| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()))?;
        seconds += value * unit;
        unit /= 60;
    }
    (seconds < 16 * 3_600).then_some(Zone::Fixed(east * seconds))
}
