//! Functions over dates, times and intervals.

use algebra::datetime::{Clock, Date, IntervalParts, Time, Timestamp, Zone, overlaps};
use algebra::interval::Interval;
use algebra::numeric::Numeric;
use algebra::value::{Value, ValueError};

use super::super::temporal::{date, interval, text, time, time_tz, timestamp};
use super::super::{Arguments, Body};
use crate::sqlite::moment::Moment;

type Answer = Result<Value, ValueError>;
type Part = Result<Option<Numeric>, ValueError>;

/// `extract`: a number with PostgreSQL's scale.
fn extracted(part: Part) -> Answer {
    Ok(part?.map_or(Value::Null, |number| Value::Text(number.to_string())))
}

/// `date_part`: the same as a double.
fn doubled(part: Part) -> Answer {
    part?.map_or(Ok(Value::Null), |number| number.to_float8().map(Value::Float))
}

fn of_date(row: &Arguments<'_>) -> Part {
    date(row, 1)?.part(row.text(0)?)
}

/// `date_part` of a date is that of its midnight.
fn of_midnight(row: &Arguments<'_>) -> Part {
    date(row, 1)?.midnight().part(row.text(0)?, Clock::Local)
}

fn of_time(row: &Arguments<'_>) -> Part {
    time(row, 1)?.part(row.text(0)?)
}

fn of_time_tz(row: &Arguments<'_>) -> Part {
    time_tz(row, 1)?.part(row.text(0)?)
}

fn of_timestamp(row: &Arguments<'_>, clock: Clock) -> Part {
    timestamp(row, 1)?.part(row.text(0)?, clock)
}

fn of_interval(row: &Arguments<'_>) -> Part {
    interval(row, 1)?.part(row.text(0)?)
}

const PARTS: &[Body] = &[
    Body { symbol: "pg_extract_date", run: |row| extracted(of_date(row)) },
    Body { symbol: "pg_extract_time", run: |row| extracted(of_time(row)) },
    Body { symbol: "pg_extract_timetz", run: |row| extracted(of_time_tz(row)) },
    Body { symbol: "pg_extract_timestamp", run: |row| extracted(of_timestamp(row, Clock::Local)) },
    Body { symbol: "pg_extract_timestamptz", run: |row| extracted(of_timestamp(row, Clock::Utc)) },
    Body { symbol: "pg_extract_interval", run: |row| extracted(of_interval(row)) },
    Body { symbol: "pg_date_part_date", run: |row| doubled(of_midnight(row)) },
    Body { symbol: "pg_date_part_time", run: |row| doubled(of_time(row)) },
    Body { symbol: "pg_date_part_timetz", run: |row| doubled(of_time_tz(row)) },
    Body { symbol: "pg_date_part_timestamp", run: |row| doubled(of_timestamp(row, Clock::Local)) },
    Body { symbol: "pg_date_part_timestamptz", run: |row| doubled(of_timestamp(row, Clock::Utc)) },
    Body { symbol: "pg_date_part_interval", run: |row| doubled(of_interval(row)) },
];

fn truncated(row: &Arguments<'_>, clock: Clock) -> Result<Timestamp, ValueError> {
    timestamp(row, 1)?.truncate(row.text(0)?, clock)
}

fn truncated_in_zone(row: &Arguments<'_>) -> Answer {
    let zone = row.kept(2, Zone::parse)?;
    text(timestamp(row, 1)?.truncate_in(row.text(0)?, &zone)?.stored_tz())
}

fn binned(row: &Arguments<'_>) -> Result<Timestamp, ValueError> {
    timestamp(row, 1)?.bin(interval(row, 0)?, timestamp(row, 2)?)
}

