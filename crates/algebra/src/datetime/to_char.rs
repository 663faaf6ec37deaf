//! `to_char` of timestamps and intervals.
//!
//! **Must not:** know locales: names are English.

use super::template::{self, FieldNode, Key, Letters, Node};
use super::words::{MONTHS, WEEKDAYS};
use super::{Civil, Clock, Date, SECOND_MICROS, Timestamp};
use crate::interval::Interval;
use crate::value::ValueError;

pub(super) const ROMAN: [&str; 12] =
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// What a template is filled from.
struct Fields {
    year: i64,
    /// 1 to 12; of an interval also 0 and below.
    month: i64,
    day: i64,
    day_of_year: i64,
    hour: i64,
    minute: i64,
    second: i64,
    micros: i64,
    /// The day, of a timestamp.
    date: Option<Date>,
    /// What is printed for `TZ`.
    zone: &'static str,
}

impl Timestamp {
    /// `to_char(timestamp, template)`; nothing for the infinities.
    pub fn to_char(self, template: &str, clock: Clock) -> Result<Option<String>, ValueError> {
        if !self.is_finite() {
            return Ok(None);
        }
        let date = self.date();
        let civil = date.civil();
        let mut fields = Fields {
            year: civil.year,
            month: i64::from(civil.month),
            day: i64::from(civil.day),
            day_of_year: date.day_of_year(),
            hour: 0,
            minute: 0,
            second: 0,
            micros: 0,
            date: Some(date),
            zone: if clock == Clock::Utc { "UTC" } else { "" },
        };
        fields.set_time(self.time().micros());
        fields.fill(template).map(Some)
    }
}

impl Interval {
    /// `to_char(interval, template)`.
    pub fn to_char(self, template: &str) -> Result<String, ValueError> {
        let (year, month) = (i64::from(self.months / 12), i64::from(self.months % 12));
        let day = i64::from(self.days);
        let mut fields = Fields {
            year,
            month,
            day,
            day_of_year: (year * 12 + month) * 30 + day,
            hour: 0,
            minute: 0,
            second: 0,
            micros: 0,
            date: None,
            zone: "",
        };
        fields.set_time(self.micros);
        fields.fill(template)
    }
}

fn not_for_intervals() -> ValueError {
    ValueError::new("22007", "invalid format specification for an interval value")
        .hint("Intervals are not tied to specific calendar dates.")
}

