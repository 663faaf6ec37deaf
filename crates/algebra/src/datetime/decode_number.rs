//! Which part of a date a number is: it follows from the order, the length and what is known already.
//!
//! **Must not:** know words other than months.

use super::decode::{Problem, Reading};
use super::decode_time::{fraction_micros, number, time_of_day};
use super::words;

impl Reading {
    /// A number that stands alone.
    pub(super) fn number_field(&mut self, text: &str) -> Result<(), Problem> {
        let point = text.find('.');
        let date_unknown = self.year.is_none() && self.month.is_none() && self.day.is_none();
        match point {
            Some(_) if date_unknown && !self.expects_time() => self.date_parts(text),
            Some(at) if at > 2 => self.run_together(text, false),
            None if text.len() >= 6 && (!self.has_date() || self.time.is_none()) => {
                self.run_together(text, false)
            }
            None if text.len() == 4 && !self.has_date() && self.expects_time() => {
                self.run_together(text, false)
            }
            _ => self.single(text),
        }
    }

    /// The parts of a date with separators: a month by name is certain, the numbers follow from it.
    pub(super) fn date_parts(&mut self, text: &str) -> Result<(), Problem> {
        if self.time.is_some() || self.afternoon.is_some() || !self.said.is_empty() {
            return Err(Problem::Format);
        }
        let mut numbers = Vec::new();
        for part in parts(text) {
            if part.starts_with(|c: char| c.is_ascii_digit()) {
                numbers.push(part);
                continue;
            }
            let month = words::month(part).ok_or(Problem::Format)?;
            if self.month.replace(i64::from(month)).is_some() {
                return Err(Problem::Format);
            }
            self.named_month = true;
        }
        for part in numbers {
            self.single(part)?;
        }
        if self.has_date() && self.time.is_none() { Ok(()) } else { Err(Problem::Format) }
    }

    /// One number without separators.
    fn single(&mut self, text: &str) -> Result<(), Problem> {
        if text.contains('.') {
            return Err(Problem::Format);
        }
        let value = number(text)?;
        let only_year = self.year.is_some() && self.month.is_none() && self.day.is_none();
        if text.len() == 3 && only_year && (1..=366).contains(&value) {
            self.day_of_year = Some(value);
            self.month = Some(1);
            self.day = Some(1);
            return Ok(());
        }
        match (self.year, self.month, self.day) {
            (None, None, None) if text.len() >= 3 => self.set_year(text, value),
            (None, None, None) | (Some(_), None, None) | (None, None, Some(_)) => self.month = Some(value),
            (None, Some(_), None) if self.named_month && text.len() >= 3 => self.set_year(text, value),
            (Some(year), Some(_), None) if self.named_month && text.len() >= 3 && self.short_year => {
                // The first number was the day after all: DD-MON-YYYY.
                self.day = Some(year);
                self.year = Some(value);
                self.short_year = false;
            }
            (_, Some(_), None) => self.day = Some(value),
            (None, Some(_), Some(_)) => self.set_year(text, value),
            (Some(_), None, Some(_)) => self.month = Some(value),
            (Some(_), Some(_), Some(_)) => return self.run_together(text, true),
        }
        Ok(())
    }

    fn set_year(&mut self, text: &str, value: i64) {
        self.year = Some(value);
        self.short_year = text.len() <= 2;
    }

    /// Digits run together: `YYYYMMDD`, `YYMMDD`, `HHMMSS`, `HHMM`, the time with a fraction perhaps.
    pub(super) fn run_together(&mut self, text: &str, time_only: bool) -> Result<(), Problem> {
        let (digits, fraction) = text.split_once('.').unwrap_or((text, ""));
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Problem::Format);
        }
        let has_fraction = digits.len() != text.len();
        if !has_fraction && !time_only && !self.expects_time() {
            let date_begun = self.year.is_some() || self.month.is_some() || self.day.is_some();
            if digits.len() < 6 || date_begun {
                return Err(Problem::Format);
            }
            let (year, rest) = digits.split_at(digits.len() - 4);
            self.year = Some(number(year)?);
            self.short_year = year.len() == 2;
            self.month = Some(number(&rest[..2])?);
            self.day = Some(number(&rest[2..])?);
            return Ok(());
        }
        let (hour, minute, second) = match digits.len() {
            6 => (&digits[..2], &digits[2..4], &digits[4..]),
            4 => (&digits[..2], &digits[2..], "0"),
            _ => return Err(Problem::Format),
        };
        let micros =
            time_of_day(number(hour)?, number(minute)?, number(second)?, fraction_micros(fraction)?)?;
        self.set_time(micros)
    }
}

/// Runs of digits and runs of letters.
fn parts(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        rest = &rest[start..];
        let digits = rest.as_bytes()[0].is_ascii_digit();
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() || c.is_ascii_digit() != digits)
            .unwrap_or(rest.len());
        found.push(&rest[..end]);
        rest = &rest[end..];
    }
    found
}
