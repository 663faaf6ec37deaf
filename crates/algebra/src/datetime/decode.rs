//! What the fields of a date or time mean together: PostgreSQL's rules for the date order MDY and ISO output.
//!
//! **Must not:** know which type the text is for, beyond whether it is a time alone.

use super::calendar::{self, Civil};
use super::decode_time::{clock, displacement, twelve_hours};
use super::fields::{self, Field};
use super::words::{self, Word};
use super::zone::Zone;
use super::{Date, SECOND_MICROS, Timestamp};
use crate::value::ValueError;

/// Why a text is no date or time.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Problem {
    /// Not of a form that is known.
    Format,
    /// A field beyond its range.
    Field,
    /// A month or day beyond its range: perhaps the order was another one.
    MonthOrDay,
    /// A distance from UTC beyond its range.
    Displacement,
    /// A zone that is not known.
    UnknownZone(String),
}

impl Problem {
    /// PostgreSQL's error.
    pub(super) fn error(self, type_name: &str, text: &str) -> ValueError {
        let field = || ValueError::new("22008", format!("date/time field value out of range: \"{text}\""));
        match self {
            Self::Format => {
                ValueError::new("22007", format!("invalid input syntax for type {type_name}: \"{text}\""))
            }
            Self::Field => field(),
            Self::MonthOrDay => field().hint("Perhaps you need a different \"datestyle\" setting."),
            Self::Displacement => {
                ValueError::new("22009", format!("time zone displacement out of range: \"{text}\""))
            }
            Self::UnknownZone(name) => {
                ValueError::invalid_parameter(format!("time zone \"{name}\" not recognized"))
            }
        }
    }
}

/// What is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A date, perhaps with a time.
    Moment,
    /// A time of day, perhaps with a date.
    TimeOfDay,
}

/// A date without a place in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Special {
    Epoch,
    Infinity,
    NegativeInfinity,
    Now,
}

/// What a text says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Decoded {
    pub(super) special: Option<Special>,
    /// Days since 1970-01-01, before any check of range.
    pub(super) date: Option<i64>,
    /// Microseconds since midnight.
    pub(super) time: Option<i64>,
    pub(super) zone: Option<Zone>,
}

/// Reads a text by the full grammar.
pub(super) fn decode(text: &str, now: Timestamp, wanted: Wanted) -> Result<Decoded, Problem> {
    let fields = fields::split(text).ok_or(Problem::Format)?;
    let mut reading = Reading::new(now, wanted);
    // Before a time alone a date is read only where it cannot be a time and its zone.
    let date_in_front = matches!(fields[..], [Field::Date(_), .., Field::Date(_)])
        || matches!(fields[..], [Field::Date(_), Field::Time(_), ..]);
    for (index, field) in fields.iter().enumerate() {
        reading.accepts_date = wanted == Wanted::Moment || (index == 0 && date_in_front);
        reading.field(field)?;
    }
    reading.finish()
}

/// The state of one reading.
pub(super) struct Reading {
    now: Timestamp,
    wanted: Wanted,
    /// Whether the field at hand may be a date with separators.
    accepts_date: bool,
    pub(super) year: Option<i64>,
    pub(super) month: Option<i64>,
    pub(super) day: Option<i64>,
    pub(super) day_of_year: Option<i64>,
    /// The month was given by name.
    pub(super) named_month: bool,
    /// The year was given with one or two digits.
    pub(super) short_year: bool,
    pub(super) time: Option<i64>,
    zone: Option<Zone>,
    special: Option<Special>,
    before_christ: bool,
    /// Words that may come once; a date with separators may not follow them.
    pub(super) said: Vec<Word>,
    pub(super) afternoon: Option<bool>,
    /// A word that says what the next number is.
    prefix: Option<Word>,
}

impl Reading {
    fn new(now: Timestamp, wanted: Wanted) -> Self {
        Self {
            now,
            wanted,
            accepts_date: true,
            year: None,
            month: None,
            day: None,
            day_of_year: None,
            named_month: false,
            short_year: false,
            time: None,
            zone: None,
            special: None,
            before_christ: false,
            said: Vec::new(),
            afternoon: None,
            prefix: None,
        }
    }

