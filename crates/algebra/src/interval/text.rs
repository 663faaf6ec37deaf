//! Printing an interval, and reading what was printed without the full grammar.
//!
//! **Must not:** accept what a user may write; that is `decode`.

use std::fmt::Write;

use super::Interval;
use crate::datetime;

impl Interval {
    /// `1 year 2 mons -3 days +04:05:06.7`, stored and printed.
    pub fn write(self, out: &mut String) {
        let start = out.len();
        let mut after_negative = false;
        for (value, unit) in [(self.months / 12, "year"), (self.months % 12, "mon"), (self.days, "day")] {
            if value == 0 {
                continue;
            }
            let space = if out.len() > start { " " } else { "" };
            // Behind a negative part a positive one shows its sign.
            let sign = if after_negative && value > 0 { "+" } else { "" };
            let plural = if value == 1 { "" } else { "s" };
            // Writing to a string cannot fail.
            let _ = write!(out, "{space}{sign}{value} {unit}{plural}");
            after_negative = value < 0;
        }
        if self.micros == 0 && out.len() > start {
            return;
        }
        if out.len() > start {
            out.push(' ');
        }
        if self.micros < 0 {
            out.push('-');
        } else if after_negative {
            out.push('+');
        }
        let micros = self.micros.unsigned_abs();
        let seconds = micros / 1_000_000;
        datetime::write_digits(out, seconds / 3_600, 2);
        out.push(':');
        datetime::write_digits(out, seconds / 60 % 60, 2);
        out.push(':');
        datetime::write_digits(out, seconds % 60, 2);
        datetime::write_fraction(i64::try_from(micros % 1_000_000).unwrap_or(0), out);
    }

    /// The stored form.
    pub fn stored(self) -> String {
        let mut out = String::with_capacity(24);
        self.write(&mut out);
        out
    }
}

/// Reads the stored form.
pub(super) fn canonical(text: &str) -> Option<Interval> {
    let mut interval = Interval::default();
    let mut words = text.split(' ');
    while let Some(word) = words.next() {
        if word.contains(':') {
            interval.micros = clock(word)?;
            return words.next().is_none().then_some(interval);
        }
        let value: i32 = word.parse().ok()?;
        match words.next()? {
            "year" | "years" => interval.months = interval.months.checked_add(value.checked_mul(12)?)?,
            "mon" | "mons" => interval.months = interval.months.checked_add(value)?,
            "day" | "days" => interval.days = value,
            _ => return None,
        }
    }
    Some(interval)
}

fn clock(text: &str) -> Option<i64> {
    let (negative, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let mut parts = unsigned.split(':');
    let hours: i64 = parts.next()?.parse().ok()?;
    let minutes: i64 = parts.next()?.parse().ok()?;
    let (seconds, fraction) = parts.next().map(|part| part.split_once('.').unwrap_or((part, "")))?;
    let seconds: i64 = seconds.parse().ok()?;
    if parts.next().is_some() || fraction.len() > 6 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let micros: i64 = format!("{fraction:0<6}").parse().ok()?;
    let whole = hours.checked_mul(3_600)?.checked_add(minutes * 60 + seconds)?;
    let total = i128::from(whole) * 1_000_000 + i128::from(micros);
    i64::try_from(if negative { -total } else { total }).ok()
}
