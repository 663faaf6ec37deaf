//! Arithmetic over dates, times and intervals.

use algebra::datetime::{Date, Time, TimeTz, Timestamp};
use algebra::interval::Interval;
use algebra::value::{Value, ValueError};

use super::{Arguments, Body};

type Answer = Result<Value, ValueError>;

/// Stored forms do not depend on the moment.
const NEVER: Timestamp = Timestamp::INFINITY;

pub(super) fn date(row: &Arguments<'_>, index: usize) -> Result<Date, ValueError> {
    Date::from_stored(row.text(index)?)
}

pub(super) fn time(row: &Arguments<'_>, index: usize) -> Result<Time, ValueError> {
    Time::parse(row.text(index)?, NEVER)
}

pub(super) fn time_tz(row: &Arguments<'_>, index: usize) -> Result<TimeTz, ValueError> {
    TimeTz::parse(row.text(index)?, NEVER)
}

pub(super) fn timestamp(row: &Arguments<'_>, index: usize) -> Result<Timestamp, ValueError> {
    Timestamp::from_stored(row.text(index)?)
}

pub(super) fn interval(row: &Arguments<'_>, index: usize) -> Result<Interval, ValueError> {
    Interval::from_stored(row.text(index)?)
}

pub(super) fn text(text: String) -> Answer {
    Ok(Value::Text(text))
}

fn date_and_days(row: &Arguments<'_>, (of, days): (usize, usize), sign: i64) -> Answer {
    text(date(row, of)?.plus_days(sign * row.int(days)?)?.stored())
}

fn date_and_interval(row: &Arguments<'_>, of: usize, back: bool) -> Answer {
    let (start, by) = (date(row, of)?.midnight(), interval(row, 1 - of)?);
    text(if back { start.minus(by)? } else { start.plus(by)? }.stored())
}

fn date_and_time(row: &Arguments<'_>, of: usize) -> Answer {
    text(Timestamp::at(date(row, of)?, time(row, 1 - of)?)?.stored())
}

fn date_and_time_tz(row: &Arguments<'_>, of: usize) -> Answer {
    let written = [date(row, of)?.stored(), "T".to_owned(), time_tz(row, 1 - of)?.stored()].concat();
    text(Timestamp::parse_tz(&written, NEVER)?.stored_tz())
}

fn timestamp_and_interval(row: &Arguments<'_>, of: usize, back: bool) -> Result<Timestamp, ValueError> {
    let (start, by) = (timestamp(row, of)?, interval(row, 1 - of)?);
    if back { start.minus(by) } else { start.plus(by) }
}

fn time_and_interval(row: &Arguments<'_>, of: usize, back: bool) -> Answer {
    let (start, by) = (time(row, of)?, interval(row, 1 - of)?);
    text(if back { start.minus(by) } else { start.plus(by) }.stored())
}

fn time_tz_and_interval(row: &Arguments<'_>, of: usize, back: bool) -> Answer {
    let (start, by) = (time_tz(row, of)?, interval(row, 1 - of)?);
    text(if back { start.minus(by) } else { start.plus(by) }.stored())
}

pub(super) static BODIES: &[Body] = &[
    Body { symbol: "pg_add_date_int4", run: |row| date_and_days(row, (0, 1), 1) },
    Body { symbol: "pg_add_int4_date", run: |row| date_and_days(row, (1, 0), 1) },
    Body { symbol: "pg_sub_date_int4", run: |row| date_and_days(row, (0, 1), -1) },
    Body { symbol: "pg_sub_date", run: |row| date(row, 0)?.since(date(row, 1)?).map(Value::Int) },
    Body { symbol: "pg_add_date_interval", run: |row| date_and_interval(row, 0, false) },
    Body { symbol: "pg_add_interval_date", run: |row| date_and_interval(row, 1, false) },
    Body { symbol: "pg_sub_date_interval", run: |row| date_and_interval(row, 0, true) },
    Body { symbol: "pg_add_date_time", run: |row| date_and_time(row, 0) },
    Body { symbol: "pg_add_time_date", run: |row| date_and_time(row, 1) },
    Body { symbol: "pg_add_date_timetz", run: |row| date_and_time_tz(row, 0) },
    Body { symbol: "pg_add_timetz_date", run: |row| date_and_time_tz(row, 1) },
    Body {
        symbol: "pg_add_timestamp_interval",
        run: |row| text(timestamp_and_interval(row, 0, false)?.stored()),
    },
    Body {
        symbol: "pg_add_interval_timestamp",
        run: |row| text(timestamp_and_interval(row, 1, false)?.stored()),
    },
    Body {
        symbol: "pg_sub_timestamp_interval",
        run: |row| text(timestamp_and_interval(row, 0, true)?.stored()),
    },
    Body {
        symbol: "pg_sub_timestamp",
        run: |row| text(timestamp(row, 0)?.since(timestamp(row, 1)?)?.stored()),
    },
    Body {
        symbol: "pg_add_timestamptz_interval",
        run: |row| text(timestamp_and_interval(row, 0, false)?.stored_tz()),
    },
    Body {
        symbol: "pg_add_interval_timestamptz",
        run: |row| text(timestamp_and_interval(row, 1, false)?.stored_tz()),
    },
    Body {
        symbol: "pg_sub_timestamptz_interval",
        run: |row| text(timestamp_and_interval(row, 0, true)?.stored_tz()),
    },
    Body {
        symbol: "pg_sub_timestamptz",
        run: |row| text(timestamp(row, 0)?.since(timestamp(row, 1)?)?.stored()),
    },
    Body { symbol: "pg_add_time_interval", run: |row| time_and_interval(row, 0, false) },
    Body { symbol: "pg_add_interval_time", run: |row| time_and_interval(row, 1, false) },
    Body { symbol: "pg_sub_time_interval", run: |row| time_and_interval(row, 0, true) },
    Body { symbol: "pg_sub_time", run: |row| text(time(row, 0)?.since(time(row, 1)?).stored()) },
    Body { symbol: "pg_add_timetz_interval", run: |row| time_tz_and_interval(row, 0, false) },
    Body { symbol: "pg_add_interval_timetz", run: |row| time_tz_and_interval(row, 1, false) },
    Body { symbol: "pg_sub_timetz_interval", run: |row| time_tz_and_interval(row, 0, true) },
    Body { symbol: "pg_add_interval", run: |row| text(interval(row, 0)?.plus(interval(row, 1)?)?.stored()) },
    Body { symbol: "pg_sub_interval", run: |row| text(interval(row, 0)?.minus(interval(row, 1)?)?.stored()) },
    Body {
        symbol: "pg_mul_interval_float8",
        run: |row| text(interval(row, 0)?.multiply(row.float(1)?)?.stored()),
    },
    Body {
        symbol: "pg_mul_float8_interval",
        run: |row| text(interval(row, 1)?.multiply(row.float(0)?)?.stored()),
    },
    Body {
        symbol: "pg_div_interval_float8",
        run: |row| text(interval(row, 0)?.divide(row.float(1)?)?.stored()),
    },
    Body { symbol: "pg_neg_interval", run: |row| text(interval(row, 0)?.negate()?.stored()) },
];
