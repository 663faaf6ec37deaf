//! Text to interval: PostgreSQL's verbose and SQL forms, read from right to left so that units come before numbers.
//!
//! **Must not:** print; know ISO 8601 durations, which `iso` reads.

use super::{Interval, iso};
use crate::datetime::{Field, SECOND_MICROS, split_fields};
use crate::value::ValueError;

/// Why a text is no interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    /// Not of a form that is known.
    Format,
    /// A field beyond its range.
    Field,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    /// Years, decades, centuries, millennia: how many years.
    Years(i64),
}

impl Interval {
    /// PostgreSQL's `interval_in`.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let first = decode(text);
        let result = if first == Err(Problem::Format) { iso::decode(text).unwrap_or(first) } else { first };
        result.map_err(|problem| match problem {
            Problem::Format => {
                ValueError::new("22007", format!("invalid input syntax for type interval: \"{text}\""))
            }
            Problem::Field => {
                ValueError::new("22015", format!("interval field value out of range: \"{text}\""))
            }
        })
    }

    /// Reads the stored form.
    pub fn from_stored(text: &str) -> Result<Self, ValueError> {
        match super::text::canonical(text) {
            Some(interval) => Ok(interval),
            None => Self::parse(text),
        }
    }
}

fn decode(text: &str) -> Result<Interval, Problem> {
    let fields = split_fields(text).ok_or(Problem::Format)?;
    let mut reading =
        Reading { total: Parts::default(), seen: Vec::new(), unit: NextUnit::Seconds, ago: false };
    for field in fields.iter().rev() {
        reading.field(field)?;
    }
    if reading.seen.is_empty() {
        return Err(Problem::Format);
    }
    reading.total.interval(reading.ago)
}

struct Reading {
    total: Parts,
    /// Units that were given; each may come once.
    seen: Vec<Unit>,
    /// The unit of the next number to the left.
    unit: NextUnit,
    ago: bool,
}

/// What a number without a word of its own counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NextUnit {
    /// Seconds, at the end of the text.
    Seconds,
    /// What the word to its right said, or what follows from the field there.
    Is(Unit),
    /// Nothing: before `ago` there must be a word.
    Named,
}

impl Reading {
    fn field(&mut self, field: &Field) -> Result<(), Problem> {
        match field {
            Field::Time(text) => self.clock(text, 1),
            Field::Offset(text) if text[1..].contains(':') => {
                self.clock(&text[1..], if text.starts_with('-') { -1 } else { 1 })
            }
            Field::Offset(text) | Field::Date(text) | Field::Number(text) => self.number(text),
            Field::Word(word) if word == "ago" => {
                self.ago = true;
                self.unit = NextUnit::Named;
                Ok(())
            }
            Field::Word(word) => {
                self.unit = NextUnit::Is(unit(word).ok_or(Problem::Format)?);
                Ok(())
            }
        }
    }

    fn clock(&mut self, text: &str, sign: i64) -> Result<(), Problem> {
        // A time takes the place of fractions of days that came before it, as in PostgreSQL.
        self.total.micros = i128::from(sign) * clock(text)?;
        for unit in [Unit::Hour, Unit::Minute, Unit::Second, Unit::Millisecond, Unit::Microsecond] {
            self.mark(unit)?;
        }
        self.unit = NextUnit::Is(Unit::Day);
        Ok(())
    }

    fn mark(&mut self, unit: Unit) -> Result<(), Problem> {
        if self.seen.contains(&unit) {
            return Err(Problem::Format);
        }
        self.seen.push(unit);
        Ok(())
    }

    fn number(&mut self, text: &str) -> Result<(), Problem> {
        let negative = text.starts_with('-');
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        if let Some((years, months)) = unsigned.split_once('-') {
            let value = years_and_months(years, months)?;
            self.total.months += if negative { -value } else { value };
            self.unit = NextUnit::Is(Unit::Month);
            return self.mark(Unit::Month);
        }
        let unit = match self.unit {
            NextUnit::Seconds => Unit::Second,
            NextUnit::Is(unit) => unit,
            NextUnit::Named => return Err(Problem::Format),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let value = if whole.is_empty() { 0 } else { digits(whole)? };
        let fraction = fraction_of(fraction)?;
        let sign = if negative { -1 } else { 1 };
        self.total.add(unit, sign * value, sign as f64 * fraction);
        if unit == Unit::Second && fraction != 0.0 {
            self.mark(Unit::Millisecond)?;
            self.mark(Unit::Microsecond)?;
        }
        self.unit = NextUnit::Is(if unit == Unit::Hour { Unit::Day } else { unit });
        self.mark(unit)
    }
}

/// SQL's `years-months`.
fn years_and_months(years: &str, months: &str) -> Result<i128, Problem> {
    let years = digits(years)?;
    let end = months.find(|c: char| !c.is_ascii_digit()).unwrap_or(months.len());
    let count = digits(&months[..end])?;
    if count >= 12 {
        return Err(Problem::Field);
    }
    if end < months.len() {
        return Err(Problem::Format);
    }
    Ok(i128::from(years) * 12 + i128::from(count))
}

/// Sums that may exceed an interval until all is read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parts {
    pub(super) months: i128,
    pub(super) days: i128,
    pub(super) micros: i128,
}

