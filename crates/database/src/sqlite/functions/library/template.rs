//! Values written and read by templates.

use algebra::datetime::{Clock, Date, Timestamp};
use algebra::numeric::{Numeric, float4_to_numeric, float8_to_numeric};
use algebra::value::{Value, ValueError};

use super::super::temporal::{interval, text, timestamp};
use super::super::{Arguments, Body};

type Answer = Result<Value, ValueError>;

/// An empty template writes nothing, which PostgreSQL takes for NULL where dates are concerned.
fn moment(row: &Arguments<'_>, clock: Clock) -> Answer {
    if row.text(1)?.is_empty() {
        return Ok(Value::Null);
    }
    Ok(timestamp(row, 0)?.to_char(row.text(1)?, clock)?.map_or(Value::Null, Value::Text))
}

fn span(row: &Arguments<'_>) -> Answer {
    if row.text(1)?.is_empty() {
        return Ok(Value::Null);
    }
    text(interval(row, 0)?.to_char(row.text(1)?)?)
}

fn number(number: &Numeric, row: &Arguments<'_>) -> Answer {
    text(number.to_char(row.text(1)?)?)
}

fn integer(row: &Arguments<'_>) -> Answer {
    number(&Numeric::from_integer(row.int(0)?), row)
}

fn day(row: &Arguments<'_>) -> Answer {
    text(timestamp(row, 0)?.date().stored())
}

pub(super) static BODIES: &[Body] = &[
    Body { symbol: "pg_to_char_int4", run: integer },
    Body { symbol: "pg_to_char_int8", run: integer },
    Body { symbol: "pg_to_char_float4", run: |row| number(&float4_to_numeric(row.float(0)?), row) },
    Body { symbol: "pg_to_char_float8", run: |row| number(&float8_to_numeric(row.float(0)?), row) },
    Body { symbol: "pg_to_char_numeric", run: |row| number(&Numeric::parse(row.text(0)?)?, row) },
    Body { symbol: "pg_to_char_timestamp", run: |row| moment(row, Clock::Local) },
    Body { symbol: "pg_to_char_timestamptz", run: |row| moment(row, Clock::Utc) },
    Body { symbol: "pg_to_char_interval", run: span },
    Body {
        symbol: "pg_to_number",
        run: |row| text(Numeric::from_char(row.text(0)?, row.text(1)?)?.to_string()),
    },
    Body { symbol: "pg_to_date", run: |row| text(Date::from_char(row.text(0)?, row.text(1)?)?.stored()) },
    Body {
        symbol: "pg_to_timestamp_template",
        run: |row| text(Timestamp::from_char(row.text(0)?, row.text(1)?)?.stored_tz()),
    },
    Body { symbol: "pg_date_of_timestamp", run: day },
    Body { symbol: "pg_date_of_timestamptz", run: day },
];