const TRUNCATION: &[Body] = &[
    Body { symbol: "pg_date_trunc_timestamp", run: |row| text(truncated(row, Clock::Local)?.stored()) },
    Body { symbol: "pg_date_trunc_timestamptz", run: |row| text(truncated(row, Clock::Utc)?.stored_tz()) },
    Body { symbol: "pg_date_trunc_zone", run: truncated_in_zone },
    Body {
        symbol: "pg_date_trunc_interval",
        run: |row| text(interval(row, 1)?.truncate(row.text(0)?)?.stored()),
    },
    Body { symbol: "pg_date_bin_timestamp", run: |row| text(binned(row)?.stored()) },
    Body { symbol: "pg_date_bin_timestamptz", run: |row| text(binned(row)?.stored_tz()) },
];

fn zone_of_interval(row: &Arguments<'_>) -> Result<Zone, ValueError> {
    Zone::from_interval(interval(row, 0)?)
}

fn clock_at_interval(row: &Arguments<'_>) -> Answer {
    let offset = zone_of_interval(row)?.offset_at(Timestamp::INFINITY);
    text(time_tz(row, 1)?.at_offset(offset).stored())
}

const ZONES: &[Body] = &[
    Body {
        symbol: "pg_timezone_timestamp",
        run: |row| text(row.kept(0, Zone::parse)?.to_utc(timestamp(row, 1)?)?.stored_tz()),
    },
    Body {
        symbol: "pg_timezone_timestamptz",
        run: |row| text(row.kept(0, Zone::parse)?.to_local(timestamp(row, 1)?)?.stored()),
    },
    Body {
        symbol: "pg_timezone_interval_timestamp",
        run: |row| text(zone_of_interval(row)?.to_utc(timestamp(row, 1)?)?.stored_tz()),
    },
    Body {
        symbol: "pg_timezone_interval_timestamptz",
        run: |row| text(zone_of_interval(row)?.to_local(timestamp(row, 1)?)?.stored()),
    },
    Body { symbol: "pg_timezone_interval_timetz", run: clock_at_interval },
];

fn age(row: &Arguments<'_>) -> Answer {
    text(timestamp(row, 0)?.age(timestamp(row, 1)?)?.stored())
}

/// The age at the midnight that began today.
fn age_today(row: &Arguments<'_>) -> Answer {
    text(Moment::now().at().date().midnight().age(timestamp(row, 0)?)?.stored())
}

fn is_finite(row: &Arguments<'_>) -> Answer {
    Ok(Value::Bool(timestamp(row, 0)?.is_finite()))
}

const SPANS: &[Body] = &[
    Body { symbol: "pg_age_timestamp", run: age },
    Body { symbol: "pg_age_timestamptz", run: age },
    Body { symbol: "pg_age_of_timestamp", run: age_today },
    Body { symbol: "pg_age_of_timestamptz", run: age_today },
    Body { symbol: "pg_isfinite_date", run: |row| Ok(Value::Bool(date(row, 0)?.is_finite())) },
    Body { symbol: "pg_isfinite_timestamp", run: is_finite },
    Body { symbol: "pg_isfinite_timestamptz", run: is_finite },
    Body { symbol: "pg_isfinite_interval", run: |_| Ok(Value::Bool(true)) },
    Body { symbol: "pg_justify_days", run: |row| text(interval(row, 0)?.justify_days()?.stored()) },
    Body { symbol: "pg_justify_hours", run: |row| text(interval(row, 0)?.justify_hours()?.stored()) },
    Body { symbol: "pg_justify_interval", run: |row| text(interval(row, 0)?.justify()?.stored()) },
];

fn made(row: &Arguments<'_>) -> Result<Timestamp, ValueError> {
    let day = (row.int(0)?, row.int(1)?, row.int(2)?);
    Timestamp::make(day, row.int(3)?, row.int(4)?, row.float(5)?)
}

fn made_in_zone(row: &Arguments<'_>) -> Answer {
    text(row.kept(6, Zone::parse)?.to_utc(made(row)?)?.stored_tz())
}

/// What is left out is zero.
fn made_interval(row: &Arguments<'_>) -> Answer {
    let whole = |index: usize| if index < row.len() { row.int(index) } else { Ok(0) };
    let parts = IntervalParts {
        years: whole(0)?,
        months: whole(1)?,
        weeks: whole(2)?,
        days: whole(3)?,
        hours: whole(4)?,
        minutes: whole(5)?,
    };
    let seconds = if row.len() > 6 { row.float(6)? } else { 0.0 };
    text(Interval::make(parts, seconds)?.stored())
}