    pub(super) fn has_date(&self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// Whether digits that could be a date are read as a time.
    pub(super) fn expects_time(&self) -> bool {
        self.has_date() || self.wanted == Wanted::TimeOfDay
    }

    fn field(&mut self, field: &Field) -> Result<(), Problem> {
        // `T` and `J` want a number behind them.
        if self.prefix.is_some() && matches!(field, Field::Word(_) | Field::Offset(_)) {
            return Err(Problem::Format);
        }
        match field {
            Field::Date(text) => self.date_field(text),
            Field::Time(text) => {
                self.prefix = None;
                let micros = clock(text)?;
                self.set_time(micros)
            }
            Field::Offset(text) => self.set_zone(Zone::Fixed(displacement(text)?)),
            Field::Number(text) => match self.prefix.take() {
                Some(Word::Julian) => self.julian(text),
                Some(_) => self.run_together(text, true),
                None => self.number_field(text),
            },
            Field::Word(text) => self.word(text),
        }
    }

    fn date_field(&mut self, text: &str) -> Result<(), Problem> {
        if self.prefix.is_none() && self.accepts_date && (self.month.is_none() || self.day.is_none()) {
            return self.date_parts(text);
        }
        if self.prefix.take().is_some() || text.starts_with(|c: char| c.is_ascii_digit()) {
            // A run-together time with its zone: 040506-08.
            let at = text.find('-').ok_or(Problem::Format)?;
            self.set_zone(Zone::Fixed(displacement(&text[at..])?))?;
            return self.run_together(&text[..at], true);
        }
        let zone = Zone::find(text).ok_or_else(|| Problem::UnknownZone(text.to_owned()))?;
        self.set_zone(zone)
    }

    fn word(&mut self, text: &str) -> Result<(), Problem> {
        let Some(word) = words::lookup(text) else {
            let zone = Zone::find(text).ok_or(Problem::Format)?;
            return self.set_zone(zone);
        };
        match word {
            Word::Zone(offset) => self.set_zone(Zone::Fixed(offset)),
            Word::Month(month) => self.set_named_month(i64::from(month)),
            Word::Filler => Ok(()),
            Word::Weekday => self.say_once(word),
            Word::Am => self.set_afternoon(false),
            Word::Pm => self.set_afternoon(true),
            Word::Ad | Word::Bc => {
                self.before_christ = word == Word::Bc;
                self.say_once(Word::Bc)
            }
            Word::Now => self.set_special(Special::Now),
            Word::Epoch => self.set_special(Special::Epoch),
            Word::Infinity => self.set_special(Special::Infinity),
            Word::NegativeInfinity => self.set_special(Special::NegativeInfinity),
            Word::Today => self.set_day(0),
            Word::Tomorrow => self.set_day(1),
            Word::Yesterday => self.set_day(-1),
            Word::AllBalls => {
                self.set_time(0)?;
                self.set_zone(Zone::Fixed(0))
            }
            Word::IsoTime | Word::Julian => {
                if word == Word::IsoTime && !self.has_date() && self.wanted == Wanted::Moment {
                    return Err(Problem::Format);
                }
                self.prefix = Some(word);
                Ok(())
            }
            Word::DaylightSaving => match &mut self.zone {
                Some(Zone::Fixed(offset)) => {
                    *offset += 3_600;
                    self.say_once(word)
                }
                _ => Err(Problem::Format),
            },
        }
    }

    fn say_once(&mut self, word: Word) -> Result<(), Problem> {
        if self.said.contains(&word) {
            return Err(Problem::Format);
        }
        self.said.push(word);
        Ok(())
    }

    fn set_named_month(&mut self, month: i64) -> Result<(), Problem> {
        if let Some(number) = self.month {
            // The number before was the day: `8 January`.
            if self.named_month || self.day.is_some() || !(1..=31).contains(&number) {
                return Err(Problem::Format);
            }
            self.day = Some(number);
        }
        self.named_month = true;
        self.month = Some(month);
        Ok(())
    }

    fn set_afternoon(&mut self, afternoon: bool) -> Result<(), Problem> {
        if self.afternoon.replace(afternoon).is_some() {
            return Err(Problem::Format);
        }
        Ok(())
    }

    fn set_day(&mut self, distance: i64) -> Result<(), Problem> {
        if self.year.is_some() || self.month.is_some() || self.day.is_some() {
            return Err(Problem::Format);
        }
        self.set_civil(Civil::from_days(i64::from(self.now.date().days()) + distance));
        Ok(())
    }

    fn set_civil(&mut self, civil: Civil) {
        self.year = Some(civil.year);
        self.month = Some(i64::from(civil.month));
        self.day = Some(i64::from(civil.day));
    }

    fn set_special(&mut self, special: Special) -> Result<(), Problem> {
        if self.special.replace(special).is_some() || self.time.is_some() || self.year.is_some() {
            return Err(Problem::Format);
        }
        Ok(())
    }

    pub(super) fn set_time(&mut self, micros: i64) -> Result<(), Problem> {
        if self.time.replace(micros).is_some() || self.special.is_some() {
            return Err(Problem::Format);
        }
        Ok(())
    }

    fn set_zone(&mut self, zone: Zone) -> Result<(), Problem> {
        if self.zone.replace(zone).is_some() || self.special.is_some() {
            return Err(Problem::Format);
        }
        Ok(())
    }

    fn julian(&mut self, text: &str) -> Result<(), Problem> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let day: i64 = whole.parse().ok().filter(|&day| day < 10_000_000).ok_or(Problem::Format)?;
        if self.year.is_some() || self.month.is_some() || self.day.is_some() {
            return Err(Problem::Format);
        }
        self.set_civil(Civil::from_days(day - 2_440_588));
        if !fraction.is_empty() {
            let part: f64 = format!("0.{fraction}").parse().map_err(|_| Problem::Format)?;
            self.set_time((part * 86_400.0) as i64 * SECOND_MICROS)?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Decoded, Problem> {
        let partial = self.year.is_none() || self.month.is_none() || self.day.is_none();
        if partial && self.day_of_year.is_none() {
            self.check_parts()?;
        }
        let date = self.checked_date()?;
        if let Some(afternoon) = self.afternoon
            && (self.time.is_some() || self.wanted == Wanted::Moment)
        {
            self.time = Some(twelve_hours(self.time.unwrap_or(0), afternoon)?);
        }
        let enough = match self.wanted {
            Wanted::Moment => date.is_some() || self.special.is_some(),
            Wanted::TimeOfDay => self.time.is_some() || self.special.is_some(),
        };
        let nameless_date =
            date.is_none() && (self.year.is_some() || self.month.is_some() || self.day.is_some());
        if !enough || nameless_date || self.prefix.is_some() {
            return Err(Problem::Format);
        }
        Ok(Decoded { special: self.special, date, time: self.time, zone: self.zone })
    }

    /// The ranges of a month and a day, whatever else there is.
    fn check_parts(&self) -> Result<(), Problem> {
        let month = self.month.is_none_or(|month| (1..=12).contains(&month));
        let day = self.day.is_none_or(|day| (1..=31).contains(&day));
        if month && day { Ok(()) } else { Err(Problem::MonthOrDay) }
    }

    fn checked_date(&mut self) -> Result<Option<i64>, Problem> {
        let (Some(year), Some(month), Some(day)) = (self.year, self.month, self.day) else {
            return Ok(None);
        };
        let year = if self.before_christ {
            if year <= 0 {
                return Err(Problem::Field);
            }
            1 - year
        } else if self.short_year && year < 100 {
            if year < 70 { year + 2_000 } else { year + 1_900 }
        } else if year <= 0 {
            return Err(Problem::Field);
        } else {
            year
        };
        if let Some(day_of_year) = self.day_of_year {
            let first = Civil { year, month: 1, day: 1 }.days();
            // Day 366 of a common year is the first of the next, as PostgreSQL has it.
            return Ok(Some(first + day_of_year - 1));
        }
        let (Ok(month), Ok(day)) = (u32::try_from(month), u32::try_from(day)) else {
            return Err(Problem::MonthOrDay);
        };
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return Err(Problem::MonthOrDay);
        }
        if day > calendar::month_length(year, month) {
            return Err(Problem::Field);
        }
        Ok(Some(Civil { year: year.min(10_000_000), month, day }.days()))
    }
}

/// A decoded day within the range that is kept.
pub(super) fn checked_days(days: i64, what: &str, text: &str) -> Result<Date, ValueError> {
    Date::from_days(days).map_err(|_| ValueError::new("22008", format!("{what} out of range: \"{text}\"")))
}