impl Fields {
    fn set_time(&mut self, micros: i64) {
        self.micros = micros % SECOND_MICROS;
        let seconds = micros / SECOND_MICROS;
        (self.hour, self.minute, self.second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }

    fn fill(&self, template: &str) -> Result<String, ValueError> {
        let mut out = String::with_capacity(template.len() * 2);
        for node in template::parse(template) {
            match node {
                Node::Field(field) => self.write(field, &mut out)?,
                Node::Exact => {}
                Node::Space(character) | Node::Separator(character) | Node::Literal(character) => {
                    out.push(character)
                }
            }
        }
        Ok(out)
    }

    fn date(&self) -> Result<Date, ValueError> {
        self.date.ok_or_else(not_for_intervals)
    }

    fn write(&self, field: FieldNode, out: &mut String) -> Result<(), ValueError> {
        if let Some((number, width)) = self.number(field.key)? {
            write_number(number, width, field, out);
            return Ok(());
        }
        let (name, width) = self.name(field.key)?;
        let cased = match field.letters {
            Letters::Upper => name.to_ascii_uppercase(),
            Letters::Lower => name.to_ascii_lowercase(),
            Letters::Capital => {
                let mut cased = name;
                if let Some(first) = cased.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
                cased
            }
        };
        out.push_str(&cased);
        if !field.fill_mode {
            out.extend(std::iter::repeat_n(' ', width.saturating_sub(cased.len())));
        }
        Ok(())
    }

    /// A field that is a number, and its width; nothing for other fields.
    fn number(&self, key: Key) -> Result<Option<(i64, usize)>, ValueError> {
        let year_digits = |year: i64, digits: u32| (year % 10i64.pow(digits), digits as usize);
        Ok(Some(match key {
            Key::Hour24 => (self.hour, 2),
            Key::Hour12 => (if self.hour % 12 == 0 { 12 } else { self.hour % 12 }, 2),
            Key::Minute => (self.minute, 2),
            Key::Second => (self.second, 2),
            Key::Milliseconds => (self.micros / 1_000, 3),
            Key::Microseconds => (self.micros, 6),
            Key::Fraction(digits) => (self.micros / 10i64.pow(6 - digits), digits as usize),
            Key::SecondOfDay => ((self.hour * 60 + self.minute) * 60 + self.second, 0),
            Key::Month => (self.month, 2),
            // PostgreSQL counts the sign of a negative day among the digits.
            Key::Day => (self.day, if self.day < 0 { 1 } else { 2 }),
            Key::DayOfYear => (self.day_of_year, 3),
            Key::Weekday => (i64::from(self.date()?.weekday()) + 1, 0),
            Key::IsoWeekday => (i64::from((self.date()?.weekday() + 6) % 7) + 1, 0),
            Key::IsoDayOfYear => {
                let date = self.date()?;
                let fourth = Civil { year: date.iso_week().0, month: 1, day: 4 }.days();
                let start = fourth - (fourth + 3).rem_euclid(7);
                (i64::from(date.days()) - start + 1, 3)
            }
            Key::IsoWeek => (self.date()?.iso_week().1, 2),
            Key::Week => ((self.day_of_year - 1) / 7 + 1, 2),
            Key::WeekOfMonth => ((self.day - 1) / 7 + 1, 0),
            Key::Quarter if self.month == 0 => return Ok(None),
            Key::Quarter => ((self.month - 1) / 3 + 1, 0),
            Key::Century if self.date.is_none() => (self.year / 100, 2),
            Key::Century => ((self.year + 99) / 100, 2),
            Key::Julian => match self.date {
                Some(date) => (date.julian(), 0),
                None => return Ok(None),
            },
            Key::Year(4) => (self.year, 4),
            Key::Year(digits) => year_digits(self.year, digits),
            Key::IsoYear(4) => (self.iso_year(), 4),
            Key::IsoYear(digits) => year_digits(self.iso_year(), digits),
            _ => return Ok(None),
        }))
    }

    fn iso_year(&self) -> i64 {
        self.date.map_or(self.year, |date| date.iso_week().0)
    }

    /// A field that is text, in lower case, and its width.
    fn name(&self, key: Key) -> Result<(String, usize), ValueError> {
        let month = usize::try_from(self.month - 1).unwrap_or(11);
        let weekday = || -> Result<usize, ValueError> { Ok(self.date()?.weekday() as usize) };
        Ok(match key {
            Key::AmPm { dots } => {
                let afternoon = self.hour.rem_euclid(24) >= 12;
                let letter = if afternoon { 'p' } else { 'a' };
                (if dots { format!("{letter}.m.") } else { format!("{letter}m") }, 0)
            }
            Key::AdBc { dots } => {
                self.date()?;
                (if dots { "a.d." } else { "ad" }.to_owned(), 0)
            }
            Key::MonthName | Key::MonthShort if self.date.is_none() => return Err(not_for_intervals()),
            Key::MonthName => (MONTHS[month].to_owned(), 9),
            Key::MonthShort => (MONTHS[month][..3].to_owned(), 0),
            Key::DayName => (WEEKDAYS[weekday()?].to_owned(), 9),
            Key::DayShort => (WEEKDAYS[weekday()?][..3].to_owned(), 0),
            Key::Roman if self.month == 0 && self.year == 0 => (String::new(), 0),
            Key::Roman => (ROMAN[month].to_ascii_lowercase(), 4),
            Key::Zone | Key::Offset | Key::ZoneHour | Key::ZoneMinute if self.date.is_none() => {
                return Err(not_for_intervals());
            }
            Key::Zone => (self.zone.to_ascii_lowercase(), 0),
            Key::Offset | Key::ZoneHour => ("+00".to_owned(), 0),
            Key::ZoneMinute => ("00".to_owned(), 0),
            Key::YearComma => (format!("{},{:03}", self.year / 1_000, self.year % 1_000), 0),
            _ => (String::new(), 0),
        })
    }
}

fn write_number(number: i64, width: usize, field: FieldNode, out: &mut String) {
    let width = match (field.fill_mode, number < 0) {
        (true, _) => 0,
        (false, true) if width > 0 => width + 1,
        (false, _) => width,
    };
    let fraction = matches!(field.key, Key::Milliseconds | Key::Microseconds | Key::Fraction(_));
    let width = if fraction && field.fill_mode { fraction_width(field.key) } else { width };
    let digits = format!("{number:0width$}");
    out.push_str(&digits);
    if let Some(letters) = field.ordinal {
        out.push_str(ordinal_suffix(&digits, letters == Letters::Upper));
    }
}

/// Fractions keep their zeros in fill mode.
fn fraction_width(key: Key) -> usize {
    match key {
        Key::Milliseconds => 3,
        Key::Microseconds => 6,
        Key::Fraction(digits) => digits as usize,
        _ => 0,
    }
}

/// `st`, `nd`, `rd` or `th`.
pub(crate) fn ordinal_suffix(digits: &str, upper: bool) -> &'static str {
    let teen = digits.len() > 1 && digits.as_bytes()[digits.len() - 2] == b'1';
    let index = match digits.as_bytes().last() {
        Some(b'1') if !teen => 0,
        Some(b'2') if !teen => 1,
        Some(b'3') if !teen => 2,
        _ => 3,
    };
    if upper { ["ST", "ND", "RD", "TH"][index] } else { ["st", "nd", "rd", "th"][index] }
}
