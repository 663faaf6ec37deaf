//! Dates and times as text: the stored form, which is also their JSON form, and PostgreSQL's plain output.
//!
//! **Must not:** read text.

use std::fmt::Write;

use super::{DAY_MICROS, Date, SECOND_MICROS, Time, TimeTz, Timestamp};

impl Date {
    /// `2026-01-01`, stored and printed.
    pub fn write(self, out: &mut String) {
        match self {
            Self::INFINITY => out.push_str("infinity"),
            Self::NEGATIVE_INFINITY => out.push_str("-infinity"),
            _ => {
                let civil = self.civil();
                digits(out, civil.year.unsigned_abs(), 4);
                out.push('-');
                digits(out, u64::from(civil.month), 2);
                out.push('-');
                digits(out, u64::from(civil.day), 2);
            }
        }
    }

    /// The stored form.
    pub fn stored(self) -> String {
        let mut out = String::with_capacity(10);
        self.write(&mut out);
        out
    }
}

impl Time {
    /// `12:34:56.7`, stored and printed.
    pub fn write(self, out: &mut String) {
        let seconds = (self.0 / SECOND_MICROS).unsigned_abs();
        digits(out, seconds / 3_600, 2);
        out.push(':');
        digits(out, seconds / 60 % 60, 2);
        out.push(':');
        digits(out, seconds % 60, 2);
        write_fraction(self.0 % SECOND_MICROS, out);
    }

    /// The stored form.
    pub fn stored(self) -> String {
        let mut out = String::with_capacity(15);
        self.write(&mut out);
        out
    }
}

impl TimeTz {
    /// `12:34:56+02`, stored and printed.
    pub fn stored(self) -> String {
        let mut out = String::with_capacity(20);
        self.time.write(&mut out);
        write_offset(self.offset, &mut out);
        out
    }
}

impl Timestamp {
    /// `timestamp` as stored: `2026-01-01T12:00:00`.
    pub fn stored(self) -> String {
        self.with_separator('T', "")
    }

    /// `timestamptz` as stored: `2026-01-01T12:00:00+00:00`.
    pub fn stored_tz(self) -> String {
        self.with_separator('T', "+00:00")
    }

    /// `timestamp` as printed: `2026-01-01 12:00:00`.
    pub fn printed(self) -> String {
        self.with_separator(' ', "")
    }

    /// `timestamptz` as printed: `2026-01-01 12:00:00+00`.
    pub fn printed_tz(self) -> String {
        self.with_separator(' ', "+00")
    }

    fn with_separator(self, separator: char, zone: &str) -> String {
        let mut out = String::with_capacity(32);
        self.date().write(&mut out);
        if self.is_finite() {
            out.push(separator);
            Time(self.0.rem_euclid(DAY_MICROS)).write(&mut out);
            out.push_str(zone);
        }
        out
    }
}

/// `.5` of 500000; nothing of 0.
pub(crate) fn write_fraction(micros: i64, out: &mut String) {
    if micros == 0 {
        return;
    }
    let mut value = micros.unsigned_abs();
    let mut width = 6;
    while value.is_multiple_of(10) {
        value /= 10;
        width -= 1;
    }
    out.push('.');
    digits(out, value, width);
}

/// `+02`, `-05:30`, `+00:19:32`.
fn write_offset(offset: i32, out: &mut String) {
    let seconds = u64::from(offset.unsigned_abs());
    out.push(if offset < 0 { '-' } else { '+' });
    digits(out, seconds / 3_600, 2);
    if seconds % 3_600 != 0 {
        out.push(':');
        digits(out, seconds / 60 % 60, 2);
    }
    if seconds % 60 != 0 {
        out.push(':');
        digits(out, seconds % 60, 2);
    }
}

/// A number with leading zeros.
pub(crate) fn digits(out: &mut String, value: u64, width: usize) {
    // Writing to a string cannot fail.
    let _ = write!(out, "{value:0width$}");
}
