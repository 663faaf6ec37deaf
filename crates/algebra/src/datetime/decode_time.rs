//! Times of day, fractions of seconds and distances from UTC, as PostgreSQL reads them.
//!
//! **Must not:** know dates.

use super::decode::Problem;
use super::{DAY_MICROS, SECOND_MICROS};

/// `04:05`, `04:05:06.789` as microseconds.
pub(super) fn clock(text: &str) -> Result<i64, Problem> {
    let parts: Vec<&str> = text.split(':').collect();
    let (hour, minute, seconds) = match parts[..] {
        // With a point behind the second number it is minutes and seconds.
        [minute, seconds] if seconds.contains('.') => (0, number(minute)?, seconds),
        [hour, minute] => (number(hour)?, number(minute)?, "0"),
        [hour, minute, seconds] => (number(hour)?, number(minute)?, seconds),
        _ => return Err(Problem::Format),
    };
    let (second, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    time_of_day(hour, minute, number(second)?, fraction_micros(fraction)?)
}

/// Checks a time of day: up to 24:00:00, with a leap second counted into the next minute.
pub(super) fn time_of_day(hour: i64, minute: i64, second: i64, micros: i64) -> Result<i64, Problem> {
    let total = ((hour * 60 + minute) * 60 + second) * SECOND_MICROS + micros;
    let whole_minute = second == 60 && micros > 0;
    if hour > 24 || minute > 59 || second > 60 || whole_minute || total > DAY_MICROS {
        return Err(Problem::Field);
    }
    Ok(total)
}

/// Puts a time of a twelve-hour clock into its half of the day.
pub(super) fn twelve_hours(micros: i64, afternoon: bool) -> Result<i64, Problem> {
    let hour = micros / (3_600 * SECOND_MICROS);
    let half_day = 12 * 3_600 * SECOND_MICROS;
    match (hour, afternoon) {
        (13.., _) => Err(Problem::Field),
        (12, false) => Ok(micros - half_day),
        (0..=11, true) => Ok(micros + half_day),
        _ => Ok(micros),
    }
}

/// Digits behind a point as microseconds, rounded.
pub(super) fn fraction_micros(digits: &str) -> Result<i64, Problem> {
    if digits.is_empty() {
        return Ok(0);
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::Format);
    }
    let value: f64 = format!("0.{digits}").parse().map_err(|_| Problem::Format)?;
    Ok((value * SECOND_MICROS as f64).round_ties_even() as i64)
}

/// A small unsigned number.
pub(super) fn number(text: &str) -> Result<i64, Problem> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::Format);
    }
    text.parse::<i32>().map(i64::from).map_err(|_| Problem::Field)
}

/// `+02`, `-0530`, `+05:30:15` as seconds east of UTC.
pub(super) fn displacement(text: &str) -> Result<i32, Problem> {
    let (east, digits) = match text.as_bytes().first() {
        Some(b'+') => (1, &text[1..]),
        Some(b'-') => (-1, &text[1..]),
        _ => return Err(Problem::Format),
    };
    let mut parts = digits.split(':');
    let first = parts.next().unwrap_or("");
    let (hour, minute) = match parts.next() {
        Some(minute) => (number(first)?, number(minute)?),
        None if first.len() > 2 => (number(first)? / 100, number(first)? % 100),
        None => (number(first)?, 0),
    };
    let second = parts.next().map_or(Ok(0), number)?;
    if parts.next().is_some() {
        return Err(Problem::Format);
    }
    if hour > 15 || minute > 59 || second > 59 {
        return Err(Problem::Displacement);
    }
    Ok(east * i32::try_from((hour * 60 + minute) * 60 + second).unwrap_or(0))
}
