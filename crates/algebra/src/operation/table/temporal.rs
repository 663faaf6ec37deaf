//! Arithmetic over dates, times and intervals.

use crate::operation::Operation;

pub(super) static OPERATIONS: &[Operation] = operations![
    Infix "+" (Date, Int4) -> Date "pg_add_date_int4";
    Infix "+" (Int4, Date) -> Date "pg_add_int4_date";
    Infix "-" (Date, Int4) -> Date "pg_sub_date_int4";
    Infix "-" (Date, Date) -> Int4 "pg_sub_date";
    Infix "+" (Date, Interval) -> Timestamp "pg_add_date_interval";
    Infix "+" (Interval, Date) -> Timestamp "pg_add_interval_date";
    Infix "-" (Date, Interval) -> Timestamp "pg_sub_date_interval";
    Infix "+" (Date, Time) -> Timestamp "pg_add_date_time";
    Infix "+" (Time, Date) -> Timestamp "pg_add_time_date";
    Infix "+" (Date, TimeTz) -> TimestampTz "pg_add_date_timetz";
    Infix "+" (TimeTz, Date) -> TimestampTz "pg_add_timetz_date";
    Infix "+" (Timestamp, Interval) -> Timestamp "pg_add_timestamp_interval";
    Infix "+" (Interval, Timestamp) -> Timestamp "pg_add_interval_timestamp";
    Infix "-" (Timestamp, Interval) -> Timestamp "pg_sub_timestamp_interval";
    Infix "-" (Timestamp, Timestamp) -> Interval "pg_sub_timestamp";
    Infix "+" (TimestampTz, Interval) -> TimestampTz "pg_add_timestamptz_interval" stable;
    Infix "+" (Interval, TimestampTz) -> TimestampTz "pg_add_interval_timestamptz" stable;
    Infix "-" (TimestampTz, Interval) -> TimestampTz "pg_sub_timestamptz_interval" stable;
    Infix "-" (TimestampTz, TimestampTz) -> Interval "pg_sub_timestamptz";
    Infix "+" (Time, Interval) -> Time "pg_add_time_interval";
    Infix "+" (Interval, Time) -> Time "pg_add_interval_time";
    Infix "-" (Time, Interval) -> Time "pg_sub_time_interval";
    Infix "-" (Time, Time) -> Interval "pg_sub_time";
    Infix "+" (TimeTz, Interval) -> TimeTz "pg_add_timetz_interval";
    Infix "+" (Interval, TimeTz) -> TimeTz "pg_add_interval_timetz";
    Infix "-" (TimeTz, Interval) -> TimeTz "pg_sub_timetz_interval";
    Infix "+" (Interval, Interval) -> Interval "pg_add_interval";
    Infix "-" (Interval, Interval) -> Interval "pg_sub_interval";
    Infix "*" (Interval, Float8) -> Interval "pg_mul_interval_float8";
    Infix "*" (Float8, Interval) -> Interval "pg_mul_float8_interval";
    Infix "/" (Interval, Float8) -> Interval "pg_div_interval_float8";
    Prefix "-" (Interval) -> Interval "pg_neg_interval";
];
