//! The units of `extract`, `date_part` and `date_trunc`, in PostgreSQL's many spellings.
//!
//! **Must not:** know which type allows which unit.

/// A unit of time or a field of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Microseconds,
    Milliseconds,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
    Julian,
    IsoYear,
    IsoWeekday,
    Weekday,
    DayOfYear,
    Epoch,
    Zone,
    ZoneHour,
    ZoneMinute,
}

impl Unit {
    /// A unit by its name, in any case.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        Some(match lower.as_str() {
            "us" | "usec" | "usecs" | "usecond" | "useconds" | "microsecond" | "microseconds" => {
                Self::Microseconds
            }
            "ms" | "msec" | "msecs" | "msecond" | "mseconds" | "millisecond" | "milliseconds" => {
                Self::Milliseconds
            }
            "s" | "sec" | "secs" | "second" | "seconds" => Self::Second,
            "m" | "min" | "mins" | "minute" | "minutes" => Self::Minute,
            "h" | "hr" | "hrs" | "hour" | "hours" => Self::Hour,
            "d" | "day" | "days" => Self::Day,
            "w" | "week" | "weeks" => Self::Week,
            "mon" | "mons" | "month" | "months" => Self::Month,
            "qtr" | "quarter" => Self::Quarter,
            "y" | "yr" | "yrs" | "year" | "years" => Self::Year,
            "dec" | "decs" | "decade" | "decades" => Self::Decade,
            "c" | "cent" | "century" | "centuries" => Self::Century,
            "mil" | "mils" | "millennium" | "millennia" => Self::Millennium,
            "j" | "jd" | "julian" => Self::Julian,
            "isoyear" => Self::IsoYear,
            "isodow" => Self::IsoWeekday,
            "dow" => Self::Weekday,
            "doy" => Self::DayOfYear,
            "epoch" => Self::Epoch,
            "timezone" => Self::Zone,
            "timezone_h" | "timezone_hour" => Self::ZoneHour,
            "timezone_m" | "timezone_minute" => Self::ZoneMinute,
            _ => return None,
        })
    }
}