impl Parts {
    /// Adds a number of units; its fraction goes down to smaller ones.
    pub(super) fn add(&mut self, unit: Unit, value: i64, fraction: f64) {
        let value = i128::from(value);
        let second = i128::from(SECOND_MICROS);
        match unit {
            Unit::Microsecond => self.add_micros(value, fraction, 1),
            Unit::Millisecond => self.add_micros(value, fraction, 1_000),
            Unit::Second => self.add_micros(value, fraction, second),
            Unit::Minute => self.add_micros(value, fraction, 60 * second),
            Unit::Hour => self.add_micros(value, fraction, 3_600 * second),
            Unit::Day => {
                self.days += value;
                self.add_micros(0, fraction, 86_400 * second);
            }
            Unit::Week => {
                self.days += value * 7;
                self.add_days(fraction * 7.0);
            }
            Unit::Month => {
                self.months += value;
                self.add_days(fraction * super::MONTH_DAYS as f64);
            }
            Unit::Years(years) => {
                self.months += value * i128::from(years) * 12;
                self.months += (fraction * years as f64 * 12.0).round_ties_even() as i128;
            }
        }
    }

    fn add_days(&mut self, days: f64) {
        self.days += days as i128;
        self.add_micros(0, days - days.trunc(), 86_400 * i128::from(SECOND_MICROS));
    }

    fn add_micros(&mut self, value: i128, fraction: f64, scale: i128) {
        let exact = fraction * scale as f64;
        let rest = exact - exact.trunc();
        let rounded = i128::from(rest > 0.5) - i128::from(rest < -0.5);
        self.micros += value * scale + exact as i128 + rounded;
    }

    pub(super) fn interval(self, negated: bool) -> Result<Interval, Problem> {
        let sign = if negated { -1 } else { 1 };
        Ok(Interval {
            months: i32::try_from(sign * self.months).map_err(|_| Problem::Field)?,
            days: i32::try_from(sign * self.days).map_err(|_| Problem::Field)?,
            micros: i64::try_from(sign * self.micros).map_err(|_| Problem::Field)?,
        })
    }
}

/// `hh:mm`, `hh:mm:ss.f` or `mm:ss.f` as microseconds; any number of hours.
fn clock(text: &str) -> Result<i128, Problem> {
    let parts: Vec<&str> = text.split(':').collect();
    let (hours, minutes, seconds) = match parts[..] {
        [minutes, seconds] if seconds.contains('.') => ("0", minutes, seconds),
        [hours, minutes] => (hours, if minutes.is_empty() { "0" } else { minutes }, "0"),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return Err(Problem::Format),
    };
    let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let (hours, minutes, seconds) = (digits(hours)?, digits(minutes)?, digits(seconds)?);
    if minutes > 59 || seconds > 60 {
        return Err(Problem::Field);
    }
    let micros = (fraction_of(fraction)? * SECOND_MICROS as f64).round_ties_even() as i128;
    Ok((i128::from(hours) * 3_600 + i128::from(minutes * 60 + seconds)) * i128::from(SECOND_MICROS) + micros)
}

pub(super) fn digits(text: &str) -> Result<i64, Problem> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::Format);
    }
    text.parse().map_err(|_| Problem::Field)
}

/// Digits behind a point as a number below one.
pub(super) fn fraction_of(digits: &str) -> Result<f64, Problem> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::Format);
    }
    if digits.is_empty() { Ok(0.0) } else { format!("0.{digits}").parse().map_err(|_| Problem::Format) }
}

/// The unit that a word names.
fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "us" | "usec" | "usecs" | "usecond" | "useconds" | "microsecond" | "microseconds" => {
            Unit::Microsecond
        }
        "ms" | "msec" | "msecs" | "msecond" | "mseconds" | "millisecond" | "milliseconds" => {
            Unit::Millisecond
        }
        "s" | "sec" | "secs" | "second" | "seconds" => Unit::Second,
        "m" | "min" | "mins" | "minute" | "minutes" => Unit::Minute,
        "h" | "hr" | "hrs" | "hour" | "hours" => Unit::Hour,
        "d" | "day" | "days" => Unit::Day,
        "w" | "week" | "weeks" => Unit::Week,
        "mon" | "mons" | "month" | "months" => Unit::Month,
        "y" | "yr" | "yrs" | "year" | "years" => Unit::Years(1),
        "dec" | "decs" | "decade" | "decades" => Unit::Years(10),
        "c" | "cent" | "century" | "centuries" => Unit::Years(100),
        "mil" | "mils" | "millennium" | "millennia" => Unit::Years(1_000),
        _ => return None,
    })
}