const MAKERS: &[Body] = &[
    Body {
        symbol: "pg_make_date",
        run: |row| text(Date::make(row.int(0)?, row.int(1)?, row.int(2)?)?.stored()),
    },
    Body {
        symbol: "pg_make_time",
        run: |row| text(Time::make(row.int(0)?, row.int(1)?, row.float(2)?)?.stored()),
    },
    Body { symbol: "pg_make_timestamp", run: |row| text(made(row)?.stored()) },
    Body { symbol: "pg_make_timestamptz", run: |row| text(made(row)?.stored_tz()) },
    Body { symbol: "pg_make_timestamptz_zone", run: made_in_zone },
    Body { symbol: "pg_make_interval", run: made_interval },
    Body {
        symbol: "pg_to_timestamp_float8",
        run: |row| text(Timestamp::from_seconds(row.float(0)?)?.stored_tz()),
    },
    Body { symbol: "pg_clock_timestamp", run: |_| text(Moment::now().at().stored_tz()) },
];

/// A value that may be NULL.
fn maybe<T>(
    row: &Arguments<'_>,
    index: usize,
    read: fn(&Arguments<'_>, usize) -> Result<T, ValueError>,
) -> Result<Option<T>, ValueError> {
    if row.is_null(index) { Ok(None) } else { read(row, index).map(Some) }
}

fn truth(answer: Option<bool>) -> Answer {
    Ok(answer.map_or(Value::Null, Value::Bool))
}

fn overlapping_times(row: &Arguments<'_>) -> Answer {
    let first = (maybe(row, 0, time)?, maybe(row, 1, time)?);
    truth(overlaps(first, (maybe(row, 2, time)?, maybe(row, 3, time)?)))
}

/// How the end of a period is given.
#[derive(Clone, Copy)]
enum End {
    At,
    After,
}

/// A period that begins at the argument `index`; of an unknown beginning a length says nothing.
fn period(
    row: &Arguments<'_>,
    index: usize,
    end: End,
) -> Result<(Option<Timestamp>, Option<Timestamp>), ValueError> {
    let start = maybe(row, index, timestamp)?;
    let end = match (end, start) {
        (End::At, _) => maybe(row, index + 1, timestamp)?,
        (End::After, Some(start)) => match maybe(row, index + 1, interval)? {
            Some(length) => Some(start.plus(length)?),
            None => None,
        },
        (End::After, None) => None,
    };
    Ok((start, end))
}

fn overlapping(row: &Arguments<'_>, first: End, second: End) -> Answer {
    truth(overlaps(period(row, 0, first)?, period(row, 2, second)?))
}

const OVERLAPS: &[Body] = &[
    Body { symbol: "pg_overlaps_time", run: overlapping_times },
    Body { symbol: "pg_overlaps_timestamp", run: |row| overlapping(row, End::At, End::At) },
    Body { symbol: "pg_overlaps_timestamp_lengths", run: |row| overlapping(row, End::After, End::After) },
    Body { symbol: "pg_overlaps_timestamp_length", run: |row| overlapping(row, End::At, End::After) },
    Body { symbol: "pg_overlaps_length_timestamp", run: |row| overlapping(row, End::After, End::At) },
    Body { symbol: "pg_overlaps_timestamptz", run: |row| overlapping(row, End::At, End::At) },
    Body { symbol: "pg_overlaps_timestamptz_lengths", run: |row| overlapping(row, End::After, End::After) },
    Body { symbol: "pg_overlaps_timestamptz_length", run: |row| overlapping(row, End::At, End::After) },
    Body { symbol: "pg_overlaps_length_timestamptz", run: |row| overlapping(row, End::After, End::At) },
];

pub(super) static BODIES: &[&[Body]] = &[PARTS, TRUNCATION, ZONES, SPANS, MAKERS, OVERLAPS];
